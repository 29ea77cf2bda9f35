"""Tables that a plain text sets with tabs: a line of heads, and rows whose cells may wrap.

A row ends where it has as many tabs as the line of heads, however many lines that took. An empty
cell at the end may have lost its tab: the next row then tells by its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dinhlang.papers.reading.source import SourceLine

_HEAD = re.compile(r"\s*[^\d\s-][^\t]{0,60}")
_OPENS = re.compile(r"\d{1,3}\.?\t|\t")
_MOST_LINES = 6
_LEAST_TABS = 2


@dataclass(slots=True, frozen=True)
class TabRow:
    """One row: its first and last line (1-based) and the number of its table."""

    first: int
    last: int
    cells: tuple[str, ...]
    table: int


def find_tab_rows(lines: list[SourceLine], first: int, last: int) -> dict[int, TabRow]:
    """The rows between two lines (1-based, both included) by the line each begins on."""
    out: dict[int, TabRow] = {}
    at = first
    table = 0
    while at <= last:
        tabs = _heads(lines, at)
        if not tabs:
            at += 1
            continue
        rows = _rows(lines, at, last, tabs, table + 1)
        if len(rows) < 2:
            at += 1
            continue
        table += 1
        out.update((row.first, row) for row in rows)
        at = rows[-1].last + 1
    return out


def _heads(lines: list[SourceLine], at: int) -> int:
    """How many tabs a line of heads has; 0 where the line is none."""
    line = lines[at - 1]
    cells = line.text.strip().split("\t")
    if line.cells or line.kind != "text" or len(cells) <= _LEAST_TABS or "|" in line.text:
        return 0
    return len(cells) - 1 if all(_HEAD.fullmatch(cell) for cell in cells) else 0


def _rows(lines: list[SourceLine], at: int, last: int, tabs: int, table: int) -> list[TabRow]:
    heads = lines[at - 1].text.strip().split("\t")
    out = [TabRow(at, at, tuple(h.strip() for h in heads), table)]
    at += 1
    while at <= last and (found := _row(lines, at, last, tabs)):
        end, cells = found
        out.append(TabRow(at, end, cells, table))
        at = end + 1
    return out


def _row(
    lines: list[SourceLine], at: int, last: int, tabs: int
) -> tuple[int, tuple[str, ...]] | None:
    """The last line and the cells of the row that begins on a line."""
    words = lines[at - 1].text
    if "\t" not in words:
        return None
    end = at
    while words.count("\t") < tabs:
        following = lines[end].text if end < last else ""
        if not following.strip() or _OPENS.match(following) or end - at >= _MOST_LINES:
            break
        words += " " + following
        end += 1
    given = words.count("\t")
    if given > tabs or given < 1:
        return None
    cells = [" ".join(cell.split()) for cell in words.split("\t")]
    return end, tuple(cells + [""] * (tabs + 1 - len(cells)))
