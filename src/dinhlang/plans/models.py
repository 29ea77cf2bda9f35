"""One reading of one uploaded paper: what a browser session sees while and after it is read."""

from __future__ import annotations

import uuid

from django.db import models


class State(models.TextChoices):
    """Where a reading stands; the last three are final."""

    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang đọc"
    DONE = "done", "Đã đọc xong"
    FAILED = "failed", "Không đọc được"
    STOPPED = "stopped", "Đã dừng"


OPEN_STATES = (State.QUEUED, State.RUNNING)


class Reading(models.Model):
    """A paper given by one browser session, kept for a short time only.

    ``owner`` is a digest of a secret that lives in the session, so that the table alone does not
    let anybody in. ``stored`` is the random name of the bytes in the private folder, empty as
    soon as they are gone. ``result`` is the plan as JSON text, exactly as the command line
    prints it (text, because a database's own JSON type reorders keys).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=64, db_index=True)
    submission = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)

    filename = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    stored = models.CharField(max_length=64, blank=True)
    job = models.UUIDField(null=True, editable=False)

    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    stop_requested = models.BooleanField(default=False)

    error_code = models.CharField(max_length=32, blank=True)
    error_message = models.TextField(blank=True)
    advice = models.TextField(blank=True)

    result = models.TextField(blank=True)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    title = models.TextField(blank=True)
    milliseconds = models.PositiveIntegerField(null=True)

    created = models.DateTimeField()
    beat = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "submission", "position"], name="one_reading_per_submission"
            ),
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="reading_progress_is_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(state="done") | models.Q(result=""),
                name="only_a_done_reading_has_a_result",
            ),
        )

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in OPEN_STATES
