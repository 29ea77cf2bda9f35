"""Goals for a number of villages without a name and without a date: “Xây dựng 01 ấp kiểu mẫu.”"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.dates.moments import moments
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import find_periods
from dinhlang.vietnamese.guarded import guarded

_VILLAGE = r"(?:thôn|ấp|bản|xóm|buôn|khu dân cư|khu|khóm|làng)"
_GOAL = guarded(
    rf"\b(?:xây dựng|có(?: thêm)?|thêm|phấn đấu)\s+(?:được\s+|có\s+|thêm\s+|ít nhất\s+)*"
    rf"(?:\d{{1,2}}|một|hai|ba)\s+{_VILLAGE}\s+(?:đạt\s+)?(?:chuẩn\s+)?"
    r"(?:(?:nông thôn mới|NTM)\s*)?(?P<level>kiểu mẫu|thông minh)",
    re.IGNORECASE,
)


def nameless_goals(plan: Plan) -> Iterator[Hit]:
    """Villages to be brought to a level, told by number only, that nothing in the paper dates."""
    for each in paragraphs(plan):
        match = _GOAL.search(each.text) if not each.cells else None
        if match is None or tells_what_was(each.above) or find_periods(each.text):
            continue
        level = match["level"].lower()
        if villages_of(each.text) or any(
            level in one.paragraph.text.lower() for one in moments(plan)
        ):
            continue
        yield Hit(
            message="Mục tiêu này không ghi thôn nào, bao giờ phải đạt.",
            places=(each.said(plan, match.start(), match.end()),),
            advice="Ghi tên thôn và tháng, quý phải đạt.",
        )
