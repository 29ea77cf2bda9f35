"""Products written in a cell of a table: “44 cái x 3 triệu” beside its cost in the same row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.grids import Grid, Row, grids_in
from dinhlang.papers.checking.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number, parse_number

_PRODUCT = re.compile(
    r"(?P<one>\d[\d.,]*\d|\d)\s*(?P<unit>[^\d×*=]{0,18}?)\s*(?:[x×*]|nhân)\s*"
    r"(?P<other>\d[\d.,]*\d|\d)\s*(?P<scale>tỷ|tỉ|triệu|nghìn|ngàn|đồng)?",
    re.IGNORECASE,
)
_SIZES = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3, "đồng": 1}
_UNIT = re.compile(r"\b(tỷ|tỉ|triệu|nghìn|ngàn)\s+đồng|\btr\.?đ\b", re.IGNORECASE)
_ROUND = Decimal("0.005")


def written_products(plan: Plan) -> Iterator[Hit]:
    """Rows whose cost is not the product written in the same row."""
    if not any(mark in line for line in plan.text for mark in (" x ", "×", " * ")):
        return
    for grid in grids_in(tuple(plan.text)):
        for row in grid.rows:
            hit = _of_row(grid, row)
            if hit:
                yield hit


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
    if not column or not scale:
        return None
    right = one * other * _SIZES[scale] / column
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
