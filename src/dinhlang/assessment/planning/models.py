"""What people say a missing item would cost and take."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit


class ItemEstimate(models.Model):
    """The estimate for one missing item of a place; the latest counts, the log has the earlier.

    ``item`` is the key of ``dinhlang.law.shortest.Item``. ``cost`` in whole đồng, ``months``
    whole months from the start of work; None: not known. ``key`` comes with the form that wrote
    it, so that a form sent twice writes once.
    """

    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="estimates")
    item = models.CharField(max_length=300)
    name = models.CharField(max_length=400)
    cost = models.BigIntegerField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    key = models.UUIDField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("place_id", "item")
        constraints = (
            models.UniqueConstraint(fields=["place", "item"], name="one_estimate_per_item"),
            models.CheckConstraint(
                condition=models.Q(cost__isnull=True) | models.Q(cost__gte=0),
                name="estimate_cost_not_negative",
            ),
        )

    def __str__(self) -> str:
        return self.name
