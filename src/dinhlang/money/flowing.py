"""Money over the days of a year: what comes, what is due, and the first day it runs short. Pure.

Amounts in đồng. What has no day is counted on the last day of the year: later than that it would
be of no use, and earlier nobody promised it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

MONTHS = 12


class Way(StrEnum):
    """Which way money goes."""

    USABLE = "usable"
    CONDITIONAL = "conditional"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Event:
    """So much comes, or is due, on a day (None: not said)."""

    way: Way
    amount: int
    day: date | None
    text: str = ""
    pk: int = 0


@dataclass(slots=True)
class Span:
    """A month or a quarter: what comes and is due in it, and what is left at its end."""

    name: str
    last: date
    comes: int = 0
    conditional: int = 0
    due: int = 0
    balance: int = 0
    balance_with: int = 0


@dataclass(frozen=True, slots=True)
class Short:
    """The first day money runs short, by how much, and what is due that day."""

    day: date
    amount: int
    due: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """A year of money; ``undated`` are the events that were put to its last day."""

    months: tuple[Span, ...]
    quarters: tuple[Span, ...]
    short: Short | None
    short_with: Short | None
    undated: tuple[Event, ...]
    short_at_best: Short | None = None
    """The shortage where all usable money without a day comes on the first day of the year."""

    @property
    def late_sources(self) -> tuple[Event, ...]:
        """Usable money without a day: counted on the last day, it may come sooner or later."""
        return tuple(each for each in self.undated if each.way == Way.USABLE)

    @property
    def late_needs(self) -> tuple[Event, ...]:
        """What is due without a day: counted on the last day, it may be due sooner."""
        return tuple(each for each in self.undated if each.way == Way.DUE)

    @property
    def end(self) -> Span:
        """The last month."""
        return self.months[-1]


def flow_of(year: int, events: Iterable[Event]) -> Flow:
    """The flow of the year; what is dated before it opens it, what is dated after does not count.

    Of one day, money comes before it is due.
    """
    kept = [each for each in events if each.amount]
    undated = tuple(each for each in kept if each.day is None)
    dated = sorted(
        (_in_year(each, year) for each in kept if each.day is None or each.day.year <= year),
        key=lambda each: (each.day or date.max, each.way == Way.DUE),
    )
    months = _spans(year, dated, 1)
    quarters = _spans(year, dated, 3)
    usable = [each for each in dated if each.way != Way.CONDITIONAL]
    return Flow(months, quarters, _short(usable), _short(dated), undated, _at_best(year, kept))


def _at_best(year: int, events: Iterable[Event]) -> Short | None:
    first = date(year, 1, 1)
    sooner = [
        replace(each, day=first) if each.day is None and each.way == Way.USABLE else each
        for each in events
        if each.way != Way.CONDITIONAL and (each.day is None or each.day.year <= year)
    ]
    days = (_in_year(each, year) for each in sooner)
    return _short(sorted(days, key=lambda each: (each.day or date.max, each.way == Way.DUE)))


def _in_year(event: Event, year: int) -> Event:
    day = event.day or date(year, 12, 31)
    return Event(event.way, event.amount, max(day, date(year, 1, 1)), event.text, event.pk)


def _last_day(year: int, month: int) -> date:
    following = date(year + month // MONTHS, month % MONTHS + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _spans(year: int, events: Sequence[Event], size: int) -> tuple[Span, ...]:
    spans = []
    for last in range(size, MONTHS + 1, size):
        name = f"Quý {['I', 'II', 'III', 'IV'][last // 3 - 1]}" if size == 3 else f"Tháng {last}"
        spans.append(Span(name, _last_day(year, last)))
    for event in events:
        assert event.day is not None
        span = spans[(event.day.month - 1) // size]
        if event.way == Way.DUE:
            span.due += event.amount
        elif event.way == Way.USABLE:
            span.comes += event.amount
        else:
            span.conditional += event.amount
    left = left_with = 0
    for span in spans:
        left += span.comes - span.due
        left_with += span.comes + span.conditional - span.due
        span.balance, span.balance_with = left, left_with
    return tuple(spans)


def _short(events: Sequence[Event]) -> Short | None:
    """The first day at whose end less than nothing is left."""
    left = 0
    for at, event in enumerate(events):
        left += -event.amount if event.way == Way.DUE else event.amount
        following = events[at + 1].day if at + 1 < len(events) else None
        if left < 0 and following != event.day:
            due = tuple(e for e in events if e.day == event.day and e.way == Way.DUE)
            assert event.day is not None
            return Short(event.day, -left, due)
    return None
