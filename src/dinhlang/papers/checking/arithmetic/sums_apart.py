"""Totals that stand in another sentence than their parts, before them or behind.

“… thôn Hạ 900 m, thôn Trung 1.200 m. Như vậy toàn xã trồng 2.300 m”; “Ba nguồn cộng lại bằng
14,8 tỷ đồng”; “… dài 4.000 m.” with “Giao cho các thôn: …” as the next paragraph. Where the words
say how many parts there are, the number decides; else each part must name a place or a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    WORDS,
    Figure,
    Paper,
    Paragraph,
    sentences,
)
from dinhlang.papers.checking.arithmetic.sum_model import (
    OTHER_MATTER,
    ROUGH,
    SOURCE,
    TOTAL,
    TOTAL_WORD,
    Sum,
    make_sum,
    names_places,
    near,
)
from dinhlang.vietnamese import parse_words
from dinhlang.vietnamese.guarded import guarded

_CLOSES = re.compile(
    rf"(?:Như vậy|Như thế|Vậy|Tính ra|Tức là|Tóm lại)?,?\s*(?:thì\s+)?(?:(?:tính |cộng )?"
    rf"(?:cả |tất cả )?(?P<count>{WORDS}|\d{{1,2}})\s+(?:[^\W\d_]+\s+){{1,3}}?"
    rf"(?:(?:này|trên|nói trên|kể trên|ấy)\s+)?"
    rf"(?:cộng lại|cộng|gộp lại|tổng cộng|hết|cần|là|:|có|được|bằng)"
    rf"|(?:cộng lại|{TOTAL_WORD}))(?![^\W_])",
    re.IGNORECASE,
)
_MAY_CLOSE = guarded(r"\b(?:cộng|tổng|toàn xã|cả|hai|ba|bốn|năm|sáu|bảy|tám)\b", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"(?:Khối lượng|Chỉ tiêu|Số lượng|Phân|Giao|Chia|Cụ thể|Trong đó|Gồm|Bao gồm|Chi tiết|Bố trí"
    r"|Từng|Mức|Các)\b[^.;\d]{0,60}[:,]",
    re.IGNORECASE,
)
_NESTED = re.compile(r"\btrong đó\b|\bgồm\b|\btính riêng\b", re.IGNORECASE)
_LEAST, _MOST = Decimal("0.7"), Decimal("1.43")
_MOST_PARTS = 20
_MOST_ABOVE = 4
_IS = re.compile(r"\s*(?:là|còn|có|:|=)?\s*$")
_BOTH = re.compile(
    r"\b(?:tổng(?: số| cộng)?|cộng|cả|tính chung)\s+"
    r"(?P<one>(?P<unit>[^\W\d_]+)\s[^\d,;.:()]{2,24}?)\s+và\s+(?P<two>[^\d,;.:()]{2,24}?)\s*(?:là|có|còn|:|=|bằng)\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True, frozen=True)
class _Said:
    """One sentence: its paragraph and where it begins and ends there."""

    paragraph: Paragraph
    start: int
    end: int

    def figures(self, kind: str) -> list[Figure]:
        """The plain figures of one kind."""
        return [
            f
            for f in self.paragraph.figures
            if self.start <= f.start < self.end and f.kind == kind and not f.per and f.all is None
        ]

    def text(self) -> str:
        """Its words."""
        return self.paragraph.text[self.start : self.end]


def _of_two(paper: Paper, at: int) -> Iterator[Sum]:
    """“… 186 hộ nghèo. … 142 hộ cận nghèo; tổng số hộ nghèo và cận nghèo là 318 hộ.”"""
    paragraph = paper.paragraphs[at]
    for total in paragraph.figures if " và " in paragraph.text else ():
        named = _BOTH.search(paragraph.text[: total.start]) if total.counts else None
        if named is None or named["unit"].lower() != total.kind or total.per:
            continue
        parts = [_last_of(paper, at, total, total.kind, named[which]) for which in ("one", "two")]
        known = [part for part in parts if part]
        if len(known) != 2:
            continue
        figures = [figure for _, figure in known]
        places = [paper.place(owner, f.start, f.end) for owner, f in known]
        yield make_sum(
            total, figures, [paper.place(paragraph, total.start, total.end), *places],
            complete=True, rough=False, within=False, village=False, named=False,
        )  # fmt: skip


def _last_of(
    paper: Paper, at: int, total: Figure, kind: str, name: str
) -> tuple[Paragraph, Figure] | None:
    """The last figure before the total of what is named, in its paragraph or a few above."""
    name = name.lower().removeprefix(f"{kind} ").strip()
    for index in range(at, max(-1, at - _MOST_ABOVE), -1):
        paragraph = paper.paragraphs[index]
        for figure in reversed(paragraph.figures):
            ahead = index == at and figure.start >= total.start
            if ahead or not figure.plain or figure.kind != kind:
                continue
            told = _IS.sub("", paragraph.text[: figure.start].lower()).endswith(f"{kind} {name}")
            if told or figure.noun.lower().removeprefix(f"{kind} ").startswith(name):
                return paragraph, figure
    return None


def apart(paper: Paper, at: int) -> Iterator[Sum]:
    """The totals of paragraph ``at`` whose parts stand in other sentences."""
    paragraph = paper.paragraphs[at]
    if not paragraph.figures:
        return
    yield from _of_two(paper, at)
    own = [_Said(paragraph, *span) for span in sentences(paragraph)]
    for index, said in enumerate(own):
        if not _MAY_CLOSE.search(paragraph.text, said.start, said.end):
            continue
        closes = _CLOSES.match(paragraph.text, said.start)
        if closes:
            before = own[:index] or _paragraph_before(paper, at)
            yield from _closed(paper, said, closes, before)
    if len(own) > 2:
        yield from _a_sentence_each(paper, own)
    yield from _opened(paper, at, own[0])


def _paragraph_before(paper: Paper, at: int) -> list[_Said]:
    paragraph = paper.paragraphs[at]
    if paragraph.mark or at == 0 or paper.paragraphs[at - 1].block.is_row:
        return []
    before = paper.paragraphs[at - 1]
    return [_Said(before, *span) for span in sentences(before)]


def _kinds(said: _Said) -> list[str]:
    inside = [f for f in said.paragraph.figures if said.start <= f.start < said.end]
    kinds = dict.fromkeys(f.kind for f in inside)
    return [kind for kind in kinds if kind not in ("", PERCENT) and kind not in TIMES]


def _closed(
    paper: Paper, said: _Said, closes: re.Match[str], before: Sequence[_Said]
) -> Iterator[Sum]:
    """A sentence that adds up what the sentences before it list."""
    count = _count(closes["count"])
    for kind in _kinds(said):
        total = [f for f in said.figures(kind) if f.start >= closes.end("count")]
        if len(total) != 1 or OTHER_MATTER.search(said.text()):
            continue
        parts, owners = _listed(before, kind)
        if not 2 <= len(parts) <= _MOST_PARTS or (count is not None and count != len(parts)):
            continue
        words = _words(parts, owners)
        if any(OTHER_MATTER.search(each) for each in words):
            continue
        if count is None and not _names(kind, words):
            continue
        yield from _sum(paper, said.paragraph, total[0], parts, owners)


def _count(words: str | None) -> int | None:
    if not words:
        return None
    return int(words) if words.isdecimal() else parse_words(words.lower())


def _listed(before: Sequence[_Said], kind: str) -> tuple[list[Figure], list[Paragraph]]:
    """The parts in the nearest sentence that lists them, or one a sentence."""
    parts: list[Figure] = []
    owners: list[Paragraph] = []
    for said in reversed(before):
        own = said.figures(kind)
        if len(own) > 1 and not parts:
            opened = _NESTED.search(said.paragraph.text, own[0].end, own[-1].start)
            return ([], []) if opened else (own, [said.paragraph] * len(own))
        if len(own) != 1:
            break
        parts.insert(0, own[0])
        owners.insert(0, said.paragraph)
    return parts, owners


def _words(parts: Sequence[Figure], owners: Sequence[Paragraph]) -> list[str]:
    """What stands before each part, from the part before it or the beginning on."""
    out = []
    for index, (part, owner) in enumerate(zip(parts, owners, strict=True)):
        same = index and owners[index - 1] is owner
        begin = parts[index - 1].end if same else max(0, part.start - 80)
        out.append(owner.text[begin : part.start])
    return out


def _names(kind: str, words: Sequence[str]) -> bool:
    if kind == MONEY:
        return sum(bool(SOURCE.search(each)) for each in words) >= 2
    return all(map(names_places, words))


def _a_sentence_each(paper: Paper, own: Sequence[_Said]) -> Iterator[Sum]:
    """“Tổng mức 6 tỷ đồng. Ngân sách tỉnh 3 tỷ đồng. Ngân sách xã 2 tỷ đồng.”"""
    for index, said in enumerate(own[:-2]):
        total = said.figures(MONEY)
        if len(total) != 1 or not TOTAL.search(said.paragraph.text, said.start, total[0].start):
            continue
        parts: list[Figure] = []
        for later in own[index + 1 :]:
            figures = later.figures(MONEY)
            if len(figures) != 1 or not SOURCE.search(later.text()[:40]):
                break
            if _CLOSES.match(later.paragraph.text, later.start):
                break
            parts.append(figures[0])
        if len(parts) >= 2:
            owners = [said.paragraph] * len(parts)
            if not any(OTHER_MATTER.search(each) for each in _words(parts, owners)[1:]):
                yield from _sum(paper, said.paragraph, total[0], parts, owners)
        return


def _opened(paper: Paper, at: int, first: _Said) -> Iterator[Sum]:
    """“Giao cho các thôn: …” as a paragraph behind the one that tells the total."""
    paragraph = paper.paragraphs[at]
    opener = _ANNOUNCES.match(paragraph.text)
    before = _paragraph_before(paper, at)
    if opener is None or not before:
        return
    for kind in _kinds(first):
        parts = first.figures(kind)
        total = before[-1].figures(kind)
        if len(parts) < 3 or len(total) != 1 or parts[0].start < opener.end():
            continue
        owners = [paragraph] * len(parts)
        words = _words(parts, owners)
        if OTHER_MATTER.search(" ".join(words)) or not _names(kind, words):
            continue
        if OTHER_MATTER.search(
            before[-1].paragraph.text[max(0, total[0].start - 30) : total[0].start]
        ):
            continue
        yield from _sum(paper, before[-1].paragraph, total[0], parts, owners)


def _sum(
    paper: Paper,
    owner: Paragraph,
    total: Figure,
    parts: Sequence[Figure],
    owners: Sequence[Paragraph],
) -> Iterator[Sum]:
    added = sum((part.value for part in parts), Decimal())
    if not total.value * _LEAST <= added <= total.value * _MOST:
        return  # of another matter
    places = [paper.place(owner, total.start, total.end)]
    places += [
        paper.place(each, part.start, part.end) for each, part in zip(owners, parts, strict=True)
    ]
    words = _words(parts, owners)
    yield make_sum(
        total,
        parts,
        places,
        complete=near(added, total.value, "0.7"),
        rough=bool(ROUGH.search(owner.text[max(0, total.start - 20) : total.start])),
        within=False,
        village=total.kind != MONEY and all(map(names_places, words)),
        named=True,
    )
