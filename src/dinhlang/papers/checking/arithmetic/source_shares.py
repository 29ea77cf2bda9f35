"""Shares of sources told apart from their amounts: “vốn tỉnh chiếm 32,8%” below the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.grids import Grid, grids_in
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number

_NAMES = {
    "trung ương": r"trung ương|\bTW\b|\bTƯ\b", "tỉnh": r"\btỉnh\b", "huyện": r"\bhuyện\b",
    "xã": r"\bxã\b(?! hội)", "nhân dân": r"nhân dân|\bdân\b|đóng góp|cộng đồng",
    "doanh nghiệp": r"doanh nghiệp", "lồng ghép": r"lồng ghép", "tín dụng": r"tín dụng",
}  # fmt: skip
_SHARE = re.compile(
    r"(?:vốn|ngân sách|nguồn|phần|kinh phí|nhân dân|doanh nghiệp)\s*[^,;.\d]{0,40}?"
    r"\b(?:chiếm|đạt tỷ lệ|bằng|tương ứng|là)\s*(?:khoảng\s+)?$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"^(?:tổng|cộng|chung)", re.IGNORECASE)
_GOAL = re.compile(
    r"\b(?:không quá|tối đa|tối thiểu|ít nhất|phấn đấu|mỗi|tăng|giảm|so với)\b", re.I
)
_OF_NEED = re.compile(
    r"\s*(?:của |trong |trên |so với )?(?:tổng )?(?:nhu cầu|dự toán|chi phí)", re.I
)
_OPENS = re.compile(r"\s*,?\s*(?:gồm|bao gồm|trong đó|từ|:)", re.IGNORECASE)
_FAR, _ABOVE = 8, 2
_OPEN_BRACKET = re.compile(r"\s*\(\s*(?:chiếm|tương ứng|bằng|=)?\s*", re.IGNORECASE)
_FEW_SHARES = 3


def wrong_source_shares(plan: Plan) -> Iterator[Hit]:
    """Shares in running words that the amounts of the table or sentence before do not give."""
    paper = paper_of(plan)
    if not any("%" in line for line in plan.text):
        return
    paragraphs = paper.paragraphs
    for at, paragraph in enumerate(paragraphs):
        if paragraph.block.is_row:
            continue
        yield from _in_brackets(paper, paragraph)
        for figure in paragraph.figures:
            if figure.kind != PERCENT or figure.all is not None:
                continue
            before = paragraph.text[: figure.start]
            words = re.split(r"[;,]|\.\s", before)[-1]
            if not _SHARE.search(words) or _GOAL.search(words):
                continue
            if _OF_NEED.match(paragraph.text, figure.end):
                continue  # of what is needed, not of the sources
            known = _amounts(plan, paragraphs, at, figure)
            name = source_name(words)
            if name is None or name not in known or len(known) < 2:
                continue
            total = known.get("", sum(known.values(), Decimal()))
            right = known[name] * 100 / total if total else Decimal()
            if abs(right - figure.value) <= Decimal("0.6"):
                continue
            yield Hit(
                message=f"Nguồn “{name}” {format_number(known[name])} là "
                f"{format_number(round(right, 1))}% của {format_number(total)}, văn bản ghi "
                f"{format_number(figure.value)}%.",
                places=(paper.place(paragraph, figure.start, figure.end),),
                advice="Tính lại tỷ lệ hoặc số tiền.",
            )


def _in_brackets(paper: Paper, paragraph: Paragraph) -> Iterator[Hit]:
    """“Tổng 400 triệu đồng, gồm ngân sách xã 100 triệu đồng (30%); …”: do the parts give them?"""
    shares = [
        (part, share)
        for part, share in pairwise(paragraph.figures)
        if part.kind == MONEY and share.kind == PERCENT and share.all is None and part.per is None
        and _OPEN_BRACKET.fullmatch(paragraph.text, part.end, share.start)
    ]  # fmt: skip
    if len(shares) < _FEW_SHARES:
        return
    money = [f for f in paragraph.figures if f.kind == MONEY and f.per is None]
    added = sum((part.value for part, _ in shares), Decimal())
    parts = [part for part, _ in shares]
    if not any(each.value == added for each in money if each not in parts):
        return
    for part, share in shares:
        right = part.value * 100 / added
        if abs(right - share.value) > Decimal("0.6"):
            yield Hit(
                message=f"{shown(part.value, MONEY)} là {format_number(round(right, 1))}% của "
                f"{shown(added, MONEY)}, văn bản ghi {format_number(share.value)}%.",
                places=(paper.place(paragraph, part.start, share.end),),
                advice="Tính lại tỷ lệ hoặc số tiền.",
            )


def source_name(words: str) -> str | None:
    """The source that words name; None for none or several."""
    named = [name for name, pattern in _NAMES.items() if re.search(pattern, words, re.IGNORECASE)]
    return named[0] if len(named) == 1 else None


def _amounts(plan: Plan, paragraphs: list[Paragraph], at: int, share: Figure) -> dict[str, Decimal]:
    """Amounts by source near a paragraph; “” is their total. Empty where they are not certain."""
    paragraph = paragraphs[at]
    own = [f for f in paragraph.figures if f.kind == MONEY and f.end <= share.start]
    if len(own) > 2:
        return _of_words(paragraph, own)
    for above in reversed(paragraphs[max(0, at - _ABOVE) : at]) if not own else ():
        told = [f for f in above.figures if f.kind == MONEY and f.per is None]
        if len(told) > 2 and not above.block.is_row:
            return _of_words(above, told)
    items = {} if own else _of_items(paragraphs[max(0, at - _FAR) : at])
    if len(items) > 2:
        return items
    line = paragraph.block.lines[0]
    for grid in grids_in(tuple(plan.text)):
        if grid.rows and 0 < line - grid.rows[-1].number <= _FAR:
            found = _of_grid(grid)
            if found:
                return found
    return {}


def _of_items(above: list[Paragraph]) -> dict[str, Decimal]:
    """Amounts of the list right above, an item a source; empty where two items name one source."""
    found: dict[str, Decimal] = {}
    for item in reversed(above):
        told = [f for f in item.figures if f.kind == MONEY and f.per is None]
        name = source_name(item.text[: told[0].start]) if len(told) == 1 else None
        if name is None or item.block.is_row:
            break
        if name in found:
            return {}
        found[name] = told[0].value
    return found


def _of_words(paragraph: Paragraph, figures: list[Figure]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    end = 0
    for figure in figures:
        words = paragraph.text[end : figure.start]
        end = figure.end
        opens = figure is figures[0] and _OPENS.match(paragraph.text, figure.end)
        total = re.search(r"\b(?:tổng|cộng)\b", words, re.IGNORECASE)
        if opens and total is None:
            total = re.search(r"\b(?:vốn|kinh phí|dự toán)\b", words, re.IGNORECASE)
        name = "" if total else source_name(words)
        if name is None or name in found:
            continue
        found[name] = figure.value
    return found if "" in found else {}


def _of_grid(grid: Grid) -> dict[str, Decimal]:
    """The foot by the heads of its columns, or the rows by their labels against the foot."""
    feet = [row for row in grid.rows if row.foot]
    if len(feet) != 1:
        return {}
    foot = feet[0]
    found: dict[str, Decimal] = {}
    for cell in foot.values:
        head = grid.head(cell, foot).strip()
        name = "" if _TOTAL.match(head) else source_name(head)
        if name is not None and name not in found and cell.value is not None:
            found[name] = cell.value
    if len(found) > 2 and "" in found:
        return found
    found = {}
    for row in grid.rows:
        name = "" if row.foot else source_name(row.label)
        if name is not None and name not in found and len(row.values) == 1:
            found[name] = row.values[0].value or Decimal()
    return found if len(found) > 2 and "" in found else {}
