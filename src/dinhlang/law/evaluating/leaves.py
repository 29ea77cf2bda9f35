"""Requirements that look at facts themselves."""

from __future__ import annotations

from fractions import Fraction

from ..requirements import (
    Between,
    Compare,
    ContentNotLoaded,
    Grade,
    Reached,
    Recognised,
    Requirement,
    Threshold,
    Trend,
)
from ..subjects import Fact
from ..verdicts import Missing, ResolvedThreshold, State, Verdict
from .context import Context, Known
from .logic import count_states, every, holds
from .thresholds import resolve


def reached(node: Reached | Recognised, context: Context) -> Verdict:
    """A yes or no; of a recognition one that still holds."""
    known = context.look(node.measure)
    fact = known.fact
    if known.missing is None and (fact is None or fact.yes is None):
        known = Known(fact, context.missing("fact", node.measure), "no_fact")
    if known.missing is not None:
        return _unknown(node, context, known)
    assert fact is not None
    state = State.MET if fact.yes else State.NOT_MET
    reason = "recognised" if isinstance(node, Recognised) and fact.yes else ""
    return Verdict(state=state, requirement=node, fact=fact, sex=context.sex, reason=reason)


def compare(node: Compare, context: Context) -> Verdict:
    """A number against a threshold, what the law excepts taken off it where that is needed."""
    known, number = _number(node.measure, context)
    if known.reason == "empty_base":
        return _empty_base(node, context, known.fact)
    limit = resolve(node.threshold, context)
    missing = tuple(m for m in (known.missing, limit) if isinstance(m, Missing))
    if isinstance(limit, Missing) or number is None:
        return Verdict(
            state=State.UNKNOWN,
            requirement=node,
            value=number,
            threshold=None if isinstance(limit, Missing) else limit,
            fact=known.fact,
            sex=context.sex,
            reason=known.reason or "no_threshold",
            missing=missing,
        )
    if node.exceptions and not holds(number, node.operator, limit.amount):
        return _with_exceptions(node, context, known.fact, number, limit)
    state = State.MET if holds(number, node.operator, limit.amount) else State.NOT_MET
    return _compared(node, context, state, number, limit, known.fact)


def _compared(
    node: Compare,
    context: Context,
    state: State,
    number: Fraction,
    limit: ResolvedThreshold,
    fact: Fact | None,
    reason: str = "",
    missing: tuple[Missing, ...] = (),
    parts: tuple[Verdict, ...] = (),
) -> Verdict:
    return Verdict(
        state=state,
        requirement=node,
        value=number,
        threshold=limit,
        fact=fact,
        sex=context.sex,
        reason=reason,
        missing=missing,
        parts=parts,
    )


def _with_exceptions(
    node: Compare,
    context: Context,
    fact: Fact | None,
    number: Fraction,
    limit: ResolvedThreshold,
) -> Verdict:
    """The number failed as it is: what the law leaves out is taken off and it is asked again."""
    off, missing = Fraction(0), []
    parts: list[Verdict] = []
    for excepted in node.exceptions:
        known, count = _number(excepted.measure, context)
        if count is None:
            missing.append(known.missing or context.missing("fact", excepted.measure))
            continue
        off += max(count, Fraction(0))
        parts.append(
            Verdict(
                state=State.NOT_APPLICABLE,
                requirement=Reached(measure=excepted.measure),
                value=count,
                fact=known.fact,
                reason="exception",
            )
        )
    measure = context.measure(node.measure)
    in_parts = fact is not None and fact.value is None
    if measure is not None and measure.kind == "rate" and not in_parts and (off or missing):
        # A rate given only as a percentage cannot be corrected by a count.
        missing = [context.missing("fact", node.measure), *missing]
        state, reason, less = State.UNKNOWN, "no_parts", number
    else:
        less = taken_off(fact, number, off)
        if holds(less, node.operator, limit.amount):
            state, reason = State.MET, "excepted"
        elif missing and may_still_hold(node, less, limit.amount):
            state, reason = State.UNKNOWN, "exceptions_unknown"
        else:
            state, reason = State.NOT_MET, "excepted" if off else ""
    return _compared(
        node,
        context,
        state,
        less,
        limit,
        fact,
        reason,
        tuple(missing) if state is State.UNKNOWN else (),
        tuple(parts),
    )


def taken_off(fact: Fact | None, number: Fraction, off: Fraction) -> Fraction:
    """The number without the exceptions, never below 0.

    Off a rate in parts they go from both parts: such households are not counted at all. Where
    none is left to count the number is 0.
    """
    if not off:
        return number
    if fact is None or fact.value is not None:
        return max(number - off, Fraction(0))
    assert fact.numerator is not None and fact.denominator is not None
    base = Fraction(fact.denominator) - off
    if base <= 0:
        return Fraction(0)
    return max(Fraction(fact.numerator) - off, Fraction(0)) * 100 / base


def may_still_hold(node: Compare, number: Fraction, limit: Fraction) -> bool:
    """Whether taking off more could yet bring the number to the threshold."""
    return node.operator in ("<=", "<") or (node.operator == "=" and number > limit)


def between(node: Between, context: Context) -> Verdict:
    """A number within bounds; a bound that is not loaded matters only if the other holds."""
    known, number = _number(node.measure, context)
    if known.reason == "empty_base":
        return _empty_base(node, context, known.fact)
    low = _bound(node.low, context)
    high = _bound(node.high, context)
    missing = tuple(m for m in (known.missing, low, high) if isinstance(m, Missing))
    at_low = low if isinstance(low, ResolvedThreshold) else None
    at_high = high if isinstance(high, ResolvedThreshold) else None
    state = State.UNKNOWN if missing else State.MET
    if number is not None and (
        (at_low is not None and number < at_low.amount)
        or (
            at_high is not None
            and not holds(number, "<" if node.below_high else "<=", at_high.amount)
        )
    ):
        state = State.NOT_MET
    return Verdict(
        state=state,
        requirement=node,
        value=number,
        threshold=at_low,
        high=at_high,
        fact=known.fact,
        sex=context.sex,
        reason=(known.reason or "no_threshold") if state is State.UNKNOWN else "",
        missing=missing if state is State.UNKNOWN else (),
    )


def _bound(threshold: Threshold | None, context: Context) -> ResolvedThreshold | Missing | None:
    return None if threshold is None else resolve(threshold, context)


def grade(node: Grade, context: Context) -> Verdict:
    """A place on the measure's ordered scale, worst first."""
    known = context.look(node.measure)
    measure = context.measure(node.measure)
    scale = measure.scale if measure else ()
    fact = known.fact
    if known.missing is None and (
        fact is None or fact.grade not in scale or node.at_least not in scale
    ):
        known = Known(fact, context.missing("fact", node.measure), "no_fact")
    if known.missing is not None:
        return _unknown(node, context, known)
    assert fact is not None and fact.grade is not None
    good = scale.index(fact.grade) >= scale.index(node.at_least)
    return Verdict(
        state=State.MET if good else State.NOT_MET, requirement=node, fact=fact, sex=context.sex
    )


def trend(node: Trend, context: Context) -> Verdict:
    """The number of each of the last years against that of the year before.

    A year with an empty base has no number; the pairs it stands in are left out.
    """
    last = context.assessed_year
    steps = [_step(node, context, year) for year in range(last - node.years + 1, last + 1)]
    state = every(count_states(step.state for step in steps))
    missing = () if state is not State.UNKNOWN else tuple(
        dict.fromkeys(m for step in steps for m in step.missing)
    )  # fmt: skip
    return Verdict(
        state=state,
        requirement=node,
        value=steps[-1].value,
        fact=steps[-1].fact,
        sex=context.sex,
        reason="empty_base" if state is State.NOT_APPLICABLE else "",
        missing=missing,
        parts=tuple(steps),
    )


def _step(node: Trend, context: Context, year: int) -> Verdict:
    before, old = _number(node.measure, context, year - 1)
    known, new = _number(node.measure, context, year)
    missing: tuple[Missing, ...] = ()
    if "empty_base" in (before.reason, known.reason):
        state = State.NOT_APPLICABLE
    elif old is None or new is None:
        state = State.UNKNOWN
        missing = tuple(m for m in (before.missing, known.missing) if m is not None)
    else:
        went = new < old if node.direction == "falling" else new > old
        state = State.MET if went else State.NOT_MET
    return Verdict(
        state=state,
        requirement=node,
        value=new,
        fact=known.fact,
        sex=context.sex,
        about=str(year),
        reason="step",
        missing=missing,
    )


def content_not_loaded(node: ContentNotLoaded, context: Context) -> Verdict:
    """Unknown: the program does not have what the law demands here."""
    missing = Missing(kind="content", what=node.note, giver=node.giver)
    return Verdict(
        state=State.UNKNOWN, requirement=node, reason="no_content", sex=context.sex,
        missing=(missing,),
    )  # fmt: skip


def _number(
    measure: str, context: Context, year: int | None = None
) -> tuple[Known, Fraction | None]:
    """The exact number of a measure, or None with what is missing or “empty_base”."""
    known = context.look(measure, year)
    if known.missing is not None or known.fact is None:
        return known, None
    if known.fact.base_is_empty:
        return Known(known.fact, None, "empty_base"), None
    number = known.fact.number
    if number is None:
        return Known(known.fact, context.missing("fact", measure, year), "no_fact"), None
    return known, number


def _unknown(node: Requirement, context: Context, known: Known) -> Verdict:
    return Verdict(
        state=State.UNKNOWN,
        requirement=node,
        fact=known.fact,
        sex=context.sex,
        reason=known.reason,
        missing=(known.missing,) if known.missing else (),
    )


def _empty_base(node: Requirement, context: Context, fact: Fact | None) -> Verdict:
    return Verdict(
        state=State.NOT_APPLICABLE,
        requirement=node,
        fact=fact,
        sex=context.sex,
        reason="empty_base",
    )
