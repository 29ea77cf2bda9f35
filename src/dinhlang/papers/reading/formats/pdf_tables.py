"""Ruled tables of a page: lines make a grid, characters fall into its cells."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import NamedTuple

from dinhlang.papers.reading.formats.rows import Char, GridRow, Page
from dinhlang.papers.reading.formats.symbols import plain

_NEAR = 3.0
_MOST_LINES = 3_000


class Edge(NamedTuple):
    """A straight line at ``at`` from ``low`` to ``high``: upright (x = at) or level (y = at)."""

    upright: bool
    at: float
    low: float
    high: float


class Grid:
    """A table: its columns from left to right, its rows from top to bottom."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.upright = [edge for edge in edges if edge.upright]
        self.level = [edge for edge in edges if not edge.upright]
        self.xs = _places(self.upright)
        self.ys = _places(self.level)

    @property
    def is_table(self) -> bool:
        return len(self.xs) > 2 and len(self.ys) > 2

    def slot(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of a point, or None outside."""
        column = bisect.bisect_right(self.xs, x) - 1
        above = bisect.bisect_right(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= above < len(self.ys) - 1):
            return None
        return len(self.ys) - 2 - above, column

    def owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For every slot, the first slot of the merged cell that it belongs to."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            top, bottom = self.ys[-1 - row], self.ys[-2 - row]
            for column in range(len(self.xs) - 1):
                left, right = self.xs[column], self.xs[column + 1]
                owner[row, column] = (row, column)
                if column and not _covered(self.upright, left, (top + bottom) / 2):
                    owner[row, column] = owner[row, column - 1]
                elif row and not _covered(self.level, top, (left + right) / 2):
                    owner[row, column] = owner[row - 1, column]
        return owner


def read_tables(chars: list[Char], edges: list[Edge], page: Page) -> list[Char]:
    """Puts the ruled tables into ``page.grid``; returns the characters outside of them."""
    if len(edges) < 6 or len(edges) > _MOST_LINES:
        return chars
    grids = [grid for group in _groups(_merged(edges)) if (grid := Grid(group)).is_table]
    if not grids:
        return chars
    rest: list[Char] = []
    found: list[dict[tuple[int, int], list[str]]] = [{} for _ in grids]
    owners = [grid.owners() for grid in grids]
    current: tuple[int, tuple[int, int]] | None = None
    for char in chars:
        if char.text.isspace():
            if current is None:
                rest.append(char)
            else:
                found[current[0]][current[1]].append(" ")
            continue
        place = _find(grids, owners, char)
        if place is None:
            if current is not None:
                rest.append(_line_end(char))
            rest.append(char)
        else:
            if place != current:
                found[place[0]].setdefault(place[1], []).append(" ")
            found[place[0]][place[1]].append(char.text)
        current = place
    for number, (grid, texts) in enumerate(zip(grids, found, strict=True)):
        _add_rows(page, number, grid, texts)
    page.grid.sort(key=lambda row: -row.top)
    return rest


def _find(
    grids: list[Grid], owners: list[dict[tuple[int, int], tuple[int, int]]], char: Char
) -> tuple[int, tuple[int, int]] | None:
    x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
    for number, grid in enumerate(grids):
        slot = grid.slot(x, y)
        if slot is not None:
            return number, owners[number][slot]
    return None


def _line_end(char: Char) -> Char:
    return type(char)("\n", char.x0, char.x0, char.y0, char.y1, char.index)


def _add_rows(page: Page, number: int, grid: Grid, texts: dict[tuple[int, int], list[str]]) -> None:
    for row in range(len(grid.ys) - 1):
        cells = tuple(
            plain(" ".join("".join(texts.get((row, column), ())).split()))
            for column in range(len(grid.xs) - 1)
        )
        if any(cells):
            page.grid.append(GridRow(cells, page.number, grid.ys[-1 - row], number, tuple(grid.xs)))


def _merged(edges: list[Edge]) -> list[Edge]:
    """Lines drawn in pieces, cell by cell, as whole lines."""
    out: list[Edge] = []
    for edge in sorted(edges, key=lambda e: (e.upright, round(e.at / 2), e.low)):
        last = out[-1] if out else None
        if (
            last is not None
            and last.upright == edge.upright
            and abs(last.at - edge.at) < _NEAR
            and edge.low <= last.high + _NEAR
        ):
            out[-1] = last._replace(high=max(last.high, edge.high))
        else:
            out.append(edge)
    return out


def _groups(edges: list[Edge]) -> list[list[Edge]]:
    """Lines that touch one another, together."""
    groups: list[list[Edge]] = []
    for edge in edges:
        touching = [g for g in groups if any(_touch(edge, other) for other in g)]
        joined = [edge]
        for group in touching:
            joined += group
            groups.remove(group)
        groups.append(joined)
    return groups


def _touch(one: Edge, two: Edge) -> bool:
    if one.upright == two.upright:
        return (
            abs(one.at - two.at) < _NEAR
            and one.low <= two.high + _NEAR
            and two.low <= one.high + _NEAR
        )
    return (
        one.low - _NEAR <= two.at <= one.high + _NEAR
        and two.low - _NEAR <= one.at <= two.high + _NEAR
    )


def _places(edges: list[Edge]) -> list[float]:
    places: list[float] = []
    for at in sorted(edge.at for edge in edges):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _covered(edges: list[Edge], at: float, middle: float) -> bool:
    return any(abs(e.at - at) <= _NEAR and e.low - 1 <= middle <= e.high + 1 for e in edges)
