"""An upload on its way to becoming a plan: read, corrected, accepted or set aside."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

from .base import PaperJob, State
from .plans import Plan, PlanVersion


class Outcome(models.TextChoices):
    """What became of a review."""

    OPEN = "open", "Đang duyệt"
    ACCEPTED = "accepted", "Đã nhận"
    DISCARDED = "discarded", "Đã bỏ"


class Review(PaperJob):
    """A paper of a place that people correct before it is accepted.

    ``sha256`` names the stored file. ``data`` is the plan as JSON text with a number on every
    item, as it is after ``revision`` edits. ``plan`` is the plan it is a new version of, if any.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reviews")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="reviews")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submission = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    data = models.TextField(blank=True)
    silenced = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.OPEN)
    closed = models.DateTimeField(null=True)
    version = models.OneToOneField(
        PlanVersion, on_delete=models.PROTECT, null=True, related_name="review"
    )

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-created", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["created_by", "submission", "position"], name="one_review_per_submission"
            ),
            models.CheckConstraint(
                condition=models.Q(state="done") | models.Q(data=""),
                name="only_a_read_review_has_data",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="accepted", version__isnull=False)
                | (~models.Q(outcome="accepted") & models.Q(version__isnull=True)),
                name="an_accepted_review_has_a_version",
            ),
        )

    @property
    def document(self) -> dict[str, Any]:
        """The plan as data, as it is now."""
        found: dict[str, Any] = json.loads(self.data)
        return found

    @property
    def is_editable(self) -> bool:
        """Whether it was read and nobody has decided on it."""
        return self.state == State.DONE and self.outcome == Outcome.OPEN


class ReviewEdit(models.Model):
    """One edit of a review: enough to answer a repeated request and to undo a dropped item.

    ``key`` comes with the edit, ``revision`` is the review's after it, ``item`` the number of
    the item, ``before`` what a dropped item was and where.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="edits")
    key = models.UUIDField()
    revision = models.PositiveIntegerField()
    verb = models.CharField(max_length=8)
    item = models.PositiveBigIntegerField()
    before = models.JSONField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("revision",)
        constraints = (
            models.UniqueConstraint(fields=["review", "key"], name="one_edit_per_key"),
            models.UniqueConstraint(fields=["review", "revision"], name="one_edit_per_revision"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.item}"
