"""The calendar: the days of a month or week with what ends on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from ..models import Task, TaskState
from ..periods import month_end
from .lines import Line, bones, lines

MOST = 3
"""Tasks that a day of a month shows; a week shows them all, up to ``MOST_OF_WEEK``."""
MOST_OF_WEEK = 60


@dataclass(slots=True)
class Day:
    """A day: what ends on it, how much more there is than is shown, and where that is seen."""

    day: date
    is_today: bool
    is_inside: bool
    lines: list[Line] = field(default_factory=list)
    more: int = 0
    whole: str = ""

    @property
    def is_weekend(self) -> bool:
        """Saturday or Sunday."""
        return self.day.weekday() >= 5


def weeks_of_month(month: date) -> list[list[date]]:
    """The weeks, Monday to Sunday, that the month has days in."""
    first = month.replace(day=1)
    start, last = first - timedelta(days=first.weekday()), month_end(month.year, month.month)
    found, day = list[list[date]](), start
    while day <= last:
        found.append([day + timedelta(days=at) for at in range(7)])
        day += timedelta(days=7)
    return found


def week_of(day: date) -> list[date]:
    """The days of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=at) for at in range(7)]


def filled(
    rows: QuerySet[Task], weeks: list[list[date]], on: date, month: int | None, most: int
) -> list[list[Day]]:
    """The weeks with the tasks that end on their days, those dropped left out.

    ``month``: the one whose days are inside; None: all are. Late and open ones come first.
    """
    first, last = weeks[0][0], weeks[-1][-1]
    due = rows.filter(end__gte=first, end__lte=last).exclude(state=TaskState.DROPPED)
    by_day = defaultdict[date, list[int]](list)
    found = bones(due)
    for bone in sorted(found, key=lambda bone: (bone.is_finished, bone.pk)):
        if bone.end is not None:
            by_day[bone.end].append(bone.pk)
    shown = [pk for pks in by_day.values() for pk in pks[:most]]
    ready = {line.pk: line for line in lines(shown, on)}
    calendar = []
    for week in weeks:
        row = []
        for day in week:
            pks = by_day.get(day, [])
            inside = month is None or day.month == month
            here = [ready[pk] for pk in pks[:most] if pk in ready]
            row.append(Day(day, day == on, inside, here, max(0, len(pks) - most)))
        calendar.append(row)
    return calendar
