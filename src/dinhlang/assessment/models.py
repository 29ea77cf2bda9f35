"""Self-assessments that were fixed: a verdict kept as it was on its day, whatever comes later."""

from __future__ import annotations

import json
import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

from .planning.models import ItemEstimate

__all__ = ["Assessment", "ItemEstimate"]


class Assessment(models.Model):
    """The verdict on a place by a set for a day, as it was when somebody fixed it. Written once.

    ``data`` is the verdict as JSON text (``dinhlang.assessment/1``) with everything a reader
    needs: rules, values, reasons, sources in words. ``set_hash`` is the version of the set that
    was used, ``digest`` the SHA-256 of ``data``. ``key`` comes with the form, so that a form sent
    twice fixes once. The counts repeat what ``data`` says, for lists.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assessments")
    set_id = models.CharField(max_length=120)
    set_title = models.CharField(max_length=300)
    set_hash = models.CharField(max_length=64)
    on = models.DateField()
    state = models.CharField(max_length=16)
    criteria_met = models.PositiveSmallIntegerField()
    criteria_total = models.PositiveSmallIntegerField()
    indicators_met = models.PositiveSmallIntegerField()
    indicators_total = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    data = models.TextField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "pk")
        indexes = (models.Index(fields=["place", "set_id", "on"], name="assessment_of_place"),)

    def __str__(self) -> str:
        return f"{self.place}: {self.set_title} ({self.on:%d/%m/%Y})"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The verdict as data; not to be changed."""
        found: dict[str, Any] = json.loads(self.data)
        return found
