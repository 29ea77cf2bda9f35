"""Works that end before they begin: in a sentence, in the cells of a row, in a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dinhlang.papers.checking.dates.moments import moments, year_of
from dinhlang.papers.checking.dates.own_periods import periods_in
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import PeriodMatch

_BEGINS = re.compile(r"\b(?:khởi công|bắt đầu|khởi động|động thổ)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:hoàn thành|xong|kết thúc|bàn giao|khánh thành|đưa vào sử dụng)\b", re.IGNORECASE
)
_BEGIN_COLUMN = re.compile(r"bắt đầu|khởi công|từ ngày|từ tháng|ngày mở", re.IGNORECASE)
_END_COLUMN = re.compile(
    r"kết thúc|hoàn thành|xong|đến ngày|đến tháng|bàn giao|ngày đóng", re.IGNORECASE
)
_NEAR = 140
_ADVICE = "Sửa lại hai thời điểm."


def ends_first(plan: Plan) -> Iterator[Hit]:
    """Each work whose end stands before its beginning."""
    year = year_of(plan)
    for each in paragraphs(plan):
        if not each.block.has_digit:
            continue
        if "/" in each.text:
            yield from _backwards(plan, each)
        if each.cells:
            continue
        found = periods_in(each.text, year)
        if len(found) > 1:
            hit = _in_words(plan, each, found) or _reversed(plan, each, found)
            if hit:
                yield hit
    yield from _in_rows(plan)


_FULL = r"(\d{1,2})/(\d{1,2})/(20\d\d)"
_RANGE = re.compile(rf"(?<![\d/]){_FULL}\s*[-–]\s*{_FULL}(?![\d/])")


def _backwards(plan: Plan, each: Paragraph) -> Iterator[Hit]:
    """“15/8/2025 - 10/7/2025”, in running words or in a cell."""
    for match in _RANGE.finditer(each.text):
        day, month, year, *behind = map(int, match.groups())
        if (year, month, day) > (behind[2], behind[1], behind[0]):
            yield Hit(
                message=f"Khoảng thời gian ngược: {match[0]}.",
                places=(each.said(plan, match.start(), match.end()),),
                advice=_ADVICE,
            )


def _in_words(plan: Plan, each: Paragraph, found: list[PeriodMatch]) -> Hit | None:
    for begins in _BEGINS.finditer(each.text):
        ends = _ENDS.search(each.text, begins.end(), begins.end() + _NEAR)
        if ends is None:
            continue
        first = next((p for p in found if begins.end() <= p.start < ends.start()), None)
        last = next((p for p in found if p.start >= ends.end()), None)
        if first is None or last is None or last.start - ends.end() > _NEAR // 3:
            continue
        if first.first and last.last and last.last < first.first:
            return Hit(
                message=f"Bắt đầu {first.text} mà hoàn thành {last.text}.",
                places=(each.said(plan, begins.start(), last.end),),
                advice=_ADVICE,
            )
    return None


def _reversed(plan: Plan, each: Paragraph, found: list[PeriodMatch]) -> Hit | None:
    """“từ ngày 20/5 đến ngày 05/5”: read as two periods, as no range runs backwards."""
    for one, other in pairwise(found):
        begin = one.first
        opens = one.kind == "range" and one.last is None and begin is not None
        if not opens or other.kind != "until" or other.last is None or begin is None:
            continue
        if each.text[one.end : other.start].strip(" ,") or other.last >= begin:
            continue
        if re.match(r"đến|tới", other.text, re.IGNORECASE) and other.last.year == begin.year:
            return Hit(
                message=f"Khoảng thời gian ngược: {one.text} {other.text}.",
                places=(each.said(plan, one.start, other.end),),
                advice=_ADVICE,
            )
    return None


def _in_rows(plan: Plan) -> Iterator[Hit]:
    begins: dict[int, date] = {}
    for moment in moments(plan):
        each = moment.paragraph
        if not each.cells:
            continue
        if _BEGIN_COLUMN.search(moment.column):
            begins[each.spot] = moment.first
        elif _END_COLUMN.search(moment.column) and moment.last < begins.pop(each.spot, date.min):
            yield Hit(
                message="Dòng này kết thúc trước khi bắt đầu.",
                places=(each.said(plan),),
                advice=_ADVICE,
            )
