"""Days said from the day on which one speaks: “thứ Sáu tới”, “cuối tháng”, “trong tuần”. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from dinhlang.vietnamese import parse_weekday

_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_NOT_EVERY = r"(?!\s+(?:hằng|hàng|mỗi|các)\b)"
_NO_NUMBER = r"(?!\s+(?:\d|[IVX]+\b|thứ\b|một\b|hai\b|ba\b|bốn\b))"
_SUNDAY, _FRIDAY, _MONDAY = 7, 5, 1


def _of_week(found: re.Match[str], day: date) -> date:
    """“Chủ nhật tuần sau”, “cuối tuần này”, “đầu tuần tới”, “trong tuần”."""
    edges = {"cuối": _SUNDAY, "đầu": _MONDAY}
    said = (found["day"] or "").lower()
    weekday = edges.get(said) or parse_weekday(said) or _FRIDAY
    later = (found["which"] or "").lower() in ("sau", "tới")
    meant = _monday(day) + timedelta(days=7 * later + weekday - 1)
    # Work “trong tuần này” that is given on Saturday has until Sunday.
    return _monday(day) + timedelta(days=6) if meant < day and not said else meant


def _coming_weekday(found: re.Match[str], day: date) -> date:
    """“thứ Sáu này”, “thứ Sáu tới”, “trước thứ Sáu”: the next one."""
    weekday = parse_weekday(found["bare"]) or _FRIDAY
    meant = _monday(day) + timedelta(days=weekday - 1)
    is_this = (found["next"] or "").lower() == "này"
    return meant if meant > day or (is_this and meant == day) else meant + timedelta(days=7)


def _of_month(found: re.Match[str], day: date) -> date:
    later = (found["which"] or "").lower() in ("sau", "tới")
    return _last_of_month(day, 1 if later else 0)


def _of_quarter(found: re.Match[str], day: date) -> date:
    later = (found["which"] or "").lower() in ("sau", "tới")
    return _last_of_month(day, -day.month % 3 + (3 if later else 0))


def _of_year(found: re.Match[str], day: date) -> date:
    later = (found["which"] or "").lower() in ("sau", "tới")
    return date(day.year + later, 12, 31)


def _of_days(found: re.Match[str], day: date) -> date:
    count, unit = int(found["count"]), found["unit"].lower()
    if unit == "tháng":
        return _last_of_month(day, count) if day.day > 28 else _same_day(day, count)
    return day + timedelta(days=count * (7 if unit == "tuần" else 1))


def _next_day(found: re.Match[str], day: date) -> date:
    ahead = {"nay": 0, "mai": 1, "kia": 2}
    return day + timedelta(days=ahead[found["near"].lower()])


_WAYS: tuple[tuple[str, Callable[[re.Match[str], date], date]], ...] = (
    (
        r"\btrong\s+(?:vòng\s+)?(?P<count>\d{1,3})\s+(?P<unit>ngày|tuần|tháng)\b(?!\s*\d)"
        r"(?:\s+(?:tới|nữa))?",
        _of_days,
    ),
    (
        rf"\b(?:(?P<day>{_WEEKDAY}|cuối|đầu)\s+)?tuần\s+(?P<which>này|sau|tới)\b",
        _of_week,
    ),
    (r"\b(?P<day>cuối)\s+tuần(?P<which>)\b(?!\s+(?:trước|qua|rồi))", _of_week),
    (r"\b(?P<day>)(?:trong|nội trong)\s+tuần(?P<which>)\b(?!\s+(?:trước|qua|rồi|lễ))", _of_week),
    (rf"\b(?P<bare>{_WEEKDAY})\s+(?P<next>này|tới)\b", _coming_weekday),
    (
        r"\b(?:trước|vào|đến|hết|chậm nhất|muộn nhất|xong)\s+(?:là\s+|vào\s+|ngày\s+)?"
        rf"(?P<bare>{_WEEKDAY})(?P<next>)\b{_NOT_EVERY}(?!\s*,?\s*(?:ngày\s+)?\d)(?!\s+tuần)",
        _coming_weekday,
    ),
    (
        r"\b(?:(?:đến|trước|trong|hết|cuối)\s+){0,3}tháng\s+(?P<which>này|sau|tới)\b",
        _of_month,
    ),
    (rf"\b(?:trong|hết|cuối)\s+tháng(?P<which>)\b{_NO_NUMBER}", _of_month),
    (r"\b(?:(?:trong|hết|cuối)\s+){0,2}quý\s+(?P<which>này|sau|tới)\b", _of_quarter),
    (rf"\b(?:trong|hết|cuối)\s+quý(?P<which>)\b{_NO_NUMBER}", _of_quarter),
    (r"\b(?:(?:trong|hết|cuối)\s+){0,2}năm\s+(?P<which>nay|sau|tới)\b", _of_year),
    (rf"\b(?:trong|hết|cuối)\s+năm(?P<which>)\b{_NO_NUMBER}", _of_year),
    (r"\b(?:(?:trong|sáng|chiều|tối)\s+)?(?:ngày|hôm|sáng|chiều|tối)\s+(?P<near>nay|mai|kia)\b",
     _next_day),
)  # fmt: skip
_READ = tuple((re.compile(pattern, re.IGNORECASE), meant) for pattern, meant in _WAYS)


def near_day(text: str, day: date) -> tuple[int, int, date] | None:
    """Where the text says a day from ``day`` on, and the last day meant; None where it does not.

    Of a week without more its Friday is meant, of a month, quarter or year its last day.
    """
    for pattern, meant in _READ:
        if (found := pattern.search(text)) is not None:
            return found.start(), found.end(), meant(found, day)
    return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _last_of_month(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _same_day(day: date, months: int) -> date:
    return _last_of_month(day, months).replace(day=day.day)
