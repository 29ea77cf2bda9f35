"""Who stands in for whom, and what was handed over when an office changed hands."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dinhlang.people.access import RestrictedQuerySet

USER = settings.AUTH_USER_MODEL


class StandIn(models.Model):
    """A person who does an office's work while its holder is away, first and last day included.

    ``grant`` is the role given for those days to somebody who had none at the place.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="stand_ins")
    person = models.ForeignKey(USER, models.PROTECT, related_name="stand_ins")
    first = models.DateField()
    last = models.DateField()
    reason = models.CharField(max_length=200)
    grant = models.ForeignKey("people.Grant", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    objects = RestrictedQuerySet.as_manager()
    place_field = "office__place"

    class Meta:
        ordering = ("-first", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="a_stand_in_ends_after_the_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} thay {self.office}"


class HandOver(models.Model):
    """The day an office went from one person to another, with what was unfinished then.

    ``tasks`` is what stood open: number, words, end, state and the note for the successor of
    each, as it was that day. ``by`` confirmed it.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    taker = models.ForeignKey(USER, models.PROTECT, related_name="+")
    day = models.DateField()
    note = models.TextField(blank=True)
    tasks = models.JSONField(default=list)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = RestrictedQuerySet.as_manager()
    place_field = "office__place"

    class Meta:
        ordering = ("-day", "-pk")

    def __str__(self) -> str:
        return f"{self.office}: {self.giver or '…'} → {self.taker}"
