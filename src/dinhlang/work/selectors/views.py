"""The one selector behind every view of work: which tasks of a place are wanted.

All views read the same filter out of the address, and give the same rows for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from dinhlang.people.among import Among
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit

from ..models import Task, TaskOffice
from ..periods import RELATIVE, Span, span
from ..policies import below
from ..showing import STATES
from . import tasks, unheld
from .charged import Charged, spellings
from .criteria import Served

LATE, LIVE, NOBODY, NO_CRITERION = "late", "unfinished", "chua-giao", "khong"
UNHELD = "chua-ai-giu"
STATE_CHOICES = (
    (LIVE, "Chưa xong"),
    (LATE, "Quá hạn"),
    *((state, look.words) for state, look in STATES.items()),
)
NAMES = {
    "text": "q",
    "office": "co-quan",
    "village": "thon",
    "criterion": "tieu-chi",
    "state": "tt",
    "period": "ky",
}
"""The fields of a filter and what they are called in an address."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the work of a place is wanted; an empty word wants all.

    ``office`` is an office's key, “chua-giao” or “chua-ai-giu”; ``village`` its number;
    ``criterion`` the number of a criterion, or “khong”; ``state`` a state, “late” or
    “unfinished”; ``period`` as ``dinhlang.work.periods.span`` reads it.
    """

    text: str = ""
    office: str = ""
    village: str = ""
    criterion: str = ""
    state: str = ""
    period: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Filter:
        """The filter an address names; what is not understood wants all."""
        said = {field: str(asked.get(name, "")).strip()[:200] for field, name in NAMES.items()}
        if not re.fullmatch(r"\d{1,9}", said["village"]):
            said["village"] = ""
        if said["state"] not in {code for code, _ in STATE_CHOICES}:
            said["state"] = ""
        if span(said["period"], date(2000, 1, 1)) is None:
            said["period"] = ""
        return cls(**said)

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, field) for field in NAMES)

    @property
    def query(self) -> dict[str, str]:
        """The filter as an address names it, without what is empty."""
        return {name: value for field, name in NAMES.items() if (value := getattr(self, field))}

    @property
    def address(self) -> str:
        """“?co-quan=…”, or empty."""
        return f"?{urlencode(self.query)}" if self.query else ""

    def span(self, on: date) -> Span | None:
        """The days of its period."""
        return span(self.period, on)


def of_unit(user: User, unit: Unit) -> QuerySet[Task]:
    """The live tasks of the place and of those below it that the person may see.

    Of a village these are its own and those that name it.
    """
    if unit.level == Level.VILLAGE:
        return tasks.of_place(user, unit, tasks.Filter(), date.min)
    return below(tasks.kept(), user, unit)


def narrowed(rows: QuerySet[Task], wanted: Filter, on: date) -> QuerySet[Task]:
    """The rows that fit the filter."""
    days = wanted.span(on)
    if wanted.office == NOBODY:
        rows = rows.exclude(pk__in=TaskOffice.objects.filter(leads=True).values("task"))
    if wanted.office == UNHELD:
        rows = rows.filter(Among("pk", unheld.of_rows(rows, on).tasks))
    if wanted.criterion == NO_CRITERION:
        rows = rows.filter(criterion="")
    elif wanted.criterion:
        law, _, number = wanted.criterion.rpartition("|")
        rows = rows.filter(serving(number))
        if law:
            rows = rows.filter(criterion_set__in=(law, ""))
    asked = tasks.Filter(
        text=wanted.text,
        office="" if wanted.office in (NOBODY, UNHELD) else wanted.office,
        village=int(wanted.village) if wanted.village else None,
        state=wanted.state,
        first=days.first if days else None,
        last=days.last if days else None,
    )
    return tasks.matching(rows, asked, on)


def serving(number: str) -> Q:
    """The tasks that serve a criterion: theirs, or one of several that their target lists."""
    listed = Q(target__contains=f" {number},") | Q(target__endswith=f" {number}")
    return Q(criterion=number) | (Q(target__contains="tiêu chí") & listed)


def of_place(user: User, unit: Unit, wanted: Filter, on: date) -> QuerySet[Task]:
    """The tasks of the place that fit the filter and that the person may see."""
    return narrowed(of_unit(user, unit), wanted, on)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filter bar offers: pairs of value and words, those in use at the place."""

    offices: list[tuple[str, str]]
    villages: list[tuple[str, str]]
    criteria: list[tuple[str, str]]
    periods: list[tuple[str, str]]
    states: tuple[tuple[str, str], ...] = STATE_CHOICES


def choices(offices: Iterable[Charged], served: Served, unit: Unit, on: date) -> Choices:
    """What the tasks of the place name: these offices, these criteria, its villages, periods."""
    pairs = {(served.home(law, number), number) for law, number in served.pairs if number}
    order = {law: at for at, law in enumerate(served.sets)}
    said = [
        (served.key(law, number), served.title(law, number))
        for law, number in sorted(
            pairs, key=lambda pair: (order.get(pair[0], 99), number_order(pair[1]))
        )
    ]
    villages = Unit.objects.filter(parent=unit, level=Level.VILLAGE, valid_to=None)
    placed = villages.order_by("sort_key").values_list("pk", "kind", "name")
    years = range(on.year - 2, on.year + 3)
    return Choices(
        offices=[
            (NOBODY, "Chưa giao cho ai"),
            (UNHELD, "Giao cho nơi chưa có ai giữ"),
            *sorted(spellings(offices).items()),
        ],
        villages=[(str(pk), f"{kind} {name}") for pk, kind, name in placed],
        criteria=[*said, (NO_CRITERION, "Không gắn tiêu chí")] if said else [],
        periods=[*RELATIVE.items(), *((str(year), f"Năm {year}") for year in years)],
    )


def number_order(number: str) -> tuple[int, int, str]:
    """Puts “2” before “10”, and what is no number last."""
    digits = re.match(r"\d+", number)
    return (0, int(digits[0]), number) if digits else (1, 0, number)
