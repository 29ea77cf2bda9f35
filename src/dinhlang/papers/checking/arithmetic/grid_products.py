"""Products and sums written in a cell of a table, beside the amount of its row.

“44 cái x 3 triệu”; “03 nhà văn hóa, mỗi nhà 150”; “phòng học 2.900; tường rào 800”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.grids import Grid, Row, grids_in
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number, parse_number

_PRODUCT = re.compile(
    r"(?P<one>\d[\d.,]*\d|\d)\s*(?P<unit>[^\d×*=]{0,18}?)\s*(?:[x×*]|nhân)\s*"
    r"(?P<other>\d[\d.,]*\d|\d)\s*(?P<scale>tỷ|tỉ|triệu|nghìn|ngàn|đồng)?",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?P<one>\d{1,4})\s+(?P<unit>[^\W\d_]+)\b[^\d;]{0,60}?\b(?:mỗi|từng)\s+(?P=unit)\b[^\d;]{0,20}?"
    r"(?P<other>\d[\d.]*\d|\d)\s*(?P<scale>[^\W\d_]+)?\s*:?\s*$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*[^\W\d_][^\d:]*?:?\s+(?P<value>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*\.?\s*"
)
_MONEY = re.compile(r"đồng|\btr\.?đ|kinh phí|số tiền|vốn|nhu cầu|dự toán", re.IGNORECASE)
_SIZES = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3, "đồng": 1}
_UNIT = re.compile(r"\b(tỷ|tỉ|triệu|nghìn|ngàn)\s+đồng|\btr\.?đ\b", re.IGNORECASE)
_ROUND = Decimal("0.005")


def written_products(plan: Plan) -> Iterator[Hit]:
    """Rows whose cost is not the product written in the same row."""
    if not any(mark in line for line in plan.text for mark in (" x ", "×", " * ", "mỗi ")):
        return
    for grid in grids_in(tuple(plan.text)):
        for row in grid.rows:
            hit = _of_row(grid, row) or _for_each(grid, row)
            if hit:
                yield hit


def written_sums(plan: Plan) -> Iterator[Hit]:
    """Rows whose amount is not the sum of the amounts that one of their cells names."""
    for grid in grids_in(tuple(plan.text)):
        for row in grid.rows:
            if not row.foot and len(row.values) == 1 and "%" not in row.values[0].text:
                yield from _parts_in_cell(grid, row)


def _parts_in_cell(grid: Grid, row: Row) -> Iterator[Hit]:
    said = row.values[0]
    if not said.value or not _MONEY.search(f"{grid.head(said, row)} {grid.caption[-160:]}"):
        return
    for cell in row.cells:
        mark = r"[;+]" if re.search("[;+]", cell.text) else r",(?!\d)|\bvà\b"
        pieces = [piece for piece in re.split(mark, cell.text) if piece.strip()]
        parts = [_PART.fullmatch(piece) for piece in pieces]
        if cell is said or len(parts) < 2 or not all(parts):
            continue
        values = [parse_number(part["value"]) or Decimal() for part in parts if part]
        added = sum(values, Decimal())
        if added == said.value or not said.value * 3 <= added * 4 <= said.value * 5:
            continue
        yield Hit(
            message=f"“{cell.text}” cộng lại được {format_number(added)}, văn bản ghi {said.text}.",
            places=(at(row.number, said.text), at(row.number, cell.text)),
            advice=f"Sửa thành {format_number(added)}, hoặc soát lại từng phần.",
        )


def _for_each(grid: Grid, row: Row) -> Hit | None:
    """“03 nhà văn hóa, mỗi nhà 150” beside 400 in a table of money."""
    found = [match for cell in row.cells if (match := _EACH.search(cell.text))]
    if len(found) != 1 or len(row.values) != 1 or not _unit_of(grid, row):
        return None
    match, said = found[0], row.values[0]
    one, other = parse_number(match["one"]), parse_number(match["other"])
    if not said.value or not one or not other or match["scale"] or said.percent:
        return None
    right = one * other
    if right == said.value or not said.value / 3 <= right <= said.value * 3:
        return None
    return Hit(
        message=f"{match[0].strip(' :')} là {format_number(right)}, văn bản ghi {said.text}.",
        places=(at(row.number, said.text),),
        advice="Tính lại mức, số lượng hoặc tổng.",
    )


def _of_row(grid: Grid, row: Row) -> Hit | None:
    found = [(cell, match) for cell in row.cells if (match := _PRODUCT.search(cell.text))]
    if len(found) != 1 or not row.values:
        return None
    cell, match = found[0]
    said = row.values[-1]
    one, other = parse_number(match["one"]), parse_number(match["other"])
    if said.value is None or not one or not other or said.start < cell.start or said.percent:
        return None
    column = _unit_of(grid, row)
    scale = match["scale"].lower() if match["scale"] else ""
    if not column or (not scale and (len(row.values) > 1 or not match["unit"].strip())):
        return None
    right = one * other * (_SIZES[scale] / Decimal(column) if scale else 1)
    if abs(right - said.value) <= max(abs(said.value) * _ROUND, Decimal("0.5")):
        return None
    if not said.value / 3 <= right <= said.value * 3:
        return None
    return Hit(
        message=f"{match[0].strip()} là {format_number(right)}, văn bản ghi {said.text}.",
        places=(at(row.number, said.text),),
        advice="Tính lại mức, số lượng hoặc tổng.",
    )


def _unit_of(grid: Grid, row: Row) -> int:
    """How many đồng one is in the last column: by its head, or the words above the table."""
    for words in (grid.head(row.values[-1], row), grid.caption[-120:]):
        unit = _UNIT.search(words)
        if unit:
            return _SIZES[(unit[1] or "triệu").lower()]
    return 0
