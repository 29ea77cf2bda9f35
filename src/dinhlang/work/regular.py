"""What the clock has this app do by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from . import jobs
from .services import delivering, turns

REMIND_EVERY = timedelta(minutes=10)
SEND_EVERY = timedelta(minutes=1)


def look(now: datetime) -> None:
    """Queue the look for what fell due, and the sending of what waits, each by one worker."""
    with transaction.atomic():
        if turns.take("remind", now, REMIND_EVERY):
            jobs.remind.enqueue()
            return
    if delivering.anything_due(now):
        with transaction.atomic():
            if turns.take("send", now, SEND_EVERY):
                jobs.send.enqueue()
