"""Checks of a plan: ``check(plan)`` returns what is wrong, where, and what to do about it.

Pure and deterministic. Each check is a small function in one of the modules below, with a page
of documentation in ``docs/checks``. To add one, write the function with ``@rule`` and import its
module here.
"""

from dinhlang.papers.checking import (
    annexes,
    citations,
    cited_documents,
    counts,
    deadlines,
    duration,
    form,
    funding,
    header,
    levels,
    measures,
    money,
    months,
    outline,
    owners,
    ownership,
    percentages,
    quantities,
    reports,
    roadmap,
    shares,
    timing,
    units,
    wording,
)
from dinhlang.papers.checking.frame import Check, Hit, Place, UnknownCheck, check, registry, rule

__all__ = [
    "Check",
    "Hit",
    "Place",
    "UnknownCheck",
    "annexes",
    "check",
    "citations",
    "cited_documents",
    "counts",
    "deadlines",
    "duration",
    "form",
    "funding",
    "header",
    "levels",
    "measures",
    "money",
    "months",
    "outline",
    "owners",
    "ownership",
    "percentages",
    "quantities",
    "registry",
    "reports",
    "roadmap",
    "rule",
    "shares",
    "timing",
    "units",
    "wording",
]
