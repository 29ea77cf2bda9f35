"""Whether it is worth saying that nothing dated takes up what is told as lacking.

That a list and a roadmap speak of the same thing is known by their words alone. Nothing is said
where a dated line has the thing that lacks, or measures what it measures; and a figure below its
mark is no thing that a line could name.
"""

from __future__ import annotations

import re
from itertools import pairwise

from dinhlang.papers.checking.dates.periods_told import TOPICS
from dinhlang.papers.checking.gaps.gap_clauses import says_lack
from dinhlang.papers.checking.gaps.gap_units import (
    Unit,
    kinds_in,
    numbers_in,
    tokens_in,
    units_beside,
)
from dinhlang.papers.checking.text.gap_wording import is_dated
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Lines, Plan
from dinhlang.papers.reading.offices import office_at
from dinhlang.vietnamese import fold

_FIGURE = re.compile(
    r"\d\s*%|\d\s*/\s*\d|\b(?:bình quân|thu nhập|mức (?:phải đạt|tỉnh|quy định|chung|bình)"
    r"|so với|tỷ lệ|hộ nghèo|triệu đồng/)",
    re.IGNORECASE,
)
# A thing that is not there, whatever figure stands beside it.
_NOT_THERE = re.compile(
    r"\b(?:chưa (?:có|được|lắp|xây|làm|gắn|mua|lập|trồng|cấp|cứng|đủ)|không có|hư hỏng|hỏng"
    r"|xuống cấp|dột|thiếu (?:\d+ )?(?!\d)[^\W\d_]+)\b",
    re.IGNORECASE,
)
_LACK = re.compile(r"\b(?:chưa (?:có|được|lắp|xây|làm|đủ)|còn thiếu|thiếu|không có)\b", re.I)
_HEAD = re.compile(r"^[^:]{0,80}:\s+")
_THEREFORE = re.compile(r"\bnên\s+(?:UBND|xã|Ban|Đảng)\b")  # what somebody does about it
_LEAST, _MOST = 2, 0.5


def worth_telling(plan: Plan, text: str, lines: Lines) -> bool:
    """Whether what ``text`` tells as lacking, at these lines, is a thing that nothing dated has."""
    every = paragraphs(plan)
    own = [p for p in every if p.block.lines[0] <= lines[1] and p.block.lines[1] >= lines[0]]
    task = office_at(text, 0) is not None and not says_lack(fold(text))
    task = task or _THEREFORE.search(text) is not None
    if task or any(is_dated(each) and not each.cells for each in own):
        return False
    units = units_beside(every, {each.spot for each in own})
    told = _HEAD.sub("", text)
    if _FIGURE.search(told) and not _NOT_THERE.search(told):
        return _measured_alone(text, own, units)
    if villages_of(text):
        return True
    if any(kinds_in(told) & unit.kinds for unit in units):
        return False
    core = tokens_in(_LACK.split(told)[-1])
    return len(core) < _LEAST or not any(_share(core, unit) > _MOST for unit in units)


def _share(tokens: tuple[str, ...], unit: Unit) -> float:
    return sum(token in unit.tokens for token in tokens) / len(tokens)


def _measured_alone(text: str, own: list[Paragraph], units: list[Unit]) -> bool:
    """Whether nothing dated speaks of what a figure measures, or of its criterion."""
    numbers = numbers_in(text)
    for each in own if not numbers else ():
        above = each.above[-1] if each.above else ""
        numbers |= numbers_in(each.text) or numbers_in(above)
    topics = [TOPICS[int(n)] for n in numbers if n.isdecimal() and int(n) in TOPICS]
    tokens = tokens_in(
        re.sub(r"[\d.,]+\s*(?:triệu|tỷ)?\s*đồng\S*|[\d.,/%]+", " ", _HEAD.sub("", text))
    )
    pairs = [f"{a} {b}" for a, b in pairwise(tokens)]
    return bool(pairs) and not any(
        numbers & unit.numbers
        or any(pair in unit.low for pair in pairs)
        or any(re.search(rf"\b(?:{topic})", unit.folded) for topic in topics)
        for unit in units
    )
