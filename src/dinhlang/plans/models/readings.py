"""One reading of one uploaded paper without an account: what its browser session sees."""

from __future__ import annotations

import uuid

from django.db import models

from .base import PaperJob


class Reading(PaperJob):
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
    stored = models.CharField(max_length=64, blank=True)
    result = models.TextField(blank=True)
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
