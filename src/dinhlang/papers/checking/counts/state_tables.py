"""Tables that say of each criterion or indicator “Đạt” or “Chưa đạt”, against the numbers above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dinhlang.papers.checking.arithmetic.figures import Paper, paper_of
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.places import at, words_of
from dinhlang.papers.plan import Plan

_STATES = {"đạt": "đạt", "đã đạt": "đạt", "chưa đạt": "chưa đạt", "không đạt": "chưa đạt"}
_GAP = re.compile(r"\t+|\s{2,}")
_PLANNED = re.compile(
    r"\b(?:phấn đấu|thêm|hoàn thành|nâng|đưa|mục tiêu|mỗi|để|phải)\b", re.IGNORECASE
)
_LEAST_ROWS = 4
_FAR = 12
_NEAR = 6
_WITH_VALUE = re.compile(r"\s*\([^()]*\)$")


@dataclass(slots=True)
class _Table:
    """Where a table begins, and how many of its rows say each state."""

    first: int = 0
    last: int = 0
    barred: bool = False
    states: dict[str, int] = field(default_factory=lambda: {"đạt": 0, "chưa đạt": 0})
    silent: int = 0  # rows of the items that give a value in place of a state

    @property
    def rows(self) -> int:
        """How many rows say a state."""
        return sum(self.states.values())


def wrong_states(plan: Plan) -> Iterator[Hit]:
    """Numbers of criteria or indicators told right above or below a table that it does not have."""
    paper = paper_of(plan)
    for table in _tables(plan):
        if table.rows < _LEAST_ROWS or not all(table.states.values()):
            continue
        for said, place, state in _told(paper, table):
            given = table.states[state] if state else table.rows
            if given <= said <= given + table.silent:
                continue
            if said != given and abs(said - given) <= 3:
                row = plan.text[table.first - 1]
                what = f"mục {state}".strip()
                yield Hit(
                    message=f"Văn bản nói có {said} {what}, bảng có {given}.",
                    places=(place, at(table.first, words_of(row))),
                    advice=f"Sửa số {said} thành {given}, hoặc soát lại bảng.",
                )
                break


def _tables(plan: Plan) -> Iterator[_Table]:
    """The tables with bars, and those set with blanks whose rows say a state one after another."""
    table = _Table()
    for number, line in enumerate(plan.text, 1):
        barred = "|" in line
        cells = _cells(line, barred)
        rows = table.rows
        if not cells and not barred and not rows:
            if table.barred or table.first:
                table = _Table()
            continue
        state = next((_STATES[cell] for cell in cells if cell in _STATES), "")
        goes_on = barred if table.barred else (state or (rows and number - table.last < 3))
        if rows and (barred != table.barred or not goes_on):
            yield table
            table, rows = _Table(), 0
        if not barred and not state:
            if not rows:
                table = _Table()
            continue
        table.barred = barred
        table.first = table.first or number
        table.last = number
        if state:
            table.states[state] += 1
        elif cells and cells[0][:1].isdigit():
            table.silent += 1
    if table.rows:
        yield table


def _cells(line: str, barred: bool) -> list[str]:
    if not barred and "đạt" not in line.lower():
        return []
    pieces = line.strip().strip("|").split("|") if barred else _GAP.split(line.strip())
    if not barred and len(pieces) < 3:
        return []
    return [_WITH_VALUE.sub("", piece.strip(" *_.").lower()) for piece in pieces]


def _told(paper: Paper, table: _Table) -> Iterator[tuple[int, Place, str]]:
    """The numbers told near a table, each with the state it is of (or none)."""
    for paragraph in paper.paragraphs:
        line = paragraph.block.lines[0]
        above = table.first - _FAR <= line < table.first
        if not (above or table.last < line <= table.last + _NEAR):
            continue
        for figure in paragraph.figures:
            noun = figure.noun
            if not noun.startswith(("chỉ tiêu", "tiêu chí")) or figure.per or figure.value < 2:
                continue
            near = paragraph.text[max(0, figure.start - 16) : figure.start].lower()
            if _PLANNED.search(paragraph.text[max(0, figure.start - 40) : figure.start]):
                continue
            unmet = "chưa đạt" in noun or "chưa đạt" in near
            state = "chưa đạt" if unmet else "đạt" if "đạt" in noun or "đạt" in near else ""
            if figure.all is not None and (not state or figure.all != table.rows):
                continue
            if not state and not above:
                continue
            place = paper.place(paragraph, figure.start, figure.end)
            yield int(figure.value), place, state
