"""The walk over a requirement: what joins parts, units below, years, and other sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

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
from ..sets import CriteriaSet, Criterion, Indicator
from ..subjects import Subject
from ..verdicts import (
    CriterionVerdict,
    IndicatorVerdict,
    Missing,
    ResolvedThreshold,
    SetVerdict,
    State,
    Verdict,
)
from . import leaves
from .context import Context, Run
from .logic import applicability, certain, count_states, every, share, share_bounds, some
from .thresholds import find_indicator, resolve


def evaluate(effective: EffectiveSet, subject: Subject, law: LawOfDay) -> SetVerdict:
    """The verdict on a whole set for one unit on the day of ``law``."""
    run = Run(law)
    run.asking.add((effective.set.id, "", id(subject)))
    return _judge_set(effective, Context(run, subject, effective.set))


def evaluate_requirement(
    requirement: Requirement, subject: Subject, law: LawOfDay, criteria_set: CriteriaSet
) -> Verdict:
    """The verdict on one requirement, asked as part of ``criteria_set`` (its rules of regions)."""
    return judge(requirement, Context(Run(law), subject, criteria_set))


def judge(node: Requirement, context: Context) -> Verdict:
    """The verdict on one node."""
    match node:
        case Reached() | Recognised():
            return leaves.reached(node, context)
        case Compare():
            return leaves.compare(node, context)
        case Between():
            return leaves.between(node, context)
        case Grade():
            return leaves.grade(node, context)
        case Trend():
            return leaves.trend(node, context)
        case ContentNotLoaded():
            return leaves.content_not_loaded(node, context)
        case AllOf() | AnyOf() | AtLeastOf():
            return _several(node, context)
        case Fallback():
            return _fallback(node, context)
        case IfPresent():
            return _if_present(node, context)
        case BothSexes() | Consecutive() | ThisYear():
            return _under_other_question(node, context)
        case Children():
            return _children(node, context)
        case Points():
            return _points(node, context)
        case Checklist():
            return _checklist(node, context)
        case MeetsSet():
            return _meets_set(node, context)
        case MeetsCriterion():
            return _meets_criterion(node, context)
        case MetShare():
            return _met_share(node, context)


def _several(node: AllOf | AnyOf | AtLeastOf, context: Context) -> Verdict:
    parts = tuple(judge(part, context) for part in node.parts)
    counts = count_states(part.state for part in parts)
    if isinstance(node, AllOf):
        state = every(counts)
    else:
        state = some(counts, node.count if isinstance(node, AtLeastOf) else 1)
    return _joined(node, context, state, parts)


def _joined(
    node: Requirement,
    context: Context,
    state: State,
    parts: tuple[Verdict, ...],
    missing: Iterable[Missing] = (),
    reason: str = "",
) -> Verdict:
    """A verdict over parts; unknown, it lacks what its unknown parts lack."""
    lacking: tuple[Missing, ...] = ()
    if state is State.UNKNOWN:
        of_parts = (m for part in parts if part.state is State.UNKNOWN for m in part.missing)
        lacking = tuple(dict.fromkeys((*missing, *of_parts)))
    if not reason and state is State.NOT_APPLICABLE and len(parts) == 1:
        reason = parts[0].reason
    return Verdict(
        state=state,
        requirement=node,
        sex=context.sex,
        reason=reason,
        missing=lacking,
        parts=parts,
    )


def _fallback(node: Fallback, context: Context) -> Verdict:
    """Parts after the one that decides are not asked: they are not shown as if they mattered."""
    parts: list[Verdict] = []
    for part in node.parts:
        parts.append(judge(part, context))
        if parts[-1].state is not State.NOT_APPLICABLE:
            break
    return _joined(node, context, parts[-1].state, tuple(parts))


def _if_present(node: IfPresent, context: Context) -> Verdict:
    """Whether there is one at all must be known: an absent thing is neither met nor failed."""
    known = context.look(node.measure)
    fact, lack = known.fact, known.missing
    present: bool | None = None
    if lack is None and fact is not None:
        if fact.yes is not None:
            present = fact.yes
        elif fact.base_is_empty:
            present = False
        elif fact.number is not None:
            present = fact.number > 0
    if present is False:
        return Verdict(
            state=State.NOT_APPLICABLE,
            requirement=node,
            fact=fact,
            sex=context.sex,
            reason="absent",
        )
    part = judge(node.part, context)
    if present or part.state is State.NOT_APPLICABLE:
        return replace(_joined(node, context, part.state, (part,)), fact=fact)
    lack = lack or context.missing("fact", node.measure)
    return _joined(node, context, State.UNKNOWN, (part,), (lack,), "presence_unknown")


def _under_other_question(node: BothSexes | Consecutive | ThisYear, context: Context) -> Verdict:
    """The same part asked for men and women, for several years, or for this year alone."""
    asked: list[tuple[str, Context]]
    if isinstance(node, BothSexes):
        asked = [("", context.for_sex("male")), ("", context.for_sex("female"))]
    elif isinstance(node, ThisYear):
        asked = [("", context.for_year(context.assessed_year))]
    else:
        years = node.asked(context.assessed_year)
        asked = [(str(year), context.for_year(year)) for year in years]
    parts = []
    for about, there in asked:
        part = judge(node.part, there)
        parts.append(replace(part, about=about) if about else part)
    return _joined(node, context, every(count_states(p.state for p in parts)), tuple(parts))


def _children(node: Children, context: Context) -> Verdict:
    units = context.subject.children.get(node.level, ())
    limit = resolve(node.threshold, context)
    parts = []
    for unit in units:
        part = judge(node.part, context.for_child(unit))
        parts.append(replace(part, about=unit.name or str(unit.id or "")))
    if not parts:
        state, lack = State.UNKNOWN, [Missing(kind="children", what=node.level, giver="unit")]
        if isinstance(limit, Missing):
            lack.append(limit)
        verdict = _joined(node, context, state, (), lack, "no_children")
        return replace(verdict, threshold=None if isinstance(limit, Missing) else limit)
    counts = count_states(part.state for part in parts)
    percent = node.counting == "percent"
    if counts.not_applicable == counts.total:
        return _joined(node, context, State.NOT_APPLICABLE, tuple(parts), (), "empty_base")
    low, high = share_bounds(counts, percent=percent)
    if isinstance(limit, Missing):
        verdict = _joined(node, context, State.UNKNOWN, tuple(parts), (limit,), "no_threshold")
        return replace(verdict, value=low if low == high else None)
    state = share(counts, node.operator, limit.amount, percent=percent)
    verdict = _joined(node, context, state, tuple(parts))
    # The share of those known to be met: the least it can be.
    return replace(verdict, value=low, threshold=limit)


def _points(node: Points, context: Context) -> Verdict:
    parts = tuple(judge(part, context) for _, part in node.parts)
    limit = resolve(node.threshold, context)
    applies = applicability(count_states(part.state for part in parts))
    if applies is State.NOT_APPLICABLE:
        return _joined(node, context, State.NOT_APPLICABLE, parts)
    low = high = Fraction(0)
    for (worth, _), part in zip(node.parts, parts, strict=True):
        if part.state is State.MET:
            low += Fraction(worth)
        if part.state in (State.MET, State.UNKNOWN):
            high += Fraction(worth)
    if isinstance(limit, Missing):
        verdict = _joined(node, context, State.UNKNOWN, parts, (limit,), "no_threshold")
        return replace(verdict, value=low if low == high else None)
    state = applies or certain(low, high, ">=", limit.amount)
    return replace(_joined(node, context, state, parts), value=low, threshold=limit)


def _checklist(node: Checklist, context: Context) -> Verdict:
    """Every mandatory item, and the score: the upper end of a band begins the next one."""
    items = tuple(leaves.reached(Reached(measure=m), context) for m in node.mandatory)
    band = Between(measure=node.score, low=node.low, high=node.high, below_high=True)
    score = leaves.between(band, context)
    parts = (*items, score)
    verdict = _joined(node, context, every(count_states(p.state for p in parts)), parts)
    return replace(verdict, value=score.value, threshold=score.threshold, high=score.high)


def _meets_set(node: MeetsSet, context: Context) -> Verdict:
    """The other set itself, or, where the law lets it stand, a recognition that still holds."""
    recognised: Verdict | None = None
    if node.recognition is not None:
        asked = Recognised(measure=node.recognition, standard="")
        recognised = leaves.reached(asked, context)
        if recognised.state is State.MET and not node.revalidate:
            verdict = _joined(node, context, State.MET, (), (), "recognised")
            return replace(verdict, fact=recognised.fact)
    found = _other_set(node.set, context)
    state = State.UNKNOWN
    parts: tuple[Verdict, ...] = ()
    lack: list[Missing] = []
    if isinstance(found, Missing):
        lack.append(found)
    else:
        state = found.state
        parts = tuple(
            replace(indicator.verdict, about=indicator.indicator.number)
            for criterion in found.criteria
            for indicator in criterion.indicators
        )
        if state is State.UNKNOWN and all(p.state is not State.UNKNOWN for p in parts):
            lack.append(Missing(kind="content", what=node.set, giver="decision"))
    if recognised is None or node.revalidate:
        earlier = recognised is not None and recognised.state is State.MET
        reason = "not_revalidated" if earlier and state is State.NOT_MET else ""
        return _joined(node, context, state, parts, lack, reason)
    if recognised.state is State.UNKNOWN and state is not State.MET:
        return _joined(node, context, State.UNKNOWN, parts, (*recognised.missing, *lack))
    return _joined(node, context, state, parts, lack)


def _meets_criterion(node: MeetsCriterion, context: Context) -> Verdict:
    effective = context.run.law.get(node.set)
    key = (node.set, node.number, id(context.subject))
    where = f"{node.set}#{node.number}"
    if effective is None or key in context.run.asking:
        lack = Missing(kind="set", what=node.set, giver="decision")
        return _joined(node, context, State.UNKNOWN, (), (lack,), "no_set")
    there = context.in_set(effective.set)
    context.run.asking.add(key)
    try:
        for criterion in effective.set.criteria:
            if criterion.number == node.number:
                verdict = _judge_criterion(criterion, there)
                parts = tuple(
                    replace(each.verdict, about=each.indicator.number)
                    for each in verdict.indicators
                )
                return _joined(node, context, verdict.state, parts)
        indicator = find_indicator(effective.set, node.number)
        if indicator is None:
            lack = Missing(kind="content", what=where, giver="decision")
            return _joined(node, context, State.UNKNOWN, (), (lack,), "no_content")
        part = replace(judge(indicator.requirement, there), about=indicator.number)
        return _joined(node, context, part.state, (part,))
    finally:
        context.run.asking.discard(key)


def _met_share(node: MetShare, context: Context) -> Verdict:
    limit = resolve(node.threshold, context)
    found = _other_set(node.set, context)
    resolved = limit if isinstance(limit, ResolvedThreshold) else None
    lack = [each for each in (limit, found) if isinstance(each, Missing)]
    if isinstance(found, Missing):
        verdict = _joined(node, context, State.UNKNOWN, (), lack, "no_set")
        return replace(verdict, threshold=resolved)
    counts = found.criteria_counts
    if not counts.total:
        empty = Missing(kind="content", what=node.set, giver="decision")
        return _joined(node, context, State.UNKNOWN, (), (*lack, empty), "no_content")
    if counts.total == counts.not_applicable:
        return _joined(node, context, State.NOT_APPLICABLE, ())
    low, high = share_bounds(counts, percent=True)
    if resolved is None:
        state = State.UNKNOWN
    else:
        state = share(counts, node.operator, resolved.amount, percent=True)
    of_set = (
        missing
        for criterion in found.criteria
        if criterion.state is State.UNKNOWN
        for indicator in criterion.indicators
        for missing in indicator.verdict.missing
    )
    verdict = _joined(node, context, state, (), (*lack, *of_set))
    return replace(verdict, value=low if resolved or low == high else None, threshold=resolved)


def _other_set(set_id: str, context: Context) -> SetVerdict | Missing:
    """The verdict on another set for the same unit; asked within itself it stays unknown."""
    run = context.run
    effective = run.law.get(set_id)
    key = (set_id, "", id(context.subject))
    if effective is None or key in run.asking:
        return Missing(kind="set", what=set_id, giver="decision")
    kept = run.verdicts.get((set_id, id(context.subject)))
    if kept is None:
        run.asking.add(key)
        try:
            kept = _judge_set(effective, context.in_set(effective.set))
        finally:
            run.asking.discard(key)
        run.verdicts[set_id, id(context.subject)] = kept
    return kept


def _judge_set(effective: EffectiveSet, context: Context) -> SetVerdict:
    criteria = tuple(_judge_criterion(each, context) for each in effective.set.criteria)
    counts = count_states(each.state for each in criteria)
    least = effective.set.at_least
    state = every(counts) if least is None else some(counts, least)
    if state is State.MET and least is None and not is_complete(effective.set):
        state = State.UNKNOWN
    return SetVerdict(
        set=effective.set,
        hash=effective.hash,
        on=context.on,
        state=state,
        criteria=criteria,
        criteria_counts=counts,
        indicator_counts=count_states(
            each.state for criterion in criteria for each in criterion.indicators
        ),
    )


def is_complete(criteria_set: CriteriaSet) -> bool:
    """Whether as many criteria and indicators are loaded as the decision says it has.

    A set of which a part is not loaded is never met: what is not known may not be.
    """
    declared = criteria_set.declared
    if declared is None:
        return True
    indicators = sum(len(each.indicators) for each in criteria_set.criteria)
    return (declared.criteria or 0) <= len(criteria_set.criteria) and (
        declared.indicators or 0
    ) <= indicators


def _judge_criterion(criterion: Criterion, context: Context) -> CriterionVerdict:
    judged = tuple(_judge_indicator(each, context) for each in criterion.indicators)
    counts = count_states(each.state for each in judged)
    least = criterion.at_least
    state = every(counts) if least is None else some(counts, least)
    return CriterionVerdict(criterion=criterion, state=state, indicators=judged)


def _judge_indicator(indicator: Indicator, context: Context) -> IndicatorVerdict:
    return IndicatorVerdict(indicator=indicator, verdict=judge(indicator.requirement, context))
