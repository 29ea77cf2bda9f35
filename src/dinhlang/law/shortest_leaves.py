"""What a leaf asks: which numbers satisfy it, its key, and its rule in words."""

from __future__ import annotations

from fractions import Fraction

from .evaluating.context import Context
from .evaluating.thresholds import resolve
from .explaining.rules import rule
from .explaining.words import SEXES, SIGNS, Names, number_words, with_unit
from .requirements import (
    Between,
    Compare,
    Grade,
    Leaf,
    Reached,
    Recognised,
    Requirement,
    Threshold,
    Trend,
)
from .shortest_goals import Span
from .shortest_items import Quantity
from .verdicts import ResolvedThreshold, State, Verdict

YES = Span(low=Fraction(1), high=Fraction(1))
"""What a yes/no must come to."""


def span_of(node: Leaf, verdict: Verdict, context: Context) -> Span | None:
    """The numbers that satisfy the leaf: 1 for a yes, places on the scale for a grade.

    None where that cannot be said as one number: a trend, a threshold that is not loaded.
    """
    match node:
        case Reached() | Recognised():
            return YES
        case Compare():
            limit = verdict.threshold or _resolved(node.threshold, context)
            return None if limit is None else _of_operator(node.operator, limit.amount)
        case Between():
            return _band(node, verdict, context)
        case Grade():
            measure = context.measure(node.measure)
            if measure is None or node.at_least not in measure.scale:
                return None
            return Span(low=Fraction(measure.scale.index(node.at_least)))
        case _:
            return None


def _band(node: Between, verdict: Verdict, context: Context) -> Span | None:
    low = verdict.threshold or (None if node.low is None else _resolved(node.low, context))
    high = verdict.high or (None if node.high is None else _resolved(node.high, context))
    if (low is None) != (node.low is None) or (high is None) != (node.high is None):
        return None
    return Span(
        low=low.amount if low else None,
        high=high.amount if high else None,
        high_open=node.below_high,
    )


def _resolved(threshold: Threshold, context: Context) -> ResolvedThreshold | None:
    found = resolve(threshold, context)
    return found if isinstance(found, ResolvedThreshold) else None


def _of_operator(operator: str, limit: Fraction) -> Span:
    if operator == ">=":
        return Span(low=limit)
    if operator == ">":
        return above(limit)
    if operator == "<=":
        return Span(high=limit)
    if operator == "<":
        return Span(high=limit, high_open=True)
    return Span(low=limit, high=limit)


def above(limit: Fraction) -> Span:
    """All numbers greater than the limit."""
    return Span(low=limit, low_open=True)


def failed_before(node: Leaf, verdict: Verdict, this_year: int) -> bool:
    """Whether a trend broke in a year that is over."""
    if not isinstance(node, Trend):
        return False
    now = str(this_year)
    return any(step.state is State.NOT_MET and step.about != now for step in verdict.parts)


def key_of(quantity: Quantity, node: Requirement, span: Span | None) -> str:
    """The same as long as the same is demanded of the same number of the same unit."""
    parts = [
        f"don-vi-{quantity.unit}" if quantity.unit else "",
        quantity.measure,
        quantity.sex,
        str(quantity.year or ""),
        quantity.aspect,
        _span_key(node, span),
    ]
    return "|".join(part for part in parts if part)


def _span_key(node: Requirement, span: Span | None) -> str:
    if isinstance(node, Trend):
        return f"{node.direction}{node.years}"
    if span is None:
        return "chua-nap"
    if isinstance(node, Grade):
        return node.at_least
    if isinstance(node, Reached | Recognised) or span == YES:
        return ""
    if span.low is not None and span.low == span.high:
        return f"={span.low}"
    low = "" if span.low is None else f"{'>' if span.low_open else '>='}{span.low}"
    high = "" if span.high is None else f"{'<' if span.high_open else '<='}{span.high}"
    return low + high


def demand(node: Requirement, verdict: Verdict, names: Names) -> str:
    """The rule, with the threshold that applies to the unit instead of all its cases."""
    if isinstance(node, Compare) and verdict.threshold is not None:
        unit = names.unit(node.measure)
        amount = with_unit(number_words(verdict.threshold.amount), unit)
        said = f"{SIGNS[node.operator]} {amount}"
        if node.exceptions:
            said += f" (không tính: {'; '.join(each.text for each in node.exceptions)})"
        return said
    said = rule(node, names, named=False)
    return said[:1].upper() + said[1:]


def about(quantity: Quantity) -> str:
    """The sex and the year of a quantity in brackets: “ (nữ, năm 2023)”; mostly empty."""
    year = f"năm {quantity.year}" if quantity.year else ""
    said = ", ".join(each for each in (SEXES[quantity.sex], year) if each)
    return f" ({said})" if said else ""


def numbered(number: str, name: str) -> str:
    """“2.1. Đường xã được cứng hóa”; the name alone where there is no number."""
    return f"{number}. {name}" if number and name else number or name
