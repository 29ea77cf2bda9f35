"""Small words of a drafted plan: names cut short, numbers, and periods of the roadmap."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

_OF_THE_PROGRAM = re.compile(r"chưa nạp|chưa đối chiếu", re.IGNORECASE)
"""Said on the screen of what the program does not know; it has no place in a paper."""


def is_named(name: str) -> bool:
    """Whether an indicator has a name of the law, not the program's “chưa nạp”."""
    return not _OF_THE_PROGRAM.search(name)


def short(name: str, most: int = 90) -> str:
    """The name within a sentence, cut at a word where it is longer than ``most`` letters."""
    if len(name) <= most:
        return name[:1].lower() + name[1:]
    cut = name[:most].rsplit(" ", 1)[0].rstrip(" ,;")
    return cut[:1].lower() + cut[1:] + "…"


def decimal(number: Fraction) -> str:
    """The number as a decimal string, as the format of plans wants it."""
    text = format(Decimal(number.numerator) / Decimal(number.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def period_of(day: date, until: date) -> str:
    """The quarter in which work due before ``day`` ends: “trước 01/10” is quarter III.

    In the quarter of the goal it is the month, so that nothing is put behind the goal.
    """
    last = max(day - timedelta(days=1), date(day.year, 1, 1))
    quarter, of_goal = ((each.month + 2) // 3 for each in (last, until - timedelta(days=1)))
    return f"{last.year}-{last.month:02d}" if quarter == of_goal else f"{last.year}-Q{quarter}"
