"""What is lacking against what is given out: six houses without wifi, wifi for four.

Only where one paragraph tells how many things (or how much of a length) lack something, the work
on the same thing is told in numbers of the same kind, and in no part of the paper these come up
to what is lacking. Work said to go on later is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import LENGTH, Figure, Paragraph, paper_of
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.likeness import content, pairs
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import format_number
from dinhlang.vietnamese.folding import lower

_LACKS = re.compile(r"\b(?:chưa|thiếu|không có|còn|hư hỏng|xuống cấp)\b", re.IGNORECASE)
_WORK = re.compile(
    r"\b(?:lắp|làm|xây|trồng|cứng hóa|bê tông|đổ|mở|đấu nối|cấp|gắn|sửa|nâng cấp|cải tạo|đào"
    r"|trang bị|hỗ trợ|xóa|thay|mua|hoàn thành|nạo vét|thi công|kéo)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:năm sau|tiếp theo|làm tiếp|còn lại|giai đoạn|hai năm|chuyển sang|trước mắt|thí điểm|điểm"
    r"|đợt 1|bước 1|số còn|phần còn|mỗi|từng)\b",
    re.IGNORECASE,
)
_PLACES = frozenset(("thôn", "ấp", "bản", "xóm", "khu", "buôn", "khóm"))
_NOT_THINGS = frozenset(("tiêu", "chỉ", "nội", "nhiệm", "giải", "người", "lao", "học"))
_POOR = re.compile(r"nghèo")
_HALLS = re.compile(r"nhà (?:văn hóa|sinh hoạt)|hội trường thôn", re.IGNORECASE)
_NAMED_THINGS = frozenset(
    ("nhà", "phòng", "hố", "bể", "bóng", "cầu", "sân", "vườn", "điểm", "thùng")
)
_VILLAGE = compile_vi(r"\b(?i:thôn|ấp|bản|xóm|buôn|khóm|khu)\s+[A-ZÀ-Ỹ\d]")
_LEAST = 2
_ALIKE = 0.6
_COMMON = 3
_PAIRS = 2
_MEASURES = frozenset(("km", "m", "met", "ha"))


@dataclass(slots=True, frozen=True)
class _Told:
    """A number of one paragraph, with the words beside it."""

    value: Decimal
    kind: str
    words: frozenset[str]
    place: Place
    part: int
    text: str
    whole: str
    noun: tuple[str, ...] = ()


def weaker_than_lack(plan: Plan) -> Iterator[Hit]:
    """Work on fewer things than lack it."""
    lacks, works = _read(plan)
    for lack in lacks:
        served: dict[int, list[_Told]] = defaultdict(list)
        for work in works:
            same = work.kind == lack.kind or _halls(lack, work)
            if (same and _same_thing(lack, work)) or _one_noun(plan, lack, work):
                served[work.part].append(work)
        every = [work for part in served.values() for work in part]
        most = max((sum((w.value for w in part), Decimal()) for part in served.values()), default=0)
        later = any(_LATER.search(work.whole) for work in every)
        if not every or most >= lack.value or later or lack.value < _LEAST:
            continue
        first = every[0]
        yield Hit(
            message=f"Còn thiếu {_shown(lack)}, việc giao chỉ làm {_shown(first)}.",
            places=(first.place, lack.place),
            advice="Giao đủ phần còn thiếu, hoặc ghi rõ phần còn lại làm khi nào.",
        )


def _shown(told: _Told) -> str:
    if told.kind == LENGTH:
        return f"{format_number(told.value)} m"
    return f"{format_number(told.value)} {told.kind}"


def _halls(lack: _Told, work: _Told) -> bool:
    """Whether villages stand for their halls: “nhà văn hóa của 11 xóm”, “08 nhà văn hóa xóm”."""
    kinds = {lack.kind, work.kind} == {"thôn", "nhà"}
    return kinds and bool(_HALLS.search(lack.text) and _HALLS.search(work.text))


def _one_noun(plan: Plan, lack: _Told, work: _Told) -> bool:
    """“còn 86 nhà tạm”, “45 hộ chưa có nhà tiêu” against “xóa 68 nhà tạm”, “xây 38 nhà tiêu”."""
    name = " ".join(work.noun)
    if len(work.noun) < 2 or work.noun[0] not in _NAMED_THINGS or work.value * 2 < lack.value:
        return False
    thing = lack.noun == work.noun or (lack.kind == "hộ" and f"chưa có {name}" in lower(lack.text))
    if not thing or _VILLAGE.search(work.text) or _VILLAGE.search(lack.text.split("(")[0]):
        return False
    # Told anywhere else, as in a row of a table, the number lacking is served.
    told = re.compile(rf"(?<![\d.,]){re.escape(format_number(lack.value))}(?![\d.,]\d)")
    return sum(len(told.findall(line)) for line in plan.text) < 2


def _same_thing(lack: _Told, work: _Told) -> bool:
    shared = pairs(lack.text) & pairs(work.text)
    if sum(one not in _MEASURES and not one[0].isdigit() for one, _ in shared) < _PAIRS:
        return False
    common = lack.words & work.words
    return len(common) >= _COMMON and len(common) >= _ALIKE * min(len(lack.words), len(work.words))


def _read(plan: Plan) -> tuple[list[_Told], list[_Told]]:
    paper = paper_of(plan)
    lacks: list[_Told] = []
    works: list[_Told] = []
    part = 0
    for paragraph in paper.paragraphs:
        part += bool(paragraph.block.label and paragraph.block.label.style == "roman")
        if paragraph.block.is_row or not paragraph.figures:
            continue
        for start, end in _clauses(paragraph.text):
            text = paragraph.text[start:end]
            counted = [
                each for each in paragraph.figures if start <= each.start < end and _counts(each)
            ]
            if len(counted) != 1:
                continue
            low = lower(text)
            figure = counted[0]
            lacking = _LACKS.search(low) is not None and not _WORK.match(low.lstrip())
            if lacking or _WORK.search(low):
                place = paper.place(paragraph, start, end)
                told = _told(paragraph, figure, text, part, place)
                (lacks if lacking else works).append(told)
    return lacks, works


_CLAUSE_END = re.compile(r"[;!?]|,(?=\s+[^\W\d_])|(?<!\d)\.(?=\s)|(?<=\d)\.(?=\s+[A-ZĐ])")


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _CLAUSE_END.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)


def _counts(figure: Figure) -> bool:
    measured = figure.kind == LENGTH or (figure.counts and figure.kind not in _NOT_THINGS)
    return measured and figure.per is None and not _POOR.search(figure.noun)


def _told(paragraph: Paragraph, figure: Figure, text: str, part: int, place: Place) -> _Told:
    return _Told(
        value=figure.value,
        kind="thôn" if figure.kind in _PLACES else figure.kind,
        words=frozenset(content(text)),
        place=place,
        part=part,
        text=text,
        whole=paragraph.text,
        noun=tuple(figure.noun.lower().split()[:2]),
    )
