"""One total told twice, in the body and in the annex or in two sections, as two figures.

A figure with “(phụ lục kèm theo)” behind it is the total of that annex; and two totals of a paper
that differ in one digit, or in two swapped ones, are one total with a slip, unless each is the
sum of parts of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dinhlang.papers.checking.arithmetic.balance_roles import HAVE, LACK, NEED, SPARE, role_of
from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_in,
)
from dinhlang.papers.checking.arithmetic.near_miss import near_miss, swapped
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.arithmetic.sums import sums_in
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import parse_number
from dinhlang.vietnamese.folding import lower

_ANNEX_HEAD = compile_vi(
    r"^(?:PHỤ LỤC|DANH MỤC|BIỂU|BẢNG|Phụ lục|Danh mục|Biểu|Bảng tổng hợp)\b"
    r"(?P<mark>\s+(?:số\s+)?[\dIVX]+)?"
)
_SHEET = r"(?:phụ lục|danh mục|biểu|bảng|phụ biểu)"
_REFERS = re.compile(
    rf"[^;.\d]{{0,30}}\(\s*(?:chi tiết |cụ thể )?(?:có |theo |tại |xem |như )?(?:các )?"
    rf"(?P<sheet>{_SHEET})(?P<mark>\s+(?:số\s+)?[\divx]+)?"
)
_NEXT = re.compile(
    rf"[^;.\d]{{0,60}}[.,]\s+(?:chi tiết |cụ thể )?(?:tại |theo |ở |có )?(?P<sheet>{_SHEET})"
    r"(?P<mark>\s+(?:số\s+)?[\divx]+)? kèm theo"
)
_NAMED = re.compile(
    rf"\b(?P<sheet>{_SHEET})(?P<mark>\s+(?:số\s+)?[\divx]+)?[^.;\d]{{0,30}}\b(?:tổng|cộng)\b[^.;\d]{{0,40}}$"
)
_TOTAL = re.compile(
    r"\b(?:tổng|cộng|toàn xã|cả xã|nhu cầu|kinh phí (?:thực hiện|dự kiến)|mức đầu tư|dự toán)\b"
)
_FOOT = re.compile(r"(?:tổng cộng|tổng số|cộng|tổng)(?:[^\d|]{0,40})?$")
_BACK = re.compile(
    rf"\b(?:như đã nêu|đã nêu|nêu (?:ở|tại|trên)|nói trên|kèm theo|theo {_SHEET}|tại mục|ở mục)\b"
)
_OTHER = re.compile(
    r"\b(?:đợt|giai đoạn|năm 20\d\d|năm trước|quý|đã|lũy kế|thôn|ấp|xóm|bản|trong đó|riêng|còn"
    r"|tháng)\b"
)
_TENS = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))
_LEAST_DIGITS = 3


@dataclass(slots=True, frozen=True)
class Total:
    """A stated total: its value, kind (“” for a bare number of a table) and words."""

    value: Decimal
    kind: str
    words: str
    behind: str
    place: Place
    at: int
    foot: bool


def totals_twice(plan: Plan, *, money: bool) -> Iterator[Hit]:
    """Totals told twice with two figures, of money or of all else."""
    for hit, of_money in _found(tuple(plan.text)):
        if of_money is money:
            yield hit


@lru_cache(maxsize=4)
def _found(lines: tuple[str, ...]) -> tuple[tuple[Hit, bool], ...]:
    return tuple(_all(paper_in(lines)))


def _all(paper: Paper) -> Iterator[tuple[Hit, bool]]:
    told: set[int] = set()
    for hit, kind in (*_annexed(paper), *_slips(paper)):
        if not told.intersection(place.lines[0] for place in hit.places):
            told.update(place.lines[0] for place in hit.places)
            yield hit, kind == MONEY


def _annexed(paper: Paper) -> Iterator[tuple[Hit, str]]:
    """Figures that a sheet is named for, against the foot of that sheet."""
    heads = [
        (at, match)
        for at, paragraph in enumerate(paper.paragraphs)
        if len(paragraph.text) < 160 and (match := _ANNEX_HEAD.match(_first_line(paper, paragraph)))
    ]
    if not heads:
        return
    for at, paragraph in enumerate(paper.paragraphs):
        low = lower(paragraph.text)
        if paragraph.block.is_row or not re.search(_SHEET, low):
            continue
        for figure in paragraph.figures:
            if not _may_be_total(figure):
                continue
            named = _REFERS.match(low, figure.end) or _NEXT.match(low, figure.end)
            named = named or _NAMED.search(low[: figure.start])
            if named is None:
                continue
            sheet = _sheet(heads, at, named, paper)
            hit = _against_sheet(paper, paragraph, figure, sheet) if sheet else None
            if hit:
                yield hit, figure.kind


def _first_line(paper: Paper, paragraph: Paragraph) -> str:
    """The line a paragraph begins on, with its label: “PHỤ LỤC I”."""
    return paper.lines[paragraph.block.lines[0] - 1].strip(" *_#\t")


def _may_be_total(figure: Figure) -> bool:
    if figure.per or figure.all is not None or figure.kind in (PERCENT, ""):
        return False
    return figure.kind not in TIMES and figure.kind not in VILLAGES


def _sheet(
    heads: Sequence[tuple[int, re.Match[str]]], at: int, named: re.Match[str], paper: Paper
) -> Sequence[Paragraph] | None:
    """The paragraphs of the only sheet behind that bears the name."""
    mark = _number(named["mark"])
    fitting = [
        (index, place)
        for index, (place, match) in enumerate(heads)
        if place > at
        and lower(match[0]).startswith(named["sheet"].replace("phụ biểu", "biểu"))
        and (not mark or _number(match["mark"]) in (mark, ""))
    ]
    if len(fitting) != 1:
        return None
    index, start = fitting[0]
    end = heads[index + 1][0] if index + 1 < len(heads) else len(paper.paragraphs)
    return paper.paragraphs[start + 1 : end]


def _number(mark: str | None) -> str:
    return (mark or "").lower().replace("số", "").strip()


def _against_sheet(
    paper: Paper, paragraph: Paragraph, figure: Figure, sheet: Sequence[Paragraph]
) -> Hit | None:
    feet = [
        (owner, value, place)
        for owner in sheet
        for value, kind, place in _foot_values(paper, owner)
        if kind in ("", figure.kind)
    ]
    everything = {f.value for p in sheet for f in p.figures if f.kind in ("", figure.kind)}
    scales = _TENS if figure.kind == MONEY else (Decimal(1), Decimal(1000))
    if any(value * scale == figure.value for value in everything for scale in scales):
        return None
    for _, value, place in feet:
        near = [value * scale for scale in scales if _close(value * scale, figure.value)]
        if near:
            return _hit(
                (figure.value, paper.place(paragraph, figure.start, figure.end)),
                (near[0], place),
                figure.kind,
            )
    return None


def _close(one: Decimal, other: Decimal) -> bool:
    return other / 2 < one < other * 2


def _foot_values(paper: Paper, owner: Paragraph) -> Iterator[tuple[Decimal, str, Place]]:
    text = owner.text
    if owner.block.is_row:
        label = next((cell for cell in owner.block.cells if cell and not cell[0].isdigit()), "")
        if not _FOOT.match(lower(label)):
            return
        for cell in owner.block.cells:
            value = parse_number(cell)
            if value is not None:
                start = text.find(cell)
                yield value, "", paper.place(owner, max(0, start), max(0, start) + len(cell))
        return
    if not _FOOT.match(lower(text)[: owner.figures[0].start]) if owner.figures else True:
        return
    for figure in owner.figures:
        if _may_be_total(figure):
            yield figure.value, figure.kind, paper.place(owner, figure.start, figure.end)


def _slips(paper: Paper) -> Iterator[tuple[Hit, str]]:
    """Two totals of one kind that are one digit or a swap of digits apart."""
    totals = list(_totals(paper))
    sound: set[tuple[int, Decimal]] | None = None
    for index, one in enumerate(totals):
        for other in totals[index + 1 :]:
            if one.kind != other.kind or one.value == other.value or one.at == other.at:
                continue
            if not _slip(one, other) or not _of_one(one, other):
                continue
            if sound is None:
                sound = {(s.places[0].lines[0], s.stated.value) for s in sums_in(paper) if s.fits}
                wrong = {s.places[0].lines[0] for s in sums_in(paper) if not s.fits}
            lines = [(each.place.lines[0], each.value) for each in (one, other)]
            if all(line in sound for line in lines) or any(line[0] in wrong for line in lines):
                continue
            values = [each.value for each in totals]
            if values.count(one.value) > 1 and values.count(other.value) > 1:
                continue
            yield _hit((one.value, one.place), (other.value, other.place), one.kind), one.kind


_PIECE_END = re.compile(r"[;.](?=\s)")


def _totals(paper: Paper) -> Iterator[Total]:
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row or not paragraph.figures:
            continue
        low = lower(paragraph.text)
        since = 0
        for figure in paragraph.figures:
            words = low[max(since, figure.start - 110) : figure.start]
            since = figure.end
            if not _may_be_total(figure) or _digits(figure.value) < _LEAST_DIGITS:
                continue
            if _TOTAL.search(_PIECE_END.split(words)[-1]):
                yield Total(
                    figure.value,
                    figure.kind if not figure.counts else " ".join(figure.noun.split()[:2]),
                    words,
                    low[figure.end : figure.end + 90],
                    paper.place(paragraph, figure.start, figure.end),
                    at,
                    bool(_FOOT.match(words)),
                )


def _digits(value: Decimal) -> int:
    return len(f"{value.normalize():f}".replace(".", "").strip("0"))


def _slip(one: Total, other: Total) -> bool:
    if swapped(one.value, other.value):
        return True
    long_one = min(_digits(one.value), _digits(other.value)) > _LEAST_DIGITS
    refers = _BACK.search(other.words + other.behind) or _BACK.search(one.behind)
    return near_miss(one.value, other.value) and bool(long_one or refers)


def _of_one(one: Total, other: Total) -> bool:
    """Whether two totals may be one: no opposite sides of a balance, some word in common."""
    roles = {role_of(one.words), role_of(other.words)}
    if roles >= {NEED, HAVE} or roles & {LACK, SPARE}:
        return False
    if _OTHER.search(_own(one)) or _OTHER.search(_own(other)):
        return False
    if one.foot or other.foot:
        return True
    left, right = set(content(one.words)), set(content(other.words))
    return len(left & right) >= min(2, len(left), len(right))


def _own(total: Total) -> str:
    """The words of a total without “kế hoạch năm 2024”, which is no other time."""
    return re.sub(r"(?:kế hoạch|kinh phí|vốn|nguồn)[^,;:]{0,60}?\bnăm 20\d\d\b", "", total.words)


def _hit(one: tuple[Decimal, Place], other: tuple[Decimal, Place], kind: str) -> Hit:
    return Hit(
        message=f"Một tổng chỗ ghi {shown(one[0], kind)}, chỗ ghi {shown(other[0], kind)}.",
        places=(other[1], one[1]),
        advice="Soát lại và dùng một con số ở mọi chỗ.",
    )
