"""States of many units, how they meet, and exact fractions in arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from ..requirements import Operator
from ..verdicts import State

Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[Any]
"""Whole numbers: int64, or Python's where those could be too small."""

UNKNOWN, NOT_MET, MET, NOT_APPLICABLE = 0, 1, 2, 3
STATES = (State.UNKNOWN, State.NOT_MET, State.MET, State.NOT_APPLICABLE)
"""The state of each code."""

_SAFE = 2**62


@dataclass(frozen=True, slots=True)
class States:
    """What a set says of ``n`` units, as codes: ``STATES[code]`` is the state.

    ``criteria``, ``indicators``: one row a criterion (indicator) in the order of ``…_numbers``,
    one column a unit, in the order of the table. ``whole``: the set itself.
    """

    whole: Codes
    criteria_numbers: tuple[str, ...]
    criteria: Codes
    indicator_numbers: tuple[str, ...]
    indicators: Codes

    def state(self, unit: int) -> State:
        """The state of the set for the unit in that row of the table."""
        return STATES[self.whole[unit]]

    def criterion(self, number: str) -> Codes:
        """The codes of one criterion, one a unit."""
        row: Codes = self.criteria[self.criteria_numbers.index(number)]
        return row

    def indicator(self, number: str) -> Codes:
        """The codes of one indicator, one a unit."""
        row: Codes = self.indicators[self.indicator_numbers.index(number)]
        return row


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each state, one entry a unit."""

    met: Whole
    not_met: Whole
    unknown: Whole
    not_applicable: Whole

    @property
    def total(self) -> Whole:
        """All of them."""
        return self.met + self.not_met + self.unknown + self.not_applicable


@dataclass(frozen=True, slots=True)
class Fractions:
    """One exact number a unit: ``top`` / ``bottom``, where ``known``. ``bottom`` is above 0."""

    top: Whole
    bottom: Whole
    known: Flags


def filled(count: int, code: int) -> Codes:
    """The same code for all units."""
    return np.full(count, code, dtype=np.int8)


def tally(parts: Sequence[Codes], count: int) -> Tally:
    """The states of several parts, unit by unit."""

    def of(code: int) -> Whole:
        zero = np.zeros(count, dtype=np.int64)
        return reduce(lambda found, part: found + (part == code), parts, zero)

    return Tally(of(MET), of(NOT_MET), of(UNKNOWN), of(NOT_APPLICABLE))


def tally_below(part: Codes, parents: Whole, count: int) -> Tally:
    """The states of units below, counted for the units above them."""

    def of(code: int) -> Whole:
        return np.bincount(parents[part == code], minlength=count).astype(np.int64)

    return Tally(of(MET), of(NOT_MET), of(UNKNOWN), of(NOT_APPLICABLE))


def every(counted: Tally) -> Codes:
    """All of them; those not applicable are left out. Nothing at all is unknown."""
    return choose(
        (counted.not_met > 0, NOT_MET),
        ((counted.unknown > 0) | (counted.total == 0), UNKNOWN),
        (counted.met > 0, MET),
        otherwise=NOT_APPLICABLE,
    )


def some(counted: Tally, count: int) -> Codes:
    """At least ``count``; one that is not applicable is not met, all so: not applicable."""
    return choose(
        (all_not_applicable(counted), NOT_APPLICABLE),
        (perhaps_not_applicable(counted), UNKNOWN),
        (counted.met >= count, MET),
        (counted.met + counted.unknown >= count, UNKNOWN),
        otherwise=NOT_MET,
    )


def all_not_applicable(counted: Tally) -> Flags:
    """Where there are parts and none applies."""
    found: Flags = (counted.total > 0) & (counted.not_applicable == counted.total)
    return found


def perhaps_not_applicable(counted: Tally) -> Flags:
    """Where something is unknown and all else does not apply: perhaps nothing does."""
    found: Flags = (counted.unknown > 0) & (counted.met == 0) & (counted.not_met == 0)
    return found


def choose(*cases: tuple[Flags, int], otherwise: int) -> Codes:
    """The code of the first case that holds."""
    flags = [flag for flag, _ in cases]
    codes = [np.int8(code) for _, code in cases]
    return np.select(flags, codes, np.int8(otherwise)).astype(np.int8)


def certain(low: Fractions, high: Fractions, operator: Operator, limit: Fractions) -> Codes:
    """The state of a number known to lie in [``low``, ``high``], either end being possible."""
    same = compare(low, "=", high)
    at_low, at_high = compare(low, operator, limit), compare(high, operator, limit)
    if operator == "=":
        within = compare(low, "<=", limit) & compare(high, ">=", limit)
        return choose((same & at_low, MET), (within & ~same, UNKNOWN), otherwise=NOT_MET)
    return choose((at_low & at_high, MET), (at_low | at_high, UNKNOWN), otherwise=NOT_MET)


def compare(numbers: Fractions, operator: Operator, limit: Fractions) -> Flags:
    """Whether each number stands in that relation to its limit; where unknown: of no meaning."""
    left = times(numbers.top, limit.bottom)
    right = times(limit.top, numbers.bottom)
    match operator:
        case ">=":
            found = left >= right
        case "<=":
            found = left <= right
        case ">":
            found = left > right
        case "<":
            found = left < right
        case _:
            found = left == right
    return np.asarray(found, dtype=np.bool_)


def times(left: Whole, right: Whole) -> Whole:
    """The product, exact."""
    if left.dtype != object and right.dtype != object and largest(left) * largest(right) < _SAFE:
        return np.asarray(left * right)
    return np.asarray(left.astype(object) * right.astype(object))


def largest(numbers: Whole) -> int:
    """The greatest absolute value; 0 of nothing."""
    return int(max(abs(int(numbers.max())), abs(int(numbers.min())))) if numbers.size else 0


def whole_numbers(numbers: Iterable[int]) -> Whole:
    """An array of whole numbers, of int64 where all products with 100 still fit."""
    listed = list(numbers)
    try:
        found = np.array(listed, dtype=np.int64)
    except OverflowError:
        return np.array(listed, dtype=object)
    return found if fits(found) else found.astype(object)


def fits(numbers: Whole) -> bool:
    """Whether all products with 100 are far from the end of int64."""
    return largest(numbers) * 100 < _SAFE


def constant(amount: Fraction, count: int) -> Fractions:
    """The same number for all units."""
    top, bottom = whole_numbers([amount.numerator]), whole_numbers([amount.denominator])
    return Fractions(
        np.broadcast_to(top, count), np.broadcast_to(bottom, count), np.ones(count, dtype=np.bool_)
    )


def nothing(count: int) -> Fractions:
    """No number for any unit."""
    one = np.broadcast_to(np.array([1], dtype=np.int64), count)
    return Fractions(one, one, np.zeros(count, dtype=np.bool_))


def where(chosen: Flags, then: Fractions, otherwise: Fractions) -> Fractions:
    """``then`` for the chosen units, else ``otherwise``."""
    return Fractions(
        np.where(chosen, then.top, otherwise.top),
        np.where(chosen, then.bottom, otherwise.bottom),
        np.where(chosen, then.known, otherwise.known),
    )
