"""One number of a unit from those of the units below it, by the measure's own rule. Pure.

Nothing is combined unless all units below have said theirs: a sum of some is no sum. The one
exception is “all”: a single no is a no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dinhlang.law.sets import Measure
from dinhlang.law.subjects import Fact

Weights = Mapping[int, Decimal]
PLACES = Decimal(1).scaleb(-6)


def combine(
    measure: Measure, facts: Mapping[int, Fact], units: Sequence[int], weights: Weights
) -> Fact | None:
    """The fact that those of the ``units`` make together, None where they make none.

    ``facts`` by unit, all of one year and sex; ``weights`` by unit (people or households).
    """
    there = [(unit, facts[unit]) for unit in units if unit in facts]
    if not there or measure.combine == "survey_again":
        return None
    whole = len(there) == len(units)
    content = _content(measure, there, weights, whole)
    if content is None:
        return None
    values = [fact for _, fact in there]
    sources = {fact.source for fact in values}
    ends = [fact.period_end for fact in values if fact.period_end is not None]
    return Fact(
        measure=measure.id,
        year=values[0].year,
        sex=values[0].sex,
        source=sources.pop() if len(sources) == 1 else "report",
        confirmed=whole and all(fact.confirmed for fact in values),
        period_end=min(ends) if ends else None,
        by=f"gộp từ {len(there)}/{len(units)} thôn",
        evidence=tuple(sorted({number for fact in values for number in fact.evidence})),
        **content,
    )


def _content(
    measure: Measure, facts: list[tuple[int, Fact]], weights: Weights, whole: bool
) -> dict[str, Any] | None:
    values = [fact for _, fact in facts]
    if measure.kind == "yes_no":
        return _yes_no(measure, values, whole)
    if not whole:
        return None
    if measure.kind == "grade":
        return _worst_grade(measure, values)
    match measure.combine:
        case "sum":
            return _sum(values)
        case "ratio_of_sums":
            return _ratio(values)
        case "mean_by_weight":
            return _mean(facts, weights)
        case "worst" | "all":
            return _worst(measure, values)
    return None


def _yes_no(measure: Measure, values: list[Fact], whole: bool) -> dict[str, Any] | None:
    if measure.combine not in ("all", "worst"):
        return None
    if any(fact.yes is False for fact in values):
        return {"yes": False}
    return {"yes": True} if whole and all(fact.yes for fact in values) else None


def _worst_grade(measure: Measure, values: list[Fact]) -> dict[str, Any] | None:
    grades = [fact.grade for fact in values]
    if measure.combine not in ("all", "worst") or any(one not in measure.scale for one in grades):
        return None
    return {"grade": min((one for one in grades if one), key=measure.scale.index)}


def _sum(values: list[Fact]) -> dict[str, Any] | None:
    numbers = [fact.value for fact in values]
    if any(number is None for number in numbers):
        return None
    return {"value": sum((number for number in numbers if number is not None), Decimal(0))}


def _ratio(values: list[Fact]) -> dict[str, Any] | None:
    parts = [(fact.numerator, fact.denominator) for fact in values]
    if any(top is None or bottom is None for top, bottom in parts):
        return None
    return {
        "numerator": sum((top for top, _ in parts if top is not None), Decimal(0)),
        "denominator": sum((bottom for _, bottom in parts if bottom is not None), Decimal(0)),
    }


def _mean(facts: list[tuple[int, Fact]], weights: Weights) -> dict[str, Any] | None:
    total, weight = Decimal(0), Decimal(0)
    for unit, fact in facts:
        if fact.value is None or unit not in weights:
            return None
        total += fact.value * weights[unit]
        weight += weights[unit]
    return {"value": (total / weight).quantize(PLACES).normalize()} if weight else None


def _worst(measure: Measure, values: list[Fact]) -> dict[str, Any] | None:
    if measure.better == "neither":
        return None
    counted = [fact for fact in values if not fact.base_is_empty]
    if any(fact.number is None for fact in counted):
        return None
    if not counted:
        return {"numerator": Decimal(0), "denominator": Decimal(0)}
    pick = min if measure.better == "higher" else max
    worst = pick(counted, key=lambda fact: fact.number or 0)
    if worst.value is not None:
        return {"value": worst.value}
    return {"numerator": worst.numerator, "denominator": worst.denominator}


def stands_before(own: Fact, combined: Fact) -> bool:
    """Whether a unit's own number counts, not the one combined from below.

    Its own, once confirmed, always does; a draft gives way to numbers that all are confirmed.
    """
    return own.confirmed or not combined.confirmed
