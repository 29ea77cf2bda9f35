"""What happened to needs and sources, the totals papers state, and sheets on their way in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

from .balance import Need, Source

USER = settings.AUTH_USER_MODEL


class RowChange(models.Model):
    """One change of a need or a source. Written once.

    ``key`` comes with the form, so that a form sent twice changes once. ``changes`` holds the
    fields as ``{field: [before, after]}``; ``revision`` is that of the row after the change.
    """

    key = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="history")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="history")
    verb = models.CharField(max_length=60)
    revision = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.verb


class StatedTotals(models.Model):
    """The totals a paper states, đồng: shown beside what its rows add up to.

    ``balance`` is sources − needs. ``asked_of`` is the body the paper puts the shortage to.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    origin_ref = models.CharField(max_length=80, unique=True)
    origin_text = models.CharField(max_length=300, blank=True)
    needs = models.BigIntegerField(null=True)
    sources = models.BigIntegerField(null=True)
    balance = models.BigIntegerField(null=True)
    asked_of = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["place", "year"], name="stated_of_place"),)

    def __str__(self) -> str:
        return self.origin_text


class MoneyImport(models.Model):
    """A filled workbook on its way in: read and shown first, written when it is confirmed.

    ``rows`` is what each line says, with its error if any; ``written`` counts what came of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    written = models.JSONField(default=dict)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.filename
