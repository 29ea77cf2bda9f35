"""Single dates as papers write them: ngày 09 tháng 03 năm 2023, 08/3/2022, a day left blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dinhlang.vietnamese.folding import lower

FIRST_YEAR, LAST_YEAR = 1900, 2199

_BLANK = r"[\s.…_]{1,40}"
_WORDS_RE = re.compile(
    rf"ngày{_BLANK}(?:(?P<day>[0-9]{{1,2}})(?:{_BLANK}|,\s|\s?/\s?))?tháng{_BLANK}"
    rf"(?:(?P<month>[0-9]{{1,2}})(?:{_BLANK}|,\s|\s?/\s?))?năm{_BLANK}(?P<year>[0-9]{{4}})(?![0-9])"
)
_MONTH_RE = re.compile(
    r"tháng\s{1,3}(?P<month>[0-9]{1,2})\s{1,3}năm\s{1,3}(?P<year>[0-9]{4})(?![0-9])"
)
_NUMERIC_RE = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<sep>\s?[/.-]\s?)(?P<month>[0-9]{1,2})\s?[/.-]\s?(?P<year>[0-9]{4})"
    r"(?![0-9]|[/.][0-9])"
)
_DAY_BEFORE_RE = re.compile(r"(?<!\w)ngày[ \u00a0]{0,3}\Z")
_NUMBER_BEFORE_RE = re.compile(r"[0-9][ \u00a0]\Z")
_WEEKDAYS = {
    "hai": 1, "ba": 2, "tư": 3, "bốn": 3, "năm": 4, "sáu": 5, "bảy": 6, "bẩy": 6,
    "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6,
}  # fmt: skip
_WEEKDAY_RE = re.compile(r"(?:thứ\s{1,3})?(?P<name>hai|ba|tư|bốn|năm|sáu|b[ảẩ]y|[2-7])")


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date found in a text.

    ``iso`` is ``2023-03-09``, or ``2024-03`` / ``2024`` where the day (and month) is blank or
    missing. A date that no calendar has (31/02) is there with ``valid`` False and ``iso`` None.
    The span takes in the word ngày.
    """

    start: int
    end: int
    iso: str | None
    text: str
    valid: bool = True

    @property
    def date(self) -> date | None:
        """The day itself, None where there is no whole date."""
        return date.fromisoformat(self.iso) if self.iso and len(self.iso) == 10 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day or the year is no year of a paper."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str) -> list[DateMatch]:
    """Every date in the text, in order: in words, with a blank day, and in figures.

    In figures the parts are joined by one kind of ``/``, ``-`` or ``.`` and the year has four
    digits. Months of the form ``tháng 10/2024`` are periods, not dates: see ``find_periods``.
    """
    low = lower(text)
    found = [_in_words(text, match) for match in _WORDS_RE.finditer(low)]
    found += [
        _in_words(text, match)
        for match in _MONTH_RE.finditer(low)
        if not _NUMBER_BEFORE_RE.search(low, max(0, match.start() - 2), match.start())
    ]
    for match in _NUMERIC_RE.finditer(low):
        numeric = _in_figures(text, low, match)
        if numeric:
            found.append(numeric)
    found.sort(key=lambda one: one.start)
    kept: list[DateMatch] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _in_words(text: str, match: re.Match[str]) -> DateMatch:
    groups = match.groupdict()
    year, month, day = int(groups["year"]), groups["month"], groups.get("day")
    iso: str | None = f"{year:04d}"
    if month and day:
        exact = day_of(year, int(month), int(day))
        iso = exact.isoformat() if exact else None
    elif month:
        iso = f"{year:04d}-{int(month):02d}" if day_of(year, int(month), 1) else None
    elif day or not day_of(year, 1, 1):
        iso = None
    start, end = match.span()
    return DateMatch(start, end, iso, text[start:end], iso is not None)


def _in_figures(text: str, low: str, match: re.Match[str]) -> DateMatch | None:
    start, end = match.span()
    separator = match["sep"].strip()
    if match["sep"] != separator and separator == ".":
        return None
    if low[match.end("month") : match.start("year")].strip() != separator:
        return None
    if start and (low[start - 1].isalnum() or low[start - 1] in "_/.,-–"):
        return None
    exact = day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    before = _DAY_BEFORE_RE.search(low, max(0, start - 8), start)
    if before:
        start = before.start()
    iso = exact.isoformat() if exact else None
    return DateMatch(start, end, iso, text[start:end], exact is not None)


def parse_weekday(s: str) -> int | None:
    """ISO number of a weekday: ``thứ hai`` or ``thứ 2`` → 1 … ``Chủ nhật`` → 7; else None."""
    low = " ".join(lower(s).split())
    if low in ("chủ nhật", "chúa nhật", "cn"):
        return 7
    match = _WEEKDAY_RE.fullmatch(low)
    return _WEEKDAYS[match["name"]] if match and low.startswith("thứ") else None


def quarter_of(day: date) -> int:
    """The quarter of the year, 1…4."""
    return (day.month + 2) // 3


def format_date(day: date) -> str:
    """The date in figures, ``22/11/2026``, two digits for day and month."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def format_long_date(day: date) -> str:
    """The date in words: ``ngày 09 tháng 3 năm 2023``.

    A zero goes before days under 10 and before months 1 and 2 (Decree 30/2020/NĐ-CP, Annex I).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
