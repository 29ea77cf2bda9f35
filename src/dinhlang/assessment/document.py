"""A verdict as JSON that can be read for ever: every rule, value, reason and source in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from dinhlang.law.explaining import explain
from dinhlang.law.library import Law
from dinhlang.law.sets import CriteriaSet, Measure
from dinhlang.law.verdicts import Counts, CriterionVerdict, IndicatorVerdict, SetVerdict
from dinhlang.places.models import Unit

from . import reasons

FORMAT = "dinhlang.assessment/1"

Data = dict[str, Any]


def document(verdict: SetVerdict, unit: Unit, law: Law) -> Data:
    """Everything a later reader needs, so that neither law nor facts are asked again."""
    criteria = verdict.set
    return {
        "format": FORMAT,
        "place": {"id": unit.pk, "name": unit.title, "level": unit.level},
        "on": verdict.on.isoformat(),
        "set": _set(criteria, verdict.hash),
        "state": verdict.state.value,
        "counts": {
            "criteria": _counts(verdict.criteria_counts),
            "indicators": _counts(verdict.indicator_counts),
        },
        "criteria": [_criterion(each, law, criteria) for each in verdict.criteria],
    }


def text_of(data: Data) -> str:
    """The data as it is kept: one spelling for one content."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The SHA-256 of the kept text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _set(criteria: CriteriaSet, digest: str) -> Data:
    return {
        "id": criteria.id,
        "title": criteria.title,
        "short": criteria.short,
        "level": criteria.level,
        "hash": digest,
        "sample": criteria.sample,
        "decision": criteria.decision.number,
        "decided": _day(criteria.decision.date),
        "lineage": [
            {"id": step.id, "decision": step.decision, "title": step.title, "hash": step.hash,
             "from": step.valid_from.isoformat()}
            for step in criteria.lineage
        ],
    }  # fmt: skip


def _counts(counts: Counts) -> Data:
    return {
        "met": counts.met,
        "not_met": counts.not_met,
        "unknown": counts.unknown,
        "not_applicable": counts.not_applicable,
    }


def _criterion(verdict: CriterionVerdict, law: Law, criteria: CriteriaSet) -> Data:
    measures: Mapping[str, Measure] = law.measures
    return {
        "number": verdict.criterion.number,
        "name": verdict.criterion.name,
        "group": verdict.criterion.group,
        "state": verdict.state.value,
        "indicators": [_indicator(i, law, criteria, measures) for i in verdict.indicators],
    }


def _indicator(
    verdict: IndicatorVerdict, law: Law, criteria: CriteriaSet, measures: Mapping[str, Measure]
) -> Data:
    said = explain(verdict, law, criteria)
    return {
        "number": verdict.indicator.number,
        "name": verdict.indicator.name,
        "state": verdict.state.value,
        "rule": said.rule,
        "reason": said.summary,
        "lines": [
            {"text": line.text, "state": line.state.value, "depth": line.depth,
             "label": line.label}
            for line in said.lines
        ],
        "path": said.path,
        "missing": list(said.missing),
        "sources": [
            {"what": source.what, "words": source.words, "addresses": list(source.addresses),
             "note": source.note}
            for source in said.sources
        ],
        "lineage": list(said.lineage),
        "facts": [_fact(each) for each in reasons.facts_of(verdict, measures)],
    }  # fmt: skip


def _fact(fact: reasons.FactShown) -> Data:
    return {
        "measure": fact.measure,
        "name": fact.name,
        "value": fact.value,
        "year": fact.year,
        "about": fact.about,
        "source": fact.source,
        "confirmed": fact.confirmed,
        "by": fact.by,
        "confirmed_by": fact.confirmed_by,
        "observation": fact.id,
    }
