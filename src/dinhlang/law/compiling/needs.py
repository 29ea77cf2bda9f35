"""Which facts a set asks for, so that a table holds no more than needed."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..evaluating.thresholds import find_indicator, main_threshold
from ..protocols import LawOfDay
from ..requirements import (
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
    Fallback,
    FromMeasure,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    Points,
    Reached,
    Recognised,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
)
from ..sets import CriteriaSet


@dataclass(slots=True)
class Needs:
    """What a set asks for of the units it is asked of.

    ``measures``: ids. ``earlier``: the ids of those asked for years before that of the day, with
    the first such year. ``attributes``: of the units. ``below``: the same for levels below.
    """

    measures: set[str] = field(default_factory=set)
    earlier: dict[str, int] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)
    below: dict[str, Needs] = field(default_factory=dict)

    @property
    def all_measures(self) -> frozenset[str]:
        """The measures asked for of the units and of all below them."""
        return frozenset(self.measures).union(*(each.all_measures for each in self.below.values()))


def needs_of(criteria_set: CriteriaSet, law: LawOfDay) -> Needs:
    """The needs of a set and of all sets it refers to."""
    found = Needs()
    _Walk(law, found, frozenset()).set(criteria_set)
    return found


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk: what was found at this level, which sets are being walked, the first year."""

    law: LawOfDay
    found: Needs
    inside: frozenset[str]
    first_year: int | None = None

    def set(self, criteria_set: CriteriaSet) -> None:
        self.found.attributes |= {rule.attribute for rule in criteria_set.region_rules}
        inner = _Walk(self.law, self.found, self.inside | {criteria_set.id})
        for criterion in criteria_set.criteria:
            for indicator in criterion.indicators:
                inner.node(indicator.requirement)

    def measure(self, measure: str, year: int | None = None) -> None:
        self.found.measures.add(measure)
        year = self.first_year if year is None else year
        if year is not None and year < self.law.on.year:
            kept = self.found.earlier.get(measure, year)
            self.found.earlier[measure] = min(kept, year)

    def threshold(self, threshold: Threshold | None) -> None:
        match threshold:
            case ByRegion() | ByGroup() | ByYear():
                for _, then in threshold.cases:
                    self.threshold(then)
            case ByAttribute():
                self.found.attributes.add(threshold.attribute)
                for _, then in threshold.cases:
                    self.threshold(then)
                self.threshold(threshold.otherwise)
            case FromMeasure():
                self.measure(threshold.measure)
            case RelativeTo():
                other = self.law.get(threshold.set)
                if other is None or threshold.set in self.inside:
                    return
                self.found.attributes |= {rule.attribute for rule in other.set.region_rules}
                indicator = find_indicator(other.set, threshold.indicator)
                if indicator is not None:
                    inner = _Walk(
                        self.law, self.found, self.inside | {threshold.set}, self.first_year
                    )
                    inner.threshold(main_threshold(indicator.requirement))
            case _:
                pass

    def node(self, node: Requirement) -> None:
        match node:
            case Reached() | Recognised() | Grade():
                self.measure(node.measure)
            case Compare():
                self.measure(node.measure)
                for excepted in node.exceptions:
                    self.measure(excepted.measure)
                self.threshold(node.threshold)
            case Between():
                self.measure(node.measure)
                self.threshold(node.low)
                self.threshold(node.high)
            case Trend():
                last = self.first_year or self.law.on.year
                self.measure(node.measure, last - node.years)
            case Checklist():
                for measure in (*node.mandatory, node.score):
                    self.measure(measure)
                self.threshold(node.low)
                self.threshold(node.high)
            case AllOf() | AnyOf() | AtLeastOf() | Fallback():
                for part in node.parts:
                    self.node(part)
            case Points():
                for _, part in node.parts:
                    self.node(part)
                self.threshold(node.threshold)
            case IfPresent():
                self.measure(node.measure)
                self.node(node.part)
            case BothSexes() | ThisYear():
                self.node(node.part)
            case Consecutive():
                first = node.asked(self.first_year or self.law.on.year).start
                _Walk(self.law, self.found, self.inside, first).node(node.part)
            case Children():
                self.threshold(node.threshold)
                below = self.found.below.setdefault(node.level, Needs())
                _Walk(self.law, below, self.inside, self.first_year).node(node.part)
            case MeetsSet() | MeetsCriterion() | MetShare():
                self.other_set(node)
            case ContentNotLoaded():
                pass

    def other_set(self, node: MeetsSet | MeetsCriterion | MetShare) -> None:
        if isinstance(node, MeetsSet) and node.recognition is not None:
            self.measure(node.recognition)
        if isinstance(node, MetShare):
            self.threshold(node.threshold)
        other = self.law.get(node.set)
        if other is not None and node.set not in self.inside:
            self.set(other.set)
