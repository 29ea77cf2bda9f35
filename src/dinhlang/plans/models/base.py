"""What every paper that is read in the background has in common."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a reading stands; the last three are final."""

    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang đọc"
    DONE = "done", "Đã đọc xong"
    FAILED = "failed", "Không đọc được"
    STOPPED = "stopped", "Đã dừng"


OPEN_STATES = (State.QUEUED, State.RUNNING)


class PaperJob(models.Model):
    """A file on its way through the reader: its state, its progress, and how it ended.

    ``progress`` is a percentage, ``milliseconds`` the time the reading took, ``beat`` the last
    sign of life. ``errors`` and ``warnings`` count the findings.
    """

    filename = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    job = models.UUIDField(null=True, editable=False)

    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    stop_requested = models.BooleanField(default=False)

    error_code = models.CharField(max_length=32, blank=True)
    error_message = models.TextField(blank=True)
    advice = models.TextField(blank=True)

    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    title = models.TextField(blank=True)
    milliseconds = models.PositiveIntegerField(null=True)

    created = models.DateTimeField()
    beat = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in OPEN_STATES
