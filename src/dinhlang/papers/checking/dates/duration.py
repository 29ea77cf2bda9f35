"""The length of a campaign against its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dinhlang.papers.checking.dates.spans import told_lengths
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import at, locate
from dinhlang.papers.plan import Campaign, Plan, Wave


def waves_of(campaign: Campaign) -> list[Wave]:
    """The waves without one that only names the first and last day of the whole campaign."""
    waves = campaign.waves
    first = min((wave.start for wave in waves), default="")
    last = max((wave.end for wave in waves), default="")
    parts = [wave for wave in waves if (wave.start, wave.end) != (first, last)]
    return parts if len(parts) > 1 else waves


def _days(wave: Wave) -> int | None:
    """Days of a wave with both its ends; None where an end is not a date."""
    try:
        first, last = date.fromisoformat(wave.start), date.fromisoformat(wave.end)
    except (ValueError, TypeError):
        return None
    return (last - first).days + 1 if last >= first else None


@rule(
    code="DURATION-DATES",
    severity="error",
    purpose="Số ngày của đợt cao điểm khớp với ngày bắt đầu và kết thúc",
    page="""
## Là gì

Văn bản ghi phong trào kéo dài một số ngày, nhưng cộng các đợt theo ngày bắt đầu và kết thúc thì ra
số khác. Phép kiểm thử cả hai cách đếm: tính cả ngày đầu và ngày cuối; không tính ngày đầu. Chỉ báo
khi cả hai đều không khớp.

## Vì sao

Số ngày được đưa vào khẩu hiệu, vào chia khối lượng theo ngày; lệch vài ngày là chỉ tiêu mỗi ngày
sai.

## Ví dụ

Bị báo: `cao điểm 60 ngày, từ 01/3/2024 đến 15/4/2024` (46 ngày).

Không bị báo: `cao điểm 30 ngày, từ 01/6/2024 đến 30/6/2024`; `30 ngày, từ 01/6/2024 đến 01/7/2024`.

## Cách sửa

Sửa số ngày, hoặc sửa ngày bắt đầu, kết thúc của từng đợt.
""",
)
def campaign_days(plan: Plan) -> Iterator[Hit]:
    """A campaign whose stated days are not those of its waves; any length beside its dates."""
    known: set[int] = set()
    campaign = plan.campaign
    if campaign and campaign.days and len(waves_of(campaign)) > 1:
        known.update(range(campaign.lines[0], campaign.lines[0] + 1) if campaign.lines else ())
    for hit in _campaign(plan):
        for place in hit.places:
            known.update(range(place.lines[0], place.lines[1] + 1))
        yield hit
    yield from told_lengths(plan, known)


def _campaign(plan: Plan) -> Iterator[Hit]:
    campaign = plan.campaign
    if campaign is None or campaign.days is None or not campaign.waves:
        return
    waves = waves_of(campaign)
    spans = [_days(wave) for wave in waves]
    days = [span for span in spans if span is not None]
    if len(days) != len(spans):
        return
    both, last_only = sum(days), sum(days) - len(days)
    if campaign.days in (both, last_only):
        return
    words = re.compile(rf"\b{campaign.days}\s+ngày(?:\s+đêm)?\b")
    lines = campaign.lines or campaign.waves[0].lines
    places = [locate(plan, lines, words)]
    for wave in waves:
        place = locate(plan, wave.lines, _range(wave))
        if place.quote and place not in places:
            places.append(place)
    detail = " + ".join(map(str, days)) if len(days) > 1 else ""
    counted = f" ({detail})" if detail else ""
    yield Hit(
        message=f"Văn bản ghi {campaign.days} ngày, các đợt cộng lại được {both} ngày{counted}, "
        f"tính cả ngày đầu và ngày cuối; không tính ngày đầu thì được {last_only} ngày.",
        places=tuple(places) if places[0].quote else (at(lines[0], ""),),
        advice=f"Sửa thành {both} ngày, hoặc sửa ngày bắt đầu, kết thúc của các đợt.",
    )


def _range(wave: Wave) -> re.Pattern[str]:
    """A pattern for the words of a wave's own dates, ``15/03/2023 … 15/05/2023``."""
    ends = []
    for iso in (wave.start, wave.end):
        year, month, day = (int(part) for part in iso.split("-"))
        ends.append(rf"0?{day}\s*[/.-]\s*0?{month}\s*(?:[/.-]\s*{year})?")
    return re.compile(rf"{ends[0]}.{{0,30}}?{ends[1]}")
