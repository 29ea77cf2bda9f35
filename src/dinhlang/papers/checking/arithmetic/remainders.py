"""What is done and what is left: “cần xóa 46 nhà, đã xóa 29 nhà, còn lại 15 nhà”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
    sentences,
    village_count,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan

_LEFT = re.compile(
    r"\b(?:còn lại|còn|số còn lại|chưa(?: đạt)?|cuối năm còn)\s*(?:là\s*)?[^\W\d]{0,12}\s*$", re.I
)
_LEFT_BEHIND = re.compile(r"\s*(?:còn lại\b|chưa\b|này chưa\b)", re.IGNORECASE)
_FALLEN = re.compile(r"\b(?:xuống|giảm|chỉ|nay|rút|tụt)\s+(?:chỉ\s+)?còn\b|\bmỗi\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:giảm|thoát nghèo|thoát)\b[^,;.\d]{0,24}$", re.IGNORECASE)
_POOR = re.compile(r"\bhộ (?:cận )?nghèo\b|\bnhà (?:tạm|dột nát)\b")
_OTHER_POOR = re.compile(r"cận nghèo[^;,.]*$|\btrong đó\b")
_DONE = re.compile(
    r"\b(?:đã|giảm|thoát|xong|hoàn thành|làm|xóa|xoá|đạt|thực hiện|sửa|xây|được|di dời|trồng|có"
    r"|kiên cố|cứng hóa|công nhận|bê tông|vận động|lắp|cấp|nạo vét|giải quyết)\b",
    re.IGNORECASE,
)
_NEARLY = 3
_MORE = re.compile(r"\b(?:thêm|tăng|phát sinh|nâng(?! cao))\b", re.IGNORECASE)


def wrong_remainders(plan: Plan) -> Iterator[tuple[Hit, str]]:
    """Sentences whose whole less what is done is not what is left, with the kind counted."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row or len(paragraph.figures) < 2:
            continue
        if "còn" not in paragraph.text and "chưa" not in paragraph.text:
            continue
        for start, end in sentences(paragraph):
            figures = [
                each
                for each in paragraph.figures
                if start <= each.start < end and each.per is None and _fit(each)
            ]
            hit = (
                _of_fraction(paper, paragraph, figures, end)
                or _of_whole(paper, paragraph, figures, start, end)
                or _of_earlier(paper, paragraph, figures, start)
                or _of_villages(paper, paragraph, figures)
            )
            if hit:
                yield hit


def _fit(figure: Figure) -> bool:
    return figure.kind not in (PERCENT, MONEY, "") and figure.kind not in TIMES


def _left(text: str, figure: Figure, since: int) -> bool:
    """Whether a figure says what is left: by the words before it or right behind it."""
    before = text[max(since, figure.start - 40) : figure.start]
    if _FALLEN.search(before) or _MORE.search(before):
        return False
    return bool(_LEFT.search(before) or _LEFT_BEHIND.match(text, figure.end))


def _of_fraction(
    paper: Paper, paragraph: Paragraph, figures: Sequence[Figure], end: int
) -> tuple[Hit, str] | None:
    """“9/15 ấp được công nhận, 5 ấp còn lại …”."""
    text = paragraph.text
    for index, one in enumerate(figures[:-1]):
        if one.all is None or one.all <= 1 or one.value > one.all:
            continue
        other = figures[index + 1]
        between = text[one.end : other.start]
        if other.kind != one.kind or other.all is not None or len(between) > 110:
            continue
        if not _left(text, other, one.end) or _MORE.search(between):
            continue
        if one.value + other.value == one.all:
            continue
        left = one.all - one.value
        return _hit(paper, paragraph, [one, other], left, f"{one.value:f}/{one.all:f}"), one.noun
    return None


def _of_whole(
    paper: Paper, paragraph: Paragraph, figures: Sequence[Figure], start: int, end: int
) -> tuple[Hit, str] | None:
    """A whole, what of it is done, and last what is left."""
    text = paragraph.text
    for index in range(2, len(figures)):
        left = figures[index]
        own = [f for f in figures[: index + 1] if f.kind == left.kind]
        if len(own) < 3 or any(f.all is not None for f in own):
            continue
        whole, done = own[0], own[1:-1]
        if whole.value <= max(f.value for f in own[1:]) or left is not own[-1]:
            continue
        if not _left(text, left, done[-1].end):
            continue
        words = text[whole.end : left.start]
        if re.search(r"\btrong đó\b", text[done[0].end : left.start]) or _MORE.search(words):
            continue
        told = [
            bool(_DONE.search(text[a.end : b.end + 20])) for a, b in zip(own, done, strict=False)
        ]
        if not all(told):
            continue
        sums = {sum((f.value for f in done), Decimal()), done[-1].value, done[0].value}
        if any(whole.value - each == left.value for each in sums):
            continue
        right = whole.value - sum((f.value for f in done), Decimal())
        if right < 0:
            continue
        said = shown(whole.value, whole.kind)
        return _hit(paper, paragraph, [whole, *done, left], right, said), whole.noun
    return None


def _of_earlier(
    paper: Paper, paragraph: Paragraph, figures: Sequence[Figure], start: int
) -> tuple[Hit, str] | None:
    """“Hộ nghèo giảm 90 hộ, còn 308 hộ” where the paper gives 408 poor households before."""
    text = paragraph.text
    for less, left in pairwise(figures):
        if less.kind != left.kind or less.all is not None or left.all is not None:
            continue
        if not _LESS.search(text[start : less.start]) or not _LEFT.search(text[: left.start]):
            continue
        phrase = _POOR.search(text[start : left.end + 20].lower())
        if phrase is None or left.start - less.end > 50:
            continue
        before = _level_before(paper, paragraph, phrase[0], less.kind)
        if before is None or before[1].value - less.value == left.value:
            continue
        owner, level = before
        right = level.value - less.value
        hit = _hit(paper, paragraph, [less, left], right, shown(level.value, level.kind))
        places = (*hit.places, paper.place(owner, level.start, level.end))
        if right > 0:
            return Hit(message=hit.message, places=places, advice=hit.advice), less.noun
    return None


def _of_villages(
    paper: Paper, paragraph: Paragraph, figures: Sequence[Figure]
) -> tuple[Hit, str] | None:
    """“05 ấp đã là ấp kiểu mẫu, 04 ấp còn lại đang làm” in a commune of 8 villages."""
    text = paragraph.text
    for done, left in pairwise([f for f in figures if f.kind in VILLAGES]):
        if done.kind != left.kind or done.all is not None or left.all is not None:
            continue
        between = text[done.end : left.start]
        if not _LEFT_BEHIND.match(text, left.start + len(text[left.start : left.end])):
            continue
        if not _DONE.search(between) or _MORE.search(text[max(0, done.start - 30) : left.start]):
            continue
        whole = village_count(paper)
        if done.value + left.value == whole or abs(done.value + left.value - whole) > _NEARLY:
            continue
        right = whole - done.value
        if 0 < right < whole:
            said = f"{whole} {done.kind}"
            return _hit(paper, paragraph, [done, left], right, said), done.noun
    return None


def _level_before(
    paper: Paper, paragraph: Paragraph, phrase: str, kind: str
) -> tuple[Paragraph, Figure] | None:
    """The only number of what ``phrase`` names in the paragraphs before."""
    found: dict[Decimal, tuple[Paragraph, Figure]] = {}
    for other in paper.paragraphs:
        if other is paragraph:
            break
        text = other.text.lower()
        for figure in other.figures if phrase in text and not other.block.is_row else ():
            near = text[max(0, figure.start - 22) : figure.start]
            if figure.kind != kind or figure.per or figure.all is not None or _LESS.search(near):
                continue
            named = phrase in near or figure.noun.startswith(phrase)
            if named and not _OTHER_POOR.search(near):
                found[figure.value] = (other, figure)
    return next(iter(found.values())) if len(found) == 1 else None


def _hit(
    paper: Paper, paragraph: Paragraph, figures: Sequence[Figure], right: Decimal, whole: str
) -> Hit:
    last = figures[-1]
    places = [paper.place(paragraph, f.start, f.end) for f in reversed(figures)]
    return Hit(
        message=f"Trong {whole} thì còn {shown(right, last.kind)}, văn bản ghi "
        f"{shown(last.value, last.kind)}.",
        places=tuple(dict.fromkeys(places)),
        advice="Tính lại số còn lại, hoặc soát lại số đã làm.",
    )
