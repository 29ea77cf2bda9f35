"""Where a day stands to a task, and when a report is due next. The clock is an argument."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

WEEKDAYS = (
    "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật",
)  # fmt: skip
SOON = 7
"""Days before its end from which a task is near."""


class Standing(StrEnum):
    """How near the end of an unfinished task is."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    RUNNING = "running"
    LATER = "later"
    UNDATED = "undated"


def standing(start: date | None, end: date | None, today: date) -> Standing:
    """Where the day stands to a task from ``start`` to ``end``, both included."""
    if end is None:
        return Standing.UNDATED if start is None or start > today else Standing.RUNNING
    if end < today:
        return Standing.LATE
    if end == today:
        return Standing.TODAY
    if (end - today).days <= SOON:
        return Standing.SOON
    return Standing.RUNNING if start is not None and start <= today else Standing.LATER


def distance(end: date, today: date) -> str:
    """``quá hạn 3 ngày``, ``hạn hôm nay``, ``còn 5 ngày``."""
    days = (end - today).days
    if days < 0:
        return f"quá hạn {-days} ngày"
    return "hạn hôm nay" if days == 0 else "hạn ngày mai" if days == 1 else f"còn {days} ngày"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a report is due: the day, the hour (``14:30``) where the plan gives one.

    ``exact`` is false where the plan gives only the period: the day is then its last one.
    """

    day: date
    hour: str = ""
    exact: bool = True

    def told(self, today: date) -> str:
        """``trước 14:30 hôm nay``, ``thứ Năm 26/11``, ``trong tháng này, đến 30/11``."""
        if not self.exact:
            return f"trong kỳ này, đến {self.day:%d/%m/%Y}"
        names = {0: "hôm nay", 1: "ngày mai"}
        weekday = WEEKDAYS[self.day.isoweekday() - 1]
        day = names.get((self.day - today).days, f"{weekday}, {self.day:%d/%m/%Y}")
        return f"trước {self.hour} {day}" if self.hour else day


def next_due(rule: Mapping[str, Any], now: datetime) -> Moment | None:
    """The next moment a report of this rule is due, from ``now`` in Vietnam's time on.

    None where the plan says only “đột xuất” or nothing. A day that a month lacks is its last.
    """
    due = rule.get("due") or {}
    hour, today = due.get("time") or "", now.date()
    passed = bool(hour) and now.time() > time.fromisoformat(hour)
    first = today + timedelta(days=1) if passed else today
    match rule.get("period"):
        case "daily":
            return Moment(first, hour)
        case "weekly":
            if not due.get("weekday"):
                return Moment(today + timedelta(days=7 - today.isoweekday()), hour, exact=False)
            ahead = (int(due["weekday"]) - first.isoweekday()) % 7
            return Moment(first + timedelta(days=ahead), hour)
        case "monthly":
            return _in_month(first, due, hour, 1)
        case "quarterly":
            return _in_month(first, due, hour, 3)
        case "half-yearly":
            return _in_month(first, due, hour, 6)
        case "yearly":
            return _in_month(first, due, hour, 12)
    return None


def _in_month(first: date, due: Mapping[str, Any], hour: str, months: int) -> Moment:
    """The day within the last month of the period that ``first`` is in, or of the next one."""
    day = due.get("day")
    ahead = -first.month % months
    found = _day_of(first, ahead, int(day) if day else 31)
    if found < first:
        found = _day_of(first, ahead + months, int(day) if day else 31)
    return Moment(found, hour, exact=bool(day))


def _day_of(day: date, months: int, wanted: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))
