"""What the clock has this app do by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from . import jobs
from .services import delivering, repeats, turns

REMIND_EVERY = timedelta(minutes=10)
SEND_EVERY = timedelta(minutes=1)
REPEAT_EVERY = timedelta(hours=1)


def look(now: datetime) -> None:
    """Queue the look for what fell due, and the sending of what waits, each by one worker.

    Work that comes again is made here: it is little, and making it twice makes it once.
    """
    with transaction.atomic():
        repeating = turns.take("repeat", now, REPEAT_EVERY)
    if repeating:
        repeats.make_due(timezone.localdate(now))
    with transaction.atomic():
        if turns.take("remind", now, REMIND_EVERY):
            jobs.remind.enqueue()
            return
    if delivering.anything_due(now):
        with transaction.atomic():
            if turns.take("send", now, SEND_EVERY):
                jobs.send.enqueue()
