"""The evidence of a place by criterion and indicator of a set."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q

from dinhlang.assessment.selectors.verdicts import ground
from dinhlang.facts.models import Evidence, EvidenceLink
from dinhlang.law.sets import CriteriaSet
from dinhlang.law.walking import measures_of, walk
from dinhlang.places.models import Unit

Data = dict[str, Any]


def listed(place: Unit, on: date, set_id: str) -> Data:
    """Each indicator of the set with the evidence that proves it, or with none; then the bare.

    An evidence of a number proves every indicator that looks at this number.
    """
    effective = ground(place, on).effective(set_id) if set_id else None
    if effective is None:
        return {"proofs": [], "bare": []}
    links = (
        EvidenceLink.objects.filter(place=place, removed_at=None, evidence__set_aside_at=None)
        .filter(Q(set_id=set_id) | Q(set_id=""))
        .filter(Q(evidence__valid_to=None) | Q(evidence__valid_to__gte=on))
        .select_related("evidence")
        .order_by("evidence__dated", "evidence_id")
    )
    by_number: dict[str, dict[int, Evidence]] = defaultdict(dict)
    by_measure: dict[str, dict[int, Evidence]] = defaultdict(dict)
    for link in links:
        target = by_number[link.number] if link.number else by_measure[link.measure]
        target[link.evidence_id] = link.evidence
    return _in_order(effective.set, by_number, by_measure)


def _in_order(
    criteria: CriteriaSet,
    by_number: dict[str, dict[int, Evidence]],
    by_measure: dict[str, dict[int, Evidence]],
) -> Data:
    rows: list[Data] = []
    bare: list[str] = []
    for criterion in criteria.criteria:
        for indicator in criterion.indicators:
            found = dict(by_number.get(indicator.number, {}))
            for node in walk(indicator.requirement):
                for measure, _ in measures_of(node):
                    found |= by_measure.get(measure, {})
            about = {
                "criterion": f"{criterion.number}. {criterion.name}",
                "indicator": indicator.number,
                # A criterion with one indicator has it under its own number and name.
                "name": "" if indicator.name == criterion.name else indicator.name,
            }
            if not found:
                bare.append(indicator.number)
                rows.append(about | {"title": "", "number": "", "day": "", "issuer": ""})
            for each in found.values():
                rows.append(
                    about
                    | {
                        "title": each.title,
                        "number": each.number,
                        "day": each.dated.isoformat() if each.dated else "",
                        "issuer": each.agency,
                    }
                )
    return {"proofs": rows, "bare": bare}
