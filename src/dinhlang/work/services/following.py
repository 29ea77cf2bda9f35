"""Keep the tasks of an origin as the origin says, without losing what people did here.

What the origin said last is kept beside each task (``Task.followed``). A new version changes the
fields that nobody changed here since; the others stay as people left them, and the task's page
shows both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..merging import SETS, merge
from ..models import Origin, Task
from ..said import FIELDS, Plain, Said
from .tasks import create
from .writing import Deed, finish, values_of, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A task as its origin says it: ``number`` completes the prefix, ``text`` is for people."""

    number: str
    said: Said
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What following did: the tasks by number, and how many were made, changed, withdrawn.

    ``differing`` are tasks where a field stayed as people left it though the origin says else.
    """

    tasks: dict[str, Task]
    made: int
    changed: int
    withdrawn: int
    differing: list[Task]


def follow(
    user: User | None, place: Unit, prefix: str, items: Iterable[Followed], origin: Origin
) -> Outcome:
    """Make, update, withdraw the tasks whose ``origin_ref`` begins with ``prefix``.

    The caller checked the right to change the origin and writes its own audit line.
    """
    with transaction.atomic():
        rows = Task.objects.select_for_update(of=("self",)).select_related("place")
        known = {row.origin_ref: row for row in rows.filter(origin_ref__startswith=prefix)}
        tasks, made, changed, differing = dict[str, Task](), 0, 0, list[Task]()
        for item in items:
            ref = prefix + item.number
            row = known.pop(ref, None)
            if row is None:
                row = create(
                    None, place, item.said, uuid4(), origin=origin, origin_ref=ref,
                    origin_text=item.text,
                )  # fmt: skip
                row.followed = item.said.plain()
                row.save(update_fields=["followed"])
                made += 1
            else:
                changed += _update(user, row, item, differing)
            tasks[item.number] = row
        withdrawn = _withdraw(user, place, list(known.values()))
        return Outcome(tasks, made, changed, withdrawn, differing)


def _update(user: User | None, row: Task, item: Followed, differing: list[Task]) -> int:
    said = item.said.plain()
    now = values_of(row, said.keys())
    before = {**now, **row.followed}
    merged = _merged(before, said, now)
    if any(now[name] != said[name] and said[name] != before[name] for name in now
           if name not in merged and name not in SETS):  # fmt: skip
        differing.append(row)
    came_back = row.withdrawn_at is not None
    row.withdrawn_at, row.followed, row.origin_text = None, said, item.text[:300]
    if not merged and not came_back:
        row.save(update_fields=["withdrawn_at", "followed", "origin_text"])
        return 0
    write(None, row, merged)
    finish(user, row, Deed(
        key=uuid4(), verb="cập nhật việc theo nguồn", before=row.state,
        changes={name: [now[name], value] for name, value in merged.items()},
    ))  # fmt: skip
    return 1


def _merged(before: Plain, said: Plain, now: Plain) -> Plain:
    """What the origin newly says, but for fields that people changed here meanwhile."""
    found: Plain = {}
    for name, value in said.items():
        one = merge({name: before[name]}, {name: value}, {name: now[name]})
        found.update(one.write)
    _keep_order(found, now)
    return found


def _keep_order(found: Plain, now: Plain) -> None:
    """A start that would lie after the end stays out with it: one of them was set by people."""
    start, end = found.get("start", now.get("start")), found.get("end", now.get("end"))
    if start and end and end < start:
        found.pop("start", None)
        found.pop("end", None)


def _withdraw(user: User | None, place: Unit, rows: list[Task]) -> int:
    gone = [row for row in rows if row.withdrawn_at is None]
    Task.objects.filter(pk__in=[row.pk for row in gone]).update(withdrawn_at=timezone.now())
    if gone:
        audit.record(user, "rút việc theo nguồn", place, place, {"tasks": [row.pk for row in gone]})
    return len(gone)


def differences(task: Task) -> list[tuple[str, Any, Any]]:
    """The fields where the task is not as its origin says: name, here, in the origin; plain.

    What the origin says nothing of is for people to add.
    """
    if not task.followed:
        return []
    # In the order of the fields: a database may keep the keys of a document in its own.
    names = [name for name in FIELDS if name in task.followed]
    now = values_of(task, names)
    said = task.followed
    return [
        (name, now[name], said[name])
        for name in names
        if said[name] not in (None, "", []) and now[name] != said[name]
    ]
