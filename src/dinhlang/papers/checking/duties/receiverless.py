"""A report that goes to nobody while the reports listed beside it name who receives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.bodies import bodies_in
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.plan import Plan

_REPORT = re.compile(
    r"\W*(?:[a-zđ]\s*[.)]\s*)?Báo cáo (?:định kỳ |kết quả )?(?:h[àằ]ng )?(?:ngày|tuần|tháng|quý"
    r"|năm|6 tháng|06 tháng|sáu tháng|9 tháng|sơ kết|tổng kết|đột xuất|nhanh|giữa năm|cuối năm)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:ngày|trước|thứ|giờ|hạn|chậm nhất)\b", re.IGNORECASE)
_TO = re.compile(r"\b(?:gửi|nộp|về|cho|lên|trình|đến|với|tới|qua)\s+(?:đ/c|đồng chí|cho|về|[A-ZĐ])")


def to_nobody_beside(plan: Plan, known: set[int]) -> Iterator[Hit]:
    """Dated reports of a list without a receiver, where others of the list have one."""
    every = [each for each in paragraphs(plan) if not each.cells]
    listed = [_REPORT.match(each.text) is not None for each in every]
    for at, each in enumerate(every):
        if not listed[at] or not _DATED.search(each.text) or _received(each.text):
            continue
        beside = [
            every[i].text
            for i in range(max(0, at - 3), min(len(every), at + 4))
            if i != at and listed[i]
        ]
        said = any(_received(text) for text in beside) and not any(
            _TO.search(head) or head.rstrip().endswith("huyện") for head in each.above[-1:]
        )
        before = every[at - 1].text if at else ""
        led = before.endswith(":") and _TO.search(before) is not None
        if said and not led and each.number not in known:
            yield Hit(
                message="Báo cáo này không ghi gửi cho ai, các báo cáo bên cạnh có ghi.",
                places=(each.said(plan),),
                advice="Ghi nơi nhận báo cáo.",
                severity="warning",
            )


def _received(text: str) -> bool:
    return _TO.search(text) is not None or bool(bodies_in(text))
