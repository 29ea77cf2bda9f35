"""Meetings and reports told twice: one rhythm, one day for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dinhlang.papers.checking.bodies import name_of
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.report_rules import RHYTHMS, WEEKDAYS, Told, told
from dinhlang.papers.plan import Plan


@rule(
    code="REPORT-CONFLICT",
    severity="error",
    purpose="Một báo cáo, một cuộc họp chỉ có một kỳ và một hạn",
    page="""
## Là gì

Cùng một nơi, cùng một loại báo cáo hoặc cuộc họp, mà hai chỗ ghi hai kỳ hoặc hai ngày khác nhau.

## Vì sao

Người làm không biết theo chỗ nào; báo cáo đúng hạn ở chỗ này lại chậm ở chỗ kia.

## Ví dụ

Bị báo: `Ban Chỉ đạo họp mỗi tháng một lần` và `Ban Chỉ đạo họp định kỳ hằng quý`; các thôn báo cáo
`trước ngày 20 hằng tháng` và `trước ngày 25 hằng tháng`.

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
