"""Work that comes again: begun, made a little ahead each time, changed for the rest, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import recurring
from ..models import Origin, Repeat, Task
from ..said import BadTask, Plain, Said, cleaned
from .tasks import create

RANGES = {
    "week": (1, 7), "month": (1, 31), "quarter": (0, 60), "half": (0, 120), "year": (0, 200),
}  # fmt: skip
"""What ``on`` may be, by how often."""
PERIODIC = ("start", "end", "after")
"""Fields that each time gives itself."""


def begin(
    user: User, place: Unit, said: Said, key: UUID, *, every: str, on: int, first: date,
    last: date | None = None, origin_text: str = "",
) -> Repeat:  # fmt: skip
    """Have a task come again from ``first`` on; the same key again is the one begun before.

    Needs ``REVIEW`` at the place. Raises ``AccessDenied``, ``BadTask``.
    """
    require(user, Action.REVIEW, place)
    before: Repeat | None = Repeat.objects.filter(key=key, place=place, by=user).first()
    if before is not None:
        return before
    data = _data(said)
    if every not in RANGES or not RANGES[every][0] <= on <= RANGES[every][1]:
        raise BadTask("Hãy chọn lại ngày của việc định kỳ.", "on")
    if last is not None and last < first:
        raise BadTask("Ngày thôi lặp phải từ ngày bắt đầu trở đi.", "last")
    try:
        with transaction.atomic():
            row = Repeat.objects.create(
                key=key, place=place, every=every, on=on, first=first, last=last,
                data=data | {"origin_text": origin_text[:300]}, by=user, at=timezone.now(),
            )  # fmt: skip
            audit.record(user, "đặt việc định kỳ", row, place, {"every": every, "on": on})
    except IntegrityError:
        # The other click of a double click was quicker by a moment.
        return Repeat.objects.get(key=key, by=user)
    make(row, timezone.localdate())
    return row


def _data(said: Said) -> Plain:
    return cleaned(asdict(said) | dict.fromkeys(("start", "end"), None) | {"after": []})


def make(row: Repeat, today: date) -> list[Task]:
    """The times that begin within a week from the day, each made once whoever asks.

    Two workers at once make the same tasks: the key of a task is that of its time.
    """
    if row.ended_at is not None:
        return []
    since = row.first if row.made_until is None else row.made_until + timedelta(days=1)
    horizon = today + timedelta(days=400)
    until = min(horizon, row.last) if row.last else horizon
    due = [
        time
        for time in recurring.times(row.every, row.on, since, until)
        if time.first <= today + recurring.AHEAD
    ][: recurring.MOST_TIMES]
    made = [_one(row, time) for time in due]
    if due:
        # Never back: another worker may have gone further meanwhile.
        rows = Repeat.objects.filter(Q(made_until=None) | Q(made_until__lt=due[-1].due), pk=row.pk)
        rows.update(made_until=due[-1].due)
        row.made_until = due[-1].due
    return made


def _one(row: Repeat, time: recurring.Time) -> Task:
    data = {name: value for name, value in row.data.items() if name != "origin_text"}
    said = replace(
        Said(**data), text=time.told(row.data["text"]), start=time.first, end=time.due
    )  # fmt: skip
    return create(
        None, row.place, said, uuid5(row.key, time.due.isoformat()), origin=Origin.REPEAT,
        origin_ref=f"repeat:{row.pk}:{time.due:%Y%m%d}",
        origin_text=row.data.get("origin_text") or f"Việc {row.get_every_display().lower()}",
        series=row,
    )  # fmt: skip


def make_due(today: date) -> int:
    """Make what is due of all that repeats; how many tasks there were to look at."""
    rows = Repeat.objects.filter(Q(last=None) | Q(last__gte=today), ended_at=None)
    return sum(len(make(row, today)) for row in rows.select_related("place"))


def change(user: User, pk: int, changes: Mapping[str, Any]) -> Repeat:
    """Change what the later times are made with; those made stay. Raises ``AccessDenied``."""
    with transaction.atomic():
        row = _locked(user, pk)
        wanted = {n: v for n, v in cleaned(changes).items() if n not in PERIODIC}
        told = {n: [row.data.get(n), v] for n, v in wanted.items() if row.data.get(n) != v}
        if told:
            row.data = row.data | wanted
            row.save(update_fields=["data"])
            audit.record(user, "sửa việc định kỳ", row, row.place, told)
        return row


def end(user: User, pk: int) -> Repeat:
    """No further times; those made stay. Twice is once. Raises ``AccessDenied``."""
    with transaction.atomic():
        row = _locked(user, pk)
        if row.ended_at is None:
            row.ended_at = timezone.now()
            row.save(update_fields=["ended_at"])
            audit.record(user, "thôi việc định kỳ", row, row.place)
        return row


def resume(user: User, pk: int) -> Repeat:
    """Undo ``end``; times that would have been made meanwhile are made. Raises as ``end``."""
    with transaction.atomic():
        row = _locked(user, pk)
        if row.ended_at is not None:
            row.ended_at = None
            row.save(update_fields=["ended_at"])
            audit.record(user, "đặt lại việc định kỳ", row, row.place)
    make(row, timezone.localdate())
    return row


def _locked(user: User, pk: int) -> Repeat:
    row: Repeat = Repeat.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
    require(user, Action.REVIEW, row.place)
    return row
