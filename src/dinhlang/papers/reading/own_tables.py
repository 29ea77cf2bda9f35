"""The tables of the plans this program writes, read to the last cell.

A plan written here says its figures in tables with these heads, under these headings; the body
only sums them up. Where such a table stands, it alone says what it holds: an officer who changes
a cell in Word changes the plan. Other papers' tables are read by ``tables`` and its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dinhlang.papers.reading.tables import Table
from dinhlang.vietnamese import fold

Kind = Literal[
    "targets", "groups", "tasks", "schedule", "quantities", "needs", "sources", "reporting"
]

NUMBER, UNIT, NOTE = "TT", "Đơn vị tính", "Ghi chú"
CODE, TARGET, AIM, YEAR = "Số hiệu", "Chỉ tiêu", "Mục tiêu", "Năm"
CRITERION, PLACE, OWNER = "Tiêu chí số", "Địa bàn", "Đơn vị chủ trì"
GROUP, RULE, MEMBERS = "Nhóm chỉ tiêu, lĩnh vực", "Số phải đạt", "Gồm"
TASK, LEAD, PARTNERS, DEADLINE = "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"
CODES = "Chỉ tiêu số"
MONTHS, STEP, DONE = "Tháng", "Nội dung", "Tiêu chí đạt"
WORK, WHOLE, SUM = "Nội dung", "Toàn xã", "Cộng các thôn"
NEED, SOURCE, AMOUNT = "Nội dung chi", "Nguồn vốn", "Số tiền"
SENDER, RECEIVER, RHYTHM, DUE = (
    "Đơn vị báo cáo", "Nơi nhận", "Kỳ báo cáo", "Thời hạn, hình thức",
)  # fmt: skip
TOTAL = "Tổng cộng"
CONDITIONAL = "Nguồn có điều kiện, chưa tính vào tổng (chỉ có khi được công nhận đạt chuẩn)"
UNGROUPED = "Chỉ tiêu chung"

TITLES: dict[Kind, str] = {
    "targets": "Chỉ tiêu và đơn vị chủ trì",
    "groups": "Nhóm chỉ tiêu, lĩnh vực được chọn",
    "tasks": "Nhiệm vụ, đơn vị chủ trì và thời hạn",
    "schedule": "Lộ trình thực hiện theo quý",
    "quantities": "Khối lượng thực hiện theo thôn",
    "needs": "Nhu cầu kinh phí",
    "sources": "Nguồn vốn huy động",
    "reporting": "Chế độ báo cáo",
}
"""The heading, or the title of the annex, right above each table."""
BODY_QUANTITIES = "Khối lượng thực hiện"
"""The heading of the amounts of work where none is told by village."""

_HEADS: dict[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # What must stand in the head, and what may.
    "targets": ((NUMBER, TARGET, UNIT, AIM, OWNER), (CODE, YEAR, CRITERION, PLACE, NOTE)),
    "groups": ((NUMBER, GROUP, RULE, MEMBERS), ()),
    "tasks": ((NUMBER, TASK, LEAD, DEADLINE), (PARTNERS, CRITERION, CODES, PLACE)),
    "schedule": ((NUMBER, STEP), (MONTHS, DONE)),
    "needs": ((NUMBER, NEED, AMOUNT), (CRITERION,)),
    "sources": ((NUMBER, SOURCE, AMOUNT), ()),
    "reporting": ((NUMBER, SENDER, RECEIVER, RHYTHM, DUE), ()),
}


@dataclass(slots=True)
class OwnTable:
    """A table of ours and what it holds."""

    kind: Kind
    table: Table

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of its columns."""
        return tuple(cell.strip() for cell in self.table.header.cells)


def own_tables(tables: Sequence[Table]) -> list[OwnTable]:
    """Those of the tables that this program wrote."""
    found = []
    for table in tables:
        kind = _kind(table)
        if kind is not None:
            found.append(OwnTable(kind, table))
    return found


def _kind(table: Table) -> Kind | None:
    heads = [cell.strip() for cell in table.header.cells]
    for kind, (needed, allowed) in _HEADS.items():
        if all(head in heads for head in needed) and all(
            head in needed or head in allowed for head in heads
        ):
            return kind if fold(TITLES[kind]) in table.caption else None
    if _of_quantities(heads) and any(
        fold(title) in table.caption for title in (TITLES["quantities"], BODY_QUANTITIES)
    ):
        return "quantities"
    return None


def _of_quantities(heads: Sequence[str]) -> bool:
    """Works down with villages across, or villages down with works across."""
    if heads[:3] == [NUMBER, WORK, UNIT] and len(heads) > 3:
        return True
    return heads[:2] == [NUMBER, PLACE] and len(heads) > 2


def head_of_work(text: str, unit: str | None) -> str:
    """The head of a column of one work: “Trồng cây (km)”."""
    return f"{text} ({unit})" if unit else text


_UNIT_LAST = re.compile(r"^(?P<text>.*\S)\s+\((?P<unit>[^()]+)\)$", re.DOTALL)


def work_of_head(head: str) -> tuple[str, str | None]:
    """The work and its unit of such a head."""
    match = _UNIT_LAST.match(head)
    return (match["text"], match["unit"]) if match else (head, None)


def rule_words(at_least: int, of: int | None) -> str:
    """“01/3”, “Ít nhất 01”."""
    return f"{at_least:02d}/{of}" if of is not None else f"Ít nhất {at_least:02d}"


def rule_of(words: str) -> tuple[int, int | None] | None:
    """The rule such words say."""
    match = re.fullmatch(r"(?:Ít nhất\s+)?(\d+)(?:\s*/\s*(\d+))?", words.strip())
    return (int(match[1]), int(match[2]) if match[2] else None) if match else None


def million(amount: int) -> Decimal:
    """Đồng as millions."""
    return Decimal(amount) / 1_000_000
