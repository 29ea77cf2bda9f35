"""Tasks as lists show them: read by a fixed number of queries, however many there are.

Lists of two thousand tasks are counted and sorted by ``Bone``; only what a page shows becomes a
``Line`` with its words, offices and villages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.urls import get_script_prefix, reverse

from dinhlang.people.among import Among

from ..models import UNFINISHED, Task, TaskLink, TaskOffice, TaskState
from ..showing import FINISHED, STATES, Look, criteria_served, is_late, near
from . import unheld
from .plain import Together, as_text, day, moment, numbers
from .unheld import Lead

CHUNK = 900
"""Numbers given to one query."""
_SOME = 987654321


class Bone(NamedTuple):
    """What counting and sorting need of a task."""

    pk: int
    state: str
    start: date | None
    end: date | None
    criterion: str
    parent: int | None
    done_at: datetime | None
    place: int
    target: str = ""
    criterion_set: str = ""

    def is_late(self, on: date) -> bool:
        """Whether its end has passed and something is still to be done."""
        return is_late(self.state, self.end, on)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The numbers of the criteria it serves."""
        return criteria_served(self.criterion, self.target)

    @property
    def is_finished(self) -> bool:
        """Whether it is done, accepted or not."""
        return self.state in FINISHED

    @property
    def is_dropped(self) -> bool:
        """Whether it will not be done."""
        return self.state == TaskState.DROPPED


_BONE = (
    *("pk", "state", as_text("start"), as_text("end"), "criterion", "parent_id"),
    *(as_text("done_at"), "place_id", "target", "criterion_set"),
)


def bones(rows: QuerySet[Task]) -> list[Bone]:
    """The tasks, those that end first first, those without an end last."""
    found = [
        Bone(pk, state, day(start), day(end), criterion, parent, moment(done), *rest)
        for pk, state, start, end, criterion, parent, done, *rest in (
            rows.order_by().values_list(*_BONE)
        )
    ]
    found.sort(key=by_days)
    return found


def by_days(bone: Bone) -> tuple[date, date, int]:
    """Puts what ends first first, and what has no end last."""
    return bone.end or date.max, bone.start or date.max, bone.pk


def villages_of(rows: QuerySet[Task]) -> dict[int, list[int]]:
    """Each village with the tasks that name it."""
    through: Any = Task.villages.through
    found = through.objects.filter(task__in=rows.order_by().values("pk")).order_by()
    named = found.values_list("unit_id").annotate(tasks=Together("task_id")).order_by("unit_id")
    return {village: numbers(tasks) for village, tasks in named}


def links_of(rows: QuerySet[Task]) -> list[tuple[int, int]]:
    """Pairs of a task and one that must be finished before it."""
    found = TaskLink.objects.filter(task__in=rows.order_by().values("pk"))
    return list(found.order_by("pk").values_list("task_id", "after_id"))


def address(name: str, pk: int) -> str:
    """The address of this name of the task; a list asks for hundreds, and looks them up once."""
    before, after = _around(name, get_script_prefix())
    return f"{before}{pk}{after}"


@lru_cache
def _around(name: str, prefix: str) -> tuple[str, str]:
    """What stands before and after the number. ``prefix``: under which the site is mounted."""
    before, _, after = reverse(f"work:{name}", args=[_SOME]).partition(str(_SOME))
    return before, after


@dataclass(slots=True)
class Line:
    """A task as a row of any list shows it. ``steps`` are the states that one tap gives it."""

    pk: int
    text: str
    state: str
    start: date | None
    end: date | None
    place: int
    place_name: str
    criterion: str
    criterion_set: str
    indicator: str
    target: str
    product: str
    waiting_for: str
    reason: str
    cost: int | None
    revision: int
    parent: int | None
    origin_text: str
    done_at: datetime | None
    changed: datetime | None
    on: date
    leads: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    villages: list[str] = field(default_factory=list)
    parts: int = 0
    parts_done: int = 0
    steps: tuple[tuple[str, str], ...] = ()
    may_wait: bool = False
    is_unheld: bool = False

    @property
    def href(self) -> str:
        """The task's page."""
        return address("task", self.pk)

    @property
    def move_href(self) -> str:
        """Where a form moves it."""
        return address("move", self.pk)

    @property
    def accept_href(self) -> str:
        """Where it is accepted."""
        return address("task-accept", self.pk)

    @property
    def look(self) -> Look:
        """Its state as word, colour and sign."""
        return STATES[self.state]

    @property
    def near(self) -> Look | None:
        """How near its end is; None where that says nothing."""
        return near(self.state, self.start, self.end, self.on)

    @property
    def is_late(self) -> bool:
        """Whether its end has passed and something is still to be done."""
        return is_late(self.state, self.end, self.on)

    @property
    def is_live(self) -> bool:
        """Whether something is still to be done by the lead."""
        return self.state not in FINISHED and self.state != TaskState.DROPPED

    @property
    def lead(self) -> str:
        """The leading offices in words; empty where nobody is charged."""
        return ", ".join(self.leads)

    @property
    def criteria(self) -> str:
        """The numbers of the criteria it serves, in words."""
        return ", ".join(criteria_served(self.criterion, self.target))

    @property
    def partner(self) -> str:
        """The other offices in words."""
        return ", ".join(self.partners)

    @property
    def village(self) -> str:
        """Its villages in words."""
        return ", ".join(self.villages)

    @property
    def days(self) -> str:
        """“từ 01/03/2024 đến 30/06/2024”, “đến 30/06/2024”, or empty."""
        if self.end is None:
            return f"từ {self.start:%d/%m/%Y}" if self.start else ""
        if self.start is None or self.start == self.end:
            return f"{self.end:%d/%m/%Y}"
        same = self.start.year == self.end.year
        first = f"{self.start:%d/%m}" if same else f"{self.start:%d/%m/%Y}"
        return f"{first} – {self.end:%d/%m/%Y}"


_LINE = (
    *("pk", "text", "state", "start", "end", "place_id", "place__kind", "place__name", "criterion"),
    *("criterion_set", "indicator", "target", "product", "waiting_for", "reason", "cost"),
    *("revision", "parent_id", "origin_text", "done_at", "changed"),
)


def lines(pks: Sequence[int], on: date) -> list[Line]:
    """The tasks of these numbers, in this order. The caller has asked which ones may be seen.

    Those whose leads nobody holds on the day are marked so.
    """
    found: dict[int, Line] = {}
    leads: list[Lead] = []
    for some in _chunks(pks):
        for row in Task.objects.filter(Among("pk", some)).order_by().values_list(*_LINE):
            values: list[Any] = [*row[:6], f"{row[6]} {row[7]}", *row[8:], on]
            found[row[0]] = Line(*values)
        leads += _fill(found, some)
    for pk in unheld.among(leads, on).tasks:
        found[pk].is_unheld = True
    return [found[pk] for pk in pks if pk in found]


def _fill(found: dict[int, Line], some: list[int]) -> list[Lead]:
    """Fills in what stands in other tables; returns who leads what is unfinished."""
    rows = TaskOffice.objects.filter(Among("task_id", some)).order_by("pk")
    charged: list[Lead] = []
    for task, name, leads, key in rows.values_list("task_id", "name", "leads", "key"):
        line = found[task]
        (line.leads if leads else line.partners).append(name)
        if leads and line.state in UNFINISHED:
            charged.append(Lead(task, line.place, key))
    through: Any = Task.villages.through
    named = through.objects.filter(Among("task_id", some)).order_by("pk")
    for task, name in named.values_list("task_id", "unit__name"):
        found[task].villages.append(name)
    parts = Task.objects.filter(Among("parent_id", some), removed_at=None, withdrawn_at=None)
    counted = (
        parts.exclude(state=TaskState.DROPPED)
        .order_by()
        .values_list("parent_id")
        .annotate(all=Count("pk"), done=Count("pk", filter=Q(state__in=FINISHED)))
    )
    for parent, total, done in counted:
        found[parent].parts, found[parent].parts_done = total, done
    return charged


def _chunks(pks: Sequence[int]) -> Iterable[list[int]]:
    rest = list(pks)
    for first in range(0, len(rest), CHUNK):
        yield rest[first : first + CHUNK]


def keys_of(pks: Iterable[int]) -> dict[int, str]:
    """The keys by which files name the tasks."""
    found: dict[int, str] = {}
    for some in _chunks(list(dict.fromkeys(pks))):
        rows = Task.objects.filter(Among("pk", some)).order_by().values_list("pk", "key")
        found |= {pk: str(key) for pk, key in rows}
    return found
