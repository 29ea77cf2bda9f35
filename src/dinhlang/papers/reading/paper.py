"""The paper while it is being read: blocks, outline, and what its parts are about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dinhlang.papers.plan import Document, Level
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.criteria_names import SetName
from dinhlang.papers.reading.outline import Outline
from dinhlang.papers.reading.tables import Table
from dinhlang.vietnamese import fold

# Words of a heading → what the part under it is about.
_TOPICS: tuple[tuple[str, str], ...] = (
    ("purpose", r"muc dich|yeu cau|su can thiet|quan diem|dac diem|tinh hinh chung"),
    ("goal", r"muc tieu|chi tieu|noi dung phan dau"),
    ("rule", r"quy dinh$|^quy dinh|linh vuc|dieu kien|tieu chi xa|tieu chi thon|bo tieu chi"),
    ("roadmap", r"lo trinh|tien do|ke hoach theo quy|phan ky|thoi gian(?! lam)"),
    ("funding", r"kinh phi|nguon von|nguon luc|du toan|can doi|nhu cau von|huy dong|von thuc hien"),
    ("organise", r"to chuc thuc hien|phan cong|trach nhiem|giao nhiem vu|to chuc trien khai"),
    ("reporting", r"thong tin,? bao cao|che do bao cao|bao cao, |thong tin - bao cao"),
    ("solution", r"giai phap"),
    ("task", r"nhiem vu|noi dung"),
    ("result", r"ket qua|thuc trang|danh gia|hien trang|ton tai|han che"),
    ("missing", r"chua dat|con thieu|chua du dieu kien|phan dau dat"),
    ("reached", r"da dat"),
    ("quantity", r"khoi luong|chi tieu cu the|phan bo"),
    ("support", r"ho tro|chinh sach"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _TOPICS)


@dataclass(slots=True)
class Paper:
    """Blocks with their outline, the head already read, and the folded text of each block."""

    blocks: list[Block]
    outline: Outline
    document: Document
    levels: list[Level]
    body: int  # index of the first block after the head
    criteria_set: SetName = "ntm"
    village_plan: bool = False  # of a village: its set numbers criteria otherwise
    organising: set[int] | None = None  # kept by duties.organising_parts
    tables: list[Table] = field(default_factory=list)
    own_rows: set[int] = field(default_factory=set)  # spots of the rows read by own_reading
    mentions: dict[int, list[Any]] = field(default_factory=dict)  # kept by criteria.find_criteria
    criterion_at: dict[int, int] = field(default_factory=dict)  # spot → criterion, 0 for none
    _topics: dict[int, frozenset[str]] = field(default_factory=dict)
    _folded: dict[int, str] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year the plan is for, where it is one."""
        return self.document.years[0] if len(self.document.years) == 1 else None

    @property
    def content(self) -> list[Block]:
        """The blocks between head and foot, annexes behind the foot too."""
        return [
            b
            for b in self.blocks[self.body :]
            if (b.spot < self.outline.foot or b.section >= 0) and b.spot not in self.own_rows
        ]

    def topics(self, block: Block) -> frozenset[str]:
        """What the headings above a block say it is about."""
        return self._section_topics(block.section)

    def _section_topics(self, at: int) -> frozenset[str]:
        if at < 0:
            return frozenset()
        known = self._topics.get(at)
        if known is None:
            node = self.outline.nodes[at]
            own = {name for name, pattern in _COMPILED if pattern.search(node.folded)}
            known = frozenset(own) | self._section_topics(node.parent)
            self._topics[at] = known
        return known

    def own_topics(self, block: Block) -> frozenset[str]:
        """What the innermost heading alone says."""
        if block.section < 0:
            return frozenset()
        folded = self.outline.nodes[block.section].folded
        return frozenset(name for name, pattern in _COMPILED if pattern.search(folded))

    def folded(self, block: Block) -> str:
        """The block's text folded; as long as the text, so that offsets agree."""
        text = self._folded.get(block.spot)
        if text is None:
            text = fold(block.text)
            if len(text) != len(block.text):
                text = "".join(fold(c) or c for c in block.text)
            self._folded[block.spot] = text
        return text

    def heading_of(self, block: Block) -> str:
        """The title of the innermost heading above (or at) a block."""
        return self.outline.nodes[block.section].title if block.section >= 0 else ""
