"""The clock of the daily backup: due once a day, claimed once however many workers there are."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .models import Due

NAME = "backup"
AGAIN_IN = timedelta(hours=1)
"""A backup that fails, or whose worker is killed, is due again then."""


def next_time(now: datetime) -> datetime:
    """The first moment after ``now`` at the hour of the setting ``BACKUP_TIME``, Vietnam's time."""
    local = timezone.localtime(now)
    at: time = settings.BACKUP_TIME
    today = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def due_at(now: datetime) -> datetime:
    """When the next daily backup is due; noted on first use."""
    due, _ = Due.objects.get_or_create(name=NAME, defaults={"at": next_time(now)})
    return due.at


def claim(now: datetime) -> bool:
    """Whether the backup is due and this caller, and no other one, is to make it.

    A machine that was off at the hour makes the backup as soon as it is on again.
    """
    seen = due_at(now)
    if seen > now:
        return False
    return Due.objects.filter(name=NAME, at=seen).update(at=now + AGAIN_IN) == 1


def done(now: datetime) -> None:
    """Notes that today's is made."""
    Due.objects.update_or_create(name=NAME, defaults={"at": next_time(now)})


def tick(now: datetime) -> bool:
    """Queues the backup where it is due; returns whether it did."""
    from . import jobs

    if due_at(now) > now:
        return False
    with transaction.atomic():
        if not claim(now):
            return False
        jobs.daily_backup.enqueue()
    return True
