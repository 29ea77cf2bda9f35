"""How wide the columns of a table are: no date, number or unit is broken inside.

Each column is at least as wide as its longest piece that has no place to break; what is left is
shared by what the columns have to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import layout
from .tree import Column, Row, Table
from .wording import width

_BREAK = re.compile(r"[ \t\n]+")  # not at a slash, and not at a blank that ties
_TIED = re.compile(r"(?<=[≥≤<>]) (?=\d)|(?<=\bQuý) (?=[IV\d])|(?<=\bquý) (?=[IV\d])")
_ROOM = 0.6
"""Added to the measured width, mm: Word and Typst round differently."""
_MOST = 0.45
"""Of the table, the most that one piece without a place to break may ask for."""


def tied(text: str) -> str:
    """The text with blanks that keep a sign by its figure, a quarter by its number."""
    return _TIED.sub("\u00a0", text)


def column_widths(table: Table, across: float) -> list[float]:
    """The width of each column in mm; together ``across``."""
    needed = [
        min(_longest(table, at) + 2 * layout.CELL_PADDING + _ROOM, across * _MOST)
        for at in range(len(table.columns))
    ]
    total = sum(needed)
    if total >= across:
        return [each * across / total for each in needed]
    return _by_share(table.columns, needed, across)


def _by_share(columns: Sequence[Column], needed: list[float], across: float) -> list[float]:
    """Widths by share; a column that would be too narrow gets what it needs, the rest share."""
    fixed: dict[int, float] = {}
    while True:
        left = across - sum(fixed.values())
        whole = sum(c.share for at, c in enumerate(columns) if at not in fixed)
        widths = [
            fixed.get(at, left * column.share / whole if whole else 0.0)
            for at, column in enumerate(columns)
        ]
        short = [at for at in range(len(columns)) if widths[at] < needed[at] - 1e-6]
        if not short:
            return widths
        fixed |= {at: needed[at] for at in short}


def _longest(table: Table, at: int) -> float:
    """The width of the longest piece without a place to break, in mm."""
    pieces = [(piece, True) for piece in _BREAK.split(table.columns[at].title)]
    for row in table.rows:
        words = _cell(row, at)
        if "{{" in words or "{%" in words:
            continue  # a template: what will stand there is not known
        pieces += [(piece, row.strong) for piece in _BREAK.split(tied(words))]
    return max((width(piece, layout.TABLE, bold=bold) for piece, bold in set(pieces)), default=0.0)


def _cell(row: Row, at: int) -> str:
    if row.span > 1:
        at = at - row.span + 1
        return row.cells[at] if 0 < at < len(row.cells) else ""
    return row.cells[at] if at < len(row.cells) else ""
