"""Which criteria still to be reached have money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.papers.checking.arithmetic.figures import paper_of
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import listed, locate
from dinhlang.papers.plan import Criterion, Plan
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_NO_COST = guarded(
    r"\bkhông (?:cần|sử dụng|phát sinh|bố trí)\s+(?:kinh phí|vốn|tiền)|kinh phí thường xuyên", re.I
)


@rule(
    code="FUND-COVERAGE",
    severity="warning",
    purpose="Mỗi tiêu chí chưa đạt có dòng kinh phí hoặc ghi rõ không cần",
    page="""
## Là gì

Phần kinh phí tính theo tiêu chí, nhưng có tiêu chí chưa đạt không có dòng nào và cũng không ghi là
không cần kinh phí.

## Vì sao

Việc không có tiền thường không làm được; nếu thật không cần tiền thì ghi ra để khỏi hỏi lại.

## Ví dụ

Bị báo: 7 tiêu chí chưa đạt, chỉ 5 tiêu chí có dự kiến kinh phí.

Không bị báo: mỗi tiêu chí chưa đạt một dòng; có câu `các tiêu chí còn lại không cần kinh phí`.

## Cách sửa

Thêm dòng kinh phí, hoặc ghi `không cần kinh phí` và lý do.
""",
)
def coverage(plan: Plan) -> Iterator[Hit]:
    """Unmet criteria without a line of cost, where costs are given by criterion."""
    covered = {need.criterion for need in plan.funding.needs if need.criterion is not None}
    unmet = {c.number: c for c in plan.criteria if c.status == "to_reach" and c.number is not None}
    bare = [each for number, each in sorted(unmet.items()) if number not in covered]
    free = _free_of_cost(plan, bare)
    if len(covered & unmet.keys()) < 2 or free is None or len(bare) > len(unmet) / 2:
        return
    bare = [each for each in bare if each not in free]
    if not bare:
        return
    names = listed(f"{each.number} ({each.name})" for each in bare)
    yield Hit(
        message=f"Tiêu chí chưa đạt không có dòng kinh phí: {names}.",
        places=tuple(
            locate(plan, each.lines, re.compile(re.escape(each.name), re.IGNORECASE))
            for each in bare
        ),
        advice="Thêm dòng kinh phí, hoặc ghi “không cần kinh phí” và lý do.",
    )


def _free_of_cost(plan: Plan, bare: Sequence[Criterion]) -> list[Criterion] | None:
    """The criteria said to need no money; None where that is said of all the rest."""
    free: list[Criterion] = []
    for paragraph in paper_of(plan).paragraphs:
        if not _NO_COST.search(paragraph.text):
            continue
        low = lower(paragraph.text)
        named = [
            each
            for each in bare
            if each.name.lower() in low
            or re.search(rf"\b(?:tc|tiêu chí(?: số)?|số)\s*{each.number}\b", low)
        ]
        if not named:
            return None
        free += named
    return free
