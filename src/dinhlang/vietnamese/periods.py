"""Periods and deadlines in text: quý II/2024, đến hết năm 2024, từ ngày … đến ngày …"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from dinhlang.vietnamese._atoms import Atom, AtomKind, find_atoms
from dinhlang.vietnamese.due import find_due
from dinhlang.vietnamese.folding import lower

PeriodKind = Literal[
    "day", "month", "months", "quarter", "half", "year", "range", "until", "week-rule", "span"
]

_WEEKDAY = r"(?:(?:[Tt]hứ\s(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)|[Cc]hủ nhật),?\s{1,3})?"
_JOIN_RE = re.compile(
    r"(?:\s{1,3}(?:cho\s)?(?:đến|tới)\s{1,3}|\s{0,3}[-–—]\s{0,3})(?P<edge>(?:hết|cuối)\s{1,3})?"
    rf"{_WEEKDAY}"
)
_FROM_RE = re.compile(
    r"(?<!\w)(?:kể\s)?từ\s{1,3}(?P<edge>đầu\s{1,3}|cuối\s{1,3})?"
    rf"{_WEEKDAY}\Z"
)
_UNTIL_RE = re.compile(
    r"(?<!\w)(?P<lead>(?:kể\s)?(?:từ\s)?(?:nay|bây giờ)\s{1,3}(?:cho\s)?)?"
    r"(?:(?P<word>đến|tới|trước|chậm nhất|muộn nhất|hạn cuối)\s{1,3}"
    r"(?:(?:là|vào|đến|trước|thời điểm|trong)\s{1,3}){0,2})?"
    r"(?:[0-9]{1,2}\s?(?:giờ|h|g)\s?(?:[0-9]{2}\s)?\s?)?(?P<edge>hết|cuối|đầu|giữa)?\s{0,3}\Z"
)
# phấn đấu năm 2024, as scanners misread it, and "bắt đầu tháng 8" are no "đầu năm".
_STRIVE_RE = re.compile(r"(?<!\w)(?:ph[ấâầaậ]n|bắt|khởi)\s{1,3}đầu\s{0,3}\Z")
_WINDOW = 48


@dataclass(frozen=True, slots=True)
class PeriodMatch:
    """A period found in a text.

    ``first`` and ``last`` are its first and last day, both inclusive; None where the text leaves
    that end open or names no year. ``kind`` ``until`` is a deadline: ``last`` is the day named,
    and for ``trước`` a month, quarter or year the day before it begins. ``span`` is a programme's
    run of years (giai đoạn 2021 - 2025), ``week-rule`` a day of every week. ``months`` and
    ``quarters`` are those the text names.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    text: str
    kind: PeriodKind
    months: tuple[int, ...] = ()
    quarters: tuple[int, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def iso_start(self) -> str | None:
        """The first day as ``2024-01-01``."""
        return self.first.isoformat() if self.first else None

    @property
    def iso_end(self) -> str | None:
        """The last day as ``2024-12-31``."""
        return self.last.isoformat() if self.last else None


def find_periods(text: str, year: int | None = None) -> list[PeriodMatch]:
    """Every period in the text, in order; ``year`` stands in where none is written.

    Pieces joined by đến or a dash are one match, and a year written once serves both ends.
    """
    return list(_found(text, year))


@lru_cache(maxsize=1024)  # reading and many checks ask for the same sentences
def _found(text: str, year: int | None) -> tuple[PeriodMatch, ...]:
    low = lower(text)
    atoms = find_atoms(low)
    if not atoms and "tuần" not in low:
        return ()
    found: list[PeriodMatch] = []
    position = done = 0
    while position < len(atoms):
        atom = atoms[position]
        after = atoms[position + 1] if position + 1 < len(atoms) else None
        joined = _join(text, low, atom, after, year, done) if after else None
        period = joined or _alone(text, low, atom, year, done)
        position += 2 if joined else 1
        if period:
            found.append(period)
            done = period.end
    return tuple(_with_week_rules(text, found) if "tuần" in low else found)


def _with_week_rules(text: str, found: list[PeriodMatch]) -> list[PeriodMatch]:
    rules = [
        PeriodMatch(due.start, due.end, None, None, text[due.start : due.end], "week-rule")
        for due in find_due(text)
        if due.period == "weekly"
    ]
    if not rules:
        return found
    kept: list[PeriodMatch] = []
    for one in sorted(found + rules, key=lambda one: (one.start, one.kind == "week-rule")):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _join(
    text: str, low: str, left: Atom, right: Atom | None, year: int | None, done: int
) -> PeriodMatch | None:
    """The range from one piece to the next, or None where they stand apart."""
    if right is None or right.kind == "span" or left.kind == "span":
        return None
    between = _JOIN_RE.fullmatch(low, left.end, right.start)
    if not between and right.edge:
        between = _JOIN_RE.fullmatch(low, left.end, right.start)
    if not between or (left.edge and not right.edge):
        return None
    before = _FROM_RE.search(low, max(done, left.start - _WINDOW), left.start)
    if right.kind == "day" and not right.months:
        return None
    left = _lend(left, right, year)
    if left.kind == "day" and not left.months:
        return None
    first, last = left.first(year), right.last(year)
    if first and last and first > last:
        return None
    start = before.start() if before else left.start
    kind: PeriodKind = "range"
    if not before and left.kind == right.kind and left.kind in ("month", "quarter"):
        kind = "months" if left.kind == "month" else "quarter"
    return PeriodMatch(
        start, right.end, first, last, text[start : right.end], kind,
        _between(left.months, right.months, 12) if left.kind in ("month", "months") else (),
        _between(left.quarters, right.quarters, 4),
        tuple(sorted({*left.years, *right.years})),
    )  # fmt: skip


def _lend(left: Atom, right: Atom, year: int | None) -> Atom:
    """The left end with the month and the year it borrows from the right end."""
    if left.kind == "day" and right.kind == "day" and not left.months:
        left = replace(left, months=right.months)
    years = right.years or ((year,) if year else ())
    if left.has_year or not years:
        return left
    lent = replace(left, years=years[:1])
    first, last = lent.first(year), right.last(year)
    if first and last and first > last:  # from November to February: the year before
        lent = replace(left, years=(years[0] - 1,))
    return lent


def _between(left: tuple[int, ...], right: tuple[int, ...], size: int) -> tuple[int, ...]:
    """All numbers from the first of the left to the last of the right, round the year's end."""
    if not left or not right:
        return ()
    start, end = left[0], right[-1]
    if start <= end:
        return tuple(range(start, end + 1))
    return (*range(start, size + 1), *range(1, end + 1))


def _alone(text: str, low: str, atom: Atom, year: int | None, done: int) -> PeriodMatch | None:
    """The period of one piece with the words before it: đến hết, trước, cuối, từ."""
    window = max(done, atom.start - _WINDOW)
    until = _UNTIL_RE.search(low, window, atom.start)
    since = _FROM_RE.search(low, window, atom.start)
    first, last = atom.first(year), atom.last(year)
    kind: PeriodKind = _KINDS[atom.kind]
    start = atom.start
    if until and _STRIVE_RE.search(low, max(window, until.end() - 12), until.end()):
        until = None
    if atom.kind == "span":
        pass
    elif until and (until["word"] or until["edge"] or atom.edge):
        start = until.start()
        edge = until["edge"] or atom.edge
        if atom.weak and not until["word"]:
            return None
        kind, first, last = _deadline(atom, until["word"], edge, first, last)
    elif since:
        start, kind, last = since.start(), "range", None
    if atom.weak and kind != "until":
        return None
    if atom.kind == "day" and not atom.months:
        return None
    return PeriodMatch(
        start, atom.end, first, last, text[start : atom.end], kind,
        atom.months if atom.kind != "day" else (), atom.quarters, atom.years,
    )  # fmt: skip


_KINDS: dict[AtomKind, PeriodKind] = {
    "day": "day",
    "month": "month",
    "months": "months",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
    "span": "span",
}


def _deadline(
    atom: Atom, word: str | None, edge: str, first: date | None, last: date | None
) -> tuple[PeriodKind, date | None, date | None]:
    """Kind and bounds of a piece after đến, trước, cuối, đầu …"""
    if edge == "đầu":
        return ("until", None, first) if word else ("range", first, None)
    if edge == "giữa":
        return ("until", None, last) if word else (_KINDS[atom.kind], first, last)
    if word == "trước" and not edge and atom.kind != "day":
        return "until", None, first - timedelta(days=1) if first else None
    return "until", None, last
