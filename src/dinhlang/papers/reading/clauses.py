"""Clauses: the part of a sentence around a number, which says what the number is about."""

from __future__ import annotations

import re

from dinhlang.papers.reading.letters import compile_vi

_BREAK = compile_vi(r"[.;](?=\s|$)|[:](?=\s|$)|\s[-–]\s(?=[A-ZÀ-Ỹa-zà-ỹ])|[()|]|…|\.\.\.")
_COMMA = compile_vi(r",\s+")
_FILLER = compile_vi(
    r"^(?:\s|,|và|phấn đấu|nâng|duy trì|đảm bảo|bảo đảm|giữ vững|tiếp tục|trong đó|đến|có|đạt|từ|trên|dưới|tối thiểu|ít nhất|"
    r"để|yêu cầu|mục tiêu|cụ thể|phải|cần|nhằm)+(?=\s|$)",
    re.I,
)


def clause_start(text: str, at: int) -> int:
    """Where the clause that ``at`` stands in begins: behind the last stop before it."""
    start = 0
    for match in _BREAK.finditer(text, 0, at):
        token = match.group().strip()
        if token == "(":
            start = match.end()
        elif token == ")":
            start = _before_bracket(text, match.start(), start)
        else:
            start = match.end()
    return start + (len(text[start:at]) - len(text[start:at].lstrip()))


def _before_bracket(text: str, close: int, start: int) -> int:
    opened = text.rfind("(", 0, close)
    if opened < 0:
        return start
    return clause_start(text, opened) if opened else 0


def clause_end(text: str, at: int) -> int:
    """Where the clause ends: before the next stop at or behind ``at``."""
    match = _BREAK.search(text, at)
    return match.start() if match else len(text)


def subject_before(text: str, at: int) -> tuple[int, int]:
    """The words before ``at`` that name what is measured: from the last comma that opens them."""
    start = clause_start(text, at)
    commas = list(_COMMA.finditer(text, start, at))
    for match in reversed(commas):
        words = text[match.end() : at].split()
        tail = text[match.end() : at]
        if len(words) >= 3 and re.match(
            r"(?:tỷ lệ|tỉ lệ|số|thu nhập|mức|khu|hồ sơ|diện tích|hộ|gia đình|người|trẻ|lao động|100|[A-ZĐ]|có|không|các|phấn|nâng|đường|cây|cải|chỉnh|xây|trồng|lắp)",
            tail,
        ):
            start = match.end()
            break
    end = at
    while end > start and text[end - 1] in " ,:":
        end -= 1
    return start, end


def strip_filler(text: str) -> str:
    """The words without ``phấn đấu``, ``đạt`` and their kind at the front."""
    return _FILLER.sub("", text).strip(" ,:;.-–")
