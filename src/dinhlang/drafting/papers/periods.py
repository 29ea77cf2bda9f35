"""The period a report is of, from its kind and any day within it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.utils import timezone

from dinhlang.papers.writing.composing.report import Kind, Period

MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def period_of(kind: Kind, day: date) -> Period:
    """The week (Monday to Sunday), month, quarter, half-year or year with the day in it."""
    if kind == "week":
        start = day - timedelta(days=day.weekday())
        return Period(kind=kind, start=start, end=start + timedelta(days=6))
    length = MONTHS[kind]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    end = date(day.year, last, monthrange(day.year, last)[1])
    return Period(kind=kind, start=date(day.year, first, 1), end=end)


def following(period: Period) -> Period:
    """The next one of the same kind."""
    return period_of(period.kind, period.end + timedelta(days=1))


def before(period: Period) -> date:
    """The last day of the one before."""
    return period.start - timedelta(days=1)


def told_on(period: Period) -> date:
    """The day a report of the period tells of: its end, or today where it is not over."""
    return min(period.end, timezone.localdate())
