"""Tables that give every criterion its lead: rows without one, criteria without a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.papers.checking.duties.vague_leads import nobody_leads
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.vietnamese import fold

_LEAD_COLUMN = re.compile(r"chu tri|chiu trach nhiem|dau moi|phu trach")
_NUMBER_COLUMN = re.compile(r"^(?:so )?(?:tc|tieu chi|tt|stt|so)\b|^so tt")
_LEAST_ROWS, _WHOLE_SET = 5, 10


@dataclass(slots=True, frozen=True)
class LeadRow:
    """A row of a table of criteria: its number, whether anybody leads, where it stands."""

    number: int
    led: bool
    place: Place


def lead_tables(plan: Plan) -> list[list[LeadRow]]:
    """The tables that give criteria their leads, row by row."""
    tables: dict[int, list[LeadRow]] = {}
    for each in paragraphs(plan):
        row = _row(plan, each)
        if row:
            tables.setdefault(each.block.table, []).append(row)
    return [rows for rows in tables.values() if len(rows) >= _LEAST_ROWS]


def _row(plan: Plan, each: Paragraph) -> LeadRow | None:
    if not each.cells or each.cells == each.columns:
        return None
    lead = next((at for at, head in enumerate(each.head) if _LEAD_COLUMN.search(head)), -1)
    number = criterion_of_row(each)
    if not 0 <= lead < len(each.cells) or not number:
        return None  # a number of order, or a set of another kind
    return LeadRow(number, not nobody_leads(each.cells[lead]), each.said(plan))


def criterion_of_row(each: Paragraph) -> int:
    """The criterion whose number and name stand in the first cells of a row; 0 for none."""
    for at, cell in enumerate(each.cells[:2]):
        if not cell.strip().isdecimal() or not _NUMBER_COLUMN.search(each.head[at]):
            continue
        number = int(cell)
        for name in each.cells[at + 1 : at + 3]:
            words = fold(name)
            known = [match_name(words, 0, "advanced"), match_name(words, 0, "ntm")]
            if any(found and found[0] == number for found in known):
                return number
    return 0


def without_lead(plan: Plan, owned: set[int]) -> Iterator[tuple[int, tuple[Place, ...]]]:
    """Criteria whose row leaves the lead open, or that a table of all of them leaves out."""
    for rows in lead_tables(plan):
        if sum(row.led for row in rows) * 2 < len(rows):
            continue
        by_number = {row.number: row for row in rows}
        for number, row in sorted(by_number.items()):
            if not row.led and number not in owned:
                yield number, (row.place,)
        last = max(by_number)
        if len(by_number) < _WHOLE_SET or 1 not in by_number:
            continue
        for number in range(1, last):
            if number not in by_number and number not in owned:
                beside = [by_number[n].place for n in (number - 1, number + 1) if n in by_number]
                yield number, tuple(beside)
