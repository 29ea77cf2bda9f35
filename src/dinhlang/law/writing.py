"""Sets, amendments and measures as data, as YAML, and as a digest of their content.

What is written reads back as the same object (``reading``), except for the lineage, which is
worked out and never written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import yaml

from .provenance import NOT_LOADED, Provenance
from .requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    ByAttribute,
    ByGroup,
    ByRegion,
    ByYear,
    Checklist,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Exception_,
    Fallback,
    FromMeasure,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    NotLoaded,
    Operator,
    Points,
    Reached,
    Recognised,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)
from .sets import Amendment, Body, Change, CriteriaSet, Criterion, Decision, Indicator, Measure

Data = dict[str, Any]
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_COMPARISONS: dict[Operator, str] = {
    ">=": "at_least", "<=": "at_most", ">": "above", "<": "below", "=": "equals",
}  # fmt: skip


def to_data(document: CriteriaSet | Amendment | Iterable[Measure]) -> Data:
    """Plain dictionaries, lists, texts and numbers in the shape of the YAML form.

    Equal documents give equal data; what has its usual value is left out.
    """
    if isinstance(document, CriteriaSet):
        return _set(document)
    if isinstance(document, Amendment):
        return _amendment(document)
    return {"format": "dinhlang.measures/1", "measures": [_measure(each) for each in document]}


def to_yaml(document: CriteriaSet | Amendment | Iterable[Measure]) -> str:
    """The file, as ``reading`` reads it."""
    written: str = yaml.dump(
        to_data(document), Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=100
    )
    return written


def digest(document: CriteriaSet | Amendment | Iterable[Measure]) -> str:
    """SHA-256 of the content, in hex: the same for the same law however the file is laid out."""
    text = json.dumps(to_data(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(**fields: Any) -> Data:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], {}, False)}


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def _provenance(found: Provenance, prefix: str = "", note: str = "note") -> Data:
    if found == NOT_LOADED:
        return {}
    data = {f"{prefix}checked": found.checked, f"{prefix}sources": list(found.sources)}
    return _kept(**data, **{f"{prefix}{note}": found.note})


def _document(document: CriteriaSet | Amendment) -> tuple[Data, Data]:
    """The first and the last keys of both kinds of document."""
    declared, territory = document.declared, document.territory
    first = {"id": document.id, "title": document.title}
    last = _kept(
        valid_to=document.valid_to and document.valid_to.isoformat(),
        decision=_decision(document.decision),
        territory=territory and {"code": territory.code, "name": territory.name},
        declared=None
        if declared is None
        else _kept(criteria=declared.criteria, indicators=declared.indicators)
        | _provenance(declared.provenance),
        region_rules=[
            {"attribute": rule.attribute, "region": rule.region, **_provenance(rule.provenance)}
            for rule in document.region_rules
        ],
        measures=[_measure(each) for each in document.measures],
        sample=document.sample,
        note=document.note,
    )
    return first, {"valid_from": document.valid_from.isoformat(), **last}


def _set(document: CriteriaSet) -> Data:
    first, last = _document(document)
    return {
        "format": "dinhlang.criteria/1",
        **first,
        "short": document.short,
        "level": document.level,
        "subject": document.subject,
        **_kept(
            years=document.years and list(document.years),
            replaces=list(document.replaces),
            at_least=document.at_least,
        ),
        **last,
        "criteria": [_criterion(each) for each in document.criteria],
    }


def _amendment(document: Amendment) -> Data:
    first, last = _document(document)
    return {
        "format": "dinhlang.amendment/1",
        **first,
        "amends": document.amends,
        **last,
        "changes": [_change(each) for each in document.changes],
    }


def _decision(decision: Decision) -> Data:
    return {
        "number": decision.number,
        **_kept(
            issuer=decision.issuer,
            date=decision.date and decision.date.isoformat(),
            title=decision.title,
        ),
        **_provenance(decision.provenance),
    }


def _body(body: Body | None) -> Data | None:
    if body is None:
        return None
    return _kept(name=body.name, document=body.document) | _provenance(body.provenance)


def _criterion(criterion: Criterion) -> Data:
    return {
        "number": criterion.number,
        "name": criterion.name,
        **_provenance(criterion.name_provenance, note="source_note"),
        **_kept(
            group=criterion.group,
            guided_by=_body(criterion.guided_by),
            at_least=criterion.at_least,
            note=criterion.note,
        ),
        "indicators": [_indicator(each) for each in criterion.indicators],
    }


def _indicator(indicator: Indicator) -> Data:
    return {
        "number": indicator.number,
        "name": indicator.name,
        **_provenance(indicator.name_provenance, "name_", "source_note"),
        **_provenance(indicator.provenance, note="source_note"),
        "requirement": requirement_data(indicator.requirement),
        **_kept(
            evidence=list(indicator.evidence),
            assessor=_body(indicator.assessor),
            note=indicator.note,
        ),
    }


def _change(change: Change) -> Data:
    note = _kept(note=change.note)
    if isinstance(change.add, Indicator):
        return {"add": {"indicator": {"criterion": change.number, **_indicator(change.add)}}} | note
    if isinstance(change.add, Criterion):
        return {"add": {"criterion": _criterion(change.add)}} | note
    requirement = change.requirement and requirement_data(change.requirement)
    return {
        change.kind: change.number,
        **_kept(repeal=change.repeal, name=change.name, requirement=requirement),
        **_provenance(change.provenance, note="source_note"),
        **note,
    }


def _measure(measure: Measure) -> Data:
    unit = None if measure.kind == "rate" and measure.unit == "%" else measure.unit
    return {
        "id": measure.id,
        "name": measure.name,
        "kind": measure.kind,
        **_kept(unit=unit),
        "better": measure.better,
        "combine": measure.combine,
        **_kept(
            scale=list(measure.scale),
            by_sex=measure.by_sex,
            level=None if measure.level == "commune" else measure.level,
            topic=measure.topic,
            office=measure.office,
            numerator=measure.numerator,
            denominator=measure.denominator,
            survey_only=measure.survey_only,
        ),
    }


def threshold_data(threshold: Threshold) -> Any:
    """A threshold as it stands in a file: a number or a mapping."""
    match threshold:
        case Value(amount=amount, provenance=None):
            return _number(amount)
        case Value(amount=amount, provenance=own):
            assert own is not None
            return {"value": _number(amount), "checked": own.checked, **_provenance(own)}
        case NotLoaded():
            return {"not_loaded": {"giver": threshold.giver, **_kept(note=threshold.note)}}
        case ByRegion() | ByGroup() | ByYear():
            cases = {str(name): threshold_data(case) for name, case in threshold.cases}
            return {threshold.kind: cases}
        case ByAttribute():
            inside = {
                "attribute": threshold.attribute,
                "cases": {name: threshold_data(case) for name, case in threshold.cases},
            }
            if threshold.otherwise is not None:
                inside["otherwise"] = threshold_data(threshold.otherwise)
            return {threshold.kind: inside}
        case RelativeTo():
            named = {"set": threshold.set, "indicator": threshold.indicator}
            return {threshold.kind: named | _factor(threshold.factor)}
        case FromMeasure():
            return {threshold.kind: {"measure": threshold.measure} | _factor(threshold.factor)}


def _factor(factor: Decimal) -> Data:
    return {} if factor == 1 else {"factor": _number(factor)}


def requirement_data(requirement: Requirement) -> Data:
    """A requirement as it stands in a file: a mapping with one key."""
    match requirement:
        case Compare():
            return _compare(requirement)
        case Reached():
            return {"reached": requirement.measure}
        case AllOf() | AnyOf() | Fallback():
            return {requirement.kind: [requirement_data(part) for part in requirement.parts]}
        case BothSexes() | ThisYear():
            return {requirement.kind: requirement_data(requirement.part)}
        case ContentNotLoaded():
            return {requirement.kind: {"giver": requirement.giver, **_kept(note=requirement.note)}}
    return {requirement.kind: _inside(requirement)}


def _inside(requirement: Requirement) -> Data:
    match requirement:
        case Between():
            return {
                "measure": requirement.measure,
                **_bounds(requirement.low, requirement.high),
                **_kept(below_high=requirement.below_high),
            }
        case Grade():
            return {"measure": requirement.measure, "at_least": requirement.at_least}
        case Trend():
            return {
                "measure": requirement.measure,
                "direction": requirement.direction,
                "years": requirement.years,
            }
        case Recognised():
            return {"measure": requirement.measure, "standard": requirement.standard}
        case AtLeastOf():
            parts = [requirement_data(part) for part in requirement.parts]
            return {"count": requirement.count, "parts": parts}
        case IfPresent():
            return {"measure": requirement.measure, "part": requirement_data(requirement.part)}
        case Consecutive():
            before = {"before": True} if requirement.before else {}
            part = requirement_data(requirement.part)
            return {"years": requirement.years, **before, "part": part}
        case Children():
            return {
                "level": requirement.level,
                "part": requirement_data(requirement.part),
                "operator": requirement.operator,
                "value": threshold_data(requirement.threshold),
                "counting": requirement.counting,
            }
        case Points():
            return {
                "parts": [
                    {"points": _number(points), "part": requirement_data(part)}
                    for points, part in requirement.parts
                ],
                "value": threshold_data(requirement.threshold),
            }
        case Checklist():
            return {
                "mandatory": list(requirement.mandatory),
                "score": requirement.score,
                **_bounds(requirement.low, requirement.high),
            }
    return _about_other_set(requirement)


def _about_other_set(requirement: Requirement) -> Data:
    match requirement:
        case MeetsSet():
            return {
                "set": requirement.set,
                **_kept(recognition=requirement.recognition, revalidate=requirement.revalidate),
            }
        case MeetsCriterion():
            return {"set": requirement.set, "number": requirement.number}
        case MetShare():
            return {
                "set": requirement.set,
                "operator": requirement.operator,
                "value": threshold_data(requirement.threshold),
            }
    raise TypeError(requirement.kind)


def _compare(requirement: Compare) -> Data:
    exceptions = [_exception(each) for each in requirement.exceptions]
    nothing = requirement.threshold == Value(amount=Decimal(0))
    if requirement.operator == "=" and nothing:
        if not exceptions:
            return {"zero": requirement.measure}
        return {"zero": {"measure": requirement.measure, "exceptions": exceptions}}
    inside = {
        "measure": requirement.measure,
        "value": threshold_data(requirement.threshold),
        **_kept(exceptions=exceptions),
    }
    return {_COMPARISONS[requirement.operator]: inside}


def _exception(exception: Exception_) -> Data:
    return {"measure": exception.measure, "text": exception.text}


def _bounds(low: Threshold | None, high: Threshold | None) -> Data:
    bounds = (("low", low), ("high", high))
    return {key: threshold_data(bound) for key, bound in bounds if bound is not None}
