"""Shares that no whole of their own passage explains.

Facts first: a count with the share told for it, and every greater count of the like that stands
near. Where one of these gives the share, all is well. Where none does, the whole is the one that
explains another share of the passage, or calls itself the whole; else nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.grids import grids_in
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold, format_number

_BACK = 6
_FAR = 60
_LINKED = re.compile(
    r"[^\d.;%]{0,40}?(?:\(|,|:|=|\b(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương ứng|tương đương|tức|là)\b)"
    r"[^\d.;%]{0,30}",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\s*(?:\(|,\s*(?:tức|tương ứng|tương đương|bằng|là)\b)[^\d.;%]{0,30}")
_NOT_OF_ALL = re.compile(
    r"\b(?:tăng|giảm|thêm|vượt|so với|hơn|kế hoạch|phấn đấu|mục tiêu|ít nhất|tối thiểu|trên|dưới"
    r"|không quá|khoảng|gần|bình quân|trung bình|mỗi|yêu cầu|quy định|chỉ tiêu|từ|lên|xuống"
    r"|đến(?! nay| hết tháng| cuối tháng| tháng| thời điểm)"
    r"|hỗ trợ|lãi suất|ngân sách|nghị quyết)\b|[≥≤<>~]",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:tăng|giảm|thêm|vượt|so với|hơn|khoảng|gần|mỗi)\b|[≥≤<>~]", re.IGNORECASE
)
_SAYS_SHARE = re.compile(r"\b(?:chiếm|bằng|tương ứng|tương đương|tức)\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:tổng|toàn xã|cả xã|xã có|toàn bộ|hiện có|phát ra|thu về|trong số|dân số|có)\b"
    r"[^.;\d]{0,40}$"
    r"|/\s*$|\bcủa\s*$|\btrên\s+(?:tổng\s+(?:số\s+)?)?$",
    re.IGNORECASE,
)
_RATE_OF = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ)\s+(?P<of>[^\d:;,.()]{3,70}?)\s*(?:là|đạt|chiếm|bằng|ước)?\s*[:=]?\s*$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"[^.;,\d]{0,20}\b(?:trên|trong)\s+(?:tổng\s+)?(?:số\s+)?", re.IGNORECASE)
_SYLLABLE = re.compile(r"[^\W\d_]+")
_IDLE_WORDS = "ty le so tong cac cua xa toan dat la co tren duoc nguoi ho dan thu ve"
_IDLE = frozenset(_IDLE_WORDS.split())


@dataclass(slots=True, frozen=True)
class _Seen:
    """A count and where it stands; ``whole`` where it calls itself one."""

    paragraph: Paragraph
    figure: Figure
    whole: bool


@dataclass(slots=True, frozen=True)
class _Share:
    paragraph: Paragraph
    percent: Figure
    part: _Seen
    wholes: tuple[_Seen, ...]

    def given_by(self, whole: _Seen) -> bool:
        """Whether part and whole give the share that is told."""
        right = self.part.figure.value * 100 / whole.figure.value
        return abs(right - self.percent.value) <= _slack(self)


def unexplained_shares(plan: Plan) -> Iterator[Hit]:
    """Shares beside their count that no count near them gives as a whole."""
    paper = paper_of(plan)
    shares = list(_shares(paper))
    for share in shares:
        if any(share.given_by(whole) for whole in share.wholes) or _explained(plan, share):
            continue
        whole = _own_whole(share, shares)
        if whole is not None:
            yield _hit(paper, share, whole)


def _explained(plan: Plan, share: _Share) -> bool:
    """Whether another part of the same whole, or a whole of a table, gives the share."""
    part, percent = share.part.figure, share.percent
    slack = _slack(share)
    for figure in share.paragraph.figures:
        between = share.paragraph.text[figure.end : part.start]
        if figure.like(part) and _OUT_OF.fullmatch(between):  # “206 hộ trên 412 hộ, bằng 50%”
            return abs(figure.value * 100 / part.value - percent.value) <= slack
    if part.kind != MONEY or not percent.value:
        return False
    whole = part.value * 100 / percent.value
    room = whole * slack / percent.value
    cells = (
        cell.value
        for grid in grids_in(tuple(plan.text))
        for row in grid.rows
        for cell in row.values
        if cell.value
    )
    sizes = (1, 1000, 10**6, 10**9)
    return any(abs(cell * size - whole) <= room for cell in cells for size in sizes)


def _own_whole(share: _Share, shares: list[_Share]) -> _Seen | None:
    """The whole that explains other shares of the passage, or the only one that says it is one."""
    values = {whole.figure.value for whole in share.wholes}
    proven = [
        whole
        for other in shares
        if other is not share
        for whole in other.wholes
        if whole.figure.value in values and other.given_by(whole)
        and any(whole.figure is mine.figure for mine in share.wholes)
    ]  # fmt: skip
    if len({whole.figure.value for whole in proven}) == 1:
        return proven[-1]
    told = [whole for whole in share.wholes if whole.whole]
    # None of several gives it either: the last of them is as good to name as any.
    return told[-1] if told and not proven and len(values) <= 3 else None


def _shares(paper: Paper) -> Iterator[_Share]:
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row or not any(f.kind == PERCENT for f in paragraph.figures):
            continue
        near = _near(paper, at)
        for index, percent in enumerate(paragraph.figures):
            if percent.kind != PERCENT or percent.all is not None or percent.value > 100:
                continue
            part = _part(paragraph, index) or _named(paragraph, percent, near)
            if part is None or not part.figure.value:
                continue
            wholes = tuple(
                each
                for each in near
                if each.figure.like(part.figure)
                and each.figure.value >= part.figure.value
                and each.figure is not part.figure
                and not (each.figure.value == part.figure.value and percent.value < 100)
                and (each.paragraph is not paragraph or each.figure.start < percent.start + _FAR)
            )
            if wholes:
                yield _Share(paragraph, percent, part, wholes)


def _part(paragraph: Paragraph, index: int) -> _Seen | None:
    """The count that the share stands beside."""
    text, percent = paragraph.text, paragraph.figures[index]
    if index:
        before = paragraph.figures[index - 1]
        between = text[before.end : percent.start]
        if before.plain and _LINKED.fullmatch(between) and not _NOT_OF_ALL.search(between):
            # “phấn đấu 750/1.000 hộ đạt 80%” is a goal for now; “lên 750 hộ, chiếm 80%” is a share
            other = _CHANGE if _SAYS_SHARE.search(between) else _NOT_OF_ALL
            if not other.search(_clause(text, before.start)):
                return _Seen(paragraph, before, whole=False)
            return None
    if index + 1 < len(paragraph.figures):
        behind = paragraph.figures[index + 1]
        between = text[percent.end : behind.start]
        said = f"{_clause(text, percent.start)} {between}"
        if behind.plain and _BEFORE.fullmatch(between) and not _NOT_OF_ALL.search(said):
            return _Seen(paragraph, behind, whole=False)
    return None


def _named(paragraph: Paragraph, percent: Figure, near: list[_Seen]) -> _Seen | None:
    """“342 phiếu hài lòng … Tỷ lệ hài lòng trên số phiếu thu về là 96%”: by the words."""
    told = _RATE_OF.search(paragraph.text[: percent.start])
    if told is None or _NOT_OF_ALL.search(re.split(r"\btrên\b", told["of"])[0]):
        return None
    wanted = _words(re.split(r"\btrên\b|\bcủa\b", told["of"])[0])
    if not wanted:
        return None
    found = [
        each
        for each in near
        if wanted <= _words(f"{each.figure.noun} {_behind(each)} {_ahead(each)}")
    ]
    return found[-1] if len({each.figure.value for each in found}) == 1 else None


def _near(paper: Paper, at: int) -> list[_Seen]:
    """The counts of a paragraph and of those before it, back to its heading and past it once."""
    own = paper.paragraphs[at]
    rows = [own]
    for index in range(at - 1, max(-1, at - _BACK - 1), -1):
        other = paper.paragraphs[index]
        if other.block.is_row or (other.depth < own.depth and not other.figures):
            break
        rows.append(other)
        if other.depth < min(own.depth, 7):
            break
    found = []
    for paragraph in reversed(rows):
        for figure in paragraph.figures:
            if figure.plain:
                before = paragraph.text[max(0, figure.start - _FAR) : figure.start]
                found.append(_Seen(paragraph, figure, bool(_WHOLE.search(before))))
            if figure.all is not None and figure.kind not in (PERCENT, ""):
                found.append(_Seen(paragraph, figure, whole=False))
    return found


def _clause(text: str, at: int) -> str:
    return re.split(r"[;,.(:]\s", text[max(0, at - _FAR) : at])[-1]


def _behind(seen: _Seen) -> str:
    return re.split(r"[;,.(:]", seen.paragraph.text[seen.figure.end : seen.figure.end + _FAR])[0]


def _ahead(seen: _Seen) -> str:
    return _clause(seen.paragraph.text, seen.figure.start)


def _words(text: str) -> frozenset[str]:
    return frozenset(_SYLLABLE.findall(fold(text))) - _IDLE


def _slack(share: _Share) -> Decimal:
    """How far rounding may take the share: a whole unit of what is written."""
    written = re.match(r"[\d.,]*\d", share.paragraph.text[share.percent.start :])
    digits = len(written[0].partition(",")[2]) if written else 0
    return Decimal(1).scaleb(-digits)


def _hit(paper: Paper, share: _Share, whole: _Seen) -> Hit:
    part, percent = share.part, share.percent
    right = format_number(round(part.figure.value * 100 / whole.figure.value, 1))
    owners = ((share.paragraph, percent), (part.paragraph, part.figure),
              (whole.paragraph, whole.figure))  # fmt: skip
    return Hit(
        message=f"{format_number(part.figure.value)}/{format_number(whole.figure.value)} là "
        f"{right}%, văn bản ghi {format_number(percent.value)}%.",
        places=tuple(dict.fromkeys(paper.place(owner, f.start, f.end) for owner, f in owners)),
        advice="Tính lại tỷ lệ, hoặc soát lại hai số.",
        severity="warning",
    )
