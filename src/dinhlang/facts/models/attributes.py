"""What a place is: its region, its group, its number of schools, each for a time."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.people.models import User
from dinhlang.places.models import Unit


class PlaceAttribute(models.Model):
    """One attribute of a place, half open in time, with the paper that says so.

    ``name`` is a key of ``attributes.ATTRIBUTES``; ``value`` as that says. A row is never
    changed but to end it (``valid_to``) or to take it back (``withdrawn_at``), each once.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="attributes")
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=120)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    paper = models.CharField("căn cứ", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("name", "-valid_from", "-pk")
        indexes = (models.Index(fields=["place", "name"], name="attribute_of_place"),)
        constraints = (
            models.UniqueConstraint(
                fields=["place", "name", "valid_from"],
                condition=Q(withdrawn_at=None),
                name="one_attribute_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="attribute_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
