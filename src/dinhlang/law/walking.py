"""Ways through the tree of a requirement: its parts, its thresholds, what it refers to."""

from __future__ import annotations

from collections.abc import Iterator

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
    Fallback,
    FromMeasure,
    Grade,
    IfPresent,
    MeetsSet,
    MetShare,
    Points,
    Reached,
    Recognised,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)
from .sets import Amendment, CriteriaSet, Criterion, Indicator, MeasureKind

NUMBERS: tuple[MeasureKind, ...] = ("rate", "amount", "count")
"""The kinds of measure that are numbers."""
YES_NO: tuple[MeasureKind, ...] = ("yes_no",)


def parts(requirement: Requirement) -> tuple[Requirement, ...]:
    """The requirements right below, in order."""
    match requirement:
        case AllOf() | AnyOf() | AtLeastOf() | Fallback():
            return requirement.parts
        case IfPresent() | BothSexes() | Consecutive() | ThisYear() | Children():
            return (requirement.part,)
        case Points():
            return tuple(part for _, part in requirement.parts)
    return ()


def walk(requirement: Requirement) -> Iterator[Requirement]:
    """The requirement and everything below it, top first."""
    yield requirement
    for part in parts(requirement):
        yield from walk(part)


def thresholds(requirement: Requirement) -> tuple[Threshold, ...]:
    """The thresholds of this node alone."""
    match requirement:
        case Compare() | Children() | Points() | MetShare():
            return (requirement.threshold,)
        case Between() | Checklist():
            return tuple(each for each in (requirement.low, requirement.high) if each is not None)
    return ()


def walk_threshold(threshold: Threshold) -> Iterator[Threshold]:
    """The threshold and all its cases, top first."""
    yield threshold
    match threshold:
        case ByRegion() | ByGroup() | ByYear() | ByAttribute():
            for _, case in threshold.cases:
                yield from walk_threshold(case)
    if isinstance(threshold, ByAttribute) and threshold.otherwise is not None:
        yield from walk_threshold(threshold.otherwise)


def amounts(requirement: Requirement) -> Iterator[Value]:
    """Every number that stands in the thresholds of this node alone."""
    for threshold in thresholds(requirement):
        for each in walk_threshold(threshold):
            if isinstance(each, Value):
                yield each


def measures_of(requirement: Requirement) -> Iterator[tuple[str, tuple[MeasureKind, ...]]]:
    """The measures this node alone looks at, each with the kinds it may be."""
    match requirement:
        case Reached() | Recognised():
            yield requirement.measure, YES_NO
        case Compare() | Between() | Trend():
            yield requirement.measure, NUMBERS
        case Grade():
            yield requirement.measure, ("grade",)
        case IfPresent():
            yield requirement.measure, (*YES_NO, *NUMBERS)
        case Checklist():
            yield from ((measure, YES_NO) for measure in requirement.mandatory)
            yield requirement.score, NUMBERS
        case MeetsSet() if requirement.recognition is not None:
            yield requirement.recognition, YES_NO
    if isinstance(requirement, Compare):
        yield from ((each.measure, NUMBERS) for each in requirement.exceptions)
    for threshold in thresholds(requirement):
        for each in walk_threshold(threshold):
            if isinstance(each, FromMeasure):
                yield each.measure, NUMBERS


def indicators(document: CriteriaSet | Amendment) -> Iterator[tuple[str, Requirement]]:
    """Every requirement of a set or amendment with its indicator's number."""
    if isinstance(document, CriteriaSet):
        for criterion in document.criteria:
            for indicator in criterion.indicators:
                yield indicator.number, indicator.requirement
        return
    for change in document.changes:
        if isinstance(change.add, Indicator):
            yield change.add.number, change.add.requirement
        elif isinstance(change.add, Criterion):
            for indicator in change.add.indicators:
                yield indicator.number, indicator.requirement
        elif change.requirement is not None:
            yield change.number, change.requirement


def measures_in(document: CriteriaSet | Amendment) -> tuple[str, ...]:
    """The ids of all measures that the requirements look at, each once, in order."""
    found: dict[str, None] = {}
    for _, requirement in indicators(document):
        for node in walk(requirement):
            found.update((measure, None) for measure, _ in measures_of(node))
    return tuple(found)


def numbers(document: CriteriaSet | Amendment) -> frozenset[str]:
    """The numbers of all criteria and indicators that the document has or adds."""
    found: set[str] = set()
    criteria: list[Criterion] = []
    if isinstance(document, CriteriaSet):
        criteria = list(document.criteria)
    else:
        for change in document.changes:
            if isinstance(change.add, Criterion):
                criteria.append(change.add)
            elif isinstance(change.add, Indicator):
                found.add(change.add.number)
    for criterion in criteria:
        found.add(criterion.number)
        found.update(indicator.number for indicator in criterion.indicators)
    return frozenset(found)
