"""Rows and columns that say how they are reckoned: “D. Còn thiếu (A - B - C)”, “5 = 3 + 4”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.grids import Cell, Grid, Row, grids_in
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number

_TERM = r"\(?(?:[A-ZĐ]|[IVX]{1,4}|\d{1,2})\)?"
_FORMULA = re.compile(rf"(?P<open>[=(])\s*(?P<terms>{_TERM}(?:\s*[-–−+]\s*{_TERM})+)\s*\)?\s*$")
_EACH = re.compile(r"(?P<sign>[-–−+]?)\s*\(?(?P<mark>[A-ZĐ]+|\d{1,2})\)?")
_MONEY = re.compile(
    r"\b(?:đồng|kinh phí|vốn|ngân sách|nguồn|thu|chi|tiền|dự toán|nhu cầu)\b", re.IGNORECASE
)
_EITHER_WAY = re.compile(r"\b(?:thiếu|thừa|chênh lệch|cân đối|hụt)\b", re.IGNORECASE)

_Terms = list[tuple[int, str]]


def wrong_formulas(plan: Plan) -> Iterator[tuple[Hit, bool]]:
    """What a row or column says it is reckoned from does not give it; whether it is money."""
    for grid in grids_in(tuple(plan.text)):
        if any("+" in text or "-" in text or "–" in text for text in _texts(grid)):
            words = " ".join([grid.caption, *_texts(grid)])
            money = bool(_MONEY.search(words))
            for hit in (*_rows(grid), *_columns(grid)):
                yield hit, money


def _texts(grid: Grid) -> Iterator[str]:
    for row in (*grid.heads, *grid.rows):
        yield from (cell.text for cell in row.cells if cell.value is None)


def _terms(text: str) -> _Terms:
    """The signs and marks of the formula that a text ends with; none where it has none."""
    match = _FORMULA.search(text.strip())
    if match is None:
        return []
    found = [
        (1 if each["sign"] in ("", "+") else -1, each["mark"])
        for each in _EACH.finditer(match["terms"])
    ]
    return found if len(found) > 1 else []


def _rows(grid: Grid) -> Iterator[Hit]:
    by_mark: dict[str, Row] = {}
    for row in grid.rows:
        by_mark.setdefault(row.mark.strip("().").upper(), row)
    for row in grid.rows:
        terms = next((t for cell in row.cells if (t := _terms(cell.text))), [])
        if not terms or not all(mark in by_mark and by_mark[mark] is not row for _, mark in terms):
            continue
        for cell in row.values:
            parts = [
                (sign, by_mark[mark], grid.column(by_mark[mark], cell, row)) for sign, mark in terms
            ]
            yield from _judge(cell, row, parts)


def _columns(grid: Grid) -> Iterator[Hit]:
    if not grid.barred:
        return
    for head in (*grid.heads, *grid.rows[:1]):
        marks = [re.sub(r"\D.*", "", cell.text.strip("() ")) for cell in head.cells]
        for column, cell in enumerate(head.cells):
            terms = _terms(cell.text)
            if not terms or not all(mark in marks and mark != marks[column] for _, mark in terms):
                continue
            for row in grid.rows:
                if row is head or len(row.cells) != len(head.cells):
                    continue
                parts = [(sign, row, row.cells[marks.index(mark)]) for sign, mark in terms]
                yield from _judge(row.cells[column], row, parts)


def _judge(cell: Cell, row: Row, parts: Sequence[tuple[int, Row, Cell | None]]) -> Iterator[Hit]:
    values = [(sign, part.value) for sign, _, part in parts if part and part.value is not None]
    units = {part.unit for _, _, part in parts if part} | {cell.unit}
    if len(values) != len(parts) or len(units) > 1 or cell.value is None:
        return
    right = sum((sign * value for sign, value in values), Decimal())
    if right == cell.value or (_EITHER_WAY.search(row.label) and -right == cell.value):
        return
    said = " ".join(
        f"{'-' if sign < 0 else '+'} {format_number(value)}" for sign, value in values
    ).removeprefix("+ ")
    places = [at(row.number, cell.text)]
    places += [at(each.number, part.text) for _, each, part in parts if part]
    yield Hit(
        message=f"{said} = {format_number(right)}, văn bản ghi {cell.text}.",
        places=tuple(dict.fromkeys(places)),
        advice=f"Sửa thành {format_number(right)}, hoặc soát lại các số.",
    )
