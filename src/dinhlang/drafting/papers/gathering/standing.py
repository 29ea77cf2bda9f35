"""How the criteria stand: now, and at the end of the period before as it was told or known."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from dinhlang.assessment import reasons
from dinhlang.assessment.selectors.verdicts import Ground, ground, verdict_on
from dinhlang.assessment.showing import ZONE
from dinhlang.law.verdicts import SetVerdict, State
from dinhlang.papers.writing.composing.report import Period
from dinhlang.papers.writing.composing.words import LEVELS
from dinhlang.places.models import Unit

from ..models import Paper
from ..periods import before

Data = dict[str, Any]


def law_of(place: Unit, paper: Paper) -> Data:
    """The programme in words and the decision of the set, for the bases of a paper."""
    return _law(ground(place, paper.on), paper.set_id)


def _law(here: Ground, set_id: str) -> Data:
    effective = here.effective(set_id) if set_id else None
    if effective is None:
        return {"programme": "nông thôn mới", "set": "", "decision": ""}
    criteria = effective.set
    # Levels of the law that no paper of a commune is written for have no words there.
    words: dict[str, str] = {level: said for level, said in LEVELS.items()}
    programme = words.get(criteria.level, "nông thôn mới")
    return {"programme": programme, "set": criteria.short, "decision": _decision(effective.set)}


def _decision(criteria: Any) -> str:
    found = criteria.decision
    if found is None or not found.number or criteria.sample:
        return ""
    parts = [f"Căn cứ Quyết định số {found.number}"]
    if found.date:
        parts.append(f"ngày {found.date.day:02d}/{found.date.month:02d}/{found.date.year}")
    if found.issuer:
        parts.append(f"của {found.issuer}")
    if found.title:
        parts.append(found.title[:1].lower() + found.title[1:])
    return " ".join(parts)


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
