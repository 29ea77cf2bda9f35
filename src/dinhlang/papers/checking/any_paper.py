"""Which checks hold for an official paper that is no plan: its form, what it cites, its sums.

A report gives nobody work and needs no roadmap, so the checks of a plan would only say false
things about it.
"""

from __future__ import annotations

from collections.abc import Iterable

from dinhlang.papers.plan import Kind, Plan

KIND_NAMES: dict[Kind, str] = {
    "report": "báo cáo",
    "decision": "quyết định",
    "submission": "tờ trình",
    "letter": "công văn",
    "notice": "thông báo",
    "minutes": "biên bản",
}
"""Kinds of papers that are surely no plan; a paper of no known kind is checked as one."""
_OF_ANY = ("ANNEX", "CITE", "DATE", "FORM", "HEAD", "OUTLINE", "TEXT")
_SINGLE = (
    "COMMITTEE-NAME", "COUNT-PARTITION", "COUNT-PRODUCT", "DURATION-DATES", "FUND-PRODUCT",
    "FUND-SHARE", "FUND-SUM", "MONTH-QUARTER", "OFFICE-LEVEL", "PART-WHOLE",
    "PERCENT-RANGE", "PLACE-NAME", "RATIO-VALUE",
)  # fmt: skip
_OF_PLANS = ("FORM-BASIS",)
_NOT_OF: dict[Kind, tuple[str, ...]] = {"minutes": ("HEAD-SIGNATURE",)}
"""Minutes are signed by their writer and who presided, beside one another."""


def holds_for_any(code: str) -> bool:
    """Whether the check of this code holds for any official paper."""
    kind = code.partition("-")[0]
    return code in _SINGLE or (kind in _OF_ANY and code not in _OF_PLANS)


def codes_for(plan: Plan, every: Iterable[str]) -> list[str] | None:
    """Those of ``every`` code that hold for this paper; None: all, it is a plan."""
    kind = plan.document.kind
    if kind not in KIND_NAMES:
        return None
    other = _NOT_OF.get(kind, ())
    return [code for code in every if holds_for_any(code) and code not in other]


def not_a_plan(plan: Plan) -> str:
    """What is told of a paper that is no plan; empty for a plan."""
    name = KIND_NAMES.get(plan.document.kind)
    if name is None:
        return ""
    return (
        f"văn bản này là {name}, không phải kế hoạch: chỉ soát thể thức, viện dẫn, ngày tháng và "
        "các phép tính"
    )
