"""Tables that say of each criterion or indicator “Đạt” or “Chưa đạt”, against the numbers above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dinhlang.papers.checking.figures import Paper, paper_of
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.places import at, words_of
from dinhlang.papers.plan import Plan

_REACHED = ("đạt", "đã đạt")
_UNMET = ("chưa đạt", "không đạt")
_LEAST_ROWS = 4
_FAR = 12


@dataclass(slots=True)
class _Table:
    """Where a table begins, and how many of its rows say each state."""

    first: int = 0
    states: dict[str, int] = field(default_factory=lambda: {"đạt": 0, "chưa đạt": 0})

    @property
    def rows(self) -> int:
        """How many rows say a state."""
        return sum(self.states.values())


def wrong_states(plan: Plan) -> Iterator[Hit]:
    """Numbers of criteria or indicators told right above a table that the table does not have."""
    paper = paper_of(plan)
    for table in _tables(plan):
        if table.rows < _LEAST_ROWS or not all(table.states.values()):
            continue
        for said, place, state in _told(paper, table.first):
            given = table.states[state] if state else table.rows
            if said != given and abs(said - given) <= 3:
                row = plan.text[table.first - 1]
                what = f"mục {state}".strip()
                yield Hit(
                    message=f"Văn bản nói có {said} {what}, bảng bên dưới có {given}.",
                    places=(place, at(table.first, words_of(row))),
                    advice=f"Sửa số {said} thành {given}, hoặc soát lại bảng.",
                )
                break


def _tables(plan: Plan) -> Iterator[_Table]:
    table = _Table()
    for number, line in enumerate(plan.text, 1):
        if "|" not in line:
            if table.rows:
                yield table
            table = _Table()
            continue
        table.first = table.first or number
        cells = [cell.strip(" *_.").lower() for cell in line.split("|")]
        if any(cell in _UNMET for cell in cells):
            table.states["chưa đạt"] += 1
        elif any(cell in _REACHED for cell in cells):
            table.states["đạt"] += 1
    if table.rows:
        yield table


def _told(paper: Paper, first: int) -> Iterator[tuple[int, Place, str]]:
    """The numbers told in the lines above a table, each with the state it is of (or none)."""
    for paragraph in paper.paragraphs:
        if not first - _FAR <= paragraph.block.lines[0] < first:
            continue
        for figure in paragraph.figures:
            noun = figure.noun
            if not noun.startswith(("chỉ tiêu", "tiêu chí")) or figure.per or figure.value < 2:
                continue
            if figure.all is not None:
                continue
            state = "chưa đạt" if "chưa đạt" in noun else "đạt" if "đạt" in noun else ""
            place = paper.place(paragraph, figure.start, figure.end)
            yield int(figure.value), place, state
