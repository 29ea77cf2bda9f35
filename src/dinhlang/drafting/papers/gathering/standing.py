"""How the criteria stand: now, and at the end of the period before as it was told or known."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from dinhlang.assessment import reasons
from dinhlang.assessment.selectors.verdicts import Ground, ground, verdict_on
from dinhlang.assessment.showing import ZONE
from dinhlang.law.sets import CriteriaSet, Decision
from dinhlang.law.verdicts import SetVerdict, State
from dinhlang.papers.writing.composing.report import Period
from dinhlang.papers.writing.composing.words import LEVELS
from dinhlang.places.models import Unit

from ..models import Paper
from ..periods import before

Data = dict[str, Any]
OF_PLACES = ("ntm", "advanced", "model", "modern")
"""Levels a commune itself is brought to."""


def law_of(place: Unit, paper: Paper) -> Data:
    """The programme in words and the decision of the set, for the bases of a paper."""
    return _law(ground(place, paper.on), paper.set_id)


def _law(here: Ground, set_id: str) -> Data:
    effective = here.effective(set_id) if set_id else None
    if effective is None:
        return {"programme": "nông thôn mới", "set": ""}
    criteria = effective.set
    # Levels of the law that no paper of a commune is written for have no words there.
    words: dict[str, str] = {level: said for level, said in LEVELS.items()}
    programme = words.get(criteria.level, "nông thôn mới")
    return {"programme": programme, "set": _cited(criteria)}


def _numbered(found: Decision) -> str:
    """“Quyết định số 51/2025/QĐ-TTg ngày 29/12/2025 của Thủ tướng Chính phủ”."""
    words = f"Quyết định số {found.number}"
    words += f" ngày {found.date:%d/%m/%Y}" if found.date else ""
    issuer = found.issuer.partition(" (")[0]
    return f"{words} của {issuer}" if issuer else words


def _cited(criteria: CriteriaSet) -> str:
    """The set as a paper cites it: its title, and the decision that issued it."""
    if not criteria.decision.number:
        return criteria.title
    return f"{criteria.title} ban hành theo {_numbered(criteria.decision)}"


def in_force(place: Unit, on: date) -> Data:
    """The decisions whose sets for such a place are in force on the day, as bases of a paper.

    ``criteria``: how many criteria the first of these sets has, 0 where there is none.
    """
    sets = [
        each
        for each in ground(place, on).in_force()
        if each.level in OF_PLACES and each.decision.number and not each.sample
    ]
    bases: dict[str, str] = {}
    for each in sets:
        title = each.decision.title
        words = f" {title[:1].lower()}{title[1:]}" if title else ""
        bases.setdefault(each.decision.number, f"{_numbered(each.decision)}{words}")
    count = len(sets[0].criteria) if sets else 0
    return {"decisions": list(bases.values()), "criteria_in_force": count}


def now(paper: Paper) -> Data:
    """The criteria by the paper's set on its day, as known now."""
    here = ground(paper.place, paper.on)
    verdict = verdict_on(here, paper.set_id) if paper.set_id else None
    found = _law(here, paper.set_id)
    if verdict is not None:
        found |= {"criteria": _criteria(verdict, here), "counts": _counts(verdict)}
    return found


def then_and_now(paper: Paper, period: Period) -> Data:
    """The criteria at the end of the period (or today) and at the end of the one before.

    Before is what the last finished report of this kind and set told; where there is none, what
    was known when that period ended.
    """
    on = min(period.end, max(timezone.localdate(), period.start))
    here = ground(paper.place, on)
    verdict = verdict_on(here, paper.set_id) if paper.set_id else None
    found = _law(here, paper.set_id) | {"on": on.isoformat()}
    if verdict is None:
        return found | {"criteria": [], "counts": None, "before": ""}
    lines = _criteria(verdict, here)
    told = last_report(paper, period)
    if told is not None:
        source = told.document["source"]
        states = {each["number"]: each["now"] for each in source.get("criteria", [])}
        met = (source.get("counts") or {}).get("now", 0)
        words = f"báo cáo kỳ trước, đến hết ngày {told.end:%d/%m/%Y}"
    else:
        states, met, words = _known(paper, before(period))
    for line in lines:
        line["before"] = states.get(line["number"], "")
    return found | {
        "criteria": lines,
        "counts": _counts(verdict) | {"before": met},
        "before": words,
        "compared": bool(states),
    }


def last_report(paper: Paper, period: Period) -> Paper | None:
    """The finished report of the same kind and set that ended last before the period."""
    rows = Paper.objects.filter(
        place=paper.place, kind=paper.kind, period=period.kind, set_id=paper.set_id,
        end__lt=period.start, finished_at__isnull=False,
    )  # fmt: skip
    found: Paper | None = rows.order_by("-end", "-finished_at").first()
    return found


def _known(paper: Paper, day: date) -> tuple[dict[str, str], int, str]:
    here = ground(paper.place, day)
    moment = datetime.combine(day, time.max, ZONE)
    verdict = verdict_on(here, paper.set_id, moment)
    if verdict is None:
        return {}, 0, "không có: bộ tiêu chí chưa có hiệu lực ở kỳ trước"
    states = {each.criterion.number: each.state.words for each in verdict.criteria}
    words = f"số liệu đã biết hết ngày {day:%d/%m/%Y}"
    return states, verdict.criteria_counts.met, words


def _criteria(verdict: SetVerdict, here: Ground) -> list[Data]:
    return [
        {
            "number": each.criterion.number,
            "name": each.criterion.name,
            "now": each.state.words,
            "met": each.state is State.MET,
            "note": reasons.short(each, here.law, verdict.set),
        }
        for each in verdict.criteria
    ]


def _counts(verdict: SetVerdict) -> Data:
    return {"now": verdict.criteria_counts.met, "total": verdict.criteria_counts.total}
