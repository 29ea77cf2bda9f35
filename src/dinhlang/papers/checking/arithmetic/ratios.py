"""Shares worked out anew: “840 hộ trên tổng số 1.050 hộ, đạt 85%”, “78% (351/500 hộ)”.

A percentage is held against the nearest part and whole of its own sentence: a fraction, two like
figures, or a figure and the number of all households the paper gives. Goals (“phấn đấu”, “lên”,
“từ … trở lên”) say nothing of the figures beside them and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.changes import wrong_changes
from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PEOPLE,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
    sentences,
)
from dinhlang.papers.checking.arithmetic.grid_checks import wrong_tables
from dinhlang.papers.checking.arithmetic.running_totals import wrong_running_totals
from dinhlang.papers.checking.arithmetic.share_bases import unexplained_shares
from dinhlang.papers.checking.arithmetic.share_facts import wrong_shares
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.unwrapped import once
from dinhlang.papers.plan import Fix, Plan
from dinhlang.vietnamese import format_number
from dinhlang.vietnamese.guarded import guarded

_GOAL = guarded(
    r"\b(?:tăng|giảm|lên|xuống|phấn đấu|trên|từ|tối thiểu|ít nhất|dưới|chỉ tiêu|kế hoạch|yêu cầu"
    r"|mục tiêu|vượt|thêm|không quá|còn dưới|so với|cao hơn|thấp hơn|lãi suất|thuế)\b[^,;()]*$"
    r"|[≥≤<>]",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\b(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương ứng|tương đương|tức)\b|=|\()[^.;\d]{0,24}$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^\s*(?:\(|,?\s*(?:tương ứng|tương đương|tức|bằng)\b|với\b)[^.;\d]{0,30}$")
_OF_ALL = re.compile(
    r"\b(?:trên|trong)\s+(?:tổng\b[^;,]*|số)\s*$|\btrên\s*$|\btrong\s+tổng\b", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\b(?:tổng|toàn xã|cả xã|xã|thôn|ấp|bản|dân số|trong|có|hiện có|quy mô|diện tích)\b"
    r"[^;.\d]{0,60}$",
    re.IGNORECASE,
)
_PERCENT_OF = re.compile(
    r"^\s*(?:của|trong|trên)\s+(?:tổng\s+)?(?:số\s+|vốn\s+|kinh phí\s+)?[^.;\d]{0,24}$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*(?:tổng )?số [^\W\d_]+(?: [^\W\d_]+)?\s*\(")  # “100% số ấp (5/6 ấp)”
_CLOSED = re.compile(r"\s?(?:[^\W\d_]+)?(?: [^\W\d_]+)?\)")
_THAT_IS = re.compile(
    r"\s*(?:\([^.;\d]{0,20}|,?\s*(?:tương ứng|tương đương|tức)(?: là| với)?\s*)", re.IGNORECASE
)
_IS = re.compile(r"(?:\b(?:là|tức|bằng|tương đương|tương ứng|được)\b|=|\(|,)[^.;\d]{0,20}$", re.I)
_TAKES = re.compile(r"\b(?:chiếm|tỷ lệ|tỉ lệ|bằng)\b[^.;\d]{0,20}$|\(\s*$", re.IGNORECASE)
_OF_SOME = re.compile(
    r"\s*(?:trong |trên |so với )?(?:tổng )?(?:số )?hộ (?!dân\b|toàn\b|trong xã|của xã|gia đình)",
    re.IGNORECASE,
)
_OF_PLACE = re.compile(
    r"\s*(?:tổng )?số (?:hộ|khẩu|người|dân|nhà) (?:của|trong|toàn) "
    r"(?:thôn|xã|ấp|bản|buôn|xóm|khu)\b",
    re.IGNORECASE,
)
_TOTAL_OF = re.compile(
    r"\b(?:tổng số(?: hộ)?|toàn xã|cả xã|xã|địa bàn|dân số|quy mô)\b"
    r"(?:[^.;]{0,30}\b(?:có|là|gồm|với)\b|\s*:)?"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\s*,?\s*(?:là|bằng|tức(?: là)?|=|tương ứng|tương đương|\()\s*(?:với\s*)?", re.IGNORECASE
)
_THEN_WHOLE = re.compile(
    r"\s*(?:trong|trên|của|so với)?\s*(?:tổng(?: số)?|toàn bộ)\b[^.;,\d]{0,30}", re.IGNORECASE
)
_HALF = Decimal("0.05")


_CHANGED = re.compile(
    r"\b(?:giảm|tăng|thoát nghèo|bớt)(?:\s+(?:thêm|được|còn))?\s*$", re.IGNORECASE
)


@dataclass(slots=True, frozen=True)
class Ratio:
    """A percentage with the part and the whole it is held against."""

    percent: Figure
    part: Decimal
    all: Decimal
    kind: str
    ends: tuple[int, int]  # the words from the first to the last of the three
    certain: bool  # whether the fraction stands written and the percentage may be mended
    near: bool = True  # whether the whole stands in the same sentence


@rule(
    code="RATIO-VALUE",
    severity="error",
    purpose="Tỷ lệ, mức tăng giảm, số bình quân tính lại ra đúng số đã ghi",
    page="""
## Là gì

Văn bản ghi phần, toàn thể và tỷ lệ phần trăm mà chia lại ra số khác; hoặc ghi hai mức và mức tăng
giảm mà trừ lại ra số khác; hoặc ghi tổng, số đơn vị và số bình quân mà chia lại ra số khác.

## Vì sao

Tỷ lệ là số để chấm đạt hay chưa đạt; sai một điểm có thể đổi kết luận.

## Ví dụ

Bị báo: `850/1.000 hộ, đạt 95%`; `840 hộ trên tổng số 1.050 hộ, đạt 85%`; `tăng 5 điểm, từ 78% lên
84%`.

Không bị báo: `71/76 hộ, đạt 93,4%`; làm tròn đến một chữ số; `phấn đấu từ 60/80 hộ lên 90%`.

## Cách sửa

Tính lại tỷ lệ, hoặc sửa số hộ.
""",
)
def ratio(plan: Plan) -> Iterator[Hit]:
    """Shares, changes and means that do not come out."""
    divided = list(wrong_ratios(plan))
    told = {place.lines[0] for hit, kind in divided if kind == MONEY for place in hit.places}
    for hit in (
        *(hit for hit, kind in divided if kind != MONEY),
        *wrong_changes(plan),
        *wrong_tables(plan, "RATIO-VALUE"),
    ):
        told.update(place.lines[0] for place in hit.places)
        yield hit
    for hit in (
        *wrong_shares(plan, money=False),
        *unexplained_shares(plan),
        *wrong_running_totals(plan),
    ):
        if hit.places[0].lines[0] not in told:
            told.add(hit.places[0].lines[0])
            yield hit


@once
def wrong_ratios(plan: Plan) -> Iterator[tuple[Hit, str]]:
    """What is wrong with the shares of the paper, each with its kind of figure."""
    paper = paper_of(plan)
    households = _all_households(paper)
    for paragraph in paper.paragraphs:
        if not any(each.kind == PERCENT for each in paragraph.figures):
            continue
        row = paragraph.block.is_row
        for start, end in sentences(paragraph):
            figures = [each for each in paragraph.figures if start <= each.start < end]
            ratios = list(_ratios(paragraph.text, figures, start))
            if households and not row:
                known = {each.percent for each in ratios}
                more = _of_all_households(paragraph.text, figures, start, households)
                ratios += [each for each in more if each.percent not in known]
            for found in ratios:
                if row and not found.certain:
                    continue  # cells side by side need not speak of each other
                hit = _hit(plan, paper, paragraph, found)
                if hit:
                    yield hit, found.kind


def _ratios(text: str, figures: Sequence[Figure], start: int) -> Iterator[Ratio]:
    for index, percent in enumerate(figures):
        if percent.kind != PERCENT or percent.all is not None:
            continue
        before = text[figures[index - 1].end if index else start : percent.start]
        found = (
            _behind(text, figures, index)
            or _of_whole(text, figures, index)
            or _then_part(text, figures, index)
            or _then_whole(text, figures, index)
            or (None if _GOAL.search(before[-60:]) else _ahead(text, figures, index, start))
        )
        if found and not _of_others(text, percent, found.kind):
            yield found


_OF_COUNTED = re.compile(r"\s*(?:tổng )?số (?P<noun>hộ|người|khẩu|dân|thôn|ấp|xóm|bản)\b")


def _of_others(text: str, percent: Figure, kind: str) -> bool:
    """“hai thôn chiếm 33,7% số hộ”: the share is of households, not of villages."""
    base = _OF_COUNTED.match(text, percent.end)
    return base is not None and kind in VILLAGES and base["noun"] not in VILLAGES


def _behind(text: str, figures: Sequence[Figure], index: int) -> Ratio | None:
    """“78% (tương ứng 351/500 hộ)”."""
    percent = figures[index]
    if index + 1 >= len(figures):
        return None
    after = figures[index + 1]
    between = text[percent.end : after.start]
    if after.all is None or after.all <= 1 or after.value > after.all:
        return None
    in_bracket = _BRACKETED.fullmatch(between) and _CLOSED.match(text, after.end)
    if not (_AFTER.match(between) or in_bracket) or _GOAL.search(
        text[max(0, percent.start - 30) : percent.start]
    ):
        return None
    return Ratio(
        percent, after.value, after.all, after.kind, (percent.start, after.end), certain=True
    )


def _of_whole(text: str, figures: Sequence[Figure], index: int) -> Ratio | None:
    """“30% của 260 hộ là 78 hộ”, “20% (1 tỷ đồng) trong tổng vốn 5 tỷ đồng”."""
    if index + 2 >= len(figures):
        return None
    percent, one, other = figures[index : index + 3]
    if one.kind != other.kind or one.kind in TIMES or one.kind == PERCENT:
        return None
    if one.per or other.per or one.all is not None or other.all is not None:
        return None
    first, second = text[percent.end : one.start], text[one.end : other.start]
    if _PERCENT_OF.match(first) and _IS.search(second):
        whole, part = one, other
    elif _THAT_IS.fullmatch(first) and _OF_ALL.search(second):
        whole, part = other, one
    else:
        return None
    if not whole.value or part.value > whole.value:
        return None
    return Ratio(
        percent, part.value, whole.value, one.kind, (percent.start, other.end), certain=False
    )


def _then_part(text: str, figures: Sequence[Figure], index: int) -> Ratio | None:
    """“thu đấu giá 12 tỷ đồng, xã hưởng 30% là 3,6 tỷ đồng”."""
    if not 0 < index < len(figures) - 1:
        return None
    whole, percent, part = figures[index - 1 : index + 2]
    if whole.kind != part.kind or whole.kind in TIMES or whole.kind in ("", PERCENT):
        return None
    if whole.per or part.per or whole.all is not None or part.value >= whole.value:
        return None
    between = text[whole.end : percent.start]
    if not _THEN.fullmatch(text[percent.end : part.start]) or _GOAL.search(between):
        return None
    if re.search(r"[;)]|\b(?:và|còn)\b", between):
        return None  # “40% (9.800 triệu đồng), tỉnh 30% (7.350 triệu đồng)”: two parts of one whole
    ends = (whole.start, part.end)
    return Ratio(percent, part.value, whole.value, whole.kind, ends, certain=False)


def _then_whole(text: str, figures: Sequence[Figure], index: int) -> Ratio | None:
    """“2.050 người, đạt 68% tổng số 3.280 lao động”."""
    if not 0 < index < len(figures) - 1:
        return None
    part, percent, whole = figures[index - 1 : index + 2]
    like = part.kind == whole.kind or (part.kind in PEOPLE and whole.kind in PEOPLE)
    # “50 vườn, bằng 25% trong tổng số 240 hộ có vườn”
    like = like or (part.counts and whole.counts and part.kind not in TIMES)
    if not like or part.kind in (*TIMES, "", PERCENT) or part.value >= whole.value:
        return None
    if part.per or whole.per or part.all is not None or whole.all is not None:
        return None
    between = text[part.end : percent.start]
    if not _LINK.search(between) or _GOAL.search(between) or len(between) > 70 or ";" in between:
        return None
    if not _THEN_WHOLE.fullmatch(text[percent.end : whole.start]):
        return None
    ends = (part.start, whole.end)
    return Ratio(percent, part.value, whole.value, part.kind, ends, certain=False)


def _ahead(text: str, figures: Sequence[Figure], index: int, start: int) -> Ratio | None:
    """The fraction, or the part and the whole, that stand before the percentage."""
    percent = figures[index]
    near: list[Figure] = []
    for each in reversed(figures[:index]):
        if each.kind == PERCENT:
            break
        near.insert(0, each)
    if not near:
        return None
    last = near[-1]
    between = text[last.end : percent.start]
    if len(between) > 70 or ";" in between:
        return None
    if last.all is not None:
        if last.all <= 1 or last.value > last.all or not _LINK.search(between):
            return None
        if _GOAL.search(between):
            return None
        ends = (last.start, percent.end)
        return Ratio(percent, last.value, last.all, last.kind, ends, certain=True)
    return _two_figures(text, figures[:index], near, percent)


def _two_figures(
    text: str, before: Sequence[Figure], near: Sequence[Figure], percent: Figure
) -> Ratio | None:
    usable = [f for f in near if f.per is None and f.all is None and f.kind not in TIMES]
    if not usable or not _LINK.search(text[usable[-1].end : percent.start]):
        return None
    last = usable[-1]
    if _CHANGED.search(text[: last.start]):
        return None  # “giảm 96 hộ, tỷ lệ hộ nghèo còn 4,5%”: the share of those that are left
    same = [f for f in usable if f.kind == last.kind and f.kind]
    if (
        len(same) == 2
        and _OF_ALL.search(text[same[0].end : last.start])
        and (same[0].value <= last.value)
    ):
        part, whole = same[0], last
    else:
        part = last
        wholes = [
            f
            for f in before
            if f.kind == part.kind and f.value > part.value and not f.per and f.all is None
        ]
        wholes = [f for f in wholes if _may_be_whole(text, before, f, part)]
        if not wholes or not part.kind:
            return None
        whole = wholes[0]
        told = _WHOLE.search(text[max(0, whole.start - 70) : whole.start])
        if not told and not re.match(r"[^.;\d]{0,40}\btrong đó\b", text[whole.end :]):
            return None
        inner = [f for f in before if f.start > whole.start and f.kind == part.kind and f != part]
        if any(f.value > part.value for f in inner):
            return None  # a part of a part: of which of the two is not said
        some = re.search(r"\b(?:số|tổng số)\s+[^\d,;.()]{3,}", text[percent.end : percent.end + 12])
        if some and not _OF_PLACE.match(text, percent.end):
            return None
    ends = (min(part.start, whole.start), percent.end)
    return Ratio(percent, part.value, whole.value, part.kind, ends, certain=False)


def _may_be_whole(text: str, before: Sequence[Figure], whole: Figure, part: Figure) -> bool:
    """Whether ``part`` may lie in ``whole``: beside a share of its own only behind “trong đó”."""
    shared = any(f.kind == PERCENT and whole.end <= f.start < part.start for f in before)
    return not shared or "trong đó" in text[whole.end : part.start]


def _of_all_households(
    text: str, figures: Sequence[Figure], start: int, all_: Decimal
) -> Iterator[Ratio]:
    """“Hộ nghèo 45 hộ, chiếm 5%”: of all households, which the paper gives elsewhere."""
    for index, percent in enumerate(figures):
        if percent.kind != PERCENT or index == 0:
            continue
        part = figures[index - 1]
        between = text[part.end : percent.start]
        if part.kind != "hộ" or part.per or part.all is not None or part.value >= all_:
            continue
        if len(between) > 50 or not _TAKES.search(between) or _GOAL.search(between):
            continue
        if not re.search(r"nghèo", text[max(start, part.start - 40) : percent.start]):
            continue
        if _OF_SOME.match(text, percent.end) or _CHANGED.search(text[: part.start]):
            continue
        ends = (part.start, percent.end)
        yield Ratio(percent, part.value, all_, "hộ", ends, certain=False, near=False)


def _all_households(paper: Paper) -> Decimal | None:
    """How many households the commune has: the greatest number of them, told as the total."""
    found: list[Decimal] = []
    greatest = Decimal()
    for paragraph in paper.paragraphs:
        for figure in paragraph.figures:
            if figure.kind != "hộ" or figure.per or paragraph.block.is_row:
                continue
            greatest = max(greatest, figure.value, figure.all or Decimal())
            before = paragraph.text[max(0, figure.start - 60) : figure.start]
            some = "nghèo" in f"{before} {figure.noun}"
            if figure.all is None and not some and _TOTAL_OF.search(before):
                found.append(figure.value)
    wholes = set(found)
    return wholes.pop() if len(wholes) == 1 and greatest in wholes else None


def _hit(plan: Plan, paper: Paper, paragraph: Paragraph, found: Ratio) -> Hit | None:
    text = paragraph.text
    written = re.match(r"[\d.,]*\d", text[found.percent.start :])
    digits = len(written[0].partition(",")[2]) if written else 0
    right = found.part * 100 / found.all
    unit = Decimal(1).scaleb(-digits)
    slack = unit + _HALF if digits else unit - _HALF
    if not found.near:
        slack = max(slack, right / 20)  # the total may be of another day
    if abs(right - found.percent.value) <= slack:
        return None
    if found.part and abs(found.all * 100 / found.part - found.percent.value) <= slack:
        return None  # more than was planned
    said = f"{format_number(found.percent.value)}%"
    answer = format_number(round(right, max(digits, 1)))
    place = paper.place(paragraph, *found.ends)
    own = paper.place(paragraph, found.percent.start, found.percent.end)
    places = (place, own) if own.lines != place.lines else (place,)
    return Hit(
        message=f"{_of(found)} là {answer}%, văn bản ghi {said}.",
        places=places,
        advice="Tính lại tỷ lệ, hoặc soát lại hai số.",
        fix=_mend(plan, own, f"{answer}%") if found.certain and digits else None,
    )


def _of(found: Ratio) -> str:
    if found.kind == MONEY:
        return f"{shown(found.part, MONEY)} trong {shown(found.all, MONEY)}"
    return f"{format_number(found.part)}/{format_number(found.all)}"


def _mend(plan: Plan, place: Place, new: str) -> Fix | None:
    line = plan.text[place.lines[0] - 1]
    if line.count(place.quote) != 1:
        return None
    return Fix(line=place.lines[0], old=place.quote, new=new)
