"""Totals and parts over several lines: a list against its head, and against its foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    Figure,
    Paper,
    Paragraph,
)
from dinhlang.papers.checking.arithmetic.sum_model import (
    COMPLEMENT,
    FOOT,
    LETTERS,
    OTHER_TIME,
    PLACE_WORD,
    ROUGH,
    TOTAL,
    WITHIN,
    Sum,
    make_sum,
    unit_size,
)

_MONEY_WORDS = re.compile(r"ngân sách|vốn|đóng góp|kinh phí|đồng\b|nguồn", re.IGNORECASE)
_LONGEST_LIST = 40
_TIMES = re.compile(r"(?:(?<![^\W\d_])[xX]|[×*]|\bnhân với|\bmỗi [^\W\d_]+(?: [^\W\d_]+)?)\s*$")
_OPENER_IN_FOOT = re.compile(r"trong đó|gồm|:|cụ thể|như sau", re.IGNORECASE)
_OTHER_TIME_ITEM = re.compile(
    r"\b(?:tăng|giảm|nâng|lên|so với|mỗi|bình quân|không quá|tối đa)\b[^,;:]{0,40}$", re.IGNORECASE
)


def lists(paper: Paper, at: int) -> Iterator[Sum]:
    """The list that begins behind paragraph ``at``: against its head, and against its foot."""
    paragraphs = paper.paragraphs
    head = paragraphs[at]
    if at + 2 >= len(paragraphs):
        return
    first = paragraphs[at + 1]
    mark = first.mark
    if not mark or first.block.is_row or mark == head.mark:
        return
    if first.block.label and first.block.label.value != 1:
        return  # a list that began above the head
    items, end = _items(paragraphs, at + 1, mark)
    if len(items) < 2:
        return
    foot = paragraphs[end] if end < len(paragraphs) else None
    last = items[-1]
    if FOOT.match(last.text) and len(items) > 2:
        foot, items = last, items[:-1]
    told = False
    below = not head.mark or first.depth > head.depth
    for total in _head_totals(head) if below else ():
        found = _against_list(paper, head, total, items, foot=False)
        if found:
            told = told or not found.fits
            yield found
    if foot is not None and not told and FOOT.match(foot.text) and not foot.block.is_row:
        totals = [f for f in foot.figures if f.per is None and f.kind not in (PERCENT, "")]
        if totals and not _OPENER_IN_FOOT.search(foot.text[totals[0].end :]):
            found = _against_list(paper, foot, totals[0], items, foot=True)
            if found:
                yield found


def _items(paragraphs: Sequence[Paragraph], begin: int, mark: str) -> tuple[list[Paragraph], int]:
    """The paragraphs with one mark from ``begin`` on, and where the list ends."""
    items: list[Paragraph] = []
    at = begin
    while at < min(len(paragraphs), begin + _LONGEST_LIST):
        own = paragraphs[at]
        if own.block.is_row or own.block.heading:
            break
        if own.mark == mark:
            items.append(own)
        elif not own.mark or own.depth <= items[-1].depth or not _comes_back(paragraphs, at, mark):
            break
        at += 1
    return items, at


def _comes_back(paragraphs: Sequence[Paragraph], at: int, mark: str) -> bool:
    """Whether the list goes on behind deeper items."""
    for later in paragraphs[at + 1 : at + 7]:
        if later.mark == mark:
            return True
        if not later.mark:
            return False
    return False


def _head_totals(head: Paragraph) -> list[Figure]:
    """The figures of a head that its list may give: by “tổng”, by an opener, or the only one."""
    text = head.text
    figures = [f for f in head.figures if f.per is None and f.kind not in (PERCENT, "")]
    figures = [f for f in figures if f.all is None and f.kind not in TIMES]
    if not figures:
        return []
    kinds = {f.kind for f in figures}
    out = []
    opens = text.rstrip().endswith(":") or bool(_OPENER_IN_FOOT.search(text[figures[-1].end :]))
    for kind in kinds:
        own = [f for f in figures if f.kind == kind]
        if len(own) != 1:
            continue
        closes = own[0].kind == MONEY and len(text) < 90 and len(text) - own[0].end < 2
        total = closes or bool(TOTAL.search(text[: own[0].start]))
        if not total and not (opens and own[0] is figures[-1]):
            continue
        if OTHER_TIME.search(text[max(0, own[0].start - 40) : own[0].start]):
            continue
        out.append(own[0])
    return out


def _against_list(
    paper: Paper, owner: Paragraph, total: Figure, items: Sequence[Paragraph], *, foot: bool
) -> Sum | None:
    parts: list[tuple[Paragraph, Figure]] = []
    every = True
    money = [f for item in items for f in item.figures if f.kind == MONEY]
    bare = unit_size(owner.text, total) if total.kind == MONEY and not money else Decimal()
    for item in items:
        own = [f for f in item.figures if f.kind == total.kind and f.per is None and f.all is None]
        if not own and bare:
            own = [f for f in bare_in(item) if f.start >= len(item.text) - 16]
            own = [replace(f, kind=MONEY, value=f.value * bare) for f in own[-1:]]
        if not own:
            every = every and not LETTERS.search(item.text)
            continue
        chosen = _amount_of(item.text, own)
        if chosen is None:
            return None
        parts.append((item, chosen))
    if len(parts) < 2 or len(parts) * 2 < len(items):
        return None
    words = "\n".join(item.text for item in items)
    within = not foot and bool(WITHIN.search(owner.text[total.end :]))
    if total.kind == MONEY:
        complete = every
        if within:
            complete = every and (len(parts) >= 3 or bool(TOTAL.search(owner.text)))
    else:
        named = [PLACE_WORD.search(item.text[: figure.start]) for item, figure in parts]
        villages = len(parts) == len(items) and all(named)
        whole = bool(TOTAL.search(owner.text)) or foot
        opened = owner.text.rstrip().endswith(":") and not within
        if not (foot or within or whole or villages):
            return None
        complete = every and (
            villages or (bool(COMPLEMENT.search(words)) if within else foot or (whole and opened))
        )
    places = [paper.place(owner, total.start, total.end)]
    places += [paper.place(item, figure.start, figure.end) for item, figure in parts]
    return make_sum(
        total,
        [figure for _, figure in parts],
        places,
        complete=complete,
        rough=bool(ROUGH.search(owner.text[max(0, total.start - 20) : total.start])),
        within=within,
        village=sum(bool(PLACE_WORD.search(item.text)) for item in items) >= 2,
        named=True,
    )


def bare_in(item: Paragraph) -> list[Figure]:
    """The figures of an item that stand bare."""
    return [f for f in item.figures if not f.kind and f.all is None]


def loose(paper: Paper, at: int) -> Iterator[Sum]:
    """Lines without marks that each end in a number, above a foot: “Bản Mường 400”."""
    foot = paper.paragraphs[at]
    if foot.block.is_row or foot.mark or not FOOT.match(foot.text) or len(foot.figures) != 1:
        return
    total = foot.figures[0]
    if total.per or total.kind in (PERCENT, *TIMES) or len(foot.text) > 60:
        return
    items: list[tuple[Paragraph, Figure]] = []
    for own in reversed(paper.paragraphs[max(0, at - _LONGEST_LIST) : at]):
        last = own.figures[-1] if own.figures else None
        if own.mark or own.block.is_row or len(own.text) > 60 or last is None:
            break
        if last.kind != total.kind or len(own.figures) != 1 or last.end < len(own.text) - 1:
            break
        if FOOT.match(own.text):
            break
        items.insert(0, (own, last))
    if len(items) < 2:
        return
    money = bool(_MONEY_WORDS.search(" ".join(own.text for own, _ in items)))
    places = [paper.place(foot, total.start, total.end)]
    places += [paper.place(own, figure.start, figure.end) for own, figure in items]
    found = make_sum(
        total,
        [figure for _, figure in items],
        places,
        complete=True,
        rough=False,
        within=False,
        village=not money,
        named=True,
    )
    yield replace(found, kind=MONEY, unit="") if money and not total.kind else found


def _amount_of(text: str, own: Sequence[Figure]) -> Figure | None:
    """The amount an item stands for: its only one, the result, or the one with parts behind."""
    if len(own) == 1:
        return None if _OTHER_TIME_ITEM.search(text[: own[0].start]) else own[0]
    if len(own) == 2 and _TIMES.search(text[: own[0].start]):
        return own[1]  # “54 nhà tiêu x 2 triệu đồng: 108 triệu đồng”
    for figure in own[1:]:
        if re.search(
            r"(?:=|\btổng(?: cộng| số| kinh phí)?|\bthành tiền|\bcộng)\W*[^\d,;]{0,20}$",
            text[: figure.start],
            re.IGNORECASE,
        ):
            return figure
    if re.search(r"\(|trong đó|gồm|:|tương đương|bằng", text[own[0].end : own[1].start]):
        return own[0]
    return None
