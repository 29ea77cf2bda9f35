"""Regular work of which each turn is taken by one worker, however many there are."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..models import Turn


def take(name: str, now: datetime, every: timedelta) -> bool:
    """Whether the turn of this name is due and this caller, and no other one, has taken it.

    The next is due ``every`` later; one whose worker is killed is made up for then.
    """
    row, _ = Turn.objects.get_or_create(name=name, defaults={"at": now})
    if row.at > now:
        return False
    return Turn.objects.filter(name=name, at=row.at).update(at=now + every) == 1


def is_due(name: str, now: datetime) -> bool:
    """Whether it is time for what may be done twice and must not be missed; see ``done``."""
    return not Turn.objects.filter(name=name, at__gt=now).exists()


def done(name: str, now: datetime, every: timedelta) -> None:
    """Notes that it was done; a worker that is killed before leaves it due."""
    Turn.objects.update_or_create(name=name, defaults={"at": now + every})
