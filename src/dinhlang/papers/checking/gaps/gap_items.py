"""What the paper says is lacking, item by item, and which items no dated work takes up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from dinhlang.papers.checking.dates.moments import Moment, moments
from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs, sentences
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_LACKING_PART = re.compile(
    r"con thieu|chua dat|con phai|con ton tai|\bton tai\b|han che|phai lam|chua hoan thanh|diem yeu"
    r"|phan thieu|can lam|chua dat chuan|con lai"
)
_LACKS = re.compile(
    r"\bchưa (?:có|được|đủ|bảo đảm|đảm bảo|đáp ứng|cứng hóa|gắn|lắp|kết nối|hoàn thành|xây|trang bị"
    r"|phủ|nhập|số hóa|thành lập)\b|\b(?:còn )?thiếu\b|\bkhông có\b",
    re.IGNORECASE,
)
_IS_BAD = guarded(
    r"\b(?:xuống cấp|hư hỏng|hỏng|hư|nứt|bong tróc|hẹp|lầy lội|dột nát|cũ nát|ngập"
    r"|sạt lở|là đường đất|quá tải|ô nhiễm|tự phát)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\b(?:mới đạt|hiện đạt|bình quân|tỷ lệ|đạt \d)\b", re.IGNORECASE)
_TAG = re.compile(r"\s*\((?:TC|tiêu chí|chỉ tiêu)[^()]*\)", re.IGNORECASE)
_PLACE = compile_vi(
    r"\b(?:[Tt]hôn|[Kk]hu dân cư|KDC|[Kk]hu|[Bb]ản|[Xx]óm|[Ấấ]p|[Bb]uôn|[Kk]hóm|[Ll]àng)\s+"
    r"(?:\d{1,2}|[A-ZÀ-ỸĐ]\S*(?:\s+[A-ZÀ-ỸĐ]\S*)*)(?:\s*,\s*[A-ZÀ-ỸĐ]\S*(?:\s+[A-ZÀ-ỸĐ]\S*)*)*"
)
_GOES_ON = re.compile(r"\W*\(?[b-hđ]\)")
_NUMBER_COLUMN = re.compile(r"(?:so )?(?:tc|tieu chi)$")
_FIRST_LABEL = re.compile(
    r"^\W*(?:[^:]{0,80}:\s+|(?:TC\s*\d+|tiêu chí(?: số)? \d+)\W*(?:\([a-z]\)\s*)?)", re.IGNORECASE
)
_SYLLABLE = re.compile(r"[^\W\d_]+")
_IDLE_WORDS = (
    "và của các cho đến từ theo tại trên trong năm là có được những một mọi này đó với để chưa đạt"
    " còn xã số ở thì mà khi hoặc về thôn ấp bản buôn xóm khu khóm hộ người dân hai ba bốn tổng"
    " cộng dùng hơn loại khác việc chung toàn đầy đủ nhiều thiếu lượng nguồn sản phẩm mô hình"
    " tuyến đoạn phải đã km m ha tc mức quy định hệ thống rất cao bộ phận mặt"
)
_IDLE = frozenset(_IDLE_WORDS.split())
_MOST_WORDS, _ENOUGH = 3, 0.66
_NEIGHBOURS = 2
_LEAST_ITEMS, _LEAST_PERIODS = 2, 3


@dataclass(slots=True, frozen=True)
class Lacking:
    """One thing the paper lacks: its criterion (0 unknown), its words, the words that name it."""

    criterion: int
    text: str
    keys: tuple[tuple[str, ...], ...]
    place: Place


def lacking(plan: Plan) -> list[Lacking]:
    """Every thing that is told to be lacking under a heading that lists what is."""
    found: list[Lacking] = []
    every = paragraphs(plan)
    for at, each in enumerate(every):
        items = list(_items(plan, each))
        if items:
            number = _number(every, at)
            found += [replace(item, criterion=number) for item in items]
    return found


def _number(every: tuple[Paragraph, ...], at: int) -> int:
    """The criterion of a paragraph: its own, or that of those it goes on from; 0 for none."""
    for each, before in pairwise((*every[at::-1], None)):
        number = _criterion(each) if each else 0
        if number or each is None or before is None or not _goes_on(each):
            return number
        if each.nest != before.nest or bool(each.cells) != bool(before.cells):
            return 0
    return 0


def _goes_on(each: Paragraph) -> bool:
    """Whether a paragraph goes on with the criterion above it: “(b) …”, an empty cell."""
    if each.cells:
        return not each.cells[0].strip()
    return bool(each.block.bullet) or _GOES_ON.match(each.text) is not None


def _criterion(each: Paragraph) -> int:
    """The one criterion a paragraph, its row or the heading above it names; 0 for none."""
    numbers = criteria_in(each.text) or criteria_in(each.above[-1] if each.above else "")
    if not numbers and each.cells and each.head and _NUMBER_COLUMN.match(each.head[0]):
        numbers = [int(each.cells[0])] if each.cells[0].isdecimal() else []
    return numbers[0] if len(set(numbers)) == 1 else 0


@lru_cache(maxsize=1024)
def _lists_lacks(head: str) -> bool:
    return _LACKING_PART.search(fold(head[:120])) is not None


def _items(plan: Plan, each: Paragraph) -> Iterator[Lacking]:
    if each.cells and each.cells == each.columns:
        return
    if not any(map(_lists_lacks, (*each.above[-2:], " ".join(each.columns)))):
        return
    low = lower(each.text)
    if (
        "chưa" not in low
        and "thiếu" not in low
        and "không có" not in low
        and not _IS_BAD.search(low)
    ):
        return
    for begin, stop in _parts(each):
        words = each.text[begin:stop]
        keys = tuple(key for part in _named(words) if (key := _key(part)))
        if keys and not _FIGURE.search(words):
            text = " ".join(words.strip(" |").split())
            yield Lacking(0, text, keys, each.said(plan, begin, stop))


def _parts(each: Paragraph) -> Iterator[tuple[int, int]]:
    """Where each sentence, or each sentence of a cell, begins and ends."""
    if not each.cells:
        yield from each.parts
        return
    at = 0
    for cell in each.cells:
        found = each.text.find(cell, at) if cell else -1
        if found >= 0:
            yield from ((found + a, found + b) for a, b in sentences(cell))
            at = found + len(cell)


def _named(words: str) -> Iterator[str]:
    """The things a sentence may name as lacking: what is bad, what is missing, where it is."""
    words = _TAG.sub(" ", words)
    lack = _LACKS.search(words)
    bad = _IS_BAD.search(words)
    first = min((m for m in (lack, bad) if m), key=lambda m: m.start(), default=None)
    if first is None:
        return
    where = _FIRST_LABEL.sub("", words[: first.start()])
    if not lack or len(_key(where)) > 1:
        yield where  # “đường chưa có đèn”: a road names too little
    if lack:
        yield re.split(r"[,;(]|\b(?:dài|gồm|trong đó|dọc|ở|tại|của|cho)\b", words[lack.end() :])[0]


def _key(words: str) -> tuple[str, ...]:
    found = [w for w in _SYLLABLE.findall(lower(_PLACE.sub(" ", words))) if w not in _IDLE]
    return tuple(fold(word) for word in found[:_MOST_WORDS])


def untaken(plan: Plan) -> Iterator[Lacking]:
    """Things lacking that no dated work takes up, where other things of theirs are taken up."""
    items = lacking(plan)
    if len(items) < _LEAST_ITEMS:
        return
    dated = [each for each in moments(plan) if each.period.kind != "year"]
    if len({each.period.text.lower() for each in dated}) < _LEAST_PERIODS:
        return
    beside = _beside(plan)
    entries = list(dict.fromkeys(_said(each, beside) for each in dated))
    taken = [any(_covers(said, item.keys) for said in entries) for item in items]
    for item, done in zip(items, taken, strict=True):
        if done or item.place.lines[0] >= min(each.paragraph.number for each in dated):
            continue
        same = [
            other_done
            for other, other_done in zip(items, taken, strict=True)
            if other.criterion == item.criterion and other is not item
        ]
        alone = sum(taken) == len(items) - 1 >= _MOST_WORDS
        if any(same) if item.criterion else alone:
            yield item


def told_in(text: str, said: str) -> bool:
    """Whether words that tell of a lack name a thing that stands in ``said``."""
    keys = tuple(key for part in _named(text) if (key := _key(part)))
    return bool(keys) and _covers(fold(said), keys)


def _beside(plan: Plan) -> dict[int, str]:
    """The words of the plain paragraphs next to each: “Làm đường trục. / Xong trong tháng 9.”"""
    every = paragraphs(plan)
    out: dict[int, str] = {}
    for one, other in pairwise(every):
        plain = not (one.cells or other.cells or other.block.label or other.block.bullet)
        if plain and one.nest == other.nest and not one.block.bullet:
            out[other.spot] = f"{out.get(other.spot, '')} {one.text}"
            out[one.spot] = f"{out.get(one.spot, '')} {other.text}"
    return out


def _said(moment: Moment, beside: dict[int, str]) -> str:
    """All that stands beside a date, folded: its words, its paragraph or row, the heading above."""
    each = moment.paragraph
    above = each.above[-1] if each.above else ""
    return fold(f"{moment.words} {each.text} {above} {beside.get(each.spot, '')}")


def _covers(said: str, keys: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a dated work names the thing: nearly all of its words, two of them as neighbours."""
    for key in keys:
        found = sum(re.search(rf"\b{word}\b", said) is not None for word in key)
        if found < _ENOUGH * len(key):
            continue
        if len(key) < _NEIGHBOURS or any(f"{a} {b}" in said for a, b in pairwise(key)):
            return True
    return False
