"""What a paper says of its own: gathered from verdicts, plans, tasks, offices, evidence.

``gather`` gives JSON, so that a finished paper keeps the data it was made from.
"""

from __future__ import annotations

from typing import Any

from dinhlang.papers.writing.composing.report import Period

from ..models import Paper
from . import concluded, money, offices, plans, proofs, standing, work

Source = dict[str, Any]


def period_of_paper(paper: Paper) -> Period | None:
    """The period of a report; None of any other paper."""
    if paper.start is None or paper.end is None:
        return None
    # The column takes only the kinds of a period.
    return Period(kind=paper.period, start=paper.start, end=paper.end)  # type: ignore[arg-type]


def gather(paper: Paper) -> Source:
    """Everything known now that a paper of this kind says."""
    place, on = paper.place, paper.on
    found: Source = {"place": place.full_name, "year": on.year, "above": offices.above(place)}
    match paper.kind:
        case "bao-cao":
            period = period_of_paper(paper)
            if period is None:
                raise ValueError(paper.pk)
            found |= standing.then_and_now(paper, period)
            found |= work.of_period(place, period) | plans.amounts(place, period)
            found |= money.of_period(place, period)
        case "phan-cong":
            found |= plans.charges(place, on) | standing.in_force(place, on)
        case "ban-chi-dao":
            found |= {"members": offices.members(place)}
            found |= plans.bases(place, on) | plans.programme(place, on)
            found |= standing.in_force(place, on)
        case "cong-van-don-doc":
            found |= {"late": work.late(place, on), "coordinator": offices.coordinator(place)}
        case "thong-bao":
            found |= concluded.of(paper)
        case "to-trinh":
            found |= standing.now(paper) | money.asked(place, on.year) | plans.bases(place, on)
        case "bien-ban":
            found |= standing.now(paper) | {"late": work.late(place, on)}
            found |= {"present": offices.titles(place)}
        case "danh-muc":
            found |= proofs.listed(place, on, paper.set_id) | standing.law_of(place, paper)
    return found
