"""The goals of the whole commune in the body of a plan this program wrote: words and a day.

They stand under a heading of their own, one a line, and nowhere else; a goal that does not read
back from its line as it was is kept in the table of the tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.papers.plan import Deadline, Lines, Task
from dinhlang.papers.reading.blocks import Block
from dinhlang.vietnamese import find_periods, fold

HEADING = "Mục tiêu chung"
_LINE = re.compile(
    r"^(?P<text>phấn đấu\s.*?\S)\s+"
    r"(?P<when>(?:trước|trong|đến hết|chậm nhất|xong trước)\s(?:(?!\s(?:trước|trong)\s).)*)$",
    re.IGNORECASE,
)


def goal_of(line: str, year: int | None, lines: Lines = (0, 0)) -> Task | None:
    """The goal of “Phấn đấu xã … đạt chuẩn … trước ngày 15/12/2026.”; None for other words."""
    match = _LINE.match(line.strip().rstrip("."))
    if match is None:
        return None
    periods = [each for each in find_periods(match["when"], year) if each.last is not None]
    last = periods[-1].last if len(periods) == 1 and periods[0].kind != "range" else None
    if last is None:
        return None
    when = Deadline(end=periods[0].iso_end, text=match["when"])
    return Task(text=match["text"], deadline=when, lines=lines)


def read_goals(blocks: Sequence[Block], year: int | None) -> Iterator[Task]:
    """The goals under their heading."""
    inside = False
    for block in blocks:
        if block.label is not None or block.heading:
            inside = fold(block.text) == fold(HEADING)
        elif inside and not block.is_row:
            found = goal_of(block.text, year, block.lines)
            if found is not None:
                found.spans = block.spans()
                yield found
