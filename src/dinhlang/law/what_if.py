"""What if: a number, a threshold, the group, the region, the set or the day were another.

Nothing is stored: the changed unit and the changed law are held against the set again, and the two
verdicts compared indicator by indicator, for better and for worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from .evaluating import evaluate
from .library import Law
from .protocols import EffectiveSet, LawOfDay
from .provenance import Provenance
from .requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    Children,
    Compare,
    Consecutive,
    Fallback,
    IfPresent,
    MetShare,
    Points,
    Requirement,
    ThisYear,
    Threshold,
    Value,
)
from .sets import CriteriaSet, Criterion, Indicator
from .shortest_items import with_facts
from .subjects import Fact, Subject
from .verdicts import SetVerdict, State

Way = Literal["better", "worse", "other"]
_RANK = {State.NOT_MET: 0, State.UNKNOWN: 1, State.NOT_APPLICABLE: 2, State.MET: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is supposed. Facts go before all others of their measure, sex and year.

    ``facts`` by unit below (id or name; empty: the unit itself). ``thresholds`` by the number of
    the indicator. ``region``, ``group``, ``attributes``: None or absent leaves them as they are.
    """

    facts: dict[str, list[Fact]] = field(default_factory=dict)
    thresholds: dict[str, Decimal] = field(default_factory=dict)
    region: str | None = None
    group: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is supposed."""
        told = (self.facts, self.thresholds, self.attributes, self.region, self.group)
        return not any(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A criterion or indicator whose state changes; ``before`` None: it is new, ``after``: gone."""

    number: str
    name: str
    before: State | None
    after: State | None

    @property
    def way(self) -> Way:
        """Whether it is for better or for worse."""
        if self.before is None or self.after is None:
            return "other"
        step = _RANK[self.after] - _RANK[self.before]
        return "better" if step > 0 else "worse" if step < 0 else "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The verdicts before and after, and all that flips between them."""

    before: SetVerdict
    after: SetVerdict
    criteria: tuple[Flip, ...]
    indicators: tuple[Flip, ...]

    @property
    def better(self) -> tuple[Flip, ...]:
        """Indicators that are better off."""
        return tuple(flip for flip in self.indicators if flip.way == "better")

    @property
    def worse(self) -> tuple[Flip, ...]:
        """Indicators that are worse off."""
        return tuple(flip for flip in self.indicators if flip.way == "worse")


def suppose(effective: EffectiveSet, subject: Subject, law: Law, supposed: Supposed) -> Outcome:
    """What flips for the unit when this is supposed. Raises ``KeyError`` for a threshold of an
    indicator that the set does not have, or that makes no single comparison."""
    before = evaluate(effective, subject, law)
    unit = supposed_subject(subject, supposed)
    if supposed.thresholds:
        law = law.instead(with_thresholds(effective.set, supposed.thresholds))
        changed = law.get(effective.set.id)
        assert changed is not None
        effective = changed
    return between(before, evaluate(effective, unit, law))


def between(before: SetVerdict, after: SetVerdict) -> Outcome:
    """What flips between two verdicts, matched by number: of two days, or of two sets."""
    return Outcome(
        before=before,
        after=after,
        criteria=_flips(
            ((c.criterion.number, c.criterion.name, c.state) for c in before.criteria),
            ((c.criterion.number, c.criterion.name, c.state) for c in after.criteria),
        ),
        indicators=_flips(_indicators(before), _indicators(after)),
    )


def under(effective: EffectiveSet, subject: Subject, law: LawOfDay, before: SetVerdict) -> Outcome:
    """What flips when the unit is judged by this set or law instead of as ``before``."""
    return between(before, evaluate(effective, subject, law))


def supposed_subject(subject: Subject, supposed: Supposed) -> Subject:
    """The unit with the supposed facts, region, group and attributes."""
    changed = with_facts(subject, supposed.facts) if supposed.facts else subject
    return replace(
        changed,
        region=supposed.region or changed.region,
        group=supposed.group or changed.group,
        attributes={**changed.attributes, **supposed.attributes},
    )


def with_thresholds(criteria_set: CriteriaSet, amounts: dict[str, Decimal]) -> CriteriaSet:
    """The set with other thresholds; marked as supposed. Raises ``KeyError`` (see ``suppose``)."""
    left = dict(amounts)

    def changed(indicator: Indicator) -> Indicator:
        if indicator.number not in left:
            return indicator
        value = Value(amount=left.pop(indicator.number), provenance=SUPPOSED)
        requirement = with_threshold(indicator.requirement, value)
        if requirement is None:
            raise KeyError(indicator.number)
        return replace(indicator, requirement=requirement)

    def of(criterion: Criterion) -> Criterion:
        return replace(criterion, indicators=tuple(map(changed, criterion.indicators)))

    found = replace(criteria_set, criteria=tuple(map(of, criteria_set.criteria)))
    if left:
        raise KeyError(next(iter(left)))
    return found


SUPPOSED = Provenance(checked="sample", note="ngưỡng giả định, chỉ để thử")


def with_threshold(node: Requirement, value: Value) -> Requirement | None:
    """The requirement with its one threshold replaced; None where it has none, or several."""
    places = list(_thresholds(node, lambda found: found))
    if len(places) != 1:
        return None
    return places[0][1](value)


def main_threshold(node: Requirement) -> Threshold | None:
    """The threshold that ``with_threshold`` replaces."""
    places = list(_thresholds(node, lambda found: found))
    return places[0][0] if len(places) == 1 else None


Rebuild = Callable[[Any], Requirement]
"""From the new part (or threshold) to the whole requirement."""


def _thresholds(node: Requirement, up: Rebuild) -> Iterable[tuple[Threshold, Rebuild]]:
    """Every threshold in the tree with the function that puts another in its place."""
    match node:
        case Compare() | MetShare() | Points():
            yield node.threshold, lambda value: up(replace(node, threshold=value))
        case Between():
            if node.low is not None:
                yield node.low, lambda value: up(replace(node, low=value))
            if node.high is not None:
                yield node.high, lambda value: up(replace(node, high=value))
        case Children():
            yield node.threshold, lambda value: up(replace(node, threshold=value))
            yield from _thresholds(node.part, lambda part: up(replace(node, part=part)))
        case BothSexes() | Consecutive() | ThisYear() | IfPresent():
            yield from _thresholds(node.part, lambda part: up(replace(node, part=part)))
        case AllOf() | AnyOf() | AtLeastOf() | Fallback():
            for place, each in enumerate(node.parts):
                yield from _thresholds(each, _put(node, place, up))
        case _:
            return


def _put(node: AllOf | AnyOf | AtLeastOf | Fallback, place: int, up: Rebuild) -> Rebuild:
    def rebuild(part: Requirement) -> Requirement:
        return up(replace(node, parts=(*node.parts[:place], part, *node.parts[place + 1 :])))

    return rebuild


Row = tuple[str, str, State]


def _indicators(verdict: SetVerdict) -> Iterable[Row]:
    for criterion in verdict.criteria:
        for each in criterion.indicators:
            yield each.indicator.number, each.indicator.name, each.state


def _flips(before: Iterable[Row], after: Iterable[Row]) -> tuple[Flip, ...]:
    was = {number: (name, state) for number, name, state in before}
    now = {number: (name, state) for number, name, state in after}
    found = []
    for number in dict.fromkeys((*was, *now)):
        name = (now.get(number) or was[number])[0]
        first = was[number][1] if number in was else None
        second = now[number][1] if number in now else None
        if first is not second:
            found.append(Flip(number=number, name=name, before=first, after=second))
    return tuple(found)
