"""How states meet: Kleene's logic with parts that do not apply, and bounds under the unknown."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..requirements import Operator
from ..verdicts import Counts, State


def holds(number: Fraction, operator: Operator, limit: Fraction) -> bool:
    """Whether ``number`` stands in that relation to ``limit``."""
    if operator == ">=":
        return number >= limit
    if operator == "<=":
        return number <= limit
    if operator == ">":
        return number > limit
    if operator == "<":
        return number < limit
    return number == limit


def certain(low: Fraction, high: Fraction, operator: Operator, limit: Fraction) -> State:
    """The state of a number known to lie in [``low``, ``high``], either end being possible."""
    if low == high:
        return State.MET if holds(low, operator, limit) else State.NOT_MET
    if operator == "=":
        return State.UNKNOWN if low <= limit <= high else State.NOT_MET
    at_low, at_high = holds(low, operator, limit), holds(high, operator, limit)
    if at_low and at_high:
        return State.MET
    return State.UNKNOWN if at_low or at_high else State.NOT_MET


def count_states(states: Iterable[State]) -> Counts:
    """How many of each."""
    counted = {state: 0 for state in State}
    for state in states:
        counted[state] += 1
    return Counts(
        met=counted[State.MET],
        not_met=counted[State.NOT_MET],
        unknown=counted[State.UNKNOWN],
        not_applicable=counted[State.NOT_APPLICABLE],
    )


def every(counts: Counts) -> State:
    """All of them; those not applicable are left out. Nothing at all is unknown."""
    if counts.not_met:
        return State.NOT_MET
    if counts.unknown or not counts.total:
        return State.UNKNOWN
    return State.MET if counts.met else State.NOT_APPLICABLE


def some(counts: Counts, count: int) -> State:
    """At least ``count``; one that is not applicable is not met, all so: not applicable."""
    applies = applicability(counts)
    if applies is not None:
        return applies
    if counts.met >= count:
        return State.MET
    return State.UNKNOWN if counts.met + counts.unknown >= count else State.NOT_MET


def applicability(counts: Counts) -> State | None:
    """Not applicable, or not known to be applicable; None where something surely counts."""
    if counts.met or counts.not_met or not counts.total:
        return None
    return State.UNKNOWN if counts.unknown else State.NOT_APPLICABLE


def share(counts: Counts, operator: Operator, limit: Fraction, *, percent: bool) -> State:
    """The number or percentage of those met against ``limit``, whatever the unknown turn out to be.

    The base of a percentage leaves out what is not applicable.
    """
    applies = applicability(counts)
    if applies is not None:
        return applies
    low, high = share_bounds(counts, percent=percent)
    return certain(low, high, operator, limit)


def share_bounds(counts: Counts, *, percent: bool) -> tuple[Fraction, Fraction]:
    """The least and the greatest the number (percentage) of those met can be."""
    low, high = Fraction(counts.met), Fraction(counts.met + counts.unknown)
    if percent:
        base = counts.total - counts.not_applicable
        return low * 100 / base, high * 100 / base
    return low, high
