"""Rates as facts: so much for each of something, whatever the wording.

“25 triệu đồng/thôn”, “mỗi tuyến 150 cây”, “cứ 40 m một bóng”, “mỗi tháng hai buổi”. Figures in
words (“mười hai thùng”) are read here too, beyond those that all checks see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paragraph,
)
from dinhlang.vietnamese import parse_words

_WORDED = re.compile(
    r"(?<![^\W_])(?P<number>một|hai|ba|bốn|sáu|bảy|bẩy|tám|chín|mười)"
    r"\s(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)",
)
_ONE_WORDS = (
    "thôn ấp bản xóm khu buôn khóm sóc hộ buổi lần cây thùng bóng lớp tổ mô vườn tuyến ngày tháng"
    " quý bộ cái chiếc hố nhà điểm đội nhóm suất"
)
_ONE_WORD = frozenset(_ONE_WORDS.split())
EACH = re.compile(
    r"(?:\b(?:mỗi một|mỗi|từng)\s+(?P<unit>[^\W\d_]+)|\b(?P<any>[^\W\d_]+)\s+nào\s+cũng)"
    r"(?P<rest>(?:\s+[^\W\d_]+){0,9})\s*[,:(]?\s*$",
    re.IGNORECASE,
)
_EACH_BEHIND = re.compile(
    r"\s*(?:cho|với|tính cho)?\s*(?:mỗi|một|từng|1|01)\s+(?P<unit>[^\W\d_]+)", re.IGNORECASE
)
_ONE_DOES = re.compile(
    r"\bmột\s+(?P<unit>[^\W\d_]+)(?P<any>)(?P<rest>\s+(?:trồng|góp|đóng|được|nhận|làm|nuôi|hưởng|hiến)"
    r"(?:\s+[^\W\d_]+){0,4})\s*$",
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"\bcứ\s+(?P<words>[^.;]{0,20})$|\b(?:cách nhau|khoảng cách|cự ly)\b[^.;\d]{0,40}$",
    re.IGNORECASE,
)
_FLOOR = re.compile(
    r"\b(?:ít nhất|tối thiểu|không dưới|không ít hơn|từ)\b[^,;]{0,14}$|≥\s*$", re.IGNORECASE
)
_CEILING = re.compile(
    r"\b(?:tối đa|không quá|nhiều nhất|dưới|đến|cao nhất)\b[^,;]{0,14}$|≤\s*$", re.IGNORECASE
)
_ROUGH = re.compile(
    r"\b(?:khoảng|gần|hơn|trên|xấp xỉ|bình quân|trung bình|ước)\b[^,;]{0,16}$", re.IGNORECASE
)
_OR_MORE = re.compile(r"[^,;.\d]{0,20}\btrở lên\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*[^\W\d_]{0,12}\s*(?:-|–|đến|tới)\s*\d", re.IGNORECASE)
_AND = re.compile(r"(?:\s+[^\W\d_]+){0,5}\s+(?:và|cùng)\s*", re.IGNORECASE)
_APART = re.compile(
    r"\b(?:cách nhau|khoảng cách|cự ly)\b"
    r"(?:[^.;\d]{0,20}?\b(?:hai|các|mỗi|từng)\s+(?P<noun>[^\W\d_]+))?"
    r"[^.;\d]{0,30}$",
    re.IGNORECASE,
)
_MASS = re.compile(r"\b(?:các|những|toàn|tổng)\b", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class Rate:
    """``figure`` for each ``units`` (“người”, “ngày”); ``step`` where it is one for so much."""

    figure: Figure
    units: tuple[str, ...]
    bound: str = ""  # “floor”, “ceiling” or “rough”
    step: Figure | None = None
    start: int = 0


def more_figures(paragraph: Paragraph) -> list[Figure]:
    """The figures of a paragraph with those in words that count anything."""
    text = paragraph.text
    low = text.lower()
    found = [
        replace(f, kind="người") if f.noun.startswith("lượt người") else f
        for f in paragraph.figures
    ]
    if len(low) != len(text):
        return found
    for match in _WORDED.finditer(low):
        start, end = match.span("number")
        if any(f.start < match.end() and start < f.end for f in found):
            continue
        noun = match["noun"].split()
        value = parse_words(match["number"])
        if value is None or noun[0] not in _ONE_WORD:
            continue
        if value == 1 and not re.search(r"\b(?:mỗi|từng|cứ)\b", low[:start][-60:]):
            continue
        kind = "công" if noun[:2] == ["ngày", "công"] else noun[0]
        stop = end + 1 + len(noun[0])
        found.append(Figure(start, stop, Decimal(value), kind, noun=" ".join(noun), worded=True))
    found.sort(key=lambda each: each.start)
    return found


def rates_in(text: str, figures: list[Figure]) -> Iterator[Rate]:
    """The rates among the figures of a text."""
    taken: set[int] = set()
    last: Rate | None = None
    for index, figure in enumerate(figures):
        if figure.start in taken or figure.all is not None or figure.kind in (PERCENT, ""):
            continue
        spaced = _stepped(text, figures, index)
        if spaced:
            taken.update((spaced.figure.start, figure.start))
            yield spaced
            continue
        units = _units(text, figures, index)
        if not units and last and _beside(text, last, figure):
            units = last.units
        if units and not _RANGE.match(text, figure.end) and not _ranged(text, figures, index):
            taken.add(figure.start)
            last = Rate(figure, units, bound_of(text, figure), start=figure.start)
            yield last


def _beside(text: str, last: Rate, figure: Figure) -> bool:
    """“mỗi bản một đội văn nghệ và 03 bể chứa”, “mỗi hộ 5 triệu đồng và 2 triệu đồng công”."""
    between = text[last.figure.end : figure.start]
    apart = last.figure.kind != figure.kind or figure.kind == MONEY
    return apart and bool(_AND.fullmatch(between))


def bound_of(text: str, figure: Figure) -> str:
    """Whether a figure is a floor, a ceiling, or told roughly."""
    before = text[max(0, figure.start - 40) : figure.start]
    if _FLOOR.search(before) or _OR_MORE.match(text, figure.end):
        return "floor"
    if _CEILING.search(before):
        return "ceiling"
    return "rough" if _ROUGH.search(before) else ""


def _ranged(text: str, figures: list[Figure], index: int) -> bool:
    """Whether it is the second figure of “từ 2 đến 5 cây”."""
    if not index:
        return False
    between = text[figures[index - 1].end : figures[index].start]
    return bool(re.fullmatch(r"\s*(?:-|–|đến|tới)\s*", between))


def _units(text: str, figures: list[Figure], index: int) -> tuple[str, ...]:
    figure = figures[index]
    since = figures[index - 1].end if index else 0
    before = text[max(since - 14, figure.start - 80, 0) : figure.start]
    each = EACH.search(before) or (_ONE_DOES.search(before) if not figure.counts else None)
    named = (
        (each["unit"] or each["any"]).lower()
        if each and not _MASS.search(each["rest"]) and len(each["rest"]) < 60
        else ""
    )
    if figure.per:
        parts = tuple(part.split()[0] for part in figure.per.split("/") if part.split())
        if all(part in TIMES for part in parts) and named and named not in parts:
            parts = (named, *parts)
        return parts
    if named and named != figure.kind:
        return (named,)
    behind = _EACH_BEHIND.match(text, figure.end)
    if behind and (figure.kind == MONEY or "cho mỗi " in behind[0].lower()):
        return (behind["unit"].lower(),)
    return ()


def _stepped(text: str, figures: list[Figure], index: int) -> Rate | None:
    """“cứ 40 m lắp một bóng”, “khoảng cách 40 m một cây”."""
    step = figures[index]
    if step.per or step.value <= 0 or not (step.kind == "m" or step.counts):
        return None
    if not _SPACED.search(text[max(0, step.start - 50) : step.start]):
        return None
    behind = figures[index + 1] if index + 1 < len(figures) else None
    apart = _APART.search(text[max(0, step.start - 60) : step.start])
    if apart:
        kind = (apart["noun"] or (behind.kind if behind else "")).lower()
        if not kind or kind in (step.kind, MONEY):
            return None
        one = Figure(step.start, step.end, Decimal(1), kind, worded=True)
        return Rate(one, (step.kind,), "step", step, start=step.start)
    if behind and behind.start - step.end < 45 and behind.kind not in (step.kind, MONEY, PERCENT):
        return Rate(behind, (step.kind,), "step", step, start=step.start)
    loose = re.match(
        r"[^.;\d]{0,30}?\b(?:một|1|01)\s+(?P<noun>[^\W\d_]+)(?:\s[^\W\d_]+)?",
        text[step.end :],
        re.I,
    )
    if loose:
        at = step.end + loose.start("noun")
        one = Figure(at, step.end + loose.end(), Decimal(1), loose["noun"].lower(), worded=True)
        return Rate(one, (step.kind,), "step", step, start=step.start)
    return None


def counts_of(figures: list[Figure], unit: str) -> list[Figure]:
    """The figures that count what a rate is for one of."""
    return [f for f in figures if not f.per and f.all is None and _counts(f, unit)]


def _counts(figure: Figure, unit: str) -> bool:
    if unit in ("chiếc", "cái", "bộ", "suất", "sản"):
        return figure.counts and figure.kind not in VILLAGES
    if unit in ("km", "m", "mét"):
        return figure.kind == "m"
    if unit in ("ha", "m2", "m²"):
        return figure.kind == "m2"
    if unit in ("tấn", "tạ", "kg"):
        return figure.kind == "kg"
    unit = {"khẩu": "người", "nhân": "người", "kdc": "khu"}.get(unit, unit)
    if unit == "người":
        return figure.kind in ("người", "học", "lao", "đại", "hội", "cán", "đoàn")
    return figure.kind == unit


def scaled(figure: Figure, unit: str) -> Decimal:
    """The count in the unit of its rate."""
    if figure.kind == "m" and unit == "km":
        return figure.value / 1000
    if figure.kind == "m2" and unit == "ha":
        return figure.value / 10_000
    if figure.kind == "kg" and unit in ("tấn", "tạ"):
        return figure.value / (1000 if unit == "tấn" else 100)
    return figure.value
