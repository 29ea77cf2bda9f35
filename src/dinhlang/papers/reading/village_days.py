"""The day a plan sets a village's goal, in the clause that says the goal."""

from __future__ import annotations

from collections.abc import Sequence

from dinhlang.papers.plan import Village
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tasks import deadline_in
from dinhlang.papers.reading.villages import clause_of


def set_days(paper: Paper, villages: Sequence[Village]) -> None:
    """Give each village that has a goal the day its clause names; a bare year is none."""
    by_line = {block.lines[0]: block for block in paper.content if not block.is_row}
    for village in villages:
        block = by_line.get(village.lines[0]) if village.goal else None
        if block is None or not village.spans:
            continue
        at = block.text.find(village.name)
        if at < 0:
            continue
        found = deadline_in(paper, clause_of(block, at, at + len(village.name)))
        village.deadline = found[0] if found else None
