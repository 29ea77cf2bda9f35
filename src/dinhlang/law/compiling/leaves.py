"""Requirements that look at facts themselves, for many units at once."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ..evaluating.leaves import may_still_hold
from ..evaluating.logic import holds
from ..requirements import (
    Between,
    Compare,
    Grade,
    Reached,
    Recognised,
    Threshold,
    Trend,
)
from .arrays import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Codes,
    Flags,
    Fractions,
    choose,
    compare,
    every,
    filled,
    tally,
)
from .limits import limits
from .tables import EMPTY, GRADE, NO, NUMBER, YES, Column
from .views import View


def reached(node: Reached | Recognised, view: View) -> Codes:
    """Yes or no."""
    column = view.look(node.measure)
    if column is None:
        return filled(view.count, UNKNOWN)
    return choose((column.content == YES, MET), (column.content == NO, NOT_MET), otherwise=UNKNOWN)


def present(measure: str, view: View) -> tuple[Flags, Flags]:
    """Where there is one, and where there is known to be none."""
    numbers, column = view.numbers(measure)
    content = column.content
    if numbers is None:
        none = np.zeros(view.count, dtype=np.bool_)
        return none, none
    above = np.asarray(numbers.top > 0, dtype=np.bool_)
    there = (content == YES) | ((content == NUMBER) & above)
    absent = (content == NO) | (content == EMPTY) | ((content == NUMBER) & ~above)
    return there, absent


def compared(node: Compare, view: View) -> Codes:
    """Numbers against thresholds; exceptions are looked at only where the number fails."""
    numbers, column = view.numbers(node.measure)
    if numbers is None:
        return filled(view.count, UNKNOWN)
    limit = limits(node.threshold, view)
    known = numbers.known & limit.known
    good = compare(numbers, node.operator, limit)
    found = choose(
        (column.content == EMPTY, NOT_APPLICABLE),
        (~known, UNKNOWN),
        (good, MET),
        otherwise=NOT_MET,
    )
    if node.exceptions:
        _take_exceptions(node, view, found, column, numbers, limit)
    return found


def _take_exceptions(
    node: Compare,
    view: View,
    found: Codes,
    column: Column,
    numbers: Fractions,
    limit: Fractions,
) -> None:
    """Asks again where the number failed; few units do, each is worked out by itself."""
    counts = [view.numbers(excepted.measure)[0] for excepted in node.exceptions]
    measure = view.measure(node.measure)
    is_rate = measure is not None and measure.kind == "rate"
    for row in np.flatnonzero(found == NOT_MET):
        off, lacking = Fraction(0), False
        for count in counts:
            if count is None or not count.known[row]:
                lacking = True
            else:
                off += max(Fraction(int(count.top[row]), int(count.bottom[row])), Fraction(0))
        threshold = Fraction(int(limit.top[row]), int(limit.bottom[row]))
        scale = int(column.scale[row])
        if is_rate and not scale:
            found[row] = UNKNOWN if off or lacking else NOT_MET
            continue
        number = Fraction(int(numbers.top[row]), int(numbers.bottom[row]))
        if scale and off:
            base = Fraction(int(column.bottom[row]), scale) - off
            left = max(Fraction(int(column.top[row]), scale) - off, Fraction(0))
            number = left * 100 / base if base > 0 else Fraction(0)
        elif off:
            number = max(number - off, Fraction(0))
        if holds(number, node.operator, threshold):
            found[row] = MET
        elif lacking and may_still_hold(node, number, threshold):
            found[row] = UNKNOWN


def between(node: Between, view: View) -> Codes:
    """Numbers within bounds."""
    numbers, column = view.numbers(node.measure)
    if numbers is None:
        return filled(view.count, UNKNOWN)
    known, failed = numbers.known.copy(), np.zeros(view.count, dtype=np.bool_)
    for threshold, operator in (
        (node.low, ">="),
        (node.high, "<" if node.below_high else "<="),
    ):
        if threshold is not None:
            at_fault, is_known = _outside(numbers, threshold, operator, view)
            failed |= at_fault
            known &= is_known
    return choose(
        (column.content == EMPTY, NOT_APPLICABLE),
        (failed, NOT_MET),
        (known, MET),
        otherwise=UNKNOWN,
    )


def _outside(
    numbers: Fractions, threshold: Threshold, operator: str, view: View
) -> tuple[Flags, Flags]:
    limit = limits(threshold, view)
    good = compare(numbers, operator, limit)  # type: ignore[arg-type]
    return numbers.known & limit.known & ~good, limit.known


def graded(node: Grade, view: View) -> Codes:
    """Places on an ordered scale."""
    column = view.look(node.measure)
    measure = view.measure(node.measure)
    scale = measure.scale if measure else ()
    if column is None or node.at_least not in scale:
        return filled(view.count, UNKNOWN)
    found = filled(view.count, UNKNOWN)
    least = scale.index(node.at_least)
    for place, name in enumerate(scale):
        chosen = (column.content == GRADE) & (column.grade == name)
        found[chosen] = MET if place >= least else NOT_MET
    return found


def trend(node: Trend, view: View) -> Codes:
    """Each of the last years against the year before."""
    last = view.assessed_year
    steps = []
    for year in range(last - node.years + 1, last + 1):
        old, old_column = view.numbers(node.measure, year - 1)
        new, column = view.numbers(node.measure, year)
        empty = (column.content == EMPTY) | (old_column.content == EMPTY)
        if old is None or new is None:
            steps.append(choose((empty, NOT_APPLICABLE), otherwise=UNKNOWN))
            continue
        went = compare(new, "<" if node.direction == "falling" else ">", old)
        steps.append(
            choose(
                (empty, NOT_APPLICABLE),
                (~(old.known & new.known), UNKNOWN),
                (went, MET),
                otherwise=NOT_MET,
            )
        )
    return every(tally(steps, view.count))
