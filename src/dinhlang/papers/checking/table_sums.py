"""Totals at the foot of tables whose rows are numbered one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.places import at, numbered, words_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number, parse_number

_MONEY = re.compile(r"đồng|kinh phí|số tiền|vốn", re.IGNORECASE)
_FOOT = re.compile(r"(?:tổng|cộng|tổng cộng|tổng số)\s*:?", re.IGNORECASE)
_RULE = re.compile(r"[|\s:-]+")
_LEAST_ROWS = 2


@dataclass(slots=True)
class _Table:
    """The table being read: its head, and its numbered rows as cells."""

    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    plain: bool = True  # rows numbered 1, 2, 3 …: no row is the sum of others

    def take(self, cells: list[str]) -> None:
        """One row more."""
        if cells[0] == str(len(self.rows) + 1):
            self.rows.append(cells)
        elif self.rows:
            self.plain = False
        else:
            self.head = cells


def table_sums(plan: Plan, *, money: bool) -> Iterator[Hit]:
    """Feet of tables that their columns do not give; of money, or of everything else."""
    table = _Table()
    for number, line in numbered(plan):
        if "|" not in line:
            table = _Table()
            continue
        if _RULE.fullmatch(line):
            continue
        cells = [cell.strip(" *_") for cell in line.strip().strip("|").split("|")]
        if not any(_FOOT.fullmatch(cell) for cell in cells):
            table.take(cells)
            continue
        if table.plain and len(table.rows) >= _LEAST_ROWS:
            yield from _wrong_columns(number, line, cells, table, money)
        table = _Table()


def _wrong_columns(
    number: int, line: str, cells: list[str], table: _Table, money: bool
) -> Iterator[Hit]:
    for column, cell in enumerate(cells):
        stated = parse_number(cell) if cell else None
        head = table.head[column] if column < len(table.head) else ""
        about_money = bool(_MONEY.search(head))
        if stated is None or column == 0 or about_money != money or "%" in head + cell:
            continue
        parts = [parse_number(row[column]) if column < len(row) else None for row in table.rows]
        known = [part for part in parts if part is not None]
        if len(known) != len(parts) or sum(known) == stated:
            continue
        added = format_number(sum(known, Decimal()))
        yield Hit(
            message=f"Cột {head or column + 1} cộng lại được {added} "
            f"({' + '.join(map(format_number, known))}), dòng tổng ghi {cell}.",
            places=(at(number, cell if line.count(cell) == 1 else words_of(line)),),
            advice=f"Sửa dòng tổng thành {added}, hoặc soát lại từng dòng.",
        )
