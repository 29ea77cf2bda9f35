"""Days and hours as people type them: “30/6”, “30/6/2027”, “7h30”. Pure: today is given."""

from __future__ import annotations

import re
from datetime import date, time

_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}|\d{2}))?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_HOUR = re.compile(r"(?P<hour>\d{1,2})\s?(?:[:.hg]|giờ)?\s?(?P<minute>\d{2})?")


class BadDay(ValueError):
    """A text that is no day or no hour; the message is for the user."""


def read_day(text: str | None, today: date) -> date | None:
    """The day, None for nothing. Without a year it is the one nearest to today that fits.

    “5/1” typed in December is next January, “15/12” typed in January is last December. Raises
    ``BadDay``.
    """
    wanted = (text or "").strip().lower().removeprefix("ngày").strip()
    if not wanted:
        return None
    found = _DAY.fullmatch(wanted) or _ISO.fullmatch(wanted)
    if found is not None:
        day, month, year = int(found["day"]), int(found["month"]), found["year"]
        try:
            if year:
                return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
            near = (_day(today.year + step, month, day) for step in (-1, 0, 1))
            return min((each for each in near if each), key=lambda each: abs(each - today))
        except ValueError:
            pass
    raise BadDay(
        f"“{wanted[:20]}” không phải là một ngày. Hãy ghi như 30/6 hoặc 30/6/{today.year}."
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_hour(text: str | None) -> time:
    """“7:00”, “7h30”, “21 giờ”, “6”. Raises ``BadDay``."""
    wanted = (text or "").strip().lower()
    found = _HOUR.fullmatch(wanted)
    if found is not None and int(found["hour"]) < 24 and int(found["minute"] or 0) < 60:
        return time(int(found["hour"]), int(found["minute"] or 0))
    raise BadDay(f"“{wanted[:20]}” không phải giờ trong ngày. Hãy ghi như 7:00 hoặc 21h30.")
