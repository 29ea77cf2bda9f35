"""Words that stand in the cells or in the indicator's name, brought to the column they belong to.

A decision writes “Tỷ lệ … (áp dụng đạt cho cả nam và nữ)” and “Giảm liên tục 03 năm” where our
table has columns. What is brought over is told; what is not sure stays where it is, and is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from dinhlang.vietnamese import clean_spaces, fold

from .columns import CASES, KINDS, Row, text

CELLS = ("common", *CASES)
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_NUMBER_WORD = rf"\d{{1,2}}|{'|'.join(_COUNTS)}"
_BOTH = re.compile(
    r"\s*[(,;]?\s*(?:áp dụng\s+)?(?:phải\s+)?(?:đạt\s+)?(?:cho\s+|đối với\s+|ở\s+)?"
    r"cả\s+nam\s+(?:và|lẫn)\s+nữ(?:\s+giới)?\s*\)?",
    re.I,
)
_IF_PRESENT = re.compile(r"\s*[(,]?\s*\bnếu có\b\s*[),]?", re.I)
_BUT = r"(?:trừ|ngoại trừ|không tính|không kể|không bao gồm)"
_EXCEPT_CELL = re.compile(rf"\s*[(,;]?\s*\b{_BUT}\s+(?P<x>[^()]+?)\s*\)?\s*$", re.I)
_EXCEPT_NAME = re.compile(rf"\s*\(\s*{_BUT}\s+(?P<x>[^()]+?)\s*\)", re.I)
_RUNNING = re.compile(
    r"\s*[(,;]?\s*(?:trong\s+|ít nhất\s+|tối thiểu\s+)*"
    r"(?:(?:liên tục|liên tiếp)\s+(?:trong\s+)?(?P<a>\d{1,2})\s+năm"
    r"|(?P<b>\d{1,2})\s+năm\s+(?:liên tục|liên tiếp|liền))"
    r"(?P<before>\s+(?:liền kề\s+)?trước\s+(?:năm|khi)\s+[^()]*)?\s*\)?\s*$",
    re.I,
)
_TREND = re.compile(
    r"(?P<way>giảm|tăng)(?:\s+dần)?"
    r"(?:\s+liên tục|\s+liên tiếp)?(?:\s+trong)?(?:\s+(?P<n>\d{1,2})\s+năm)?"
    r"(?:\s+liên tục|\s+liên tiếp|\s+liền)?(?P<one>\s+so với\s+(?:các\s+)?năm trước)?",
    re.I,
)
_BELOW = r"thôn|bản|ấp|tổ dân phố|khu dân cư|xã|huyện"
_CHILDREN = re.compile(
    rf"(?P<figure>.*?\d[\d.,]*\s*%?)\s*(?:tổng\s+)?(?:số\s+)?(?P<level>{_BELOW})"
    r"(?:\s+(?:trở lên\s+)?(?:phải\s+)?đạt(?:\s+chuẩn|\s+yêu cầu)?)?",
    re.I,
)
_LIST = re.compile(
    rf"(?:đạt\s+|có\s+)?(?:ít nhất\s+|tối thiểu\s+)?(?P<k>{_NUMBER_WORD})\s*"
    rf"(?:trong(?:\s+số)?\s+(?:tổng số\s+)?(?:(?P<n>{_NUMBER_WORD})\b|các\b|những\b)"
    r"|/\s*(?P<m>\d{1,2}))"
    r"(?P<what>\s*[^\d:()/%]{0,40})(?::\s*(?P<parts>.+))?",
    re.I,
)
_FALLBACK = re.compile(
    r"(?P<a>.+?)\s*[,;.(]\s*(?:nếu|trường hợp|nơi|xã)\s+không có\s+(?P<thing>[^,;]+?)\s*"
    r"(?:,\s*|\s+)thì\s+(?P<b>[^()]+?)\)?",
    re.I,
)
_DECISION = r"\d+/(?:\d{4}/)?[QN][ĐQ]-\w+"
_SET = re.compile(rf"(?:đạt|được công nhận).*(?:{_DECISION}|bộ tiêu chí).*", re.I)
_THAN = re.compile(
    r"(?P<not>không\s+)?(?P<way>cao|thấp|lớn|nhỏ)\s+hơn(?:\s+từ|\s+ít nhất|\s+tối thiểu)?"
    r"(?:\s*(?P<by>\d[\d.,]*)\s*%)?(?:\s+trở lên)?(?:\s+so với|\s+so)?\s+(?P<what>\D.*)",
    re.I,
)
_AVERAGE = re.compile(r"bình quân|trung bình|mức chung", re.I)
_STANDARD = re.compile(
    rf"nông thôn mới|nâng cao|kiểu mẫu|hiện đại|bộ tiêu chí|mức quy định|{_DECISION}", re.I
)
_NO_THING = re.compile(r"(?:có|xã|tỷ lệ|tỉ lệ|số|mức|không|\d)\b", re.I)
_SHORT_THING = 8
"""So many words before “(nếu có)” are the thing itself: “Nghĩa trang, cơ sở hỏa táng (nếu có)”."""


@dataclass(slots=True)
class Lifted:
    """The row with its words in their columns; ``name`` says what is measured, without what was
    brought over; ``read`` tells what was understood from which words.
    """

    row: Row
    name: str
    read: list[str] = field(default_factory=list)


def lift(row: Row, name: str, leaves_open: Callable[[str], bool]) -> Lifted:
    """The row, read. ``leaves_open`` tells cells that leave the threshold to somebody else.

    A column that somebody filled is never overwritten; cells that disagree are left as they are.
    """
    found = Lifted(dict(row), name)
    _from_name(found)
    cells = {
        key: words for key in CELLS if (words := text(found.row, key)) and not leaves_open(words)
    }
    _qualifiers(found, cells)
    _whole(found, cells)
    return found


def _put(found: Lifted, column: str, value: str, words: str, said: str) -> None:
    if not text(found.row, column):
        found.row[column] = value
        found.read.append(f"“{clean_spaces(words).strip(' ,;()')}”: {said}")


def _from_name(found: Lifted) -> None:
    if match := _BOTH.search(found.name):
        _put(found, "both_sexes", "x", match[0], "xét riêng nam, riêng nữ")
        found.name = _without(found.name, match)
    if (match := _EXCEPT_NAME.search(found.name)) and text(found.row, "kind") != KINDS["reached"]:
        _put(found, "exceptions", match["x"], match[0], "được trừ ra")
        found.name = _without(found.name, match)
    if match := _IF_PRESENT.search(found.name):
        before = found.name[: match.start()].strip()
        found.name = _without(found.name, match)
        if 0 < len(before.split()) <= _SHORT_THING and not _NO_THING.match(before):
            thing = re.sub(r"^các\s+", "", before, flags=re.I)
            said = f"chỉ xét khi có {thing[:1].lower()}{thing[1:]}"
            _put(found, "if_present", thing, match[0], said)


def _without(words: str, match: re.Match[str]) -> str:
    return clean_spaces(f"{words[: match.start()]} {words[match.end() :]}").strip(" ,;")


def _qualifiers(found: Lifted, cells: dict[str, str]) -> None:
    """What qualifies the threshold, where every cell says the same."""
    for pattern, column, value, said in _QUALIFIERS:
        matches = {key: pattern.search(words) for key, words in cells.items()}
        hits = [match for match in matches.values() if match is not None]
        if not hits or len(hits) != len(cells) or len({fold(value(m)) for m in hits}) > 1:
            continue
        if column:
            _put(found, column, value(hits[0]), hits[0][0], said)
        for key, match in matches.items():
            assert match is not None
            rest = _without(cells[key], match)
            if rest or column == "years":
                cells[key] = found.row[key] = rest or cells[key]


def _years(match: re.Match[str]) -> str:
    count = int(match["a"] or match["b"])
    return f"{count} trước" if match["before"] else str(count)


_QUALIFIERS: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str], str], ...] = (
    (_BOTH, "both_sexes", lambda match: "x", "xét riêng nam, riêng nữ"),
    # Of what it is, only a person can say; that it was asked for is not forgotten (qualifiers).
    (_IF_PRESENT, "", lambda match: "", ""),
    (_EXCEPT_CELL, "exceptions", lambda match: match["x"], "được trừ ra"),
)


def _whole(found: Lifted, cells: dict[str, str]) -> None:
    """What a whole cell says, where all cells that say anything say the same kind of thing."""
    for pattern, take in _SHAPES:
        matches = [pattern.fullmatch(words.strip(" .")) for words in cells.values()]
        if matches and all(matches) and take(found, [m for m in matches if m], list(cells)):
            return
    _running(found, cells)


def _running(found: Lifted, cells: dict[str, str]) -> None:
    matches = {key: _RUNNING.search(words) for key, words in cells.items()}
    hits = [match for match in matches.values() if match is not None]
    if hits and len(hits) == len(cells) and len({_years(match) for match in hits}) == 1:
        _put(found, "years", _years(hits[0]), hits[0][0], "đạt từng năm")
        for key, match in matches.items():
            assert match is not None
            found.row[key] = _without(cells[key], match) or "Đạt"


def _kind(found: Lifted, kind: str, words: str, said: str) -> bool:
    """Takes the kind unless somebody chose another."""
    chosen = text(found.row, "kind")
    if chosen and fold(chosen) != fold(KINDS[kind]):
        return False
    if not chosen:
        found.row["kind"] = KINDS[kind]
        found.read.append(f"“{clean_spaces(words)}”: {said}")
    return True


def _same(matches: list[re.Match[str]]) -> bool:
    return len({fold(match[0]) for match in matches}) == 1


def _to_common(found: Lifted, keys: list[str], words: str) -> None:
    for key in keys:
        found.row.pop(key, None)
    found.row["common"] = words


def _trend(found: Lifted, matches: list[re.Match[str]], keys: list[str]) -> bool:
    match = matches[0]
    if not _same(matches) or not (match["n"] or match["one"]):
        return False
    kind = "falling" if fold(match["way"]) == "giam" else "rising"
    if not _kind(found, kind, match[0], "so từng năm với năm liền trước"):
        return False
    found.row["years"] = text(found.row, "years") or str(int(match["n"] or 1))
    _to_common(found, keys, "")
    return True


def _list(found: Lifted, matches: list[re.Match[str]], keys: list[str]) -> bool:
    match = matches[0]
    if not _same(matches) or (not match["n"] and not match["m"] and count_of(match["k"]) != 1):
        return False
    if not _kind(found, "at_least_of", match[0], "ít nhất chừng ấy nội dung"):
        return False
    total = match["n"] or match["m"]
    found.row["parts"] = text(found.row, "parts") or match["parts"] or ""
    k = count_of(match["k"])
    _to_common(found, keys, f"{k}/{count_of(total)}" if total else str(k))
    return True


def count_of(words: str) -> int:
    """“01”, “ba” as a number."""
    return int(words) if words.isdigit() else _COUNTS[words.lower()]


def _fallback(found: Lifted, matches: list[re.Match[str]], keys: list[str]) -> bool:
    match = matches[0]
    said = "nội dung sau chỉ xét khi không có nội dung trước"
    if not _same(matches) or not _kind(found, "fallback", match[0], said):
        return False
    given = f"{match['a']} (nếu có {match['thing']}); {match['b']}"
    found.row["parts"] = text(found.row, "parts") or given
    _to_common(found, keys, "")
    return True


def _set(found: Lifted, matches: list[re.Match[str]], keys: list[str]) -> bool:
    return _same(matches) and _kind(found, "set", matches[0][0], "phải đạt một bộ tiêu chí khác")


def _than(found: Lifted, matches: list[re.Match[str]], keys: list[str]) -> bool:
    """“cao hơn 10% so với xã nâng cao”, “thấp hơn bình quân chung của huyện”."""
    match = matches[0]
    what = match["what"].strip(" .,")
    if len({fold(one["what"]) for one in matches}) > 1 or re.match(r"năm|cùng kỳ", what, re.I):
        return False
    if _AVERAGE.search(what):
        if not _kind(found, "against", match[0], "so với một số liệu khác"):
            return False
        _put(found, "against", what, what, "số liệu được so")
    elif not _STANDARD.search(what) or not _kind(
        found, "relative", match[0], "so với mức của một bộ khác"
    ):
        return False
    up = fold(match["way"]) in ("cao", "lon")
    for key, one in zip(keys, matches, strict=True):
        percent = f" {one['by']}%" if one["by"] else ""
        no = "không " if one["not"] else ""
        found.row[key] = f"{no}{'cao' if up else 'thấp'} hơn{percent}"
    return True


def _children(found: Lifted, matches: list[re.Match[str]], keys: list[str]) -> bool:
    levels = {fold(match["level"]) for match in matches}
    name = fold(found.name)
    if len(levels) != 1 or re.match(rf"(?:so|tong so) {next(iter(levels))}\b", name):
        return False
    level = matches[0]["level"].lower()
    _put(found, "children", _LEVELS.get(level, "thôn"), matches[0][0], f"xét trên từng {level}")
    for key, match in zip(keys, matches, strict=True):
        found.row[key] = match["figure"].strip()
    return True


_LEVELS = {"xã": "xã", "huyện": "huyện"}
_Take = Callable[[Lifted, list[re.Match[str]], list[str]], bool]
_SHAPES: tuple[tuple[re.Pattern[str], _Take], ...] = (
    (_TREND, _trend),
    (_LIST, _list),
    (_FALLBACK, _fallback),
    (_THAN, _than),
    (_SET, _set),
    (_CHILDREN, _children),
)
