"""One date for all the work of a campaign or of the paper, and works that end behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.dates.moments import Moment, moments
from dinhlang.papers.checking.dates.orders import AFTERWARDS, begin, said
from dinhlang.papers.checking.dates.things import things
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.places import title_line
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.folding import lower

_ALL = re.compile(
    r"\b(?:toàn bộ|tất cả|mọi)\s+(?:các\s+)?(?:khối lượng|công trình|phần việc|nội dung|hạng mục"
    r"|công việc|việc|chỉ tiêu|nhiệm vụ|đầu việc)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\b(?:xong|hoàn thành|hoàn tất|kết thúc|dứt điểm)\b", re.IGNORECASE)
_CAMPAIGN = re.compile(r"\b(?:đợt|chiến dịch|cao điểm|ra quân|phong trào)\b", re.IGNORECASE)
_SOME = re.compile(
    r"\b(?:thôn|ấp|bản|xóm|buôn|khu|khóm)\s+(?:[A-ZÀ-ỸĐ]|thông minh|\d)|\btiêu chí (?:số )?\d"
    r"|\b(?:này|trên)\b"
)
_FINISHES = 6
_ACCEPTING = 30  # days in which work done in time may still be accepted


def behind_all(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Works that end behind the day by which all the work of their paper must be done."""
    for frame in _frames(plan):
        scope = frame.paragraph.above[:1]
        whole = _is_campaign(plan)
        for thing in things(plan):
            moment = thing.moment
            if thing.kind != "work" or thing.step < _FINISHES or not thing.due:
                continue
            if moment.paragraph.number in told or moment.period.kind == "year":
                continue
            late = (begin(moment) - frame.last).days
            if late <= 0 or AFTERWARDS.search(moment.words.replace("nghiệm thu", "")):
                continue
            if late <= _ACCEPTING and "nghiệm thu" in moment.words:
                continue
            if not whole and moment.paragraph.above[:1] != scope:
                continue
            told.add(moment.paragraph.number)
            yield Hit(
                message=f"Việc này có hạn {said(moment)}, sau hạn chung của mọi việc "
                f"({said(frame)}).",
                places=(moment.place(plan), frame.place(plan)),
                advice="Kéo hạn về trước hạn chung, hoặc sửa hạn chung.",
            )


def _frames(plan: Plan) -> list[Moment]:
    """The dates of all the work; what is said of one village or one criterion is no such date."""
    found = [
        each
        for each in moments(plan)
        if _ALL.search(each.words)
        and _ENDS.search(each.words)
        and not _SOME.search(each.words)
        and each.period.kind != "year"
    ]
    return found if len(found) == 1 else []


def _is_campaign(plan: Plan) -> bool:
    title = title_line(plan) or 0
    head = " ".join(plan.text[title : title + 3])
    return plan.document.kind == "campaign" or _CAMPAIGN.search(lower(head)) is not None
