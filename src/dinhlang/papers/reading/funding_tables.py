"""Rows of a table of money."""

from __future__ import annotations

import re
from collections.abc import Callable

from dinhlang.papers.plan import Funding, Lines, Need, Source
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.criteria import find_criteria
from dinhlang.papers.reading.funding_words import (
    BALANCE,
    CONDITION,
    NEED_WORDS,
    SOURCE_WORDS,
    State,
)
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import find_amounts, parse_number

_UNITS = (
    (re.compile(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*(?:trieu dong|trd|trieu)"), 10**6),
    (re.compile(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*(?:nghin|ngan|1000|1\.000) dong"), 1000),
    (re.compile(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*ty dong"), 10**9),
    (re.compile(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*dong"), 1),
)
_HEAD_UNITS = (("tỷ đồng", 10**9), ("triệu đồng", 10**6), ("trđ", 10**6), ("nghìn đồng", 1000))
_MONEY_HEAD = re.compile(
    r"kinh phí|số tiền|nhu cầu|thành tiền|tổng|đồng|giá trị|dự toán|mức vốn|vốn|số vốn"
)
_NOT_MONEY_HEAD = re.compile(r"nguồn$|nội dung|tên nguồn|^nguồn vốn$|ghi chú|điều kiện|hạng mục")
_NO_WORDS = re.compile(r"[\dIVXa-z.,)\s%]*")

Total = Callable[[State, int, Lines], None]


def unit_of(folded: str) -> int | None:
    """The unit a table states for its amounts (``ĐVT: triệu đồng``), in đồng."""
    return next((unit for pattern, unit in _UNITS if pattern.search(folded)), None)


def _amount_column(heads: list[str]) -> int:
    money = [
        at for at, h in enumerate(heads) if _MONEY_HEAD.search(h) and not _NOT_MONEY_HEAD.search(h)
    ]
    best = [at for at in money if re.search(r"tổng|kinh phí|số tiền|nhu cầu|thành tiền", heads[at])]
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


def read_row(
    paper: Paper, block: Block, header: tuple[str, ...], unit: int, state: State | None,
    funding: Funding, total: Total,
) -> None:  # fmt: skip
    """One row: a total, the balance, a source or a need."""
    heads = [h.lower() for h in header]
    column = _amount_column(heads)
    if column < 0 or column >= len(block.cells):
        return
    value = _value(block.cells[column], heads[column], unit)
    if value is None:
        return
    folded = paper.folded(block)
    if BALANCE.search(folded):
        total("balance", -abs(value), block.lines)
        return
    if re.search(r"^\W*(?:\w{1,3}\W+)?(?:tổng|cộng)\b", block.text, re.I):
        is_source = state == "sources" or "nguon" in folded[:40]
        total("sources" if is_source else "needs", value, block.lines)
        return
    text = _words(block, column)
    at = block.text.rfind(block.cells[column])
    spans = block.spans(at, at + len(block.cells[column])) if at >= 0 else []
    source = SOURCE_WORDS.search(folded) and not NEED_WORDS.search(folded)
    if state == "sources" or (state is None and source):
        funding.sources.append(
            Source(
                text=text, amount=value, conditional=bool(CONDITION.search(folded)),
                lines=block.lines, spans=spans,
            )
        )  # fmt: skip
        return
    funding.needs.append(
        Need(
            text=text, amount=value, criterion=_criterion(paper, block, heads),
            lines=block.lines, spans=spans,
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
    at = next((i for i, h in enumerate(heads) if "tiêu chí" in h), -1)
    if 0 <= at < len(block.cells):
        digits = re.search(r"\d{1,2}", block.cells[at])
        return int(digits.group()) if digits else None
    return None
