"""Planning a meeting: what it is, its agenda; each once, all told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.work.models import Task

from ..models import AgendaItem, Meeting
from .common import MOST_POINTS, BadMeeting, Point, Said, changed, item_of, opened, tidy


def plan(user: User, place: Unit, key: UUID, said: Said, points: Sequence[Point] = ()) -> Meeting:
    """A meeting to come, with its agenda; the same key again is the one planned before.

    Needs ``EDIT`` at the place. Raises ``AccessDenied``, ``BadMeeting``.
    """
    require(user, Action.EDIT, place)
    before: Meeting | None = Meeting.objects.filter(key=key, place=place, created_by=user).first()
    if before is not None:
        return before
    fields = _words(asdict(said) | {"at": None})
    if not fields["title"]:
        raise BadMeeting("Hãy ghi tên cuộc họp.")
    try:
        with transaction.atomic():
            row = Meeting.objects.create(
                key=key, place=place, created_by=user, created=timezone.now(), at=said.at, **fields
            )
            audit.record(user, "lập cuộc họp", row, place, {"lúc": f"{said.at:%Y-%m-%d %H:%M}"})
            for at, point in enumerate(points[:MOST_POINTS]):
                _add_point(row, uuid5(key, str(at)), point, at)
    except IntegrityError:
        # The other click of a double click was quicker by a moment.
        row = Meeting.objects.get(key=key, created_by=user)
    return row


def _words(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: tidy(name, str(value or "")) for name, value in values.items() if name != "at"}


def change(
    user: User, pk: int, seen: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> Meeting:
    """Change what the meeting is; ``base`` is what the form showed at revision ``seen``.

    What others changed since stays. Raises ``Overtaken`` where both changed the same, ``Closed``,
    ``BadMeeting``.
    """
    with transaction.atomic():
        row = opened(user, pk)
        mine: dict[str, Any] = dict(_words(values))
        if values.get("at") is not None:
            mine["at"] = values["at"]
        wanted = changed(row, mine, seen, _based(base))
        told = {n: [str(getattr(row, n)), str(v)] for n, v in wanted.items()}
        if not told:
            return row
        for name, value in wanted.items():
            setattr(row, name, value)
        if not row.title:
            raise BadMeeting("Hãy ghi tên cuộc họp.")
        row.revision += 1
        row.save()
        audit.record(user, "sửa cuộc họp", row, row.place, told)
        return row


def _based(base: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if base is None else {**_words(base), "at": base.get("at")}


# --- The agenda -----------------------------------------------------------------------------------


def add_point(user: User, pk: int, key: UUID, point: Point) -> AgendaItem:
    """One more point at the end; with the same key the one added before."""
    with transaction.atomic():
        row = opened(user, pk)
        before: AgendaItem | None = row.items.filter(key=key).first()
        if before is not None:
            return before
        items = row.items.filter(removed_at=None)
        if items.count() >= MOST_POINTS:
            raise BadMeeting(f"Một cuộc họp ghi tối đa {MOST_POINTS} nội dung.")
        last = row.items.aggregate(last=Max("position"))["last"]
        made = _add_point(row, key, point, 0 if last is None else last + 1)
        audit.record(user, "thêm nội dung họp", row, row.place, {"nội dung": made.text[:200]})
        return made


def _add_point(row: Meeting, key: UUID, point: Point, position: int) -> AgendaItem:
    text = tidy("text", point.text)
    if not text:
        raise BadMeeting("Hãy ghi nội dung.")
    task = Task.objects.filter(pk=point.task, place=row.place).first() if point.task else None
    return AgendaItem.objects.create(
        key=key, meeting=row, position=position, text=text, why=tidy("why", point.why),
        presenter=tidy("presenter", point.presenter), task=task,
    )  # fmt: skip


def order(user: User, pk: int, wanted: Sequence[int]) -> None:
    """Put the points in this order; those not named come behind, as they were."""
    with transaction.atomic():
        row = opened(user, pk)
        items = {each.pk: each for each in row.items.filter(removed_at=None)}
        named = [items[number] for number in dict.fromkeys(wanted) if number in items]
        left = [each for number, each in items.items() if each not in named]
        for position, each in enumerate([*named, *left]):
            if each.position != position:
                AgendaItem.objects.filter(pk=each.pk).update(position=position)
        audit.record(
            user, "xếp lại nội dung họp", row, row.place, {"thứ tự": [i.pk for i in named]}
        )


def change_point(
    user: User,
    pk: int,
    seen: int,
    values: Mapping[str, str],
    base: Mapping[str, str] | None = None,
) -> AgendaItem:
    """Reword a point (``text``, ``presenter``); ``base`` is what the form showed.

    Raises ``Overtaken``, ``Closed``, ``BadMeeting``.
    """
    with transaction.atomic():
        item = item_of(user, pk)
        mine = {name: tidy(name, values[name]) for name in ("text", "presenter")}
        if not mine["text"]:
            raise BadMeeting("Hãy ghi nội dung.")
        shown = {name: tidy(name, base.get(name, "")) for name in mine} if base else None
        wanted = changed(item, mine, seen, shown)
        if not wanted:
            return item
        names = {"text": "nội dung", "presenter": "trình bày"}
        told = {names[name]: [getattr(item, name), value] for name, value in wanted.items()}
        for name, value in wanted.items():
            setattr(item, name, value)
        item.revision += 1
        item.save(update_fields=["text", "presenter", "revision"])
        audit.record(user, "sửa nội dung họp", item.meeting, item.meeting.place, told)
        return item


def remove_point(user: User, pk: int) -> AgendaItem:
    """Take a point out; ``restore_point`` brings it back with what was typed."""
    return _removed(user, pk, timezone.now())


def restore_point(user: User, pk: int) -> AgendaItem:
    """Undo ``remove_point``."""
    return _removed(user, pk, None)


def _removed(user: User, pk: int, when: datetime | None) -> AgendaItem:
    with transaction.atomic():
        item = item_of(user, pk)
        if (item.removed_at is None) != (when is None):
            item.removed_at = when
            item.save(update_fields=["removed_at"])
            verb = "bỏ nội dung họp" if when else "lấy lại nội dung họp"
            audit.record(user, verb, item.meeting, item.meeting.place, {"nội dung": item.text})
        return item


def set_aside(user: User, pk: int) -> Meeting:
    """Remove a meeting that is not closed; ``take_back`` undoes it."""
    with transaction.atomic():
        row = opened(user, pk)
        if row.removed_at is None:
            row.removed_at = timezone.now()
            row.save(update_fields=["removed_at"])
            audit.record(user, "xóa cuộc họp", row, row.place)
        return row


def take_back(user: User, pk: int) -> Meeting:
    """Undo ``set_aside``."""
    with transaction.atomic():
        row = opened(user, pk)
        if row.removed_at is not None:
            row.removed_at = None
            row.save(update_fields=["removed_at"])
            audit.record(user, "lấy lại cuộc họp", row, row.place)
        return row
