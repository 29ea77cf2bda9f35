"""A filled sheet on its way in: read and shown first, written when it is confirmed."""

from __future__ import annotations

import uuid

from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..periods import Period


class SheetImport(models.Model):
    """What was read in a sheet, line by line, before anything is written.

    ``rows`` is a list of what each line says (``sheets.Row``) with its error, if any.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=8)
    filename = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    written = models.PositiveIntegerField(default=0)

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.filename

    @property
    def time(self) -> Period:
        """The period the numbers are of."""
        return Period.of(self.period)
