"""Sources that are paid only once the goal is reached, found among the parts of a total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.papers.checking.arithmetic.figures import MONEY, Paper, Paragraph, paper_of, sentences
from dinhlang.papers.checking.arithmetic.sums import all_sums
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.grids import Grid, grids_in
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

_REACHED = (
    r"(?:được |đã )?(?:công nhận|đoạt giải|đạt giải|đạt chuẩn|về đích|đạt danh hiệu"
    r"|được xét công nhận"
    r"|hoàn thành (?:đủ |cả |toàn bộ )?(?:\d+(?:/\d+)? )?tiêu chí)"
)
_LATE = guarded(
    rf"\b(?:khi|nếu|sau khi|sau|chỉ (?:cấp|giải ngân|có)[^.;]{{0,20}})\s+(?:[^\W\d_]+\s+){{0,6}}?"
    rf"{_REACHED}"
    rf"|\bthưởng\b[^.;]{{0,40}}\b(?:{_REACHED}|công trình phúc lợi)|\bsau công nhận\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\([^()]*\)")
_MAY_BE_LATE = (
    *("công nhận", "t giải", "đạt chuẩn", "về đích"),
    *("đạt danh hiệu", "hoàn thành", "phúc lợi"),
)
_PAID_OUT = re.compile(
    r"\bcho mỗi\b|\bmỗi (?:thôn|ấp|bản|xóm|khu|hộ)\b|/\s?(?:thôn|ấp|bản|hộ|khu)\b|\bxã thưởng\b"
    r"|\blấy từ\b|\bchi (?:khi|cho|sau)\b|\btổ chức lễ\b|\bđón (?:bằng|nhận)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"nguồn|huy động|ngân sách|vốn|đóng góp|dân góp|xã hội h|doanh nghiệp|nhân dân|thưởng|hỗ trợ",
    re.IGNORECASE,
)
_LATE_MONEY = (
    r"(?:(?:khoản|nguồn|tiền|kinh phí|vốn|số)\s+(?:tiền\s+)?){0,2}"
    r"(?:thưởng|khen thưởng|hỗ trợ (?:của|từ) (?:tỉnh|huyện|cấp trên))"
)
# Work that is paid from such money, before it comes.
_USED = re.compile(
    rf"\b(?:từ|bằng)\s+(?:phần\s+)?{_LATE_MONEY}"
    rf"|\bthưởng\b[^.;]{{0,140}}?\b(?:dùng|sử dụng|chi|bố trí|đưa vào|bổ sung|trả|cân đối)\s+"
    r"(?:để\s+|cho\s+|vào\s+|chi\s+|trả\s+|làm\s+)"
    r"|\b(?:dùng|sử dụng|lấy|chi)\s+(?:khoản|nguồn|số tiền|tiền|phần)\s+(?:tiền\s+)?"
    r"(?:này|ấy|đó|trên)\s+(?:để|cho|vào|làm|trả)",
    re.IGNORECASE,
)
_USED_AFTER = re.compile(
    r"\b(?:duy tu|duy trì|khen thưởng (?:các|cho|tập thể|hộ)|tổ chức lễ|công bố|đón nhận|năm sau"
    r"|năm tiếp theo|trả nợ|không (?:dùng|tính|đưa|cân đối)|chưa (?:tính|đưa)|tái đầu tư|bảo trì"
    r"|sau này)\b",
    re.IGNORECASE,
)


@dataclass(slots=True, frozen=True)
class Late:
    """A source that comes too late: its amount in đồng where it is known, and its place."""

    amount: int | None
    place: Place


def pays_out(words: str) -> bool:
    """Whether words speak of money the commune itself spends then: rewards, a ceremony."""
    return bool(_PAID_OUT.search(words))


def late_sources(plan: Plan) -> Iterator[Late]:
    """The conditional sources among the parts of totals, in words, lists and tables."""
    if not any(any_in(_MAY_BE_LATE, lower(line)) and _LATE.search(line) for line in plan.text):
        return
    paper = paper_of(plan)
    seen: set[tuple[int, str]] = set()
    for each in all_sums(plan):
        if each.kind != MONEY or len(each.parts) + 1 != len(each.places):
            continue
        words = [_clause(paper, place) for place in each.places[1:]]
        if sum(bool(_SOURCE.search(one)) for one in words) < 2:
            continue
        for late in _in_brackets(paper, each.places[0]):
            if (late.place.lines[0], late.place.quote) not in seen:
                seen.add((late.place.lines[0], late.place.quote))
                yield late
        for part, place, clause in zip(each.parts, each.places[1:], words, strict=True):
            spot = (place.lines[0], place.quote)
            if _LATE.search(clause) and not pays_out(clause) and spot not in seen:
                seen.add(spot)
                yield Late(int(part.value), place)
    for grid in grids_in(tuple(plan.text)):
        for cell in (*_late_rows(plan, grid), *_late_cells(grid)):
            if cell not in seen:
                seen.add(cell)
                yield Late(None, at(*cell))


def _in_brackets(paper: Paper, total: Place) -> Iterator[Late]:
    """“3.500 triệu đồng (trong đó 1.500 triệu đồng chỉ cấp sau khi được công nhận)”."""
    for paragraph in paper.paragraphs:
        first, last = paragraph.block.lines
        if not first <= total.lines[0] <= last:
            continue
        for bracket in _BRACKET.finditer(paragraph.text):
            inside = [
                f
                for f in paragraph.figures
                if bracket.start() < f.start < bracket.end() and f.kind == MONEY and not f.per
            ]
            if len(inside) == 1 and _LATE.search(bracket[0]) and not pays_out(bracket[0]):
                one = inside[0]
                yield Late(int(one.value), paper.place(paragraph, one.start, one.end))


def spent_before(plan: Plan) -> Iterator[Place]:
    """Sentences that pay for work from money which comes only once the goal is reached."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        low = lower(paragraph.text)
        if paragraph.block.is_row or ("thưởng" not in low and "hỗ trợ" not in low):
            continue
        if not any_in(_MAY_BE_LATE, low):
            continue
        for start, end in sentences(paragraph):
            words = paragraph.text[start:end]
            used = _USED.search(words)
            if used is None or not _LATE.search(words) or _USED_AFTER.search(words):
                continue
            yield paper.place(paragraph, start + used.start(), start + used.end())


def _clause(paper: Paper, place: Place) -> str:
    """The words about an amount: its item of a list, or the piece of its sentence."""
    owner: Paragraph | None = None
    for paragraph in paper.paragraphs:
        first, last = paragraph.block.lines
        if first <= place.lines[0] <= last and place.quote in paragraph.text:
            owner = paragraph
            break
    if owner is None:
        return ""
    text = owner.text
    figures = [f for f in owner.figures if f.kind == MONEY and f.per is None]
    here = text.find(place.quote)
    before = [f.end for f in figures if f.end <= here]
    behind = [f.start for f in figures if f.start > here]
    start, end = max(before, default=0), min(behind, default=len(text))
    named = len(text[:here].rstrip(" :"))
    left = max(text.rfind(mark, start, named) for mark in (";", ",", ". ", ":", " và "))
    right = [found.start() for found in re.finditer(r";|,(?!\d)|\.\s", text[here:end])]
    stop = here + right[0] if right and len(figures) > 1 else end
    return text[max(start, left + 1) : stop]


def _late_cells(grid: Grid) -> Iterator[tuple[int, str]]:
    """Cells of a column of sources, beside the costs, that name money which comes later."""
    if not any(row.foot for row in grid.rows):
        return
    for row in grid.rows:
        for cell in row.cells[row.behind :] if row.values and not row.foot else ():
            if cell.value is not None or not _LATE.search(cell.text) or cell.text == row.label:
                continue
            if re.search("nguồn|vốn", grid.head(cell, row), re.IGNORECASE):
                late = next(each for each in re.split(r"[;+]", cell.text) if _LATE.search(each))
                if not pays_out(late):
                    yield row.number, late.strip()


def _late_rows(plan: Plan, grid: Grid) -> Iterator[tuple[int, str]]:
    """Rows of a table of sources that say they come later, where the table has a foot."""
    if not any(row.foot for row in grid.rows):
        return
    if sum(bool(_SOURCE.search(row.label)) for row in grid.rows) < 2:
        return
    for row in grid.rows:
        if row.foot or not row.values:
            continue
        words = plan.text[row.number - 1].replace("|", " ")
        if _LATE.search(" ".join(words.split())) and not pays_out(words):
            yield row.number, row.label
