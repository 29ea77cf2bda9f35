"""Runs of like quantities beside a total that is a slip away from their sum.

Whatever the wording: where every item of a list names one like quantity, and a figure of the
same kind stands in the lines above it or right below, one digit or a swap of digits from the
sum, the two are meant to be one. Sums that any grouping explains are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.balance_roles import LACK, SPARE, role_of
from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_in,
    sentences,
)
from dinhlang.papers.checking.arithmetic.near_miss import near_miss
from dinhlang.papers.checking.arithmetic.sum_model import gives, shown
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number
from dinhlang.vietnamese.folding import lower

# Over small letters.
_NO_TOTAL = re.compile(
    r"\b(?:trong đó|đã|hiện|còn|mỗi|từng|bình quân|riêng|năm trước|năm 20(?:1\d|2[0-3])|giai đoạn"
    r"|ít nhất|tối thiểu|tối đa|không quá|rộng|dày|cách)\b[^;.,\d]{0,30}$"
    r"|\b(?:khoảng|trên|hơn|gần)\s*$"
)
_NOT_ALL = re.compile(
    r"\b(?:trong đó|một số|chủ yếu|tiêu biểu|ví dụ|trọng tâm|ưu tiên|điển hình)\b"
)
_OPENS = re.compile(
    r":\s*$|\b(?:gồm|như sau|chia|phân bổ|phân khai|giao|sau đây|cụ thể|tổng|cộng|toàn xã|cả xã|cả"
    r"|toàn bộ|tất cả)\b"
)
_CLOSES = re.compile(r"\b(?:tổng|cộng|toàn xã|cả|tất cả|toàn bộ)\b")
_REFERS = re.compile(r"\b(?:nêu (?:tại|ở|trên)|nói trên|tại mục|toàn bộ|trên đây)\b")
_MIXED = re.compile(r"[^.;:\d]{0,50}(?:\b(?:bao gồm|gồm|chia ra|trong đó có)\b|:)[^.;\d]{0,30}$")
_PARTS_FOLLOW = re.compile(r"\b(?:gồm|có|chia|phân|giao|trong đó)\b|:|\(")
_ABOVE, _BELOW, _LEAST = 3, 2, 2
_LONG = 320


@dataclass(slots=True, frozen=True)
class Spot:
    """A figure in its paragraph."""

    paragraph: Paragraph
    figure: Figure

    def place(self, paper: Paper) -> Place:
        """Where it stands."""
        return paper.place(self.paragraph, self.figure.start, self.figure.end)


def near_sums(plan: Plan, *, money: bool) -> Iterator[Hit]:
    """Totals a slip away from the sum of the run beside them, of money or of all else."""
    for hit, of_money in _found(tuple(plan.text)):
        if of_money is money:
            yield hit


@lru_cache(maxsize=4)
def _found(lines: tuple[str, ...]) -> tuple[tuple[Hit, bool], ...]:
    paper = paper_in(lines)
    found: list[tuple[Hit, bool]] = []
    for first, items in _runs(paper.paragraphs):
        for kind in _kinds(items):
            hit = _judge(paper, first, items, kind)
            if hit:
                found.append((hit, kind == MONEY))
    for paragraph in paper.paragraphs:
        if not paragraph.block.is_row and len(paragraph.figures) > _LEAST:
            found += ((hit, False) for hit in _mixed(paper, paragraph))
            found += _inline(paper, paragraph)
    return tuple(found)


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, list[tuple[int, Paragraph]]]]:
    """Items that follow each other under one kind of mark, what lies deeper left out."""
    done: set[int] = set()
    for at, paragraph in enumerate(paragraphs):
        if at in done or not _is_item(paragraph):
            continue
        items = [(at, paragraph)]
        for where in range(at + 1, len(paragraphs)):
            other = paragraphs[where]
            if other.mark == paragraph.mark and _is_item(other):
                items.append((where, other))
            elif not paragraph.mark or other.depth <= paragraph.depth or _breaks(other):
                break
        done.update(index for index, _ in items)
        if len(items) >= _LEAST:
            yield at, items


def _breaks(paragraph: Paragraph) -> bool:
    return paragraph.block.is_row or bool(not paragraph.mark and paragraph.figures)


def _is_item(paragraph: Paragraph) -> bool:
    if paragraph.block.is_row or not paragraph.figures or len(paragraph.text) > _LONG:
        return False
    return bool(paragraph.mark) or len(paragraph.text) < 130


def _usable(figure: Figure) -> bool:
    if figure.per or figure.all is not None or figure.kind in (PERCENT, ""):
        return False
    return figure.kind not in TIMES and figure.kind not in VILLAGES


def _kinds(items: Sequence[tuple[int, Paragraph]]) -> list[str]:
    """The kinds of quantity that every item names, or every one but the first or last."""
    counted: dict[str, int] = {}
    for _, paragraph in items:
        for kind in {f.kind for f in paragraph.figures if _usable(f)}:
            counted[kind] = counted.get(kind, 0) + 1
    return [kind for kind, number in counted.items() if number >= _LEAST]


def _judge(
    paper: Paper, first: int, items: Sequence[tuple[int, Paragraph]], kind: str
) -> Hit | None:
    own = [(at, p, _of(p, kind)) for at, p in items]
    while own and not own[-1][2]:
        own.pop()
    # The total may stand in the first item, or in the last, of unmarked lines.
    shapes = [own]
    if not items[0][1].mark:
        shapes += [own[1:], own[:-1]]
    if any(role_of(p.text) in (LACK, SPARE) for _, p in items):
        return None  # of a balance
    for shape in shapes:
        if len(shape) < _LEAST or any(not figures for _, _, figures in shape):
            continue
        hit = _shape(paper, shape, kind)
        if hit is not None:
            return hit
    return None


_Shape = Sequence[tuple[int, Paragraph, list[Figure]]]


def _shape(paper: Paper, shape: _Shape, kind: str) -> Hit | None:
    parts = [Spot(p, figures[0]) for _, p, figures in shape]
    values = [spot.figure.value for spot in parts]
    added = sum(values, Decimal())
    begin, end = shape[0][0], shape[-1][0]
    window = [
        *paper.paragraphs[max(0, begin - _ABOVE) : begin],
        *paper.paragraphs[end + 1 : end + 1 + _BELOW],
    ]
    every = {f.value for p in window for f in p.figures if f.kind == kind}
    every |= {f.value for _, p, figures in shape for f in figures[1:]}
    if added in every:
        return None
    for total, sure in _totals(paper, shape, kind):
        value = total.figure.value
        slip = near_miss(added, value)
        if value <= max(values) or not _alike(total, parts) or value == added:
            continue
        if not slip and not (sure and _whole_run(total, shape, added)):
            continue
        if _explained(values, value, [f for _, _, figures in shape for f in figures]):
            continue
        few = len(parts) < 3 or value < 100
        sure = sure and not (few and not _opened(total)) and (slip or _opened(total))
        return _hit(paper, total, parts, added, sure)
    return None


def _whole_run(total: Spot, shape: _Shape, added: Decimal) -> bool:
    """Whether each item has one figure of the kind, and they nearly give the only one above."""
    if len(shape) < 3 or any(len(figures) != 1 for _, _, figures in shape):
        return False
    if len(_of(total.paragraph, total.figure.kind)) != 1:
        return False
    return abs(added - total.figure.value) * 12 <= total.figure.value


def _of(paragraph: Paragraph, kind: str) -> list[Figure]:
    low = lower(paragraph.text)
    return [
        f
        for f in paragraph.figures
        if f.kind == kind
        and _usable(f)
        and not re.search(r"\b(?:mỗi|từng)\b[^,;]{0,30}$", low[: f.start])
    ]


def _totals(paper: Paper, shape: _Shape, kind: str) -> Iterator[tuple[Spot, bool]]:
    """Figures that may be the total of a run, and whether the place speaks for it."""
    begin, end = shape[0][0], shape[-1][0]
    depth = shape[0][1].depth
    for at in range(begin - 1, max(-1, begin - 1 - _ABOVE), -1):
        above = paper.paragraphs[at]
        if above.block.is_row or (above.depth > depth and above.mark):
            break
        low = lower(above.text)
        if not _NOT_ALL.search(low):
            for figure in _of(above, kind):
                if not _NO_TOTAL.search(low[: figure.start]):
                    yield Spot(above, figure), at == begin - 1 or above.block.heading
        if _REFERS.search(low) and not _of(above, kind):
            yield from _earlier(paper, at, kind)
        if above.mark and above.depth < depth and above.figures:
            break
    for at in range(end + 1, min(end + 1 + _BELOW, len(paper.paragraphs))):
        below = paper.paragraphs[at]
        if below.block.is_row:
            break
        low = lower(below.text)
        for figure in _of(below, kind):
            if _CLOSES.search(low[: figure.start]) and not _NO_TOTAL.search(low[: figure.start]):
                yield Spot(below, figure), True
        if below.mark and below.mark != shape[0][1].mark:
            break


def _earlier(paper: Paper, before: int, kind: str) -> Iterator[tuple[Spot, bool]]:
    """The figures of the kind in earlier paragraphs that share words with the lines of the run."""
    words = set(content(paper.paragraphs[before].text))
    for other in reversed(paper.paragraphs[:before]):
        if other.block.is_row or not other.figures or not words & set(content(other.text)):
            continue
        low = lower(other.text)
        for figure in _of(other, kind):
            if not _NO_TOTAL.search(low[: figure.start]):
                yield Spot(other, figure), True


def _alike(total: Spot, parts: Sequence[Spot]) -> bool:
    """Whether nouns of two words do not speak against it: “hộ nghèo” and “hộ nghèo”."""
    if not total.figure.counts:
        return True
    return total.figure.kind == parts[0].figure.kind


def _explained(values: Sequence[Decimal], total: Decimal, figures: Sequence[Figure]) -> bool:
    """Whether some of the items behind each other, or all their figures, give the total."""
    for start in range(len(values)):
        added = Decimal()
        for value in values[start:]:
            added += value
            if added == total:
                return True
    if gives([f.value for f in figures], total):
        return True
    whole = sum(values, Decimal())
    return any(whole - value == total for value in values)


def _opened(total: Spot) -> bool:
    """Whether the words about the total say that parts follow, or that it closes them."""
    return bool(_OPENS.search(lower(total.paragraph.text)))


def _mixed(paper: Paper, paragraph: Paragraph) -> Iterator[Hit]:
    """“27 nhà tạm, gồm nhà của 11 hộ nghèo, 8 hộ cận nghèo và 5 hộ chính sách”."""
    figures = [f for f in paragraph.figures if f.counts and _usable(f)]
    text = paragraph.text
    low = lower(text)
    for index, total in enumerate(figures[:-2]):
        parts = [f for f in figures[index + 1 :] if f.kind == figures[index + 1].kind]
        if figures[index + 1].kind == total.kind or len(parts) < _LEAST:
            continue
        if not _MIXED.match(low[total.end : parts[0].start]):
            continue
        stop = re.search(r"\.\s|;", low[parts[0].start :])
        end = parts[0].start + stop.start() if stop else len(low)
        parts = [f for f in parts if f.start < end]
        if len(parts) < _LEAST or total.kind not in low[total.end : parts[0].start].split():
            continue
        added = sum((f.value for f in parts), Decimal())
        if added != total.value and near_miss(added, total.value) and total.value <= added * 2:
            spots = [Spot(paragraph, f) for f in parts]
            yield _hit(paper, Spot(paragraph, total), spots, added, True)


def _inline(paper: Paper, paragraph: Paragraph) -> Iterator[tuple[Hit, bool]]:
    """“Trong 25 tỷ đồng có 12 tỷ đồng …, 8 tỷ đồng … và 4 tỷ đồng …” in one sentence."""
    text = paragraph.text
    low = lower(text)
    for start, end in sentences(paragraph):
        here = [f for f in paragraph.figures if start <= f.start < end and _usable(f)]
        for kind in {f.kind for f in here}:
            own = [f for f in here if f.kind == kind]
            if not 4 <= len(own) <= 12:
                continue
            total, parts = own[0], own[1:]
            if not _PARTS_FOLLOW.search(low[total.end : parts[0].start]):
                continue
            if _NO_TOTAL.search(low[start : total.start]) or _NOT_ALL.search(low[start:end]):
                continue
            values = [f.value for f in parts]
            added = sum(values, Decimal())
            if not near_miss(added, total.value) or total.value <= max(values):
                continue
            if _explained(values, total.value, parts) or not _separate(low, parts):
                continue
            spots = [Spot(paragraph, f) for f in parts]
            yield _hit(paper, Spot(paragraph, total), spots, added, True), kind == MONEY


def _separate(low: str, parts: Sequence[Figure]) -> bool:
    """Whether between parts stands a comma or an “và” each, and no word of another matter."""
    between = [low[a.end : b.start] for a, b in pairwise(parts)]
    return all(re.search(r"[,;]|\bvà\b|\bcòn\b", one) for one in between) and not any(
        re.search(r"\b(?:trong đó|từ|tăng|giảm|mỗi|đến|đã|thêm|so với|năm)\b", one)
        for one in between
    )


def _hit(paper: Paper, total: Spot, parts: Sequence[Spot], added: Decimal, sure: bool) -> Hit:
    kind = total.figure.kind
    unit = total.figure.noun.split()[0] if total.figure.counts and total.figure.noun else kind
    terms = " + ".join(format_number(spot.figure.value) for spot in parts)
    if kind == MONEY:
        terms = " + ".join(shown(spot.figure.value, MONEY) for spot in parts)
    places = [total.place(paper), *(spot.place(paper) for spot in parts)]
    return Hit(
        message=f"Cộng các phần được {shown(added, unit)} ({terms}), văn bản ghi "
        f"{shown(total.figure.value, unit)}.",
        places=tuple(dict.fromkeys(places)),
        advice=f"Sửa tổng thành {shown(added, unit)}, hoặc soát lại từng phần.",
        severity=None if sure else "warning",
    )
