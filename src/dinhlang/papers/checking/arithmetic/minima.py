"""What each village must do, times the villages, against the commune's total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    AREA,
    LENGTH,
    MONEY,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
    sentences,
    village_count,
)
from dinhlang.papers.checking.arithmetic.grid_words import added_villages
from dinhlang.papers.checking.arithmetic.product_scopes import missed_products
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.grids import grids_in
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.places import at, whole
from dinhlang.papers.plan import Plan, Quantity
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import parse_number
from dinhlang.vietnamese.guarded import guarded

_ANCHOR = guarded(
    r"\b(?:mỗi|từng)\s+(?:thôn|ấp|bản|xóm|khu(?: dân cư)?|KDC|buôn|khóm|sóc)\b", re.IGNORECASE
)
_FLOOR = re.compile(r"\b(?:ít nhất|tối thiểu|từ|không dưới|≥)\b[^,;]{0,30}$|≥\s*$", re.IGNORECASE)
_OR_MORE = re.compile(r"[^,;.\d]{0,20}\btrở lên\b")
_LEAST_VILLAGES = 3
_TOTAL = re.compile(
    r"\b(?:toàn xã|cả xã|tổng(?: cộng| số)?|cộng|thôn|ấp|bản|xóm|khu|buôn|khóm)\b[^;.\d]{0,40}$",
    re.IGNORECASE,
)
_OF_COMMUNE = re.compile(r"\b(?:toàn xã|cả xã|tổng|cộng)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\btrong (?:đó|số)\b|\btrừ\b|\bngoài ra\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:riêng|trừ|ngoại trừ)\b", re.IGNORECASE)
_IN_LABEL = re.compile(r"\(([^\W\d_]+)\)\s*$")
_MEAN = re.compile(r"\b(?:bình quân|trung bình|tính ra)\s*$", re.IGNORECASE)
_EACH = re.compile(r"\b(?:mỗi|từng)\b[^,;.]*$", re.IGNORECASE)
_PLACE_NAME = compile_vi(r"\b(?i:thôn|ấp|bản|xóm|khu|buôn|khóm)\s+[A-ZÀ-Ỹ\d]")


@dataclass(slots=True, frozen=True)
class _Share:
    """What each village is to do: the amount, its kind, whether it is a floor, and its words."""

    value: Decimal
    kind: str
    floor: bool
    topic: frozenset[str]
    start: int
    end: int
    villages: int
    told: bool = False  # whether the sentence itself says how many villages


@rule(
    code="COUNT-MINIMUM",
    severity="error",
    purpose="Mức tối thiểu của mỗi thôn nhân số thôn không vượt tổng của xã",
    page="""
## Là gì

Kế hoạch đòi mỗi thôn làm ít nhất một khối lượng; nhân với số thôn thì vượt khối lượng toàn xã ghi
cho cùng việc ấy.

## Vì sao

Thôn làm đủ mức tối thiểu thì xã đã vượt chỉ tiêu: một trong hai số sai.

## Ví dụ

Bị báo: 5 thôn, `mỗi thôn trồng ít nhất 100 m hàng rào xanh`, toàn xã `trồng hàng rào xanh: 400 m`.

Không bị báo: toàn xã `trồng hàng rào xanh: 3.200 m`.

## Cách sửa

Sửa mức của thôn hoặc tổng của xã.
""",
)
def minimum(plan: Plan) -> Iterator[Hit]:
    """Shares of the villages that do not go with the commune's total for the same work."""
    paper = paper_of(plan)
    villages = 0
    told: set[int] = set()
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row or not paragraph.figures:
            continue
        for anchor in _ANCHOR.finditer(paragraph.text):
            villages = villages or village_count(paper)
            hit = _at(plan, paper, paragraph, anchor, villages)
            for found in [hit] if hit else _below(plan, paper, paragraph, anchor, villages):
                told.update(place.lines[0] for place in found.places)
                yield found
    for found in missed_products(plan, "village"):
        if not told.intersection(place.lines[0] for place in found.places):
            yield found


def _at(
    plan: Plan, paper: Paper, paragraph: Paragraph, anchor: re.Match[str], villages: int
) -> Hit | None:
    start, end = _sentence(paragraph, anchor)
    if _MEAN.search(paragraph.text[start : anchor.start()]):
        return None  # of RATIO-VALUE
    share = _share(paragraph, anchor, start, end, villages)
    if share is None or share.villages < 2 or (share.told and not share.floor):
        return None  # a product written out is of COUNT-PRODUCT
    if _EXCEPT.search(paragraph.text, share.end, end):
        return None
    needed = share.value * share.villages
    total = _in_sentence(paragraph, share, start, end) or _behind(paragraph, share, end)
    if total is not None:
        if re.search(r"\bthêm\s*$", paragraph.text[: total.start]):
            return None
        if total.value == needed or (share.floor and total.value > needed):
            return None
        if any(total.value == share.value * each for each in added_villages(tuple(plan.text))):
            return None  # the number of villages itself is told two ways
        place = paper.place(paragraph, total.start, total.end)
        return _hit(paper, paragraph, share, total.value, place)
    if not share.floor:
        return None
    found = _elsewhere(plan, paper, paragraph, share)
    if found is None or found[0] >= needed:
        return None
    return _hit(paper, paragraph, share, *found)


def _below(
    plan: Plan, paper: Paper, paragraph: Paragraph, anchor: re.Match[str], villages: int
) -> Iterator[Hit]:
    """Villages that are given less than each village must do at least."""
    start, end = _sentence(paragraph, anchor)
    share = _share(paragraph, anchor, start, end, villages)
    if share is None or not share.floor or len(share.topic) < 2:
        return
    text = paragraph.text
    for figure in paragraph.figures:
        if not share.end <= figure.start < end or figure.kind != share.kind or figure.per:
            continue
        named = _PLACE_NAME.search(text[max(share.end, figure.start - 30) : figure.start])
        if named and figure.value < share.value and not _EACH.search(text[: figure.start][-40:]):
            yield _too_little(
                paper,
                paragraph,
                share,
                named[0].strip(),
                figure.value,
                paper.place(paragraph, figure.start, figure.end),
            )
            return
    for quantity in plan.quantities:
        value = parse_number(quantity.value.replace(".", ","))
        unit = _unit(quantity)
        if value is None or not quantity.place or unit != share.kind:
            continue
        value *= 1000 if quantity.unit == "km" else 1
        staged = _OF_A_STAGE.search(quantity.place)
        if 0 < value < share.value and not staged and _about(share, quantity.text):
            place = whole(plan, quantity.lines)
            yield _too_little(paper, paragraph, share, quantity.place, value, place)
            return
    for village, value, place, total in _in_grids(plan, share):
        if not total and 0 < value < share.value and not _OF_A_STAGE.search(village):
            yield _too_little(paper, paragraph, share, village, value, place)
            return


def _in_grids(plan: Plan, share: _Share) -> Iterator[tuple[str, Decimal, Place, bool]]:
    """The cells of tables by village that are of the share's work; last whether of them all."""
    for grid in grids_in(tuple(plan.text)):
        for row in grid.rows:
            if len(row.values) < _LEAST_VILLAGES or row.foot or not _named(share, row.label):
                continue
            for cell in row.values:
                head = grid.head(cell, row).strip()
                if head and cell.value is not None and not cell.percent:
                    yield head, cell.value, at(row.number, cell.text), _is_all(head)
        if len(grid.rows) <= _LEAST_VILLAGES:
            continue
        for of in grid.rows[0].values:
            if not _named(share, grid.head(of, grid.rows[0])):
                continue
            for row in grid.rows:
                found = grid.column(row, of, grid.rows[0])
                if found and found.value is not None and row.label and not found.percent:
                    yield row.label, found.value, at(row.number, found.text), row.foot


_OF_A_STAGE = re.compile(r"\b(?:đợt|giai đoạn|quý|tháng|kỳ)\b", re.IGNORECASE)


def _is_all(head: str) -> bool:
    return bool(re.match(r"(?:toàn xã|tổng|cộng|cả xã)", head, re.IGNORECASE))


def _named(share: _Share, words: str) -> bool:
    """Whether a label or head is of the share's work, in its own unit."""
    unit = _IN_LABEL.search(words.strip())
    return bool(unit and unit[1].lower() == share.kind and _about(share, words))


def _unit(quantity: Quantity) -> str:
    """The unit of a quantity as figures have it, from its label “(m)” where it stands there."""
    labelled = _IN_LABEL.search(quantity.text)
    unit = quantity.unit or (labelled[1] if labelled else "")
    return {"km": "m", "mét": "m"}.get(unit, unit.split(" ")[0])


def _too_little(
    paper: Paper, paragraph: Paragraph, share: _Share, village: str, value: Decimal, place: Place
) -> Hit:
    return Hit(
        message=f"Mỗi thôn ít nhất {shown(share.value, share.kind)}, {village} chỉ được giao "
        f"{shown(value, share.kind)}.",
        places=(paper.place(paragraph, share.start, share.end), place),
        advice="Sửa mức tối thiểu hoặc phần giao cho thôn này.",
    )


def _sentence(paragraph: Paragraph, anchor: re.Match[str]) -> tuple[int, int]:
    return next(
        (a, b)
        for a, b in sentences(paragraph)
        if a <= anchor.start() < b or b == len(paragraph.text)
    )


_ANY_WORK = frozenset(("lam", "duoc", "phai"))


def _share(
    paragraph: Paragraph, anchor: re.Match[str], start: int, end: int, villages: int
) -> _Share | None:
    text = paragraph.text
    behind = [f for f in paragraph.figures if anchor.end() <= f.start < end and _usable(f)]
    if not behind or _OF_COMMUNE.search(text[anchor.end() : behind[0].start]):
        return None
    if ":" in text[anchor.end() : behind[0].start]:
        return None  # “giao cho từng thôn: thôn Nà Mới 420 m”
    one = behind[0]
    if len(text[anchor.end() : one.start]) > 90:
        return None
    value, kind, last = one.value, one.kind, one
    floor = _is_floor(text, one)
    if len(behind) > 1:
        between = text[one.end : behind[1].start]
        if re.search(rf"\bmỗi\s+{re.escape(kind)}\b", between) and len(between) < 60:
            value, kind, last = one.value * behind[1].value, behind[1].kind, behind[1]
            floor = floor or _is_floor(text, last)
    if re.search(r"\d\s*(?:-|–|đến)\s*$", text[: last.start]):
        return None  # “5 đến 7 người”
    own = [f for f in paragraph.figures if f.kind in VILLAGES and f.all is None]
    own = [f for f in own if start <= f.start < end and f.value >= 2]
    number = int(own[0].value) if len(own) == 1 else villages
    topic = frozenset(content(text[anchor.end() : last.start] + " " + one.noun + " " + last.noun))
    topic -= _ANY_WORK
    if len(topic) < 2:  # “Hàng rào xanh: mỗi thôn trồng ít nhất 500 m”
        topic |= frozenset(content(text[max(start, anchor.start() - 60) : anchor.start()]))
    return _Share(value, kind, floor, topic, anchor.start(), last.end, number, len(own) == 1)


def _usable(figure: Figure) -> bool:
    if figure.per or figure.all is not None or figure.kind in (MONEY, PERCENT, ""):
        return False
    return figure.kind not in TIMES and figure.kind not in VILLAGES


def _is_floor(text: str, figure: Figure) -> bool:
    before = text[max(0, figure.start - 45) : figure.start]
    return bool(_FLOOR.search(before) or _OR_MORE.match(text, figure.end))


def _in_sentence(paragraph: Paragraph, share: _Share, start: int, end: int) -> Figure | None:
    """The commune's total in the rest of the sentence, or before the share."""
    text = paragraph.text
    for figure in paragraph.figures:
        if share.end <= figure.start < end and figure.kind == share.kind and not figure.per:
            if _TOTAL.search(text[share.end : figure.start]):
                return figure
            return None
    for figure in paragraph.figures:
        before = start <= figure.start < share.start and figure.kind == share.kind
        if not before or not _usable(figure) or figure.value < share.value:
            continue
        between = text[figure.end : share.start]
        if _OF_COMMUNE.search(text[start : figure.start]):
            return figure
        if (
            len(between) > 100
            or _WITHIN.search(between)
            or _EACH.search(text[: figure.start][-30:])
        ):
            continue
        off = abs(figure.value - share.value * share.villages)
        sure = share.floor or share.told or off <= share.value * 2 or _uneven(share, figure.value)
        if sure and _of_same_work(share, figure, between):
            return figure
    return None


def _uneven(share: _Share, total: Decimal) -> bool:
    """Whether no number of villages at all can give a total, all doing the same."""
    counted = share.kind not in (LENGTH, AREA, "kg") and not share.floor
    return counted and bool(total % share.value)


def _of_same_work(share: _Share, total: Figure, between: str) -> bool:
    """Whether a total before the share in its sentence is of the same work."""
    if share.kind in (LENGTH, AREA, "kg"):
        if ";" not in between:
            return True
        words = content(between)
        named = words[: len(words) // 2 + 1]
        return len(set(named) & (set(words[len(named) :]) | share.topic)) >= 2
    return ";" not in between


def _behind(paragraph: Paragraph, share: _Share, end: int) -> Figure | None:
    """The commune's total for the same work in a later sentence of the paragraph."""
    text = paragraph.text
    for figure in paragraph.figures:
        near = text[max(end, figure.start - 45) : figure.start]
        if figure.start < end or figure.kind != share.kind or not _usable(figure):
            continue
        if _OF_COMMUNE.search(near) and _about(share, text[figure.start : figure.end + 50]):
            return figure
    return None


def _elsewhere(
    plan: Plan, paper: Paper, paragraph: Paragraph, share: _Share
) -> tuple[Decimal, Place] | None:
    """The greatest total the paper gives for the same work, and where."""
    found: list[tuple[Decimal, Place]] = []
    if len(share.topic) < 2:
        return None
    for quantity in plan.quantities:
        value = parse_number(quantity.value.replace(".", ","))
        unit = {"km": "m", "mét": "m"}.get(quantity.unit or "", (quantity.unit or "").split(" ")[0])
        if value is None or quantity.place or unit != share.kind:
            continue
        if _about(share, quantity.text):
            scale = 1000 if quantity.unit == "km" else 1
            found.append((value * scale, whole(plan, quantity.lines)))
    for other in paper.paragraphs:
        if other is paragraph or other.block.is_row or len(other.text) > 160:
            continue
        if _PLACE_NAME.search(other.text) or _ANCHOR.search(other.text):
            continue
        for figure in other.figures:
            if figure.kind == share.kind and _usable(figure) and _about(share, other.text):
                found.append((figure.value, paper.place(other, figure.start, figure.end)))
    found += [(value, place) for _, value, place, total in _in_grids(plan, share) if total]
    return max(found, key=lambda each: each[0]) if found else None


def _about(share: _Share, text: str) -> bool:
    common = share.topic & set(content(text))
    return len(common) >= max(2, len(share.topic) * 0.6)


def _hit(paper: Paper, paragraph: Paragraph, share: _Share, total: Decimal, place: Place) -> Hit:
    least = "ít nhất " if share.floor else ""
    needed = share.value * share.villages
    return Hit(
        message=f"Mỗi thôn {least}{shown(share.value, share.kind)}, {share.villages} thôn là "
        f"{shown(needed, share.kind)}, toàn xã ghi {shown(total, share.kind)}.",
        places=(paper.place(paragraph, share.start, share.end), place),
        advice="Sửa mức của thôn hoặc tổng của xã.",
    )
