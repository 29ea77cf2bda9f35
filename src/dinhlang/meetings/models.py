"""Meetings, their agenda, and what was decided."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

USER = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """A meeting of a committee: planned, held, closed (its minutes no longer change).

    ``attendees`` and ``absent`` are offices, one a line.
    """

    class State(models.TextChoices):
        """How far it has come."""

        PLANNED = "planned", "Sắp họp"
        HELD = "held", "Đang ghi biên bản"
        CLOSED = "closed", "Đã chốt biên bản"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=300)
    body = models.CharField("ban, hội đồng", max_length=200, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    where = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=160, blank=True)
    secretary = models.CharField(max_length=160, blank=True)
    attendees = models.TextField(blank=True)
    absent = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PLANNED)
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One point: what it is about (a task, where it is about one) and what was said."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    why = models.CharField(max_length=200, blank=True)
    presenter = models.CharField(max_length=160, blank=True)
    task = models.ForeignKey("work.Task", models.PROTECT, null=True, related_name="+")
    said = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    place_field = "meeting__place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """What was decided: who does what until when; with one key it becomes a task.

    ``is_task``: it goes out as one when the minutes are closed. ``together`` is shared by those
    that one line became, one a village.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    lead = models.CharField(max_length=200, blank=True)
    partners = models.CharField(max_length=400, blank=True)
    product = models.CharField(max_length=300, blank=True)
    end = models.DateField(null=True)
    task = models.OneToOneField("work.Task", models.PROTECT, null=True, related_name="+")
    is_task = models.BooleanField("thành việc khi chốt", default=True)
    together = models.UUIDField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    place_field = "meeting__place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text[:100]


class Closing(models.Model):
    """One closing of the minutes, and how it was taken back: who, when, why.

    ``made`` are the decisions whose tasks it made; ``kept`` tells whether these stayed.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="closings")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    made = models.JSONField(default=list)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reopened_why = models.CharField(max_length=300, blank=True)
    kept = models.BooleanField(default=True)

    place_field = "meeting__place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-closed_at", "-pk")

    def __str__(self) -> str:
        return f"{self.meeting}, {self.closed_at:%d/%m/%Y}"
