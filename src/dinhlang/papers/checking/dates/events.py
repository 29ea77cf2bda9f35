"""Dated words whole: what each date is of, also where the words around it are few.

A moment knows the words its period governs. Where those say too little (“Giai đoạn 3 (ngày
30/10): …”, “… trong quý II (chậm nhất 30/6)”) an event takes the words on both sides, up to the
next period of the sentence, and the heading above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dinhlang.papers.checking.dates.moments import Key, Moment, key_of, moments, year_of
from dinhlang.papers.checking.dates.own_periods import periods_in
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import PeriodMatch
from dinhlang.vietnamese.guarded import guarded

_ENOUGH = 2
_LED = guarded(r"\W*(?:bước|giai đoạn|đợt|kỳ|chặng)\s+\w+\W*$", re.IGNORECASE)
_HEADED = re.compile(
    r"\W*(?:[A-ZĐ]?\d{1,2}[.)]\s*)?(?:(?:bước|giai đoạn|đợt|kỳ|chặng)\s+\w+\s*)?[\W]*(?:(?:trong"
    r"|từ|đến|tới|trước|hết|vào|sang|ngày|chậm nhất|đầu|giữa|cuối)\s+)*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;.:]\s")
_BARE_MONTH = guarded(
    r"\b(?:T\.?\s?(?P<t>\d{1,2})(?=\s*[:)–-])|tháng\s+(?P<first>\d{1,2})\s*[-–]\s*(?P<last>\d{1,2})"
    r"(?![\d/]))",
    re.IGNORECASE,
)


@dataclass(slots=True, frozen=True)
class Event:
    """Words with the days they are dated to; ``due`` where the last day is a limit."""

    words: str
    first: date
    last: date
    kind: str
    due: bool
    said: str
    paragraph: Paragraph
    start: int
    end: int
    column: str = ""
    above: str = ""
    behind: str = ""  # what stands behind the date, where the words stand before it

    @property
    def begin(self) -> date:
        """The first day it may be at: of a limit, the limit itself."""
        return self.last if self.due else self.first

    def place(self, plan: Plan) -> Place:
        """The words and the date, as the paper has them."""
        return self.paragraph.said(plan, self.start, self.end)


def events(plan: Plan) -> tuple[Event, ...]:
    """Everything dated, in the order of the paper; kept for the checks that follow."""
    return _cached(key_of(plan))


@lru_cache(maxsize=4)
def _cached(key: Key) -> tuple[Event, ...]:
    plan = key.plan
    found = [_of(each, year_of(plan)) for each in moments(plan)]
    known = {(each.paragraph.spot, each.said) for each in found}
    for each in paragraphs(plan):
        if each.cells or ("T" not in each.text and "tháng" not in each.text.lower()):
            continue
        found += [e for e in _bare(each, year_of(plan)) if (each.spot, e.said) not in known]
    return tuple(sorted(found, key=lambda each: (each.paragraph.spot, each.start)))


def _of(moment: Moment, year: int | None) -> Event:
    each, period = moment.paragraph, moment.period
    words, start, end = moment.words, moment.start, moment.end
    few = len(content(_LED.sub("", words))) < _ENOUGH or _goes_on(moment)
    if few and moment.own and not each.cells:
        start, end = _around(each, period, year)
        words = f"{each.text[start : period.start]} {each.text[period.end : end]}"
    elif moment.own and not each.cells and end <= period.end:
        start = _behind_years(each, period, start, year)
        words = each.text[start : period.start]
    behind = ""
    if not each.cells and moment.own and end <= period.end:
        behind = each.text[period.end : _around(each, period, year)[1]]
    return Event(
        words=words, behind=behind, first=moment.first, last=moment.last, kind=period.kind,
        due=moment.due,
        said=" ".join(period.text.split()), paragraph=each, start=start, end=end,
        column=moment.column, above=each.lead,
    )  # fmt: skip


def _goes_on(moment: Moment) -> bool:
    """Whether few words stand before a period and more behind it, in one clause."""
    text, period = moment.paragraph.text, moment.period
    if moment.end > period.end or len(content(moment.words)) > _ENOUGH:
        return False
    return len(content(_CLAUSE.split(text[period.end :], maxsplit=1)[0])) > _ENOUGH


def _behind_years(each: Paragraph, period: PeriodMatch, start: int, year: int | None) -> int:
    """Where the words before a period begin, a bare year among them being no date of its own."""
    begin = next((a for a, b in each.parts if a <= period.start < b), 0)
    before = [p for p in periods_in(each.text, year) if begin <= p.start and p.end <= period.start]
    if not before or before[-1].kind != "year" or before[-1].end > start + 1:
        return start
    return max((p.end for p in before if p.kind != "year"), default=begin)


def _around(each: Paragraph, period: PeriodMatch, year: int | None) -> tuple[int, int]:
    """The words on both sides of a period: to the ends of its sentence or the next period."""
    begin, stop = next(
        ((a, b) for a, b in each.parts if a <= period.start < b), (0, len(each.text))
    )
    others = periods_in(each.text, year)
    left = max((p.end for p in others if begin <= p.start and p.end <= period.start), default=begin)
    right = min((p.start for p in others if p.start >= period.end and p.start < stop), default=stop)
    if right < stop and _HEADED.match(each.text[begin : period.start]):
        return period.start, right
    return (begin if _explained(each.text[left : period.start]) else left), right


def _explained(between: str) -> bool:
    """Whether nothing but a bracket parts a period from the one before it: “quý II (chậm nhất”."""
    return not content(between.replace("chậm nhất", "").replace("trước", ""))


def _bare(each: Paragraph, year: int | None) -> list[Event]:
    """Months written short that no reader of periods takes: “T3: …”, “(tháng 3 - 5)”."""
    if year is None:
        return []
    out: list[Event] = []
    for match in _BARE_MONTH.finditer(each.text):
        first = int(match["t"] or match["first"])
        last = int(match["last"] or first)
        if not 1 <= first <= last <= 12:
            continue
        begin, stop = next(
            ((a, b) for a, b in each.parts if a <= match.start() < b), (0, len(each.text))
        )
        out.append(
            Event(
                words=f"{each.text[begin : match.start()]} {each.text[match.end() : stop]}",
                first=date(year, first, 1),
                last=_month_end(year, last),
                kind="months",
                due=False,
                said=match[0],
                paragraph=each,
                start=begin,
                end=stop,
                above=each.lead,
            )
        )
    return out


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
