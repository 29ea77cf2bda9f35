"""What a place has promised a higher level, with its paper and its day."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

from .tasks import Task

USER = settings.AUTH_USER_MODEL


class CommitmentState(models.TextChoices):
    """What has become of a promise; PROPOSED is read off a plan and not yet confirmed."""

    PROPOSED = "proposed", "Chờ xác nhận"
    OPEN = "open", "Đang thực hiện"
    KEPT = "kept", "Đã thực hiện"
    BROKEN = "broken", "Không thực hiện được"
    DECLINED = "declined", "Không phải cam kết"


class Commitment(models.Model):
    """A promise of a place to a higher level.

    ``criteria`` are numbers of criteria of ``criterion_set``; ``paper`` and ``paper_date`` name
    the document by which it was promised. ``reason`` is said in states BROKEN and DECLINED.
    ``origin_ref`` and ``origin_text`` name where it was read, as with a task.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="commitments")
    to_whom = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    criterion_set = models.CharField(max_length=120, blank=True)
    criteria = models.JSONField(default=list)
    due = models.DateField(null=True)
    paper = models.CharField(max_length=120, blank=True)
    paper_date = models.DateField(null=True)
    evidence = models.ManyToManyField("facts.Evidence", related_name="+")
    tasks = models.ManyToManyField(Task, related_name="commitments")
    state = models.CharField(
        max_length=8, choices=CommitmentState.choices, default=CommitmentState.OPEN
    )
    reason = models.CharField(max_length=300, blank=True)
    origin_ref = models.CharField(max_length=80, blank=True, db_index=True)
    origin_text = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()
    created_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    changed = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    objects = RestrictedQuerySet.as_manager()
    place_field = "place"

    class Meta:
        ordering = ("due", "pk")
        indexes = (models.Index(fields=["place", "state", "due"], name="commitment_of_place"),)

    def __str__(self) -> str:
        return self.text[:200]


class CommitmentNote(models.Model):
    """What somebody did to a commitment. Written once; ``key`` comes with the form."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="notes")
    key = models.UUIDField(unique=True)
    author = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    before = models.CharField(max_length=8, choices=CommitmentState.choices)
    after = models.CharField(max_length=8, choices=CommitmentState.choices)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.text[:80] or f"{self.get_before_display()} → {self.get_after_display()}"
