"""A place's own templates of work."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit


class TaskTemplate(models.Model):
    """A task with its smaller ones, kept to be made again.

    ``steps`` as ``dinhlang.work.templating.Step`` has them, in plain form.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    criterion_set = models.CharField(max_length=120, blank=True)
    criterion = models.CharField(max_length=20, blank=True)
    steps = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = RestrictedQuerySet.as_manager()
    place_field = "place"

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
