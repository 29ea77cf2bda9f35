"""Meetings and reports told twice: one rhythm, one day for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from dinhlang.papers.checking.duties.report_rules import RHYTHMS, WEEKDAYS, Told, told
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.bodies import name_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.guarded import guarded

_NAMED = guarded(
    r"\b(?:báo cáo(?: kết quả| tiến độ| tình hình)?|kết quả(?: cả)?)\s+"
    r"(?P<named>tuần|tháng|quý|năm)\b(?!\s*(?:,|và\b|/|\d|[IVX]+\b"
    r"|trước(?!\s+(?:\d|ngày|thứ|giờ))|này|nay))",
    re.IGNORECASE,
)
_HANDED_IN = guarded(
    r"\b(?:trước|vào|chậm nhất|muộn nhất|hạn)\b[^,;]{0,40}?\b(?:ngày\s+(?:mùng\s+)?\d{1,2}"
    r"|thứ\s+\w+)\s+(?:của\s+)?(?:h[àằ]ng|mỗi)\s+(?P<each>tuần|tháng|quý|năm)\b",
    re.IGNORECASE,
)
# Figures up to the last day of the month that the day of the report stands in.
_TO_THE_END = guarded(
    r"\b(?:số liệu|kết quả|tính|chốt|lấy)\b[^;]{0,50}?\b(?:đến|hết)\s+(?:hết\s+)?(?:ngày\s+)?"
    r"(?:cuối(?: cùng)?|3[01])\b(?!\s*/)",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(r"\s*(?:của\s+)?(?:tháng\s+)?(?:trước|liền)\b", re.IGNORECASE)
_QUARTER_END = guarded(
    r"\bngày\s+(?:mùng\s+)?0?(?P<day>\d)\s+(?:của\s+)?tháng\s+cuối\s+(?:của\s+)?(?:mỗi\s+)?quý\b",
    re.IGNORECASE,
)
_WHOLE_QUARTER = re.compile(r"\b(?:cả quý|báo cáo(?: kết quả)? quý|kết quả quý)\b", re.IGNORECASE)
_LAST = 28  # from this day on a month is as good as over


@rule(
    code="REPORT-CONFLICT",
    severity="error",
    purpose="Một báo cáo, một cuộc họp chỉ có một kỳ và một hạn",
    page="""
## Là gì

Cùng một nơi, cùng một loại báo cáo hoặc cuộc họp, mà hai chỗ ghi hai kỳ hoặc hai ngày khác nhau;
một báo cáo mà hạn nộp trái với kỳ của chính nó.

## Vì sao

Người làm không biết theo chỗ nào; báo cáo đúng hạn ở chỗ này lại chậm ở chỗ kia.

## Ví dụ

Bị báo: báo cáo tuần nộp `trước ngày 25 hằng tháng`; báo cáo tháng nộp ngày 25 mà số liệu tính đến
ngày cuối tháng; `Ban Chỉ đạo họp mỗi tháng một lần` và `Ban Chỉ đạo họp định kỳ hằng quý`; các thôn
báo cáo `trước ngày 20 hằng tháng` và `trước ngày 25 hằng tháng`.

Không bị báo: `họp hằng tháng và hằng quý`; thôn báo cáo xã ngày 20, xã báo cáo huyện ngày 25.

## Cách sửa

Giữ một kỳ, một hạn ở mọi chỗ.
""",
)
def twice(plan: Plan) -> Iterator[Hit]:
    """Meetings and reports of one body with two rhythms or two days."""
    found = [each for each in told(plan) if each.periods and each.who]
    seen: set[int] = set()
    for one, other in combinations(found, 2):
        spots = {one.paragraph.spot, other.paragraph.spot}
        if one.kind != other.kind or len(spots) < 2 or spots & seen:
            continue
        clash = _clash(one, other)
        if clash is None:
            continue
        seen |= spots
        yield Hit(
            message=clash,
            places=(_place(plan, one), _place(plan, other)),
            advice="Giữ một kỳ, một hạn ở mọi chỗ.",
        )

    yield from _named_twice(plan, seen)
    yield from _against_itself(plan)


_BACK_TO = re.compile(
    r"\bbáo cáo\s+(?:kết quả\s+)?(?:tuần|tháng)\b[^.;]{0,50}?\b(?:này|nêu|trên|ấy|nói)\b"
    r"|\bbáo cáo\s+(?:kết quả\s+)?(?:tuần|tháng)\s+của\b",
    re.IGNORECASE,
)
_MAKES_THEM = re.compile(r"\b(?:đôn đốc|nhắc|yêu cầu|hướng dẫn)\b", re.IGNORECASE)


def _named_twice(plan: Plan, seen: set[int]) -> Iterator[Hit]:
    """“Báo cáo tuần” of one sender with two days on which it is due."""
    named = []
    for each in told(plan):
        rhythm = {match["named"].lower() for match in _NAMED.finditer(each.words)}
        if each.kind == "báo cáo" and len(rhythm) == 1 and (each.day or each.weekday):
            named.append((rhythm, each))
    for (rhythm, one), (again, other) in combinations(named, 2):
        spots = {one.paragraph.spot, other.paragraph.spot}
        if rhythm != again or (len(spots) < 2 and one.start == other.start) or spots <= seen:
            continue
        if one.to and other.to and not one.to & other.to:
            continue
        clash = _days_clash(one, other)
        if clash and _of_one_sender(one, other):
            seen |= spots
            yield Hit(
                message=f"Báo cáo {min(rhythm)} có hai hạn: {clash}.",
                places=(_place(plan, one), _place(plan, other)),
                advice="Giữ một kỳ, một hạn ở mọi chỗ.",
            )


def _of_one_sender(one: Told, other: Told) -> bool:
    if _BACK_TO.search(other.words) and (not other.named or one.who & other.who):
        return True
    if not one.who & other.who:
        return False
    return one.who == other.who or bool(_MAKES_THEM.search(f"{one.words} {other.words}"))


def _against_itself(plan: Plan) -> Iterator[Hit]:
    """Reports of one period handed in by another, or before the period they tell of is over."""
    for each in told(plan):
        fault = _own_fault(each) if each.kind == "báo cáo" else None
        if fault:
            yield Hit(
                message=fault[0],
                places=(_place(plan, each),),
                advice="Sửa hạn nộp cho hợp với kỳ báo cáo.",
                severity=None if fault[1] else "warning",
            )


def _own_fault(each: Told) -> tuple[str, bool] | None:
    """What a sentence on one report says against itself, and whether that is certain."""
    words = each.words
    named = {match["named"].lower() for match in _NAMED.finditer(words)}
    handed = {match["each"].lower() for match in _HANDED_IN.finditer(words)}
    if len(named) == len(handed) == 1 and named != handed:
        return f"Báo cáo {min(named)} mà hạn nộp ghi theo {min(handed)}.", True
    end = _TO_THE_END.search(words) if handed == {"tháng"} else None
    if end and each.day and each.day < _LAST and not _MONTH_BEFORE.match(words, end.end()):
        return f"Báo cáo nộp ngày {each.day} mà số liệu tính đến cuối tháng.", True
    early = _QUARTER_END.search(words)
    if early and _WHOLE_QUARTER.search(words):
        return f"Báo cáo quý nộp ngày {early['day']} tháng cuối quý, khi quý chưa hết.", False
    return None


def _place(plan: Plan, each: Told) -> Place:
    return each.paragraph.said(plan, each.start, each.end)


def _clash(one: Told, other: Told) -> str | None:
    common = one.who & other.who
    if not common:
        return None
    who = name_of(min(common).split(".")[0])
    if one.kind == "báo cáo":
        return _reports_clash(one, other, who)
    if one.periods.isdisjoint(other.periods):
        return f"{who} {one.kind} có hai kỳ: {_said(one.periods)} và {_said(other.periods)}."
    clash = _days_clash(one, other)
    return f"{who} {one.kind} có hai ngày: {clash}." if clash else None


def _reports_clash(one: Told, other: Told, who: str) -> str | None:
    if one.to and other.to and not one.to & other.to:
        return None
    if len(one.periods) > 1 or one.periods != other.periods or one.who != other.who:
        return None
    if not (one.to or other.to):
        return None
    clash = _days_clash(one, other)
    rhythm = RHYTHMS[min(one.periods)]
    return f"{who} báo cáo {rhythm} có hai hạn: {clash}." if clash else None


def _said(periods: frozenset[str]) -> str:
    return ", ".join(words for key, words in RHYTHMS.items() if key in periods)


def _days_clash(one: Told, other: Told) -> str | None:
    if one.day and other.day and one.day != other.day:
        return f"ngày {one.day} và ngày {other.day}"
    if one.weekday and other.weekday and one.weekday != other.weekday:
        return f"{WEEKDAYS[one.weekday]} và {WEEKDAYS[other.weekday]}"
    return None
