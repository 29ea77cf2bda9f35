"""What was there, what comes or goes, what there is then; and how much one year is over another.

The three may stand in one sentence, in three, or in three items. Roles are read from the words
before each figure; figures of one kind that follow each other with the roles in order make a sum.
Only slips are told: what is far from the sum speaks of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import (
    PERCENT,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.arithmetic.near_miss import near_miss
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold, format_number

_ROOM = 4
_CLAUSE = re.compile(r"[;,.(–-]\s|\s[–-]\s")
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_END = re.compile(
    r"\b(?:lũy kế|luỹ kế|cộng dồn|tổng số lên|nâng (?:tổng )?(?:số )?[^;.\d]{0,40}\blên"
    r"|cuối (?:năm|kỳ)|đưa tổng số[^;.\d]{0,30}\blên|đến hết năm|hết năm|như vậy)\b",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\b(?:thêm|tăng thêm|làm mới|xây mới|mới|phát sinh|bổ sung)\b", re.IGNORECASE)
_MINUS = re.compile(r"\b(?:giảm|thoát|bớt|xóa|xoá)\b", re.IGNORECASE)
_START = re.compile(
    r"\b(?:hiện|hiện nay|hiện có|đến nay|đầu năm|đầu kỳ|đã|năm 20\d\d|đã có|đã đạt)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(r"\b(?:trong đó|ít nhất|tối thiểu|mỗi|từ|so với|quy định)\b", re.IGNORECASE)
_RISE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|khoảng))?\s*$", re.IGNORECASE)
_AGAINST = re.compile(r"\s*(?:\(?\s*so với|\)?\s*(?:[.;]|$))", re.IGNORECASE)
_SYLLABLE = re.compile(r"[^\W\d_]+")
_SAME_WORDS = 4
_BACK = 6


@dataclass(slots=True, frozen=True)
class _Told:
    """A figure, its clause before and behind it."""

    paragraph: Paragraph
    figure: Figure
    before: str
    behind: str

    @property
    def words(self) -> str:
        return f"{self.before} {self.figure.noun} {self.behind}"


def wrong_running_totals(plan: Plan) -> Iterator[Hit]:
    """Sums over a year that do not come out, and rises that two years do not give."""
    paper = paper_of(plan)
    told = [list(_told(paragraph)) for paragraph in paper.paragraphs]
    for at, own in enumerate(told):
        if not own:
            continue
        ahead = _passage(paper, told, at)
        yield from _sums(paper, own, ahead)
        yield from _rises(paper, told, at)


def _told(paragraph: Paragraph) -> Iterator[_Told]:
    if paragraph.block.is_row:
        return
    text, done = paragraph.text, 0
    for figure, after in pairwise((*paragraph.figures, None)):
        assert figure is not None
        before = _CLAUSE.split(text[done : figure.start])[-1]
        stop = after.start if after else len(text)
        behind = _CLAUSE.split(text[figure.end : min(stop, figure.end + 60)])[0]
        done = figure.end
        yield _Told(paragraph, figure, before, behind)


def _passage(paper: Paper, told: list[list[_Told]], at: int) -> list[_Told]:
    """The figures of a paragraph and of the next ones of its rank."""
    own = paper.paragraphs[at]
    found = list(told[at])
    for index in range(at + 1, min(at + _ROOM, len(told))):
        other = paper.paragraphs[index]
        if other.block.is_row or other.depth != own.depth:
            break
        found += told[index]
    return found


def _sums(paper: Paper, own: list[_Told], ahead: list[_Told]) -> Iterator[Hit]:
    for first in own:
        if not first.figure.plain or _PLAN.search(first.before):
            continue
        same = [t for t in ahead[ahead.index(first) :] if t.figure.kind == first.figure.kind]
        if len(same) < 3 or not all(t.figure.plain for t in same[:3]):
            continue
        start, change, end = same[:3]
        sign = _sign(start, change, end)
        if not sign or not _one_noun(start, change, end):
            continue
        right = start.figure.value + sign * change.figure.value
        if right == end.figure.value or not _slip(right, change.figure.value, end.figure.value):
            continue
        yield _hit(
            paper,
            (end, start, change),
            f"{_say(start)} {'thêm' if sign > 0 else 'bớt'} {_say(change)} là "
            f"{_say(end, right)}, văn bản ghi {_say(end)}.",
        )


def _say(told: _Told, value: Decimal | None = None) -> str:
    """A value of what is counted, in words."""
    figure, value = told.figure, told.figure.value if value is None else value
    if not figure.counts:
        return shown(value, figure.kind)
    return f"{format_number(value)} {' '.join(figure.noun.split()[:2])}"


def _sign(start: _Told, change: _Told, end: _Told) -> int:
    """1 where the change comes on top, −1 where it goes off, 0 where the roles are not clear."""
    if not _END.search(end.before) or _END.search(start.before) or not _START.search(start.words):
        return 0
    if _PLUS.search(start.before) or _PLAN.search(change.before) or _PLAN.search(end.before):
        return 0
    plus, minus = _PLUS.search(change.before), _MINUS.search(change.before)
    if minus and not plus:
        return -1
    return 1 if plus and not minus else 0


def _one_noun(*told: _Told) -> bool:
    """Whether the three count the same, as far as they name it."""
    named = [fold(t.figure.noun).split()[:2] for t in told]
    longest = max(named, key=len)
    return all(each == longest[: len(each)] for each in named)


def _slip(right: Decimal, change: Decimal, end: Decimal) -> bool:
    return near_miss(right, end) or abs(right - end) <= max(Decimal(1), change / 2)


def _rises(paper: Paper, told: list[list[_Told]], at: int) -> Iterator[Hit]:
    """“năm 2023 là 50 triệu đồng. … năm 2024 đạt 56 triệu đồng, tăng 15% so với năm 2023”."""
    own = told[at]
    for level, rise in pairwise(own):
        text = rise.paragraph.text
        way = _RISE.search(text[level.figure.end : rise.figure.start])
        if way is None or not level.figure.plain or not _AGAINST.match(text, rise.figure.end):
            continue
        if rise.figure.kind not in (PERCENT, level.figure.kind) or rise.figure.per:
            continue
        named = _names(level)
        befores = [
            each
            for rows in told[max(0, at - _BACK) : at + 1]
            for each in rows
            if each.figure is not level.figure
            and each.figure.kind == level.figure.kind
            and each.figure.plain
            and (each.paragraph is not level.paragraph or each.figure.start < level.figure.start)
            and (len(named & _names(each)) >= _SAME_WORDS or _year_before(each, level))
        ]
        values = {each.figure.value for each in befores}
        if len(values) != 1 or not values.isdisjoint({level.figure.value, Decimal()}):
            continue
        right = _rise(befores[-1].figure.value, level.figure.value, rise.figure)
        if abs(right - rise.figure.value) <= _slack(rise):
            continue
        if (right > 0) != (way["way"].lower() == "tăng") and right:
            right = -right
            if abs(right - rise.figure.value) <= _slack(rise):
                continue
        unit = rise.figure.kind
        given = f"{format_number(round(right, 1))}%" if unit == PERCENT else shown(right, unit)
        wrote = (
            f"{format_number(rise.figure.value)}%"
            if unit == PERCENT
            else shown(rise.figure.value, unit)
        )
        yield _hit(
            paper,
            (rise, level, befores[-1]),
            f"Từ {shown(befores[-1].figure.value, level.figure.kind)} đến "
            f"{shown(level.figure.value, level.figure.kind)} là {given}, văn bản ghi {wrote}.",
        )


def _year_before(one: _Told, other: _Told) -> bool:
    """Whether the two stand in one paragraph, told of two years that follow each other."""
    years = [_YEAR.findall(each.before) for each in (one, other)]
    return (
        one.paragraph is other.paragraph
        and all(len(each) == 1 for each in years)
        and int(years[1][0]) - int(years[0][0]) == 1
    )


def _rise(before: Decimal, level: Decimal, rise: Figure) -> Decimal:
    change = level - before
    return change * 100 / before if rise.kind == PERCENT else change


def _slack(rise: _Told) -> Decimal:
    written = re.match(r"[\d.,]*\d", rise.paragraph.text[rise.figure.start :])
    digits = len(written[0].partition(",")[2]) if written else 0
    if rise.figure.kind == PERCENT:
        return Decimal(1).scaleb(-digits)
    return rise.figure.value / 50


def _names(told: _Told) -> frozenset[str]:
    return frozenset(_SYLLABLE.findall(fold(told.before)))


def _hit(paper: Paper, told: tuple[_Told, ...], message: str) -> Hit:
    return Hit(
        message=message,
        places=tuple(
            dict.fromkeys(paper.place(t.paragraph, t.figure.start, t.figure.end) for t in told)
        ),
        advice="Tính lại, sửa con số sai.",
        severity="warning",
    )
