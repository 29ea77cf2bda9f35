"""Making many tasks of a place at once: a filled list of thousands holds others up for a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, can
from dinhlang.people.models import User
from dinhlang.people.offices import office_key
from dinhlang.places.models import Closure, Unit
from dinhlang.vietnamese import fold

from ..models import Origin, Task, TaskOffice
from ..said import DAYS, NUMBERS, OFFICES, BadTask, Plain, Said, check_together
from .tasks import check_parent, made_before
from .writing import may_make_here

LONGEST_KEY = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A task to be: ``key`` makes it once, ``parent`` is a task or the key of one made here."""

    key: UUID
    said: Said
    parent: Task | str | None = None


def create_many(
    user: User, place: Unit, wanted: Sequence[Wanted], origin_text: str = ""
) -> dict[str, Task]:
    """The tasks by the words of their keys; those made before are found again.

    Parents come before their parts. Tasks that are to come after others are linked by the caller.
    Raises ``AccessDenied`` and ``BadTask``; nothing is written then.
    """
    with transaction.atomic():
        found = _made(user, place, wanted)
        fresh = [each for each in wanted if str(each.key) not in found]
        plains = {str(each.key): each.said.plain() for each in fresh}
        _allow(user, place, list(plains.values()))
        parts = _parts([each.parent for each in fresh if isinstance(each.parent, Task)])
        for level in _levels(fresh):
            rows = [_row(user, place, each, plains, found, origin_text) for each in level]
            for row in rows:
                if row.parent_id is not None:
                    row.position, parts[row.parent_id] = (
                        parts[row.parent_id],
                        parts[row.parent_id] + 1,
                    )
            Task.objects.bulk_create(rows, batch_size=200)
            found |= {str(row.key): row for row in rows}
        _offices(plains, found)
        _villages(plains, found)
        audit.record_many(
            user, "thêm việc", [found[str(each.key)] for each in fresh], place,
            {"origin": Origin.OWN, "ref": ""},
        )  # fmt: skip
        return found


def _made(user: User, place: Unit, wanted: Sequence[Wanted]) -> dict[str, Task]:
    keys = [each.key for each in wanted]
    known = Task.objects.filter(place=place, key__in=keys).values_list("key", flat=True)
    taken = set(known) | set(Task.objects.filter(key__in=keys).values_list("key", flat=True))
    return {str(key): row for key in taken if (row := made_before(user, place, key))}


def _allow(user: User, place: Unit, plains: Sequence[Plain]) -> None:
    everywhere = can(user, Action.EDIT, place)
    numbers = {number for plain in plains for number in plain["villages"]}
    own = Closure.objects.filter(ancestor=place, descendant__in=numbers)
    if numbers - set(own.values_list("descendant", flat=True)):
        raise BadTask(f"Chỉ chọn được thôn thuộc {place.full_name}.", "villages")
    for plain in plains:
        check_together(plain)
        if not everywhere and not may_make_here(user, place, plain["villages"]):
            raise AccessDenied


def _levels(fresh: Sequence[Wanted]) -> Iterator[list[Wanted]]:
    """The tasks in rows: first those whose parent stands already, then their parts, and so on."""
    left = list(fresh)
    while left:
        waiting = {str(each.key) for each in left}
        now = [
            each for each in left if not (isinstance(each.parent, str) and each.parent in waiting)
        ]
        if not now:
            raise BadTask("Các việc là phần của nhau thành vòng.")
        yield now
        left = [each for each in left if isinstance(each.parent, str) and each.parent in waiting]


def _parts(parents: Sequence[Task]) -> Counter[int]:
    """How many parts each of the tasks has already."""
    below = Task.objects.filter(parent__in={each.pk for each in parents})
    return Counter(pk for pk in below.values_list("parent", flat=True) if pk is not None)


def _row(
    user: User, place: Unit, each: Wanted, plains: dict[str, Plain], found: dict[str, Task],
    origin_text: str,
) -> Task:  # fmt: skip
    plain = plains[str(each.key)]
    parent = found[each.parent] if isinstance(each.parent, str) else each.parent
    if parent is not None:
        check_parent(place, parent)
    row = Task(
        key=each.key, place=place, origin=Origin.OWN, origin_text=origin_text[:300],
        parent=parent, created=timezone.now(), created_by=user,
    )  # fmt: skip
    for name, value in plain.items():
        if name in DAYS:
            setattr(row, name, date.fromisoformat(value) if value else None)
        elif name not in OFFICES and name not in NUMBERS:
            setattr(row, name, value)
    names = [name for _, name in _named(plain)]
    words = (row.text, row.product, row.target, row.remarks, row.origin_text, *names)
    row.search_key = fold(" ".join(filter(None, words)))[:LONGEST_KEY]
    return row


def _named(plain: Plain) -> list[tuple[bool, str]]:
    """The offices, leads first; who leads is no partner of their own."""
    led = {office_key(name) for name in plain["lead"]}
    rest = [(False, name) for name in plain["partners"] if office_key(name) not in led]
    return [(True, name) for name in plain["lead"]] + rest


def _offices(plains: dict[str, Plain], found: dict[str, Task]) -> None:
    TaskOffice.objects.bulk_create(
        (
            TaskOffice(task=found[key], name=name, key=office_key(name), leads=leads)
            for key, plain in plains.items()
            for leads, name in _named(plain)
        ),
        batch_size=500,
    )


def _villages(plains: dict[str, Plain], found: dict[str, Task]) -> None:
    through = Task.villages.through
    through.objects.bulk_create(
        (
            through(task_id=found[key].pk, unit_id=number)
            for key, plain in plains.items()
            for number in sorted(set(plain["villages"]))
        ),
        batch_size=500,
    )
