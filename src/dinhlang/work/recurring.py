"""When work comes again: the times of a rule, each with its first day, its last and its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dinhlang.vietnamese import to_roman

from .periods import month_after, month_end

AHEAD = timedelta(days=7)
"""A time is made so long before its first day."""
MOST_TIMES = 120
MARK = "{kỳ}"
"""Where this stands in a text, the name of the time comes."""
NOUNS = {"week": "tuần", "month": "tháng", "quarter": "quý", "half": "6 tháng", "year": "năm"}
"""What stands there before any time has a name."""


@dataclass(frozen=True, slots=True)
class Time:
    """One time: from its first day to the day it is due, and its name (“tháng 11/2026”)."""

    first: date
    due: date
    name: str

    def told(self, text: str) -> str:
        """The text of the task: with the name where the mark stands, else behind it."""
        return text.replace(MARK, self.name) if MARK in text else f"{text} ({self.name})"


def times(every: str, on: int, first: date, last: date) -> Iterator[Time]:
    """The times that are due from ``first`` to ``last``, both included.

    Week: ``on`` is the ISO weekday. Month: the day, or the month's last where it is shorter.
    Quarter, half year and year: so many days before their end. Raises ``ValueError`` for another
    word.
    """
    match every:
        case "week":
            yield from _weeks(on, first, last)
        case "month":
            yield from _months(first, last, 1, on)
        case "quarter":
            yield from _months(first, last, 3, on)
        case "half":
            yield from _months(first, last, 6, on)
        case "year":
            yield from _months(first, last, 12, on)
        case _:
            raise ValueError(every)


def _weeks(on: int, first: date, last: date) -> Iterator[Time]:
    due = first + timedelta(days=(on - first.isoweekday()) % 7)
    while due <= last:
        year, week, _ = due.isocalendar()
        yield Time(due - timedelta(days=on - 1), due, f"tuần {week}/{year}")
        due += timedelta(days=7)


def _months(first: date, last: date, length: int, on: int) -> Iterator[Time]:
    at = date(first.year, (first.month - 1) // length * length + 1, 1)
    while at <= last:
        end = month_end(*divmod_month(at, length - 1))
        due = _day_of(at, on) if length == 1 else max(at, end - timedelta(days=on))
        if first <= due <= last:
            yield Time(at, due, _name(at, length))
        at = month_after(at, length)


def divmod_month(day: date, later: int) -> tuple[int, int]:
    """Year and month so many months after the day's."""
    found = month_after(day, later)
    return found.year, found.month


def _day_of(first: date, day: int) -> date:
    return min(first + timedelta(days=day - 1), month_end(first.year, first.month))


def _name(at: date, length: int) -> str:
    match length:
        case 1:
            return f"tháng {at.month}/{at.year}"
        case 3:
            return f"quý {to_roman((at.month + 2) // 3)}/{at.year}"
        case 6:
            return f"6 tháng {'đầu' if at.month == 1 else 'cuối'} năm {at.year}"
    return f"năm {at.year}"
