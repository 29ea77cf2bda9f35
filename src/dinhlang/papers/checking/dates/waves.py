"""Waves of a campaign: in order, apart from one another, within the campaign's own dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dinhlang.papers.checking.dates.moments import year_of
from dinhlang.papers.checking.dates.own_periods import periods_in
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import PeriodMatch, fold, roman
from dinhlang.vietnamese.guarded import guarded

_LABEL = guarded(
    r"\b(?P<word>đợt|giai đoạn|chặng|bước|vòng|chiến dịch|lần|cao điểm|tuần"
    r"|kỳ)\s+(?:cao điểm\s+)?"
    r"(?:thứ\s+)?(?P<n>\d{1,2}|[IVX]{1,4}|một|hai|ba|bốn|tư|năm|nhất|đầu(?: tiên)?"
    r"|cuối(?: cùng)?)"
    r"(?!\s*(?:thôn|đợt|tuần|tháng|ngày|giai đoạn|/)|\w)",
    re.IGNORECASE,
)
_WORDS = {
    "một": 1, "nhất": 1, "đầu": 1, "đầu tiên": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5,
    "cuối": 99, "cuối cùng": 99,
}  # fmt: skip
_FRAME = re.compile(
    r"\b(?:cao điểm|chiến dịch|phong trào|ra quân|thi đua"
    r"|thời gian (?:thực hiện|tổ chức|triển khai)"
    r"|đợt phát động|toàn đợt|tháng hành động|phát động|kế hoạch (?:này )?(?:được )?thực hiện)\b",
    re.IGNORECASE,
)
_NEAR = 12
_IS = re.compile(r"\s*(?:năm \d{4}\s*)?(?:là|:|\(|,)\s*", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class _Wave:
    word: str
    order: int
    first: date
    last: date
    days: bool
    paragraph: Paragraph
    start: int
    end: int
    name: str


def _order(text: str) -> int:
    low = text.lower()
    if low.isdigit():
        return int(low)
    return _WORDS.get(low) or roman(text.upper()) or 0


def _bounded(period: PeriodMatch) -> bool:
    return period.first is not None and period.last is not None and period.kind != "year"


def _waves(plan: Plan) -> Iterator[_Wave]:
    year = year_of(plan)
    for each in paragraphs(plan):
        labels = [m for m in _LABEL.finditer(each.text) if _order(m["n"])]
        if not labels:
            continue
        periods = [p for p in periods_in(each.text, year) if _bounded(p)]
        for at, label in enumerate(labels):
            stop = labels[at + 1].start() if at + 1 < len(labels) else len(each.text)
            inside = [p for p in periods if label.end() <= p.start < stop]
            begin = labels[at - 1].end() if at else 0
            before = [p for p in periods if begin <= p.start and p.end <= label.start()][-1:]
            if before and _IS.fullmatch(each.text[before[0].end : label.start()]):
                inside = before  # “từ … đến … là đợt 1”
            joined = _joined(each, inside)
            if joined is None:
                continue
            first, last, end = joined
            days = any(p.kind in ("range", "day") and "/" in p.text for p in inside)
            yield _Wave(
                fold(label["word"]), _order(label["n"]), first, last, days, each, label.start(),
                max(end, label.end()), label[0],
            )  # fmt: skip


def _joined(each: Paragraph, inside: list[PeriodMatch]) -> tuple[date, date, int] | None:
    """The days of a wave: one range, or two days in cells or words of their own."""
    if not inside:
        return None
    first = inside[0]
    if first.first is None or first.last is None:
        return None
    if first.kind == "day" and len(inside) > 1 and inside[1].kind == "day" and inside[1].last:
        if each.cells or inside[1].start - first.end < _NEAR * 2:
            return first.first, inside[1].last, inside[1].end
        return None
    if first.kind == "day":
        return None
    return first.first, first.last, first.end


@rule(
    code="WAVE-OVERLAP",
    severity="error",
    purpose="Các đợt nối tiếp nhau, nằm trong thời gian chung",
    page="""
## Là gì

Các đợt (giai đoạn, chặng) của một phong trào chồng lên nhau, không theo thứ tự, hoặc ra ngoài thời
gian của cả phong trào.

## Vì sao

Người làm không biết ngày ấy thuộc đợt nào; khối lượng giao theo đợt bị tính hai lần.

## Ví dụ

Bị báo: `đợt 1 từ 01/3 đến 15/4; đợt 2 từ 10/4 đến 30/5`; phong trào `từ 01/3 đến 30/4` mà đợt 2 đến
`15/5`.

Không bị báo: `đợt 1 từ 01/3 đến 31/3; đợt 2 từ 01/4 đến 30/4`.

## Cách sửa

Sửa ngày bắt đầu, kết thúc của các đợt.
""",
)
def overlap(plan: Plan) -> Iterator[Hit]:
    """Waves that overlap, run backwards or leave the campaign's own dates."""
    groups: list[list[_Wave]] = []
    for wave in _waves(plan):
        group = groups[-1] if groups else []
        last = group[-1] if group else None
        near = last and wave.paragraph.spot - last.paragraph.spot <= _NEAR
        if last and near and last.word == wave.word and wave.order > last.order:
            group.append(wave)
        else:
            groups.append([wave])
    told: set[tuple[int, int]] = set()
    for group in groups:
        if len(group) > 1:
            yield from _against_each_other(plan, group)
            yield from _against_frame(plan, group, told)
            yield from _events_outside(plan, group)


_HELD = re.compile(
    r"\b(?:ra quân|phát động|đồng loạt|tổng vệ sinh|ngày cao điểm|khởi động|ngày hội|ra mắt)\b",
    re.IGNORECASE,
)
_BESIDE_IT = re.compile(
    r"\b(?:sơ kết|tổng kết|báo cáo|họp|chuẩn bị|nghiệm thu|đăng ký|đánh giá|trước|sau|phúc tra)\b",
    re.IGNORECASE,
)


def _events_outside(plan: Plan, group: list[_Wave]) -> Iterator[Hit]:
    """Days of a wave, “ngày ra quân của đợt 2: 09/7”, that lie outside that wave."""
    year = year_of(plan)
    spots = {wave.paragraph.spot for wave in group}
    for each in paragraphs(plan):
        if each.spot in spots or not _HELD.search(each.text) or each.cells:
            continue
        for begin, stop in each.parts:
            words = each.text[begin:stop]
            labels = [m for m in _LABEL.finditer(words) if fold(m["word"]) == group[0].word]
            days = [p for p in periods_in(words, year) if p.kind == "day" and p.last]
            if len(labels) != 1 or len(days) != 1 or _BESIDE_IT.search(words):
                continue
            wave = next((w for w in group if w.order == _order(labels[0]["n"])), None)
            day = days[0].last
            if wave is None or day is None or not wave.days or wave.first <= day <= wave.last:
                continue
            yield Hit(
                message=f"Ngày {day.day}/{day.month} ở ngoài {wave.name} ({_days(wave)}).",
                places=(each.said(plan, begin, stop), _place(plan, wave)),
                advice="Sửa ngày ra quân, hoặc ngày của đợt.",
            )


def _against_each_other(plan: Plan, group: list[_Wave]) -> Iterator[Hit]:
    for before, after in pairwise(group):
        exact = before.days and after.days
        limit = before.last if exact else before.last.replace(day=1)
        if after.first >= limit:
            continue
        yield Hit(
            message=f"{_capital(after.name)} ({_days(after)}) chồng lên {before.name} "
            f"({_days(before)}).",
            places=(_place(plan, before), _place(plan, after)),
            advice="Sửa ngày bắt đầu, kết thúc của các đợt.",
        )


def _against_frame(plan: Plan, group: list[_Wave], told: set[tuple[int, int]]) -> Iterator[Hit]:
    frame = _frame(plan, group)
    if frame is None:
        return
    first, last, place = frame
    for wave in group:
        if wave.first < first or wave.last > last:
            yield Hit(
                message=f"{_capital(wave.name)} ({_days(wave)}) ra ngoài thời gian chung "
                f"({first.day}/{first.month} – {last.day}/{last.month}/{last.year}).",
                places=(_place(plan, wave), place),
                advice="Sửa ngày của đợt, hoặc thời gian chung.",
            )
            return


def _frame(plan: Plan, group: list[_Wave]) -> tuple[date, date, Place] | None:
    """The only dates of the campaign as a whole that are told near its waves."""
    year = year_of(plan)
    spots = {wave.paragraph.spot for wave in group}
    own = {(wave.first, wave.last) for wave in group}
    found = []
    for each in paragraphs(plan):
        if min(spots) - each.spot > _NEAR * 2 or each.spot > max(spots) + 3:
            continue
        starts = [w.start for w in group if w.paragraph.spot == each.spot]
        for period in periods_in(each.text, year):
            if period.kind not in ("range", "months") or not period.first or not period.last:
                continue
            if (period.first, period.last) in own or any(period.start >= s for s in starts):
                continue
            before = each.text[max(0, period.start - 90) : period.start]
            if _LABEL.search(before) or not (
                _FRAME.search(before) or _FRAME.search(each.text[:60])
            ):
                continue
            if (period.last - period.first).days < max((w.last - w.first).days for w in group):
                continue
            found.append((period.first, period.last, each.said(plan, period.start, period.end)))
    dates = {(first, last) for first, last, _ in found}
    return found[0] if len(dates) == 1 else None


def _place(plan: Plan, wave: _Wave) -> Place:
    return wave.paragraph.said(plan, wave.start, wave.end)


def _days(wave: _Wave) -> str:
    return f"{wave.first.day}/{wave.first.month} – {wave.last.day}/{wave.last.month}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
