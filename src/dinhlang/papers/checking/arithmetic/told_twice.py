"""One piece of work told with two amounts: “lắp 24 mắt camera …”, elsewhere “26 mắt camera”.

Two amounts are held against each other where the same words stand behind both numbers, the
numbers are near, the paper gives no third one, and neither place speaks of a village, a part, a
time of its own, or of what there is already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    AREA,
    LENGTH,
    PEOPLE,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.arithmetic.sum_model import PLACE_WORD, shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.plan import Plan

_WORK = re.compile(
    r"\b(?:lắp|xây|trồng|làm|đổ|xóa|xoá|cải tạo|đặt|mở|sửa|nâng cấp|cứng hóa|kéo|gắn|đào|bê tông"
    r"|nạo vét|tổ chức|thay|cấp|mua|chỉnh trang|tu sửa|bảo trì|kinh phí|chi phí|hoàn thành|bàn giao"
    r"|chăm sóc|nghiệm thu|khởi công|đấu nối|giao)\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:mỗi|từng|thêm|còn lại|đã|hiện|trong đó|đợt|giai đoạn|đoạn|tiếp|khác|nữa|lại|trước|cũ"
    r"|ít nhất|tối thiểu|tối đa|khoảng|gần|hơn|trên|dưới|bình quân|tháng đầu|6 tháng|một phần|số"
    r"|năm (?:20\d\d|sau|trước|đầu|tiếp)|bước|gồm|chia|cụm|điểm mẫu|thí điểm|đăng ký)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[,;.:()]|\b(?:cho|tại|ở|trên|trong|xong|với|của|và|theo|bằng|để|do|được)\b")
_STOP = re.compile(r"[;:()]|\.\s")
_NEAR = Decimal("1.25")
_LEAST_WORDS = 2


@dataclass(slots=True, frozen=True)
class _Told:
    """An amount of work: what it is of, how much, and where."""

    value: Decimal
    figure: Figure
    paragraph: Paragraph


def told_twice(plan: Plan) -> Iterator[Hit]:
    """Amounts of one piece of work that differ between two paragraphs."""
    paper = paper_of(plan)
    found: dict[tuple[str, ...], list[_Told]] = {}
    for paragraph in paper.paragraphs:
        for figure in paragraph.figures if not paragraph.block.is_row else ():
            key = _key(paragraph.text, figure)
            if key:
                found.setdefault(key, []).append(_Told(figure.value, figure, paragraph))
    year = str(max(plan.document.years, default=0))
    for told in found.values():
        values = {each.value for each in told}
        if len(values) != 2 or max(values) > min(values) * _NEAR:
            continue
        hit = _pair(paper, told, year)
        if hit:
            yield hit


def _key(text: str, figure: Figure) -> tuple[str, ...]:
    """The kind and the first words behind an amount; empty where it is of no piece of work."""
    if figure.per or figure.all is not None or figure.worded or figure.value < _LEAST_WORDS:
        return ()
    if not (figure.counts or figure.kind in (LENGTH, AREA)) or figure.kind in (*VILLAGES, *TIMES):
        return ()
    if figure.kind in PEOPLE or figure.kind in ("hộ", "tiêu", "chỉ", "triệu", "nội", "nhiệm"):
        return ()
    behind = _END.split(text[figure.end : figure.end + 50])[0]
    words = content(behind)[:3]
    least = _LEAST_WORDS if figure.kind in (LENGTH, AREA) else 1
    return (figure.kind, *words[: max(least, 2)]) if len(words) >= least else ()


def _pair(paper: Paper, told: list[_Told], year: str) -> Hit | None:
    plain = [each for each in told if _plain(each, year)]
    if len({each.value for each in plain}) != 2 or len(plain) != len(told):
        return None
    one = plain[0]
    other = next(each for each in plain if each.value != one.value)
    if one.paragraph is other.paragraph:
        return None
    phrase = " ".join(one.figure.noun.split()[:4])
    return Hit(
        message=f"“{phrase}” chỗ ghi {_shown(one.figure)}, chỗ ghi {_shown(other.figure)}.",
        places=(
            paper.place(other.paragraph, other.figure.start, other.figure.end),
            paper.place(one.paragraph, one.figure.start, one.figure.end),
        ),
        advice="Dùng một con số ở mọi chỗ.",
    )


def _plain(told: _Told, year: str) -> bool:
    """Whether an amount is of the whole work of the commune, to be done."""
    text, figure = told.paragraph.text, told.figure
    start = max((m.end() for m in _STOP.finditer(text, 0, figure.start)), default=0)
    stop = _STOP.search(text, figure.end)
    words = text[start : stop.start() if stop else len(text)]
    words = re.sub(rf"(?i)\b(?:trong )?năm {year}\b", "", words)
    if not _WORK.search(words) or _APART.search(words):
        return False
    return not PLACE_WORD.search(words)


def _shown(figure: Figure) -> str:
    if figure.kind in (LENGTH, AREA):
        return shown(figure.value, figure.kind)
    return f"{figure.value:f} {figure.kind}"
