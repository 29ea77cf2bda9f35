"""Totals whose parts follow without a word that opens them, told by nearness alone.

“1.845 ha; đất nông nghiệp 1.210 ha, đất phi nông nghiệp 420 ha …”: where several like figures,
each with a name of its own, give almost the figure before (or behind) them, but not quite, a slip
is likelier than another matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    AREA,
    MONEY,
    PERCENT,
    TIMES,
    Figure,
    Paper,
    Paragraph,
)
from dinhlang.papers.checking.arithmetic.sum_model import (
    OTHER_MATTER,
    PLACE_WORD,
    ROUGH,
    SOURCE,
    Sum,
    make_sum,
)

_LEAST, _MOST = Decimal("0.93"), Decimal("1.07")
_ENOUGH_PARTS, _MOST_PARTS = 3, 14
_SO_MUCH = re.compile(r"\b(?:để (?:có|đủ)|cho đủ|có đủ|đủ|thành|được)\s+$", re.IGNORECASE)
_NO_TOTAL = re.compile(
    r"\b(?:mỗi|từng|bình quân|hạn mức|trong đó|riêng|còn|lại|đã|hiện (?:có|nay|đang)|năm 20\d\d)\b"
    r"[^;.]*$",
    re.IGNORECASE,
)
_WHOLE_MONEY = re.compile(r"tổng|kinh phí|nhu cầu|dự toán|chi phí|\bcần\b|nguồn|đủ", re.IGNORECASE)
_BALANCED = re.compile(r"\b(?:đủ|thiếu|cân đối|thừa|dư)\b", re.IGNORECASE)
_LAND = re.compile(r"\bđất\s+[^\W\d_]+|\b(?:lúa|màu|rừng|cây|vườn|thủy sản|ao)\b", re.IGNORECASE)


def unopened(paper: Paper, paragraph: Paragraph, told: Sequence[Sum]) -> Iterator[Sum]:
    """Near sums of a paragraph in which no group was taken up by its words."""
    text = paragraph.text
    for kind in dict.fromkeys(f.kind for f in paragraph.figures):
        if kind in ("", PERCENT) or kind in TIMES or any(each.kind == kind for each in told):
            continue
        own = [f for f in paragraph.figures if f.kind == kind and not f.per and f.all is None]
        if not _ENOUGH_PARTS <= len(own) <= _MOST_PARTS:
            continue
        found = _group(paper, paragraph, own[0], own[1:], own[0].end)
        if found is None and _SO_MUCH.search(text[: own[-1].start]):
            found = _group(paper, paragraph, own[-1], own[:-1], 0)
        if found:
            yield found


def _group(
    paper: Paper, paragraph: Paragraph, total: Figure, parts: Sequence[Figure], begin: int
) -> Sum | None:
    text = paragraph.text
    added = sum((part.value for part in parts), Decimal())
    if added == total.value or not total.value * _LEAST <= added <= total.value * _MOST:
        return None
    if (
        len({part.value for part in parts}) < len(parts) / 2
        or max(part.value for part in parts) >= total.value
    ):
        return None
    ends = [begin, *(part.end for part in parts[:-1])]
    words = [text[end : part.start] for end, part in zip(ends, parts, strict=True)]
    if OTHER_MATTER.search(" ".join(words)) or _NO_TOTAL.search(text[: total.start][-60:]):
        return None
    if not _named(total.kind, words) or not _of_all(text, total, parts):
        return None
    places = [paper.place(paragraph, each.start, each.end) for each in (total, *parts)]
    return make_sum(
        total,
        parts,
        places,
        complete=True,
        rough=bool(ROUGH.search(text[max(0, total.start - 20) : total.start])),
        within=False,
        village=all(PLACE_WORD.search(each) for each in words),
        named=True,
    )


def _of_all(text: str, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the total is of no single village or source, and of what the parts are of."""
    before = re.split(r"[;,]\s|\.\s", text[: total.start])[-1]
    if total.kind == MONEY and _BALANCED.search(text, max(total.end, parts[-1].end)):
        return False  # needs against sources: of FUND-BALANCE
    if total.kind == MONEY and SOURCE.search(before) and not _WHOLE_MONEY.search(before):
        return False
    if total.start < parts[0].start and PLACE_WORD.search(before):
        return False
    stop = parts[0].start if total.start < parts[0].start else total.end + 60
    about = f"{before} {text[total.end : stop]}".lower()
    return all(word in about for part in parts for word in part.noun.split()[1:3])


def _named(kind: str, words: Sequence[str]) -> bool:
    """Whether each part has a name of its own: a village, a source, a kind of land."""
    if kind == MONEY:
        return len(words) > 1 and all(SOURCE.search(each) for each in words)
    if all(PLACE_WORD.search(each) for each in words):
        return True
    return kind == AREA and len(words) >= _ENOUGH_PARTS and all(_LAND.search(w) for w in words)
