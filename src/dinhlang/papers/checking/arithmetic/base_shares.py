"""Shares of money whose base is named: “bằng 12% tổng nguồn”, “35% chi phí đường bê tông”.

The base may be a row of any table or any total of the paper; nothing is said where one of those
that may be meant gives the share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.arithmetic.source_shares import source_name
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.grids import Grid, Row, grids_in
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number, parse_number

_BASE = re.compile(
    r"\s*(?:của |trong |trên |so với )?(?:(?P<total>tổng (?:số )?(?:các )?"
    r"(?:nguồn|nhu cầu|kinh phí|vốn|chi phí|mức đầu tư|dự toán|đầu tư|số tiền|huy động))"
    r"|(?:chi phí|kinh phí|tiền|giá trị|dự toán|mức đầu tư|phần)\s+(?P<row>[^\d,;.()]{4,50}))",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"[^.;\d]{0,25}(?:\b(?:bằng|chiếm|tương ứng|tương đương|tức|đạt)\b|\()[^.;\d]{0,15}", re.I
)
_GOAL = re.compile(
    r"\b(?:không quá|tối đa|tối thiểu|ít nhất|phấn đấu|mỗi|tăng|giảm|so với|trên|dưới|từ|hơn"
    r"|khoảng|gần|thêm)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\b(tỷ|tỉ|triệu|nghìn|ngàn)\s+đồng|\b(?:tr\.?đ|trđ)\b", re.IGNORECASE)
_SIZES = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}
_NAMED_PART = re.compile(r"(?P<name>[^\d;,:|]{2,40}?):?\s+(?P<value>\d[\d.]*(?:,\d+)?)(?![\d%])")
_TOTAL = re.compile(r"\b(?:tổng|cộng)\b[^.;\d]{0,50}$", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class _Amount:
    """An amount in đồng (or what its table counts in) with its place."""

    value: Decimal
    place: Place


def shares_of_named(plan: Plan) -> Iterator[Hit]:
    """Shares that no amount which their base may mean gives."""
    if not any("%" in line for line in plan.text):
        return
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row:
            continue
        base: re.Match[str] | None = None
        last = 0
        for index, percent in enumerate(paragraph.figures):
            if percent.kind != PERCENT or percent.all is not None:
                continue
            own = _BASE.match(paragraph.text, percent.end)
            goes_on = base is not None and not re.search(
                r"\.\s", paragraph.text[last : percent.end]
            )
            follows = re.match(r"\s*(?:[.;]|$)", paragraph.text[percent.end :])
            base = own or (base if goes_on and follows else None)
            last = percent.end
            hit = _judge(plan, paper, paragraph, index, base) if base else None
            if hit:
                yield hit


def _judge(
    plan: Plan, paper: Paper, paragraph: Paragraph, index: int, base: re.Match[str]
) -> Hit | None:
    percent, text = paragraph.figures[index], paragraph.text
    clause = re.split(r"[;:]|\.\s", text[: percent.start])[-1]
    before = paragraph.figures[index - 1] if index else None
    if _GOAL.search(clause[-50:]):
        return None
    part = before if before and before.kind == MONEY and not before.per else None
    if part and not _LINKED.fullmatch(text[part.end : percent.start]):
        return None
    bases = list(_totals(plan, paper)) if base["total"] else list(_rows(plan, base["row"]))
    if not part and (base["total"] or len(bases) != 1):
        return None
    if part:
        pairs = [(part.value, each) for each in (one for _, one in bases)]
    else:
        name = source_name(clause)
        pairs = [(value, one) for row, one in bases if row and name
                 for value in _parts_of(row, name)]  # fmt: skip
    pairs = [(value, one) for value, one in pairs if 0 < value <= one.value]
    if not pairs or any(_gives(value, one.value, percent, text) for value, one in pairs):
        return None
    value, one = pairs[-1]
    right = format_number(round(value * 100 / one.value, 1))
    return Hit(
        message=f"{format_number(value)} là {right}% của {format_number(one.value)}, văn bản ghi "
        f"{format_number(percent.value)}%.",
        places=(paper.place(paragraph, percent.start, percent.end), one.place),
        advice="Tính lại tỷ lệ hoặc số tiền.",
    )


def _gives(part: Decimal, whole: Decimal, percent: Figure, text: str) -> bool:
    written = re.match(r"[\d.,]*\d", text[percent.start :])
    digits = len(written[0].partition(",")[2]) if written else 0
    return abs(part * 100 / whole - percent.value) <= Decimal(1).scaleb(-digits) * Decimal("1.05")


def _size(grid: Grid, row: Row) -> int:
    """How many đồng one is in a table: by the heads, or the words above; 0 where not told."""
    heads = " ".join(cell.text for head in grid.heads for cell in head.cells)
    for words in (heads, grid.caption[-160:], row.label):
        unit = _UNIT.search(words)
        if unit:
            return _SIZES[(unit[1] or "triệu").lower()]
    return 0


def _totals(plan: Plan, paper: Paper) -> Iterator[tuple[tuple[Grid, Row] | None, _Amount]]:
    """Every total of money in the paper, in đồng."""
    for grid in grids_in(tuple(plan.text)):
        for row in grid.rows:
            size = _size(grid, row) if row.foot else 0
            for cell in row.values if size else ():
                if cell.value and not cell.percent:
                    yield None, _Amount(cell.value * size, at(row.number, cell.text))
    for paragraph in paper.paragraphs:
        for figure in paragraph.figures:
            total = figure.kind == MONEY and _TOTAL.search(paragraph.text[: figure.start])
            if total and not figure.per:
                place = paper.place(paragraph, figure.start, figure.end)
                yield None, _Amount(figure.value, place)


def _rows(plan: Plan, words: str) -> Iterator[tuple[tuple[Grid, Row] | None, _Amount]]:
    """Rows of tables of money that are of the words."""
    wanted = set(content(words))
    for grid in grids_in(tuple(plan.text)):
        for row in grid.rows:
            if len(wanted) < 2 or not row.values or not wanted <= set(content(row.label)):
                continue
            size = _size(grid, row)
            totals = [c for c in row.values if _TOTAL_HEAD.match(grid.head(c, row).strip())]
            cell = (totals or row.values)[0]
            if size and cell.value and not cell.percent:
                yield (grid, row), _Amount(cell.value * size, at(row.number, cell.text))


_TOTAL_HEAD = re.compile(r"tổng|cộng|số tiền|kinh phí|thành tiền|dự toán", re.IGNORECASE)


def _parts_of(found: tuple[Grid, Row], name: str) -> Iterator[Decimal]:
    """What a source gives of a row: in a column of its own, or named in a cell."""
    grid, row = found
    size = _size(grid, row)
    for cell in row.cells:
        if cell.value is not None and source_name(grid.head(cell, row)) == name:
            yield cell.value * size
        for part in _NAMED_PART.finditer(cell.text) if cell.value is None else ():
            value = parse_number(part["value"])
            if value is not None and source_name(part["name"]) == name:
                yield value * size
