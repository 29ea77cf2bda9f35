"""Checks of a plan: ``check(plan)`` returns what is wrong, where, and what to do about it.

Pure and deterministic. Each check is a small function in one of the modules below, with a page
of documentation in ``docs/checks``. To add one, write the function with ``@rule`` and import its
module here.
"""

from dinhlang.papers.checking.arithmetic import (
    minima,
    percentages,
    quantities,
    ratios,
    shares,
    units,
)
from dinhlang.papers.checking.counts import counts, partition
from dinhlang.papers.checking.dates import calendar_days, deadlines, duration, months, timing, waves
from dinhlang.papers.checking.duties import leads, owners, ownership, reports, rhythms
from dinhlang.papers.checking.finance import conditional, cost_coverage, funding, money
from dinhlang.papers.checking.form import (
    annexes,
    form,
    header,
    one_name,
    outline,
    own_names,
    typing_marks,
    wording,
)
from dinhlang.papers.checking.frame import Check, Hit, Place, UnknownCheck, check, registry, rule
from dinhlang.papers.checking.gaps import roadmap
from dinhlang.papers.checking.law import choices, citations, cited_documents, levels, sets
from dinhlang.papers.checking.targets import goals, measures, unmeasured

__all__ = [
    "Check",
    "Hit",
    "Place",
    "UnknownCheck",
    "annexes",
    "calendar_days",
    "check",
    "choices",
    "citations",
    "cited_documents",
    "conditional",
    "cost_coverage",
    "counts",
    "deadlines",
    "duration",
    "form",
    "funding",
    "goals",
    "header",
    "leads",
    "levels",
    "measures",
    "minima",
    "money",
    "months",
    "one_name",
    "outline",
    "own_names",
    "owners",
    "ownership",
    "partition",
    "percentages",
    "quantities",
    "ratios",
    "registry",
    "reports",
    "rhythms",
    "roadmap",
    "rule",
    "sets",
    "shares",
    "timing",
    "typing_marks",
    "units",
    "unmeasured",
    "waves",
    "wording",
]
