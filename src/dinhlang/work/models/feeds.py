"""The secret address under which a person's calendar reads their tasks."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """A person's calendar address. ``number`` is one half of its secret; a new number ends the old
    address. The other half is signed with the site's key, so that this table alone opens nothing.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feed"
    )
    number = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Lịch của {self.user}"
