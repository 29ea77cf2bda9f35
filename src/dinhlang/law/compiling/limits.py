"""The thresholds of many units at once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..evaluating.thresholds import DEEPEST, find_indicator, main_threshold
from ..requirements import (
    ByAttribute,
    ByGroup,
    ByRegion,
    ByYear,
    FromMeasure,
    NotLoaded,
    RelativeTo,
    Threshold,
    Value,
)
from .arrays import Flags, Fractions, constant, nothing, times, where
from .tables import Texts, is_none
from .views import View


def limits(threshold: Threshold, view: View, depth: int = 0) -> Fractions:
    """The number that applies to each unit, known where it can be."""
    match threshold:
        case Value():
            return constant(Fraction(threshold.amount), view.count)
        case NotLoaded():
            return nothing(view.count)
        case ByRegion():
            return _by_case(view.regions(), threshold.cases, view, depth)
        case ByGroup():
            return _by_case(view.groups(), threshold.cases, view, depth)
        case ByYear():
            year = view.assessed_year
            of_year = dict(reversed(threshold.cases)).get(year)
            return nothing(view.count) if of_year is None else limits(of_year, view, depth + 1)
        case ByAttribute():
            values = view.attribute(threshold.attribute)
            found = _by_case(values, threshold.cases, view, depth)
            if threshold.otherwise is None:
                return found
            others = ~is_none(values)
            for case, _ in threshold.cases:
                others &= values != case
            return where(others, limits(threshold.otherwise, view, depth), found)
        case RelativeTo():
            return _relative_to(threshold, view, depth)
        case FromMeasure():
            numbers, _ = view.numbers(threshold.measure)
            if numbers is None:
                return nothing(view.count)
            return scaled(numbers, Fraction(threshold.factor))


def _by_case(
    values: Texts, cases: Iterable[tuple[str, Threshold]], view: View, depth: int
) -> Fractions:
    found = nothing(view.count)
    seen: set[str] = set()
    for case, then in cases:
        chosen: Flags = values == case
        if case not in seen and bool(chosen.any()):
            found = where(chosen, limits(then, view, depth + 1), found)
        seen.add(case)
    return found


def _relative_to(threshold: RelativeTo, view: View, depth: int) -> Fractions:
    other = view.run.law.get(threshold.set)
    if other is None or depth > DEEPEST:
        return nothing(view.count)
    indicator = find_indicator(other.set, threshold.indicator)
    base = None if indicator is None else main_threshold(indicator.requirement)
    if base is None:
        return nothing(view.count)
    there = view.in_set(other.set)
    if view.year is not None:
        there = there.for_year(view.year)
    return scaled(limits(base, there, depth + 1), Fraction(threshold.factor))


def scaled(numbers: Fractions, factor: Fraction) -> Fractions:
    """Each number times ``factor``."""
    if factor == 1:
        return numbers
    by = constant(factor, len(numbers.known))
    return Fractions(times(numbers.top, by.top), times(numbers.bottom, by.bottom), numbers.known)
