"""What a paper says of its own: gathered from verdicts, plans, tasks, offices, evidence.

``gather`` gives JSON, so that a finished paper keeps the data it was made from.
"""

from __future__ import annotations

from typing import Any

from dinhlang.papers.writing.composing.report import Period

from ..models import Paper
from . import offices, plans, proofs, standing, work

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
            found |= work.of_period(place, period) | plans.amounts(place, period.end.year)
        case "phan-cong":
            found |= plans.charges(place, on)
        case "ban-chi-dao":
            found |= {"members": offices.members(place)}
            found |= plans.bases(place, on) | plans.programme(place, on)
        case "cong-van-don-doc":
            found |= {"late": work.late(place, on)}
        case "thong-bao":
            found |= work.concluded(paper)
        case "to-trinh":
            found |= standing.now(paper) | plans.money_words(place, on) | plans.bases(place, on)
        case "bien-ban":
            found |= standing.now(paper) | {"late": work.late(place, on)}
            found |= {"present": [each["office"] for each in offices.members(place)]}
        case "danh-muc":
            found |= proofs.listed(place, on, paper.set_id) | standing.law_of(place, paper)
    return found
