"""Rows of groups in a table (“I”, “A”, “1”) against the rows of their own below them.

“I Hạ tầng 2.500” over “1 Đường 1.500” and “2 Kênh 800”. An error where another group of the table
or its foot shows that groups are the sums of their rows; else a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.grids import Cell, Grid, Row
from dinhlang.papers.checking.text.places import at
from dinhlang.vietnamese import format_number

_DEEPEST = 5
_WITHIN = re.compile(r"trong đó|trong số", re.IGNORECASE)
_CLOSE = Decimal("0.3")


@dataclass(slots=True, frozen=True)
class Wrong:
    """A fault of a table and the check that tells it."""

    code: str
    hit: Hit


@dataclass(slots=True, frozen=True)
class Group:
    """A row with the cell of its total and the rows below with theirs."""

    row: Row
    cell: Cell
    parts: tuple[tuple[Row, Cell], ...]

    @property
    def added(self) -> Decimal:
        """What the rows below give."""
        return sum((cell.value or Decimal() for _, cell in self.parts), Decimal())

    @property
    def fits(self) -> bool:
        """Whether they give what the group has."""
        return self.added == self.cell.value

    def hit(self, *, sure: bool) -> Hit:
        """What is said where they do not."""
        added = format_number(self.added)
        terms = " + ".join(format_number(cell.value or 0) for _, cell in self.parts)
        cells = ((self.row, self.cell), *self.parts)
        return Hit(
            message=f"Các dòng dưới “{self.row.label[:60]}” cộng lại được {added} ({terms}), "
            f"văn bản ghi {self.cell.text}.",
            places=tuple(at(row.number, cell.text) for row, cell in cells),
            advice=f"Sửa thành {added}, hoặc soát lại từng dòng.",
            severity=None if sure else "warning",
        )


def wrong_groups(
    grid: Grid, no_sum: re.Pattern[str], of_money: Callable[[Grid, Cell, Row], bool]
) -> Iterator[Wrong]:
    """The groups of a table whose rows do not give them, columns under ``no_sum`` left out."""
    if len({row.depth for row in grid.rows if 0 < row.depth <= _DEEPEST}) < 2:
        return
    groups = [
        group
        for index in range(len(grid.rows) - 2)
        for group in _groups(grid, index)
        if not no_sum.search(grid.head(group.cell, group.row))
    ]
    if not groups:
        return
    feet = {cell.value for row in grid.rows if row.foot for cell in row.values}
    for group in groups:
        said = group.cell.value or Decimal()
        others = [other for other in groups if other.row is not group.row]
        room = _CLOSE * 2 if any(other.fits for other in others) else _CLOSE
        if group.fits or abs(group.added - said) > said * room or _WITHIN.search(group.row.label):
            continue
        top = [other.cell.value or Decimal() for other in (*others, group) if _like(other, group)]
        shown = any(other.fits for other in others) or sum(top, Decimal()) in feet
        money = of_money(grid, group.cell, group.row)
        yield Wrong("FUND-SUM" if money else "COUNT-TOTAL", group.hit(sure=shown))


def _like(one: Group, other: Group) -> bool:
    """Whether two groups stand side by side, in one column."""
    same = one.row.depth == other.row.depth and len(one.row.values) == len(other.row.values)
    return same and one.row.values.index(one.cell) == other.row.values.index(other.cell)


def _groups(grid: Grid, index: int) -> Iterator[Group]:
    row = grid.rows[index]
    if not 0 < row.depth < _DEEPEST or row.foot or not row.values:
        return
    below: list[Row] = []
    for other in grid.rows[index + 1 :]:
        if other.foot or other.depth <= row.depth or other.depth > _DEEPEST:
            break
        below.append(other)
    if len(below) < 2:
        return
    least = min(other.depth for other in below)
    own = [other for other in below if other.depth == least]
    if len(own) < 2 or not _in_order(own):
        return
    for cell in row.values:
        parts = [(other, grid.column(other, cell, row)) for other in own]
        known = tuple((other, each) for other, each in parts if each and each.value is not None)
        if len(known) == len(own) and not cell.percent and not any(c.percent for _, c in known):
            yield Group(row, cell, known)


def _in_order(rows: Sequence[Row]) -> bool:
    """Whether the rows begin anew at 1 (or .1) and go on by one."""
    numbers = [row.mark.rsplit(".", 1)[-1] for row in rows]
    return numbers == [str(number) for number in range(1, len(rows) + 1)]
