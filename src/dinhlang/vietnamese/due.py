"""When a report is due and how often: trước 14 giờ 30 chiều thứ 5 hàng tuần, ngày 25 hàng tháng."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dinhlang.vietnamese.dates import parse_weekday
from dinhlang.vietnamese.folding import lower

Rhythm = Literal["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"]
Frequency = Literal[
    "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "ad-hoc", "unstated"
]

_UNITS: dict[str, Rhythm] = {
    "ngày": "daily", "tuần": "weekly", "tháng": "monthly",
    "quý": "quarterly", "quí": "quarterly", "năm": "yearly",
}  # fmt: skip
_EVERY = r"(?:hàng|hằng|mỗi)"
_TIME = (
    r"(?P<hour>[0-9]{1,2})\s{0,2}(?:giờ|h|g|:)(?!\w*[a-zà-ỹ])\s{0,2}(?P<minute>[0-9]{2})?(?![0-9])"
    r"(?:\s{0,2}(?:phút|p)(?!\w))?(?:\s{1,2}(?:buổi\s)?(?P<part>sáng|trưa|chiều|tối|đêm))?"
)
_LEAD = r"(?:(?:trước|chậm nhất|muộn nhất|vào|lúc|là|các|mỗi|từ|hạn)\s{1,2}){0,3}"
_TIME_BEFORE_RE = re.compile(
    rf"(?<!\w)(?P<lead>{_LEAD})(?:{_TIME}[\s,]{{1,3}})?(?P<link>(?:của|vào)\s)?"
    r"(?P<part2>sáng|trưa|chiều|tối)?\s?(?:ngày\s{1,2})?\Z"
)
_WEEKDAY_RE = re.compile(
    r"(?:thứ\s{1,3}(?:hai|ba|tư|năm|sáu|b[ảẩ]y|[2-7])|chủ\s{1,2}nhật)(?![\w/]|\.[0-9])"
)
_WEEKLY_RE = re.compile(rf"\s{{0,2}},?\s{{0,2}}(?:của\s)?{_EVERY}\s{{1,2}}tuần(?!\w)")
_DAY_RE = re.compile(
    r"ngày\s{1,3}(?P<day>[0-9]{1,2})(?![0-9])"
    r"(?:(?:\s{0,2}/\s{0,2}|\s{1,2}tháng\s{1,2})(?P<month>[0-9]{1,2})(?![0-9/]))?"
    rf"\s{{1,3}}(?:(?:của\s{{1,2}})?(?P<last>tháng\s{{1,2}}cuối\s{{1,2}}(?:của\s{{1,2}})?)?"
    rf"(?:(?P<every>{_EVERY})\s{{1,2}})?(?P<unit>tháng|quý|quí|năm)(?!\w)"
    r"(?P<next>\s(?:sau|kế tiếp|tiếp theo|liền kề))?)"
)
_DAILY_RE = re.compile(rf"{_TIME}[\s,]{{1,3}}{_EVERY}\s{{1,2}}ngày(?!\w)")
_BEFORE_DAILY_RE = re.compile(rf"(?<!\w){_LEAD}\Z")
_WINDOW = 60
# Hours of the 12-hour clock that a part of the day moves past noon: 2 giờ chiều, 1 giờ trưa.
_AFTERNOON = {"chiều": (1, 11), "tối": (1, 11), "trưa": (1, 3), "đêm": (6, 11)}


@dataclass(frozen=True, slots=True)
class DueMatch:
    """A rule for when something is due, found in a text.

    ``weekday`` is ISO (1 Monday … 7 Sunday), ``time`` 24-hour ``14:30``, ``day`` the day of the
    month, ``month`` 1…12 for yearly rules. ``period`` None: the text does not say how often.
    ``last_month`` says the day is in the last month of the period (ngày 20 tháng cuối quý),
    ``next_month`` in the month after it.
    """

    start: int
    end: int
    weekday: int | None = None
    time: str | None = None
    day: int | None = None
    period: Rhythm | None = None
    month: int | None = None
    last_month: bool = False
    next_month: bool = False


def find_due(text: str) -> list[DueMatch]:
    """Every due rule in the text, in order: a weekday, a day of the month, a time of every day."""
    low = lower(text)
    found: list[DueMatch] = []
    for match in _WEEKDAY_RE.finditer(low):
        found += _weekly(low, match)
    for match in _DAY_RE.finditer(low):
        found += _monthly(low, match)
    if "giờ" in low or "h" in low:
        for match in _DAILY_RE.finditer(low):
            found += _daily(low, match)
    found.sort(key=lambda due: (due.start, -due.end))
    kept: list[DueMatch] = []
    for due in found:
        if not kept or due.start >= kept[-1].end:
            kept.append(due)
    return kept


def _weekly(low: str, match: re.Match[str]) -> list[DueMatch]:
    start, end = match.span()
    if start and low[start - 1].isalnum():
        return []
    before = _TIME_BEFORE_RE.search(low, max(0, start - _WINDOW), start)
    every = _WEEKLY_RE.match(low, end)
    time = _clock(before) if before else None
    if not every and not (before and (before["lead"] or before["part2"] or time)):
        return []  # "lần thứ hai", "thứ ba là"
    if before:
        start = before.start()
    weekday = parse_weekday(match[0])
    each = bool(every) or bool(before and re.search(r"mỗi|các", before["lead"]))
    period: Rhythm | None = "weekly" if each else None
    return [DueMatch(start, every.end() if every else end, weekday, time, None, period)]


def _monthly(low: str, match: re.Match[str]) -> list[DueMatch]:
    start = match.start()
    day = int(match["day"])
    month = int(match["month"]) if match["month"] else None
    if (start and low[start - 1].isalnum()) or not 1 <= day <= 31:
        return []
    if month is not None and (not 1 <= month <= 12 or match["unit"] != "năm"):
        return []
    if not (match["every"] or match["last"] or match["next"]) and (
        match["unit"] != "tháng" or "của" not in match[0]
    ):
        return []  # "ngày 15 tháng 3", "ngày 20 năm"
    before = _TIME_BEFORE_RE.search(low, max(0, start - _WINDOW), start)
    return [
        DueMatch(
            before.start() if before else start, match.end(), None,
            _clock(before) if before else None, day, _UNITS[match["unit"]], month,
            bool(match["last"]), bool(match["next"]),
        )
    ]  # fmt: skip


def _daily(low: str, match: re.Match[str]) -> list[DueMatch]:
    start = match.start()
    if start and low[start - 1].isalnum():
        return []
    time = _clock(match)
    before = _BEFORE_DAILY_RE.search(low, max(0, start - _WINDOW), start)
    if before:
        start = before.start()
    return [DueMatch(start, match.end(), None, time, None, "daily")] if time else []


def _clock(match: re.Match[str]) -> str | None:
    """The time as ``14:30`` of the 24-hour day; None where there is none or it is no time."""
    if not match["hour"]:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    part = match["part"] or match.groupdict().get("part2")
    first, last = _AFTERNOON.get(part or "", (24, 24))
    if first <= hour <= last:
        hour += 12
    elif part in ("đêm", "sáng") and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
