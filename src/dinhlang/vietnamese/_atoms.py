"""The smallest pieces a period is put together from: a day, months, quarters, years.

Each kind has a pattern that starts with a fixed word, so that the search runs over a whole paper
in microseconds; ``find_atoms`` merges what they find. ``periods`` joins the pieces.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dinhlang.vietnamese.dates import FIRST_YEAR, LAST_YEAR, day_of

AtomKind = Literal["day", "month", "months", "quarter", "half", "year", "span"]

_YEAR = r"(?:\s{0,2}/\s{0,2}|\s?-\s?|\s{1,3}(?:của\s{1,2})?năm\s{1,3})(?P<year>[0-9]{4})(?![0-9])"
_LIST = r"\s{0,2}[,;&+]\s{0,2}|\s{1,2}và\s{1,2}"
_DASH = r"\s{0,2}[-–—]\s{0,2}"

_DAY_RE = re.compile(
    r"ngày\s{1,3}(?P<day>[0-9]{1,2})(?![0-9])"
    r"(?:(?:\s{0,2}(?P<sep>[/.-])\s{0,2}|\s{1,3}tháng\s{1,3})(?P<month>[0-9]{1,2})(?![0-9])"
    r"(?:(?:\s{0,2}[/.-]\s{0,2}|\s{1,3}năm\s{1,3})(?P<year>[0-9]{4})(?![0-9]))?(?!/[0-9]))?"
)
_FIGURES_RE = re.compile(
    r"(?P<day>[0-9]{1,2})(?:(?P<sep>[/.-])|\s(?P<word>tháng\s))(?P<month>[0-9]{1,2})"
    r"(?:(?:[/.-]|\s(?:năm\s))(?P<year>[0-9]{4}))?(?![0-9]|[/.,-][0-9])"
)
_MONTH_FIGURES_RE = re.compile(
    r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})(?![0-9]|/|[.,-][0-9a-zđ])"
)
_MONTH_RE = re.compile(
    rf"tháng\s{{1,3}}(?P<list>[0-9]{{1,2}}(?![0-9])(?:(?:{_LIST}|{_DASH})(?:tháng\s)?"
    rf"[0-9]{{1,2}}(?![0-9]))*)(?:{_YEAR})?"
)
_QUARTER_RE = re.compile(
    rf"qu[ýí]\s{{1,3}}(?P<list>(?:iv|i{{1,3}}|[1-4])(?!\w)(?:(?:{_LIST}|{_DASH})(?:qu[ýí]\s)?"
    rf"(?:iv|i{{1,3}}|[1-4])(?!\w))*)(?:{_YEAR})?"
)
# “tháng năm” alone may be “the month, the year”: it needs its year.
_WORD_MONTH_RE = re.compile(
    r"tháng\s{1,3}(?P<word>mười\s(?:một|hai)|hai|ba|tư|năm(?=\s{1,3}năm\s)|sáu|bảy|tám|chín|mười)"
    rf"(?!\w)(?!\s(?:một|hai|lần|ngày|đầu|cuối))(?:{_YEAR})?"
)
_WORD_QUARTER_RE = re.compile(rf"qu[ýí]\s{{1,3}}(?P<word>một|hai|ba|tư|bốn)(?!\w)(?:{_YEAR})?")
_PART_RE = re.compile(
    r"tháng\s{1,3}(?P<edge>đầu|cuối)\s{1,3}năm(?:\s{1,3}(?P<year>[0-9]{4})(?![0-9]))?"
)
_PART_COUNT_RE = re.compile(r"(?<!\w)(?P<count>0?[369]|ba|sáu|chín)\s{1,3}\Z")
_YEAR_RE = re.compile(
    rf"năm\s{{0,3}}(?P<list>[0-9]{{4}}(?![0-9])(?:(?:{_LIST}|{_DASH})(?:năm\s)?"
    r"[0-9]{4}(?![0-9./]))*)"
)
_SPAN_RE = re.compile(
    r"(?:giai đoạn|thời kỳ|nhiệm kỳ|năm học)\s{1,3}(?:từ\s{1,3})?(?:năm\s{1,3})?(?P<first>[0-9]{4})"
    r"(?:\s{0,2}[-–—]\s{0,2}|\s{1,2}đến\s{1,2})(?:năm\s{1,3})?(?P<last>[0-9]{4})(?![0-9])"
)
_EDGE_RE = re.compile(r"(?P<edge>cuối|hết)\s{1,3}năm(?!\w|\s{1,3}[0-9])")
_COUNTING_RE = re.compile(r"\s{0,2}(?:lần|kỳ|buổi|đợt|cuộc|lượt)(?!\w)")
_COUNTED_MONTH_RE = re.compile(r"(?:[0-9]|hàng|hằng|mỗi|từng|một)\s{1,2}\Z")
_LOOSE_TAIL_RE = re.compile(r"\s{1,3}(?!hàng|hằng|và|của|đến|-)\w")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORD_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
_SPLIT_RE = re.compile(rf"(?P<dash>{_DASH})|{_LIST}")
_COUNTS = {"3": 3, "6": 6, "9": 9, "ba": 3, "sáu": 6, "chín": 9}


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a period. ``weak`` pieces mean something only joined to others."""

    start: int
    end: int
    kind: AtomKind
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    quarters: tuple[int, ...] = ()
    day: int | None = None
    edge: str = ""
    weak: bool = False
    has_year: bool = True

    def first(self, year: int | None) -> date | None:
        """The first day, with ``year`` where the piece names none."""
        return self._bounds(year)[0]

    def last(self, year: int | None) -> date | None:
        """The last day, with ``year`` where the piece names none."""
        return self._bounds(year)[1]

    def _bounds(self, year: int | None) -> tuple[date | None, date | None]:
        years = self.years or ((year,) if year else ())
        if not years or not all(FIRST_YEAR <= y <= LAST_YEAR for y in years):
            return None, None
        if self.kind == "day":
            day = day_of(years[0], self.months[0], self.day or 0) if self.months else None
            return day, day
        months = self.months or tuple(m for q in self.quarters for m in (3 * q - 2, 3 * q))
        low, high = (months[0], months[-1]) if months else (1, 12)
        return date(years[0], low, 1), month_end(years[-1], high)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def find_atoms(low: str) -> list[Atom]:
    """The pieces in a text in lower case, in order, none overlapping; the longest wins."""
    found: list[Atom] = []
    for word, pattern, build in _BUILDERS:
        if word not in low:
            continue
        for match in pattern.finditer(low):
            atom = build(low, match)
            if atom:
                found.append(atom)
    found.sort(key=lambda atom: (atom.start, -atom.end))
    kept: list[Atom] = []
    for atom in found:
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _word_starts(low: str, start: int) -> bool:
    return not start or not (low[start - 1].isalnum() or low[start - 1] == "_")


def _year_of(match: re.Match[str]) -> tuple[int, ...]:
    return (int(match["year"]),) if match["year"] else ()


def _day(low: str, match: re.Match[str]) -> Atom | None:
    if not _word_starts(low, match.start()):
        return None
    months = (int(match["month"]),) if match["month"] else ()
    years = _year_of(match)
    if match["sep"] in (".", "-") and not years:
        months, end = (), match.end("day")  # "ngày 15-20/3": a range of days
    else:
        end = match.end()
    if months and not 1 <= months[0] <= 12:
        return None
    return Atom(
        match.start(), end, "day", years, months, day=int(match["day"]),
        weak=not months, has_year=bool(years),
    )  # fmt: skip


def _figures(low: str, match: re.Match[str]) -> Atom | None:
    start, end = match.span()
    years = _year_of(match)
    if start and (low[start - 1].isalnum() or low[start - 1] in "_/.,"):
        return None
    if not years and match["sep"] in (".", "-"):
        return None
    if match["word"] and not years:
        return None
    if match["sep"] and years and low[match.start("year") - 1] != match["sep"]:
        return None
    if not 1 <= int(match["month"]) <= 12 or (end < len(low) and low[end].isalpha()):
        return None
    return Atom(
        start, end, "day", years, (int(match["month"]),), day=int(match["day"]),
        weak=not years, has_year=bool(years),
    )  # fmt: skip


def _month_figures(low: str, match: re.Match[str]) -> Atom | None:
    start, end = match.span()
    if start and (low[start - 1].isalnum() or low[start - 1] in "_/.,-"):
        return None
    month = int(match["month"])
    if not 1 <= month <= 12 or (end < len(low) and low[end].isalpha()):
        return None
    return Atom(start, end, "month", _year_of(match), (month,), weak=True)


def _numbers(text: str, largest: int) -> tuple[int, ...]:
    """``7,8,9`` and ``7 - 9`` and ``i, ii`` as numbers in rising order, or () if out of range."""
    values: list[int] = []
    position = 0
    filled = False
    for match in [*_SPLIT_RE.finditer(text), None]:
        part = text[position : match.start() if match else len(text)].split()[-1:]
        number = _ROMAN.get(part[0]) or (int(part[0]) if part and part[0].isdigit() else 0)
        if not 1 <= number <= largest or (values and number <= values[-1]):
            return ()
        values += range(values[-1] + 1, number + 1) if filled else [number]
        if match:
            position, filled = match.end(), bool(match["dash"])
    return tuple(values)


def _list_end(low: str, match: re.Match[str]) -> int:
    """Where a list without a year ends: ``tháng 6, 12 hộ`` names one month."""
    end = match.end("list")
    comma = max(match["list"].rfind(sign) for sign in ",;&+")
    if match["year"] or comma < 0:
        return end
    spaced = match["list"][comma + 1 : comma + 2].isspace()
    if spaced and _LOOSE_TAIL_RE.match(low, end):
        return match.start("list") + len(match["list"][:comma].rstrip())
    return end


def _month(low: str, match: re.Match[str]) -> Atom | None:
    start = match.start()
    if not _word_starts(low, start):
        return None
    if not match["year"] and (
        _COUNTING_RE.match(low, match.end())
        or _COUNTED_MONTH_RE.search(low, max(0, start - 6), start)
    ):
        return None
    end = match.end() if match["year"] else _list_end(low, match)
    stop = match.end("list") if match["year"] else end
    months = _numbers(low[match.start("list") : stop], 12)
    if not months:
        return None
    kind: AtomKind = "month" if len(months) == 1 else "months"
    return Atom(start, end, kind, _year_of(match), months, has_year=bool(match["year"]))


def _quarter(low: str, match: re.Match[str]) -> Atom | None:
    if not _word_starts(low, match.start()):
        return None
    if not match["year"] and _COUNTING_RE.match(low, match.end()):
        return None
    end = match.end() if match["year"] else _list_end(low, match)
    stop = match.end("list") if match["year"] else end
    quarters = _numbers(low[match.start("list") : stop], 4)
    if not quarters:
        return None
    return Atom(
        match.start(), end, "quarter", _year_of(match), (), quarters, has_year=bool(match["year"])
    )


def _word_month(low: str, match: re.Match[str]) -> Atom | None:
    """``tháng sáu năm 2024``; ``hằng tháng ba lần`` is no month."""
    start = match.start()
    if not _word_starts(low, start) or _COUNTED_MONTH_RE.search(low, max(0, start - 6), start):
        return None
    if _COUNTING_RE.match(low, match.end()):
        return None
    month = _WORD_NUMBERS[" ".join(match["word"].split())]
    return Atom(
        start, match.end(), "month", _year_of(match), (month,), has_year=bool(match["year"])
    )


def _word_quarter(low: str, match: re.Match[str]) -> Atom | None:
    """``quý ba``; ``mỗi quý một lần`` is none."""
    start = match.start()
    if not _word_starts(low, start) or _COUNTING_RE.match(low, match.end()):
        return None
    if _COUNTED_MONTH_RE.search(low, max(0, start - 6), start):
        return None
    quarter = _WORD_NUMBERS[match["word"]]
    return Atom(
        start, match.end(), "quarter", _year_of(match), (), (quarter,), has_year=bool(match["year"])
    )


def _part(low: str, match: re.Match[str]) -> Atom | None:
    count_match = _PART_COUNT_RE.search(low, max(0, match.start() - 8), match.start())
    if not count_match:
        return None
    count = _COUNTS[count_match["count"].lstrip("0")]
    months = range(1, count + 1) if match["edge"] == "đầu" else range(13 - count, 13)
    kind: AtomKind = "half" if count == 6 else "months"
    return Atom(
        count_match.start(), match.end(), kind, _year_of(match), tuple(months),
        has_year=bool(match["year"]),
    )  # fmt: skip


def _years(low: str, match: re.Match[str]) -> Atom | None:
    if not _word_starts(low, match.start()):
        return None
    years = tuple(int(one) for one in re.findall("[0-9]{4}", match["list"]))
    if years != tuple(sorted(set(years))) or not FIRST_YEAR <= years[0] <= years[-1] <= LAST_YEAR:
        return None
    dashed = len(years) == 2 and re.search("[-–—]", match["list"])
    return Atom(match.start(), match.end(), "span" if dashed else "year", years)


def _span(low: str, match: re.Match[str]) -> Atom | None:
    years = int(match["first"]), int(match["last"])
    if not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR:
        return None
    return Atom(match.start(), match.end(), "span", years)


def _edge(low: str, match: re.Match[str]) -> Atom | None:
    if not _word_starts(low, match.start()):
        return None
    return Atom(match.start(), match.end(), "year", edge=match["edge"], weak=True, has_year=False)


# Each pattern with what must stand in a text that it finds something in: passed over quickly.
_BUILDERS: tuple[tuple[str, re.Pattern[str], Callable[[str, re.Match[str]], Atom | None]], ...] = (
    ("ngày", _DAY_RE, _day),
    ("", _FIGURES_RE, _figures),
    ("/", _MONTH_FIGURES_RE, _month_figures),
    ("tháng", _MONTH_RE, _month),
    ("qu", _QUARTER_RE, _quarter),
    ("tháng", _WORD_MONTH_RE, _word_month),
    ("qu", _WORD_QUARTER_RE, _word_quarter),
    ("tháng", _PART_RE, _part),
    ("năm", _YEAR_RE, _years),
    ("", _SPAN_RE, _span),
    ("năm", _EDGE_RE, _edge),
)
