"""What is told as lacking anywhere before the dated lines, clause by clause.

No heading is needed: “đường thôn chưa có cây xanh, 23 hộ chưa có hố rác, …”, a row “Trường học |
thiếu 04 phòng”, a criterion with what it lacks in brackets. Such clauses are no list that says of
itself that it is whole, so what is found here is told with the less certainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.text.gap_wording import is_dated
from dinhlang.papers.checking.text.paragraphs import Paragraph

_LACKS = re.compile(
    r"\b(?:chua|thieu|hong|sap|dot nat|nha tam|xuong cap|qua tai|o nhiem|duoi \d|moi (?:chi|dat|co"
    r"|phu|duoc|dung|lam|xong)|con (?:\d+|nhieu|thieu|hoc nho|dung|khieu|tinh trang|ton dong|nhung"
    r"|bi|lay loi)|thap hon|khong (?:co|du|con)|dang (?:vuong|no|thieu)|vuong mac|lay loi)\b"
)
_SHORT_OF = re.compile(r"\W*(?:(?:xã|thôn|hiện|còn|những gì)\s+){0,2}thiếu\s*:", re.IGNORECASE)
_ENDS = re.compile(r";|,(?!\d)(?![^()]*\))|(?<=\))\s+và\s|\.\s+(?=[^\W\d_])")
_AIM = re.compile(r"\b(?:phan dau|muc tieu|se |hoan thanh|phai |khong de|giao |chu tri)")
_MOST, _LONGEST = 14, 220


def lacking(every: tuple[Paragraph, ...]) -> Iterator[tuple[Paragraph, int, int]]:
    """Paragraph, begin and end of each clause told as lacking, before what is dated begins."""
    found: list[tuple[Paragraph, int, int]] = []
    first = -1
    for each in every:
        if is_dated(each):
            if found:
                break
            continue
        if each.cells and each.cells == each.columns:
            continue
        for clause in _clauses(each):
            found.append((each, *clause))
            first = each.spot if first < 0 else first
        if first >= 0 and each.spot - first > 2 * _MOST:
            break
    yield from found if len(found) <= _MOST else ()


def _clauses(each: Paragraph) -> Iterator[tuple[int, int]]:
    text = each.text
    short = None if each.cells else _SHORT_OF.match(text)
    if not short and not _LACKS.search(each.folded):
        return
    if each.cells:
        yield 0, len(text)
        return
    for begin, stop in [(short.end(), len(text))] if short else each.parts:
        at = begin
        cuts = [*_ENDS.finditer(text, begin, stop)]
        for cut_start, cut_end in [*((cut.start(), cut.end()) for cut in cuts), (stop, stop)]:
            words = each.folded[at:cut_start]
            if 6 < len(words.strip()) < _LONGEST and (short or says_lack(words)):
                yield at, cut_start
            at = cut_end


def says_lack(words: str) -> bool:
    """Whether folded words tell that something is lacking and no aim."""
    return _LACKS.search(words) is not None and _AIM.search(words) is None
