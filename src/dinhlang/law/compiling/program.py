"""A set made ready for many units, and the walk that answers for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from ..evaluating.nodes import is_complete
from ..evaluating.thresholds import find_indicator
from ..protocols import EffectiveSet, LawOfDay
from ..requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    Checklist,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Fallback,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    Points,
    Reached,
    Recognised,
    Requirement,
    ThisYear,
    Trend,
)
from ..sets import CriteriaSet, Criterion
from . import leaves
from .arrays import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Codes,
    Fractions,
    States,
    Tally,
    all_not_applicable,
    certain,
    choose,
    every,
    filled,
    perhaps_not_applicable,
    some,
    tally,
    tally_below,
    whole_numbers,
)
from .limits import limits
from .needs import Needs, needs_of
from .tables import Table
from .views import Run, View

__all__ = ["Needs", "Program", "compile_set"]


@dataclass(frozen=True, slots=True)
class Program:
    """A set on one day, ready for tables of units. ``needs``: what the tables must contain."""

    effective: EffectiveSet
    law: LawOfDay
    needs: Needs

    def run(self, table: Table) -> States:
        """The states of all units of the table; the same as ``evaluate`` gives one by one."""
        view = View(Run(self.law), table, self.effective.set)
        view.run.asking.add((self.effective.set.id, "", id(table)))
        return _of_set(view)


def compile_set(effective: EffectiveSet, law: LawOfDay) -> Program:
    """The program of a set on the day of ``law``."""
    return Program(effective, law, needs_of(effective.set, law))


def _of_set(view: View) -> States:
    indicators, criteria = [], []
    for criterion in view.set.criteria:
        own, whole = _of_criterion(criterion, view)
        indicators += own
        criteria.append(whole)
    least = view.set.at_least
    counted = tally(criteria, view.count)
    whole = every(counted) if least is None else some(counted, least)
    if least is None and not is_complete(view.set):
        whole[whole == MET] = UNKNOWN
    return States(
        whole=whole,
        criteria_numbers=tuple(each.number for each in view.set.criteria),
        criteria=_stacked(criteria, view.count),
        indicator_numbers=tuple(
            each.number for criterion in view.set.criteria for each in criterion.indicators
        ),
        indicators=_stacked(indicators, view.count),
    )


def _stacked(rows: Sequence[Codes], count: int) -> Codes:
    return np.stack(rows) if rows else np.zeros((0, count), dtype=np.int8)


def _of_criterion(criterion: Criterion, view: View) -> tuple[list[Codes], Codes]:
    own = [judge(each.requirement, view) for each in criterion.indicators]
    counted = tally(own, view.count)
    least = criterion.at_least
    return own, every(counted) if least is None else some(counted, least)


def judge(node: Requirement, view: View) -> Codes:
    """The codes of one node, one a unit."""
    match node:
        case Reached() | Recognised():
            return leaves.reached(node, view)
        case Compare():
            return leaves.compared(node, view)
        case Between():
            return leaves.between(node, view)
        case Grade():
            return leaves.graded(node, view)
        case Trend():
            return leaves.trend(node, view)
        case ContentNotLoaded():
            return filled(view.count, UNKNOWN)
        case AllOf():
            return every(tally([judge(part, view) for part in node.parts], view.count))
        case AnyOf() | AtLeastOf():
            count = node.count if isinstance(node, AtLeastOf) else 1
            return some(tally([judge(part, view) for part in node.parts], view.count), count)
        case Fallback():
            return _fallback(node, view)
        case IfPresent():
            return _if_present(node, view)
        case BothSexes():
            parts = [judge(node.part, view.for_sex(sex)) for sex in ("male", "female")]
            return every(tally(parts, view.count))
        case ThisYear():
            return judge(node.part, view.for_year(view.assessed_year))
        case Consecutive():
            years = node.asked(view.assessed_year)
            parts = [judge(node.part, view.for_year(year)) for year in years]
            return every(tally(parts, view.count))
        case Children():
            return _children(node, view)
        case Points():
            return _points(node, view)
        case Checklist():
            items = [leaves.reached(Reached(measure=each), view) for each in node.mandatory]
            band = Between(measure=node.score, low=node.low, high=node.high, below_high=True)
            return every(tally([*items, leaves.between(band, view)], view.count))
        case MeetsSet():
            return _meets_set(node, view)
        case MeetsCriterion():
            return _meets_criterion(node, view)
        case MetShare():
            return _met_share(node, view)


def _fallback(node: Fallback, view: View) -> Codes:
    found = filled(view.count, NOT_APPLICABLE)
    for part in node.parts:
        open_ = found == NOT_APPLICABLE
        if not open_.any():
            break
        found = np.where(open_, judge(part, view), found)
    return found


def _if_present(node: IfPresent, view: View) -> Codes:
    there, absent = leaves.present(node.measure, view)
    part = judge(node.part, view)
    found = np.where(there | (part == NOT_APPLICABLE), part, np.int8(UNKNOWN))
    found[absent] = NOT_APPLICABLE
    return found


def _children(node: Children, view: View) -> Codes:
    below = view.for_children(node.level)
    if below is None or below.parents is None:
        return filled(view.count, UNKNOWN)
    counted = tally_below(judge(node.part, below), below.parents, view.count)
    limit = limits(node.threshold, view)
    found = _share(counted, node.operator, limit, percent=node.counting == "percent")
    found[counted.total == 0] = UNKNOWN
    return found


def _share(counted: Tally, operator: str, limit: Fractions, *, percent: bool) -> Codes:
    """The number or share of those met against a threshold, whatever the unknown turn out to be."""
    every_na = all_not_applicable(counted)
    known = np.ones(len(every_na), dtype=np.bool_)
    factor = 100 if percent else 1
    base = counted.total - counted.not_applicable
    bottom = np.maximum(base, 1) if percent else np.ones_like(base)
    low = Fractions(counted.met * factor, bottom, known)
    high = Fractions((counted.met + counted.unknown) * factor, bottom, known)
    sure = certain(low, high, operator, limit)  # type: ignore[arg-type]
    found = np.where(limit.known, sure, np.int8(UNKNOWN))
    found[perhaps_not_applicable(counted)] = UNKNOWN
    found[every_na] = NOT_APPLICABLE
    return found


def _points(node: Points, view: View) -> Codes:
    parts = [judge(part, view) for _, part in node.parts]
    worths = [Fraction(worth) for worth, _ in node.parts]
    scale = lcm(*(worth.denominator for worth in worths))
    low = whole_numbers([0] * view.count)
    high = whole_numbers([0] * view.count)
    for worth, part in zip(worths, parts, strict=True):
        each = int(worth * scale)
        low = low + np.where(part == MET, each, 0)
        high = high + np.where((part == MET) | (part == UNKNOWN), each, 0)
    bottom = np.full(view.count, scale, dtype=np.int64)
    known = np.ones(view.count, dtype=np.bool_)
    limit = limits(node.threshold, view)
    sure = certain(Fractions(low, bottom, known), Fractions(high, bottom, known), ">=", limit)
    found = np.where(limit.known, sure, np.int8(UNKNOWN))
    counted = tally(parts, view.count)
    found[perhaps_not_applicable(counted)] = UNKNOWN
    found[all_not_applicable(counted)] = NOT_APPLICABLE
    return found


def _meets_set(node: MeetsSet, view: View) -> Codes:
    states = _other_set(node.set, view)
    found = filled(view.count, UNKNOWN) if states is None else states.whole.copy()
    if node.recognition is None or node.revalidate:
        return found
    recognised = leaves.reached(Reached(measure=node.recognition), view)
    found[(recognised == UNKNOWN) & (found != MET)] = UNKNOWN
    found[recognised == MET] = MET
    return found


def _meets_criterion(node: MeetsCriterion, view: View) -> Codes:
    effective = view.run.law.get(node.set)
    key = (node.set, node.number, id(view.table))
    if effective is None or key in view.run.asking:
        return filled(view.count, UNKNOWN)
    view.run.asking.add(key)
    try:
        return _one_criterion(effective.set, node.number, view.in_set(effective.set))
    finally:
        view.run.asking.discard(key)


def _one_criterion(criteria_set: CriteriaSet, number: str, view: View) -> Codes:
    for criterion in criteria_set.criteria:
        if criterion.number == number:
            return _of_criterion(criterion, view)[1]
    indicator = find_indicator(criteria_set, number)
    if indicator is None:
        return filled(view.count, UNKNOWN)
    return judge(indicator.requirement, view)


def _met_share(node: MetShare, view: View) -> Codes:
    states = _other_set(node.set, view)
    if states is None:
        return filled(view.count, UNKNOWN)
    counted = tally(list(states.criteria), view.count)
    limit = limits(node.threshold, view)
    found = _share(counted, node.operator, limit, percent=True)
    return choose(
        (counted.total == 0, UNKNOWN),
        (found == NOT_MET, NOT_MET),
        (found == MET, MET),
        (found == NOT_APPLICABLE, NOT_APPLICABLE),
        otherwise=UNKNOWN,
    )


def _other_set(set_id: str, view: View) -> States | None:
    """The states of another set for the same units; None where asked within itself or not there."""
    run = view.run
    effective = run.law.get(set_id)
    key = (set_id, "", id(view.table))
    if effective is None or key in run.asking:
        return None
    kept = run.states.get((set_id, id(view.table)))
    if kept is None:
        run.asking.add(key)
        try:
            kept = _of_set(view.in_set(effective.set))
        finally:
            run.asking.discard(key)
        run.states[set_id, id(view.table)] = kept
    return kept
