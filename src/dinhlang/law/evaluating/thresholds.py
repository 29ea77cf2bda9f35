"""From a threshold that depends on where and when to the number that applies, and the way there."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from ..requirements import (
    Between,
    BothSexes,
    ByAttribute,
    ByGroup,
    ByRegion,
    ByYear,
    Children,
    Compare,
    Consecutive,
    FromMeasure,
    IfPresent,
    NotLoaded,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Value,
)
from ..sets import CriteriaSet, Indicator
from ..verdicts import Missing, ResolvedThreshold
from .context import Context

Path = tuple[tuple[str, str], ...]
Resolved = ResolvedThreshold | Missing
DEEPEST = 16
"""Steps from threshold to threshold; more is a circle of sets that refer to one another."""


def resolve(threshold: Threshold, context: Context, path: Path = ()) -> Resolved:
    """The number that applies, or what is missing to know it. ``path`` are the cases so far."""
    match threshold:
        case Value():
            return _value(threshold, path)
        case NotLoaded():
            return _not_loaded(threshold, path)
        case ByRegion():
            return _by_region(threshold, context, path)
        case ByGroup():
            return _by_group(threshold, context, path)
        case ByYear():
            return _by_year(threshold, context, path)
        case ByAttribute():
            return _by_attribute(threshold, context, path)
        case RelativeTo():
            return _relative_to(threshold, context, path)
        case FromMeasure():
            return _from_measure(threshold, context, path)


def _not_loaded(threshold: NotLoaded, path: Path) -> Missing:
    """The number that is missing: that of the region's or the group's row, where it has one."""
    rows = [case for kind, case in path if kind in ("by_region", "by_group")]
    what = threshold.note or (rows[-1] if rows else "")
    return Missing(kind="threshold", what=what, giver=threshold.giver)


@lru_cache(maxsize=4096)
def _value(threshold: Value, path: Path) -> ResolvedThreshold:
    return ResolvedThreshold(
        amount=Fraction(threshold.amount),
        threshold=threshold,
        path=path,
        provenance=threshold.provenance,
    )


def _by_region(threshold: ByRegion, context: Context, path: Path) -> Resolved:
    region, rule = context.region()
    if region is None:
        if none_loaded := _none_loaded(threshold):
            return none_loaded
        return Missing(kind="region", giver="unit")
    if rule:
        path = (*path, ("region_rule", rule))
    for case, then in threshold.cases:
        if case == region:
            return resolve(then, context, (*path, ("by_region", region)))
    return Missing(kind="threshold", what=region, giver="decision")


def _none_loaded(threshold: ByRegion | ByGroup) -> Missing | None:
    """What is missing where no case has its number: to know the case would not help."""
    cases = [then for _, then in threshold.cases]
    first = cases[0] if cases else None
    if isinstance(first, NotLoaded) and all(isinstance(each, NotLoaded) for each in cases):
        return Missing(kind="threshold", what=first.note, giver=first.giver)
    return None


def _by_group(threshold: ByGroup, context: Context, path: Path) -> Resolved:
    group = context.group()
    if group is None:
        if none_loaded := _none_loaded(threshold):
            return none_loaded
        return Missing(kind="group", giver="unit")
    for case, then in threshold.cases:
        if case == group:
            return resolve(then, context, (*path, ("by_group", group)))
    return Missing(kind="threshold", what=group, giver="decision")


def _by_year(threshold: ByYear, context: Context, path: Path) -> Resolved:
    year = context.assessed_year
    for case, then in threshold.cases:
        if case == year:
            return resolve(then, context, (*path, ("by_year", str(year))))
    return Missing(kind="threshold", what=str(year), giver="decision", year=year)


def _by_attribute(threshold: ByAttribute, context: Context, path: Path) -> Resolved:
    name = threshold.attribute
    value = context.attribute(name)
    if value is None:
        return Missing(kind="attribute", what=name, giver="unit")
    path = (*path, ("by_attribute", f"{name}={value}"))
    for case, then in threshold.cases:
        if case == value:
            return resolve(then, context, path)
    if threshold.otherwise is None:
        return Missing(kind="threshold", what=f"{name}={value}", giver="decision")
    return resolve(threshold.otherwise, context, path)


def _relative_to(threshold: RelativeTo, context: Context, path: Path) -> Resolved:
    other = context.run.law.get(threshold.set)
    if other is None or len(path) > DEEPEST:
        return Missing(kind="set", what=threshold.set, giver="decision")
    indicator = find_indicator(other.set, threshold.indicator)
    base = None if indicator is None else main_threshold(indicator.requirement)
    if indicator is None or base is None:
        return Missing(kind="threshold", what=threshold.indicator, giver="decision")
    step = ("relative_to", f"{threshold.set}#{threshold.indicator}×{threshold.factor}")
    # The other set's own rules of regions hold for its table; the year asked about stays.
    there = context.in_set(other.set)
    if context.year is not None:
        there = there.for_year(context.year)
    found = resolve(base, there, (*path, step))
    if isinstance(found, Missing):
        return found
    return ResolvedThreshold(
        amount=found.amount * Fraction(threshold.factor),
        threshold=threshold,
        path=found.path,
        provenance=found.provenance or indicator.provenance,
    )


def _from_measure(threshold: FromMeasure, context: Context, path: Path) -> Resolved:
    known = context.look(threshold.measure)
    if known.missing is not None:
        return known.missing
    number = known.fact.number if known.fact else None
    if number is None:
        return context.missing("fact", threshold.measure)
    return ResolvedThreshold(
        amount=number * Fraction(threshold.factor),
        threshold=threshold,
        path=(*path, ("from_measure", f"{threshold.measure}×{threshold.factor}")),
    )


def find_indicator(criteria_set: CriteriaSet, number: str) -> Indicator | None:
    """The indicator of that number, None where the set has none."""
    for criterion in criteria_set.criteria:
        for indicator in criterion.indicators:
            if indicator.number == number:
                return indicator
    return None


def main_threshold(requirement: Requirement) -> Threshold | None:
    """The threshold another set may refer to: that of the one comparison an indicator makes."""
    match requirement:
        case Compare():
            return requirement.threshold
        case Between():
            return requirement.low if requirement.low is not None else requirement.high
        case Children():
            return requirement.threshold
        case BothSexes() | ThisYear() | IfPresent() | Consecutive():
            return main_threshold(requirement.part)
        case _:
            return None
