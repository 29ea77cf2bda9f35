"""How often something is done: hằng tháng, quý; định kỳ 6 tháng; 01 tháng/lần; đột xuất."""

from __future__ import annotations

import re
from typing import NamedTuple

from dinhlang.vietnamese.due import Frequency
from dinhlang.vietnamese.folding import lower

_UNIT = r"(?:ngày(?!\s+càng)|tuần|tháng|qu[ýí]|năm)(?!\w)(?!\s{0,2}[0-9])"
_HALF = r"(?:0?6|sáu)\s{1,2}tháng(?!\w)(?!\s+(?:đầu|cuối))"
_OR = r"(?:\s{0,2},\s{0,2}(?:và\s{1,2})?|\s{1,2}(?:và|hoặc)\s{1,2}|\s?/\s?)"
_EACH = r"(?:(?:hàng|hằng|mỗi|cả)\s{1,3})?"
_TAIL = rf"(?:{_OR}{_EACH}(?:{_HALF}|{_UNIT}))"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"h[àằ]ng\s{{1,3}}{_UNIT}{_TAIL}*",
        rf"mỗi\s{{1,3}}(?:một\s{{1,2}})?{_UNIT}{_TAIL}*",
        rf"định\s{{1,2}}kỳ(?:\s{{1,3}}(?:vào\s)?{_EACH}(?:[0-9]{{1,2}}\s{{1,2}})?{_UNIT}{_TAIL}*)?",
        rf"báo\s{{1,2}}cáo\s{{1,3}}(?:{_HALF}|{_UNIT}){_TAIL}*",
        rf"(?:sơ|tổng)\s{{1,2}}kết\s{{1,3}}(?:{_HALF}|qu[ýí](?!\w|\s[0-9i])){_TAIL}*",
        rf"(?:tuần|tháng|qu[ýí])(?!\w){_TAIL}+",
        r"đột\s{1,2}xuất",
        r"(?:tuần|tháng|qu[ýí]|năm)\s{0,2}(?:/\s{0,2}(?:0?1\s)?|(?:một|0?1)\s{1,2})lần(?!\w)",
        r"lần\s{0,2}/\s{0,2}(?:ngày|tuần|tháng|qu[ýí]|năm)(?!\w)",
    )
)
_PIECE_RE = re.compile(
    r"đột\s+xuất|định\s+kỳ|(?:(?P<count>[0-9]{1,2}|sáu)\s{1,2})?"
    r"(?P<unit>ngày|tuần|tháng|qu[ýí]|năm)(?!\w)"
)
_GAP_RE = re.compile(r"[\s,/]*(?:(?:và|hoặc)\s+)?")
_COUNT_BEFORE_RE = re.compile(r"(?<!\w)(?P<count>[0-9]{1,2})\s{1,2}\Z")
_GOODS_RE = re.compile(r"(?:cửa|mặt|khách|ngân|bán|đơn|nhà|xếp|chuyến|kho|giao)\s+\Z")
_BLANK_DATE_RE = re.compile(r"ngày\s{0,2},\s{0,2}\Z")
_UNITS: dict[str, Frequency] = {
    "ngày": "daily", "tuần": "weekly", "tháng": "monthly",
    "quý": "quarterly", "quí": "quarterly", "năm": "yearly",
}  # fmt: skip
_MONTHS: dict[int, Frequency] = {
    1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"
}  # fmt: skip
_TIMES_A_YEAR: dict[int, Frequency] = {
    1: "yearly", 2: "half-yearly", 4: "quarterly", 12: "monthly"
}  # fmt: skip


class FrequencyMatch(NamedTuple):
    """How often, and where the text says so."""

    start: int
    end: int
    period: Frequency


def find_frequencies(text: str) -> list[FrequencyMatch]:
    """Every statement of how often, in order; a list gives one match for each of its members.

    ``hàng tháng, quý`` is monthly and quarterly; ``định kỳ`` with nothing after it is
    ``unstated``; ``đột xuất`` is ``ad-hoc``. A rhythm that no period of ours says (2 tuần/lần)
    is left out.
    """
    low = lower(text)
    taken: list[tuple[int, int, int]] = []
    for order, pattern in enumerate(_PATTERNS):
        for match in pattern.finditer(low):
            start, end = match.span()
            if start and (low[start - 1].isalnum() or low[start - 1] == "_"):
                continue
            if low.startswith("tháng", start) and _BLANK_DATE_RE.search(
                low, max(0, start - 8), start
            ):
                continue
            if low[start] == "h" and _GOODS_RE.search(low, max(0, start - 8), start):
                continue
            taken.append((start, order, end))
    taken.sort()
    found: list[FrequencyMatch] = []
    done = 0
    for start, order, end in taken:
        counted = low.startswith("tháng", start) and _COUNT_BEFORE_RE.search(
            low, max(0, start - 5), start
        )
        if counted and order < 7 and counted.start() >= done:
            start = counted.start()  # “6 tháng và hằng năm” is half-yearly and yearly
        if start < done:
            continue
        found += _times(low, start, end) if order >= 7 else _pieces(low, start, end)
        done = end
    found.sort()
    return found


def _pieces(low: str, start: int, end: int) -> list[FrequencyMatch]:
    """The members of a list; the first takes in the words before it."""
    found: list[FrequencyMatch] = []
    left = start
    unstated: FrequencyMatch | None = None
    for piece in _PIECE_RE.finditer(low, start, end):
        if piece[0].startswith("đột"):
            found.append(FrequencyMatch(left, piece.end(), "ad-hoc"))
        elif piece["unit"] is None:
            unstated = FrequencyMatch(left, piece.end(), "unstated")
            continue
        else:
            period = _period(piece["count"], piece["unit"])
            if period:
                found.append(FrequencyMatch(left, piece.end(), period))
        gap = _GAP_RE.match(low, piece.end())
        left = gap.end() if gap else piece.end()
    return found or ([unstated] if unstated else [])


def _period(count: str | None, unit: str) -> Frequency | None:
    number = 6 if count == "sáu" else int(count or 1)
    if unit == "tháng":
        return _MONTHS.get(number)
    if unit.startswith("qu") and number == 2:
        return "half-yearly"
    return _UNITS[unit] if number == 1 else None


def _times(low: str, start: int, end: int) -> list[FrequencyMatch]:
    """``01 tháng/lần`` and ``2 lần/năm``."""
    before = _COUNT_BEFORE_RE.search(low, max(0, start - 5), start)
    count = before["count"] if before else None
    left = before.start() if before else start
    unit_match = re.search("ngày|tuần|tháng|qu[ýí]|năm", low[start:end])
    if unit_match is None:
        return []
    unit = unit_match[0]
    period: Frequency | None
    if low.startswith("lần", start):
        period = _TIMES_A_YEAR.get(int(count or 1)) if unit == "năm" else _UNITS[unit]
    else:
        period = _period(count, unit)
    return [FrequencyMatch(left, end, period)] if period else []
