"""Declared numbers against whatever below bears the same name, however the list is laid out.

“Toàn xã xây dựng 10 vườn mẫu …” and then, under this village and that, “Vườn hộ số 12”, “Vườn hộ
số 27”: what begins with the word that was counted is one of them. Only what stands in one shape is
counted, down to the next passage of the same rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.arithmetic.figures import (
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold, format_number
from dinhlang.vietnamese.guarded import guarded

_FAR = 40
_UNMARKED = 99
_ANOTHER_SENSE = re.compile(
    r"\b(?:mỗi|ít nhất|tối thiểu|trên|hơn|khoảng|gần|dưới|không quá|thêm|các|từng|còn|đã|cứ"
    r"|bình quân|trong|số|thứ|tại|ở|cho|của|từ|đến|giữa|với)\s*$|[≥≤<>/]\s*$",
    re.IGNORECASE,
)
_OPENS = guarded(r"(?::|\b(?:như sau|sau đây|dưới đây|danh sách|danh mục))\s*\.?$", re.IGNORECASE)
_PART = re.compile(r"\b(?:trong đó|như|ví dụ|trước mắt|tiêu biểu|điển hình|nổi bật)\b", re.I)
_MORE = re.compile(r"(?:\.\.\.|…|\bv\.\s*v\b|\bvân vân\b)")
_SEGMENT = re.compile(r"[;:.,(]\s+|\n")
_ENUMERATED = re.compile(r"(?:^|[\s:;,.])\(?(?P<mark>\d{1,2}|[a-eđ])\)\s+")
# “thôn”, “hộ”, “người” begin many lines that list something else.
_COMMON = "hộ người khẩu con cây đồng lần ngày buổi giờ năm tháng lượt phần"
_TOO_COMMON = frozenset(_COMMON.split())


def wrong_named_lists(plan: Plan) -> Iterator[Hit]:
    """Declared numbers that the things of that name below, or in the sentence, do not reach."""
    paper = paper_of(plan)
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row:
            continue
        for figure in paragraph.figures:
            if _declares(paragraph, figure):
                yield from _below(paper, at, figure)
                yield from _inside(paper, paragraph, figure)


def _declares(paragraph: Paragraph, figure: Figure) -> bool:
    if not figure.counts or figure.per is not None or figure.all is not None:
        return False
    if not 2 <= figure.value <= 40 or figure.value != int(figure.value):
        return False
    if figure.kind in TIMES:
        return False
    return not _ANOTHER_SENSE.search(paragraph.text[max(0, figure.start - 24) : figure.start])


def _below(paper: Paper, at: int, figure: Figure) -> Iterator[Hit]:
    own = paper.paragraphs[at]
    if figure.noun.startswith("tiêu chí") or figure.kind in _TOO_COMMON:
        return  # each state of them has its own list, see count_facts.py
    rank = next((p.depth for p in reversed(paper.paragraphs[: at + 1]) if p.depth != _UNMARKED), 0)
    items: dict[tuple[int, str], list[Paragraph]] = {}
    opened = bool(_OPENS.search(own.text))
    for other in paper.paragraphs[at + 1 : at + 1 + _FAR]:
        if other.block.is_row or other.depth <= rank:
            break
        if _MORE.search(other.text):
            return
        opened = opened or (not items and bool(_OPENS.search(other.text)))
        if other.mark and _begins(other.text, figure):
            items.setdefault((other.depth, other.mark), []).append(other)
        elif any(f.kind == figure.kind and _declares(other, f) for f in other.figures):
            break  # the next number of the like opens its own list
    if len(items) != 1:
        return
    [found] = items.values()
    if len(found) < 2 or _explained(own, figure, len(found)):
        return
    if figure.kind in VILLAGES and not opened:
        return  # the commune has so many; some of them follow
    yield _hit(paper, own, figure, len(found), found)


def _inside(paper: Paper, paragraph: Paragraph, figure: Figure) -> Iterator[Hit]:
    """“mở hai lớp: (1) lớp …; (2) lớp …; (3) lớp …”."""
    text = paragraph.text
    colon = text.find(":", figure.end)
    if colon < 0 or colon > figure.end + 70 or _MORE.search(text):
        return
    between = text[figure.end : colon]
    if any(figure.end <= f.start < colon for f in paragraph.figures) or "." in between:
        return
    if _PART.search(between):
        return
    behind = text[colon:]
    marks = [match["mark"] for match in _ENUMERATED.finditer(behind)]
    if len(marks) < 2 or marks[0] not in ("1", "a"):
        return
    wanted = [str(n) for n in range(1, 41)] if marks[0] == "1" else list("abcdđe")
    length = 0
    while length < len(marks) and length < len(wanted) and marks[length] == wanted[length]:
        length += 1
    if length < 2 or _explained(paragraph, figure, length):
        return
    yield _hit(paper, paragraph, figure, length, [])


def _explained(paragraph: Paragraph, figure: Figure, count: int) -> bool:
    """Whether the count is the one told, or that of another number of the like beside it."""
    return any(
        f.value == count and (f is figure or f.kind == figure.kind) for f in paragraph.figures
    )


def _begins(text: str, figure: Figure) -> bool:
    """Whether a line opens with the word that was counted, as a name: “Tuyến từ …”."""
    words = fold(text).split()[:2]
    noun = fold(figure.noun).split()[:2]
    if not words or not noun or words[0] != noun[0]:
        return False
    if len(words) > 1 and words[1] in ("co", "gom", "nao", "duoc", "phai", "se", "da", "to"):
        return False
    compound = noun[0] in ("cong", "san", "tieu", "noi", "nhiem", "giai", "mo", "hop", "to")
    return not compound or words == noun


def _hit(paper: Paper, paragraph: Paragraph, figure: Figure, count: int,
         items: list[Paragraph]) -> Hit:  # fmt: skip
    noun = " ".join(figure.noun.split()[:2])
    return Hit(
        message=f"Văn bản nói có {format_number(figure.value)} {noun}, liệt kê {count}.",
        places=(
            paper.place(paragraph, figure.start, figure.end),
            *(paper.place(item, 0, min(len(item.text), 60)) for item in items),
        ),
        advice="Sửa con số, hoặc thêm (bớt) mục trong danh sách.",
        severity="warning",
    )
