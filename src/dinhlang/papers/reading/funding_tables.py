"""Rows of a table of money."""

from __future__ import annotations

import re
from collections.abc import Callable

from dinhlang.papers.plan import Funding, Lines, Need, Source
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.funding_words import (
    BALANCE,
    CONDITION,
    NEED_WORDS,
    SOURCE_WORDS,
    State,
)
from dinhlang.papers.reading.mentions import find_criteria
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import Table, cell, find_cell
from dinhlang.vietnamese import find_amounts, parse_number

_UNITS = (
    (re.compile(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*(?:trieu dong|trd|trieu)"), 10**6),
    (re.compile(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*(?:nghin|ngan|1000|1\.000) dong"), 1000),
    (re.compile(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*ty dong"), 10**9),
    (re.compile(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*dong"), 1),
    # A heading that names the unit: “Kinh phí (tỷ đồng)”.
    (re.compile(r"kinh phi[^|.;]{0,40}\(\s*trieu dong\s*\)\s*:?\s*$"), 10**6),
    (re.compile(r"kinh phi[^|.;]{0,40}\(\s*ty dong\s*\)\s*:?\s*$"), 10**9),
)
_HEAD_UNITS = (("tỷ đồng", 10**9), ("triệu đồng", 10**6), ("trđ", 10**6), ("nghìn đồng", 1000))
_MONEY_HEAD = re.compile(
    r"kinh phi|so tien|nhu cau|thanh tien|tong|(?:trieu|ty|nghin|ngan) dong\b|^dong$|gia tri|du "
    r"toan|muc von|\bvon\b|so von"
)
_NOT_MONEY_HEAD = re.compile(r"nguon$|noi dung|ten nguon|^nguon von$|ghi chu|dieu kien|hang muc")
_SOURCE_COLUMN = re.compile(
    r"trung uong|\btinh\b|huyen|\bxa\b|nhan dan|doanh nghiep|ngan sach|\bns|tin dung|\bdan\b|"
    r"khac|huy dong|long ghep"
)
_NO_WORDS = re.compile(r"[\dIVXa-z.,)\s%]*")

Total = Callable[[State, int, Lines], None]


def unit_of(folded: str) -> int | None:
    """The unit a table states for its amounts (``ĐVT: triệu đồng``), in đồng."""
    return next((unit for pattern, unit in _UNITS if pattern.search(folded)), None)


def _amount_column(table: Table) -> int:
    heads = table.head
    money = [
        at for at, h in enumerate(heads) if _MONEY_HEAD.search(h) and not _NOT_MONEY_HEAD.search(h)
    ]
    best = [at for at in money if re.search(r"tong|kinh phi|so tien|nhu cau|thanh tien", heads[at])]
    return (best or money or [-1])[0]


def _value(cell: str, head: str, unit: int) -> int | None:
    for word, factor in _HEAD_UNITS:
        if word in head:
            unit = factor
    amounts = find_amounts(cell)
    if amounts:
        return amounts[0].value
    number = parse_number(cell.strip())
    return int(number * unit) if number is not None else None


def read_table(
    paper: Paper, table: Table, unit: int, state: State | None, funding: Funding, total: Total
) -> None:
    """A table of money: costs, sources, totals; columns of sources beside the total as well."""
    column = _amount_column(table)
    if column < 0:
        return
    shares = _source_columns(table, column)
    for row in table.rows:
        _row(paper, table, row, column, unit, state, funding, total)
        if shares and _is_total(row):
            _shares(table, row, shares, unit, funding)


def _is_total(row: Block) -> bool:
    return bool(re.search(r"^\W*(?:\w{1,3}\W+)?(?:tổng|cộng)\b", row.text, re.I))


def _source_columns(table: Table, column: int) -> list[int]:
    """The columns that part each cost by source: two or more, behind the total."""
    named = [
        at for at, head in enumerate(table.head)
        if at > column and _SOURCE_COLUMN.search(head)
    ]  # fmt: skip
    return named if len(named) >= 2 else []


def _shares(table: Table, row: Block, columns: list[int], unit: int, funding: Funding) -> None:
    for at in columns:
        head = table.header.cells[at]
        value = _value(cell(row, at), head.lower(), unit)
        if value:
            conditional = bool(CONDITION.search(table.head[at]))
            funding.sources.append(
                Source(
                    text=head, amount=value, conditional=conditional, lines=row.lines,
                    spans=row.spans(*find_cell(row, at)),
                )
            )  # fmt: skip


def _row(
    paper: Paper, table: Table, row: Block, column: int, unit: int, state: State | None,
    funding: Funding, total: Total,
) -> None:  # fmt: skip
    """One row: a total, the balance, a source or a need."""
    value = _value(cell(row, column), table.header.cells[column].lower(), unit)
    if value is None:
        return
    folded = paper.folded(row)
    if BALANCE.search(folded):
        total("balance", -abs(value), row.lines)
        return
    if _is_total(row):
        is_source = state == "sources" or "nguon" in folded[:40]
        total("sources" if is_source else "needs", value, row.lines)
        return
    text = _words(row, column)
    spans = row.spans(*find_cell(row, column))
    source = SOURCE_WORDS.search(folded) and not NEED_WORDS.search(folded)
    if state == "sources" or (state is None and source):
        funding.sources.append(
            Source(
                text=text, amount=value, conditional=bool(CONDITION.search(folded)),
                lines=row.lines, spans=spans,
            )
        )  # fmt: skip
        return
    funding.needs.append(
        Need(
            text=text, amount=value, criterion=_criterion(paper, row, table.head),
            lines=row.lines, spans=spans,
        )
    )  # fmt: skip


def _words(block: Block, column: int) -> str:
    texts = [c for at, c in enumerate(block.cells) if at != column and not _NO_WORDS.fullmatch(c)]
    before = [c for at, c in enumerate(block.cells) if at < column and not _NO_WORDS.fullmatch(c)]
    return max(before or texts, key=len, default="")


def _criterion(paper: Paper, block: Block, heads: list[str]) -> int | None:
    mentions = find_criteria(paper, block)
    if mentions:
        return mentions[0].number
    at = next((i for i, h in enumerate(heads) if "tieu chi" in h), -1)
    if 0 <= at < len(block.cells):
        digits = re.search(r"\d{1,2}", block.cells[at])
        return int(digits.group()) if digits else None
    return None
