"""Sources that are a share of money named beside them: “15% tiền đấu giá 24 tỷ đồng | 3,0”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.places import locate
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import find_amounts, format_money, format_number, parse_number

_OF_NAMED = re.compile(
    r"(?P<percent>\d{1,3}(?:[.,]\d+)?)\s*%\s+(?:của |từ |số |nguồn )?(?:tiền|thu|nguồn thu)\s"
    r"[^\d%;|]{0,40}?(?P<whole>\d[\d.,]*\s*(?:tỷ|tỉ|triệu)(?:\s+đồng)?)",
    re.IGNORECASE,
)


def wrong_proceeds(plan: Plan) -> Iterator[Hit]:
    """Sources whose amount is not the share of the money that their own words name."""
    for source in plan.funding.sources:
        match = _OF_NAMED.search(source.text)
        if match is None or not source.amount or len(find_amounts(source.text)) != 1:
            continue
        percent, whole_ = parse_number(match["percent"]), find_amounts(match["whole"])
        if percent is None or not whole_ or source.amount == whole_[0].value:
            continue
        right = int(percent * whole_[0].value / 100)
        if abs(right - source.amount) * 100 > source.amount * 2:
            yield Hit(
                message=f"{format_number(percent)}% của {match['whole']} là {format_money(right)}, "
                f"văn bản ghi {format_money(source.amount)}.",
                places=(locate(plan, source.lines, re.compile(re.escape(match[0]))),),
                advice="Tính lại tỷ lệ hoặc số tiền.",
            )
