"""The ordinals of tables: 1, 2, 4 leaves a row out; 1, 2, 2 numbers two rows alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.grids import Grid, Row, grids_in
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan

_HEAD = re.compile(r"(?:s?tt|số tt|số thứ tự)\.?", re.IGNORECASE)


def ordinal_gaps(plan: Plan) -> Iterator[Hit]:
    """Tables whose ordinals leave a number out, once: more often they are codes."""
    for before, after in _breaks(plan):
        if int(after.mark) > int(before.mark) + 1:
            yield Hit(
                message=f"Cột thứ tự nhảy từ {before.mark} sang {after.mark}.",
                places=(_place(after), _place(before)),
                advice="Thêm dòng còn thiếu, hoặc đánh số lại.",
            )


def ordinal_repeats(plan: Plan) -> Iterator[Hit]:
    """Tables in which two rows one below the other have the same ordinal."""
    for before, after in _breaks(plan):
        if after.mark == before.mark:
            yield Hit(
                message=f"Hai dòng của bảng cùng mang số thứ tự {after.mark}.",
                places=(_place(after), _place(before)),
                advice="Đánh số lại dòng sau và các dòng tiếp theo.",
            )


def _place(row: Row) -> Place:
    words = row.label[:60] or row.mark
    return at(row.number, words)


def _breaks(plan: Plan) -> Iterator[tuple[Row, Row]]:
    """The neighbouring rows of each table whose ordinals do not follow, where there is one."""
    for grid in grids_in(tuple(plan.text)):
        if not _numbered(grid):
            continue
        rows = [row for row in grid.rows if row.mark.isdigit()]
        broken = [
            (one, other)
            for one, other in pairwise(rows)
            if int(other.mark) not in (int(one.mark) + 1, 1)
        ]
        if len(broken) == 1:
            yield broken[0]


def _numbered(grid: Grid) -> bool:
    """Whether the first column is headed as ordinals and begins with 1."""
    heads = [row.cells[0].text for row in grid.heads if row.cells]
    first = next((row.mark for row in grid.rows if row.mark.isdigit()), "")
    return any(_HEAD.fullmatch(head.strip()) for head in heads) and first in ("1", "01")
