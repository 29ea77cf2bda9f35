"""Whether two dated pieces of work are one, by their words, their villages and what they count."""

from __future__ import annotations

import re

from dinhlang.papers.checking.dates.things import QUANTITY, Thing
from dinhlang.vietnamese import fold


def same_work(one: Thing, other: Thing) -> bool:
    """Whether two pieces of work are one: the shorter naming stands almost whole in the longer."""
    if one.parts != other.parts or (
        one.villages and other.villages and one.villages != other.villages
    ):
        return False
    if numbered_apart(one.moment.words, other.moment.words):
        return False
    if _one_quantity(one, other):
        return True
    left, right = set(one.tokens), set(other.tokens)
    shorter, longer = (left, right) if len(left) <= len(right) else (right, left)
    if len(shorter) < 2 or not numbers_agree(one.moment.words, other.moment.words):
        return False
    common = len(shorter & longer)
    if len(shorter) <= 3:
        return common == len(shorter) and len(longer) <= len(shorter) + 6
    return common >= 0.8 * len(shorter) and common >= 0.4 * len(longer)


_NO_THING_WORDS = (
    "thang nam ngay tieu chi xa thon ap ban buon xom khu khom ho nguoi trieu ty dong lan gio phut"
    " tuan dot quy diem phan muc cap lop hoi buoi trong den tuoi hec sao ha met"
)
_NO_THING = frozenset(_NO_THING_WORDS.split())
_PREPARES = re.compile(
    r"\b(?:mua|cấp|chọn|đăng ký|rà soát|khảo sát|lập|vận động|tập huấn|giao|nhận|duyệt|thiết kế|họp"
    r"|kiểm tra|giải ngân|tuyên truyền|hỗ trợ|bình xét|danh sách|thủ tục)\b",
    re.IGNORECASE,
)
_FINISHES, _LEAST_COUNT = 6, 10


def _counted(thing: Thing) -> set[tuple[str, str]]:
    """What a piece of work counts: (“64”, “nha”); small and common counts tell nothing."""
    every = QUANTITY.finditer(thing.name)
    found = {(match["count"].strip(".,"), fold(match["unit"])) for match in every}
    return {
        (count, unit)
        for count, unit in found
        if unit not in _NO_THING and (not count.isdigit() or int(count) >= _LEAST_COUNT)
    }


def _one_quantity(one: Thing, other: Thing) -> bool:
    """Whether two ends of work count the same things: “xóa 64 nhà tạm”, “hoàn thành 64 nhà”."""
    if min(one.step, other.step) < _FINISHES or not _counted(one) & _counted(other):
        return False
    return bool(_PREPARES.search(one.name)) == bool(_PREPARES.search(other.name))


def numbers_agree(one: str, other: str) -> bool:
    """Two namings may both give a quantity, or a number of one kind, only where they share one."""
    if numbered_apart(one, other):
        return False
    stages = [set(_FRACTION.findall(each)) for each in (one, other)]
    if all(stages) and not stages[0] & stages[1]:
        return False  # “đạt 08/10 tiêu chí” is a stage on the way to “đạt 10/10”
    left, right = (set(re.findall(r"\d+(?:[.,]\d+)*", each)) for each in (one, other))
    return not left or not right or bool(left & right)


def numbered_apart(one: str, other: str) -> bool:
    """Whether both name one of several by its number, and not the same: “tuyến số 1”."""
    told: tuple[dict[str, set[str]], ...] = ({}, {})
    for found, words in zip(told, (one, other), strict=True):
        for match in _NUMBERED.finditer(words) if "số" in words else ():
            found.setdefault(fold(match["what"]), set()).add(match["number"].lstrip("0"))
    return any(told[0][what].isdisjoint(told[1][what]) for what in told[0].keys() & told[1].keys())


_NUMBERED = re.compile(
    r"\b(?!chí |tiêu |TC )(?P<what>[^\W\d_]+)\s+số\s+(?P<number>\d{1,2})\b(?!\s*[/.-]\s?\d)"
)
_FRACTION = re.compile(r"(?<![\d/])\d+/\d+(?!/)")
