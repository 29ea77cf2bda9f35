"""Periods as the address of a page names them: “2024”, “2024-Q3”, “2024-11”, “thang-nay”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dinhlang.vietnamese import to_roman

_CODE = re.compile(r"(20\d\d|19\d\d|2100)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?\Z")
RELATIVE = {
    "tuan-nay": "Tuần này",
    "thang-nay": "Tháng này",
    "thang-sau": "Tháng sau",
    "thang-truoc": "Tháng trước",
    "quy-nay": "Quý này",
    "quy-sau": "Quý sau",
    "quy-truoc": "Quý trước",
    "nam-nay": "Năm nay",
    "nam-truoc": "Năm trước",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends included, and its name."""

    first: date
    last: date
    label: str

    def holds(self, start: date | None, end: date | None) -> bool:
        """Whether a task of these days falls into it; one without any day does not."""
        if start is None and end is None:
            return False
        return (start or end or self.last) <= self.last and (end or self.last) >= self.first


def span(code: str, on: date) -> Span | None:
    """The days a code names, as seen on a day; None for the empty code and for nonsense."""
    if code in RELATIVE:
        return _relative(code, on)
    found = _CODE.match(code)
    if found is None:
        return None
    year, quarter, number = int(found[1]), found[2], found[3]
    if quarter:
        return of_quarter(year, int(quarter))
    return of_month(year, int(number)) if number else of_year(year)


def of_year(year: int) -> Span:
    """A whole year."""
    return Span(date(year, 1, 1), date(year, 12, 31), f"Năm {year}")


def of_quarter(year: int, quarter: int) -> Span:
    """A quarter, 1 to 4."""
    first = date(year, quarter * 3 - 2, 1)
    return Span(first, month_end(year, quarter * 3), f"Quý {to_roman(quarter)}/{year}")


def of_month(year: int, month: int) -> Span:
    """A month, 1 to 12."""
    return Span(date(year, month, 1), month_end(year, month), f"Tháng {month}/{year}")


def month_end(year: int, month: int) -> date:
    """The month's last day."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def month_after(day: date, months: int) -> date:
    """The first day of the month that lies so many months after the day's."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def quarter_of_day(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def _relative(code: str, on: date) -> Span:
    shift = {"nay": 0, "sau": 1, "truoc": -1}[code.rsplit("-", 1)[1]]
    label = RELATIVE[code]
    match code.split("-", 1)[0]:
        case "tuan":
            first = on - timedelta(days=on.weekday())
            found = Span(first, first + timedelta(days=6), label)
        case "thang":
            day = month_after(on, shift)
            found = of_month(day.year, day.month)
        case "quy":
            day = month_after(on, 3 * shift)
            found = of_quarter(day.year, quarter_of_day(day))
        case _:
            found = of_year(on.year + shift)
    return Span(found.first, found.last, label)
