"""Tables of a paper: the rows below one header, and which column holds what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from dinhlang.papers.reading.blocks import Block

Role = Literal["report", "duty", "task", "criteria", "target", "schedule", "money", "quantity"]

_LEAD = (
    r"chu tri|phu trach|chiu trach nhiem|thuc hien$|don vi thuc hien|co quan thuc hien|"
    r"nguoi thuc hien|phan cong|nguoi lam"
)
_TIME = r"thoi gian|thoi han|hoan thanh truoc|ngay xong|tien do|han hoan thanh|^han$|hoan thanh$"
WHAT = r"noi dung|nhiem vu|cong viec|hang muc|\bviec\b|dau viec"
_AIM = r"ke hoach|muc tieu|phan dau|yeu cau|chi tieu nam|muc can dat|nam 20\d\d"


@dataclass(slots=True)
class Table:
    """Rows below one header. ``head`` is folded; ``caption`` the folded words above the table."""

    header: Block
    rows: list[Block]
    head: list[str]
    caption: str = ""
    roles: frozenset[Role] = frozenset()
    _columns: dict[str, int] = field(default_factory=dict)

    def column(self, pattern: str) -> int:
        """Index of the first column whose head matches; -1 where none does."""
        known = self._columns.get(pattern)
        if known is None:
            known = next((i for i, h in enumerate(self.head) if re.search(pattern, h)), -1)
            self._columns[pattern] = known
        return known

    @property
    def lead(self) -> int:
        """The column of who leads."""
        return self.column(_LEAD)

    @property
    def time(self) -> int:
        """The column of when."""
        return self.column(_TIME)

    @property
    def what(self) -> int:
        """The column of the work; of the criterion or indicator where there is no other."""
        at = self.column(WHAT)
        return at if at >= 0 else self.column(r"tieu chi(?! so)|chi tieu|^ten\b")

    @property
    def aim(self) -> int:
        """The column of the value to reach, the last one that says so."""
        found = [
            i
            for i, h in enumerate(self.head)
            if re.search(_AIM, h) and not re.search(r"thuc hien|ket qua|uoc", h)
        ]
        return found[-1] if found else -1

    @property
    def unit(self) -> int:
        """The column of the unit of measure."""
        return self.column(r"^dvt$|^don vi tinh|^don vi$|^dv tinh")


def cell(row: Block, at: int) -> str:
    """The cell of a row, empty where the row is shorter."""
    return row.cells[at].strip() if 0 <= at < len(row.cells) else ""


def find_cell(row: Block, at: int) -> tuple[int, int]:
    """Where a cell stands in the row's text."""
    start = 0
    for index, words in enumerate(row.cells):
        found = row.text.find(words, start) if words else start
        if index == at:
            return found, found + len(words)
        start = max(found, start) + len(words)
    return 0, 0
