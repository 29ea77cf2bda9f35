"""Clauses: the part of a sentence around a number, which says what the number is about."""

from __future__ import annotations

import re
from functools import lru_cache

from dinhlang.papers.reading.letters import compile_vi

_BREAK = compile_vi(r"[.;](?=\s|$)|[:](?=\s|$)|\s[-–]\s(?=[A-ZÀ-Ỹa-zà-ỹ])|[()|]|…|\.\.\.")
_COMMA = compile_vi(r",\s+")
_FILLER = compile_vi(
    r"^(?:\s|,|(?:và|phấn đấu|phân đầu|phần đầu|nâng cao|nâng dần|nâng|duy trì|đảm bảo|bảo đảm|"
    r"giữ vững|tiếp tục|trong đó|đến|có|đạt|"
    r"từ|trên|dưới|tối thiểu|ít nhất|để|yêu cầu|mục tiêu|cụ thể|phải|cần|nhằm|thực hiện đạt|"
    r"dần)(?=\s|,|$))+",
    re.I,
)
_TAIL = compile_vi(
    r"(?:\s|,|:|(?<=\s)(?:đạt|đạt từ|từ|là|có|được|(?<!trở )lên|còn|xuống còn|"
    r"giảm xuống còn|ít nhất|tối thiểu|đạt trên|trên|dưới|với|số|"
    r"đạt tỷ lệ|phấn đấu|đảm bảo|khoảng|bằng|=))+$",
    re.I,
)
_AIM = compile_vi(r"(?:phấn đấu|phân đầu|phần đầu|đảm bảo|bảo đảm|nâng tỷ lệ)\s*$", re.I)
_AIM_INSIDE = compile_vi(r"(?:phấn đấu|phân đầu|phần đầu)\s+(?=\S)", re.I)


@lru_cache(maxsize=512)  # each bracket asks again for every bracket before it
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


_SUBJECT = compile_vi(
    r"(?:tỷ lệ|tỉ lệ|số|thu nhập|mức|khu|hồ sơ|diện tích|hộ|gia đình|người|trẻ|lao động|100|"
    r"[A-ZÀ-Ỹ]|có|không|các|phấn|phân đầu|"
    r"nâng|đường|cây|cải|chỉnh|xây|trồng|lắp|bảo hiểm|độ|tốc độ|giá trị|thôn|bản|ấp|buôn|nhà|"
    r"trường|xã|học sinh|rác|nước)"
)


def subject_before(text: str, at: int) -> tuple[int, int]:
    """The words before ``at`` that name what is measured; empty where they only say to aim.

    “Tỷ lệ …: ≥ 25 %”: a colon right before the number does not part them.
    """
    end = at
    while end > 0 and text[end - 1] in " ,:":
        end -= 1
    start = clause_start(text, end)
    for match in reversed(list(_COMMA.finditer(text, start, end))):
        tail = text[match.end() : end]
        if len(tail.split()) >= 3 and _SUBJECT.match(tail):
            start = match.end()
            break
    for match in _AIM_INSIDE.finditer(text, start, end):
        if match.end() < end:
            start = match.end()
    if _AIM.search(text[start:end]) and len(text[start:end].split()) > 8:
        start = end
    return start, max(end, start)


def strip_filler(text: str) -> str:
    """The words without ``phấn đấu``, ``đạt`` and their kind at the front and at the end."""
    return _TAIL.sub("", _FILLER.sub("", text)).strip(" ,:;.-–")
