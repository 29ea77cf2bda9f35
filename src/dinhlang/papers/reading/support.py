"""Support policies: so much per household, metre or work, with the document they rest on."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Support
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.citations import citations_in
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import find_amounts
from dinhlang.vietnamese.guarded import guarded

_SUPPORT = guarded(r"hỗ trợ|thưởng|trợ cấp|hưởng chính sách", re.I)
_MORE_PER = re.compile(r"( (?!đối|theo|để|khi|cho|làm|và|trở|sau|trong|của)[^\W\d_]+)(?=[;,.)]|$)")
_EACH = re.compile(r"[Mm]ỗi\s+(?P<per>[^\W\d_]+)[^.;:]*\Z")
_INCOME = re.compile(r"hu nhập")


def read_support(paper: Paper) -> list[Support]:
    """Every amount per unit that is promised as support."""
    out: list[Support] = []
    for block in paper.content:
        by_heading = "support" in paper.topics(block)
        if not by_heading and not _SUPPORT.search(block.text):
            continue
        found = _in_block(block, by_heading)
        if found and all(s.basis is None for s in found):
            basis = _basis_nearby(paper, block)
            for support in found:
                support.basis = basis
        out += found
    return out


def _in_block(block: Block, by_heading: bool) -> list[Support]:
    out: list[Support] = []
    floor = 0
    for amount in find_amounts(block.text):
        before = block.text[max(0, amount.start - 160) : amount.start]
        each = _EACH.search(before) if amount.per is None else None
        unit = each["per"] if each else amount.per
        if unit is None or (_INCOME.search(block.text) and "người" in unit):
            continue
        if not by_heading and not _SUPPORT.search(before):
            continue
        start = (
            max(block.text.rfind(m, floor, amount.start) + len(m) for m in (". ", "; ", ": "))
            if out
            else 0
        )
        start = max(start, floor)
        cited = citations_in(block)
        longer = _MORE_PER.match(block.text, amount.end)
        per = unit + (longer[1] if longer else "")
        out.append(
            Support(
                text=block.text[start : amount.end].strip(" .;:,"), amount=amount.value, per=per,
                basis=cited[0].number if cited else None,
                lines=block.lines_of(amount.start, amount.end),
                spans=block.spans(amount.start, amount.end),
            )
        )  # fmt: skip
        floor = amount.end
    return out


def _basis_nearby(paper: Paper, block: Block) -> str | None:
    """The document a following paragraph of the same part says the amounts follow."""
    for other in paper.blocks[block.spot + 1 : block.spot + 5]:
        if other.label and other.label.style in ("roman", "part", "article"):
            return None
        if re.search(r"(?:[Mm]ức|[Cc]hính sách|[Hh]ỗ trợ).{0,60}(?:theo|tại)", other.text):
            cited = citations_in(other)
            if cited:
                return cited[0].number
    return None
