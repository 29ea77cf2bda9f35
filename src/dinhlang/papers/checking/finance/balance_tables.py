"""Tables with a column each for what is needed, what is there and what lacks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.balance_roles import HAVE, LACK, NEED, SPARE, role_of
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.grids import Cell, Grid, Row, grids_in
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number


def wrong_rows(plan: Plan) -> Iterator[Hit]:
    """Rows whose lack is not the need less what is there, where most rows come out."""
    for grid in grids_in(tuple(plan.text)):
        heads = " ".join(cell.text for row in grid.heads for cell in row.cells).lower()
        if not any(word in heads for word in ("thiếu", "còn", "chưa", "thừa", "dư", "chênh")):
            continue
        found = [(row, _sides(grid, row)) for row in grid.rows]
        judged = [(row, sides) for row, sides in found if sides]
        wrong = [(row, sides) for row, sides in judged if not _fits(sides)]
        if not wrong or len(wrong) * 2 > len(judged):
            continue
        for row, sides in wrong:
            need, have, left = (sides[role][0] for role in (NEED, HAVE, LACK))
            yield Hit(
                message=f"{row.label or 'Dòng này'}: {format_number(need)} - {format_number(have)} "
                f"là {format_number(need - have)}, văn bản ghi {format_number(left)}.",
                places=(at(row.number, sides[LACK][1].text),),
                advice="Tính lại nhu cầu trừ số đã có.",
            )


_Sides = dict[str, tuple[Decimal, Cell]]


def _sides(grid: Grid, row: Row) -> _Sides | None:
    """The three cells of a row by their part; None where a part lacks or has two columns."""
    sides: _Sides = {}
    for cell in row.values:
        role = role_of(grid.head(cell, row))
        if role == SPARE:
            role = LACK
        if not role or cell.percent or cell.value is None:
            continue
        if role in sides:
            return None
        sides[role] = (cell.value, cell)
    return sides if len(sides) == 3 else None


def _fits(sides: _Sides) -> bool:
    need, have, left = (sides[role][0] for role in (NEED, HAVE, LACK))
    return abs(need - have) == left or (left == 0 and have >= need)
