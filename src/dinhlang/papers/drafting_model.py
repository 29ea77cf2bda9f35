"""A plan for a higher level: the conditions of its set, choices of k of n, and model villages.

What the officer has not chosen stays open: a group without a choice is written without members,
and the checks of the paper ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dinhlang.law.library import Law
from dinhlang.law.protocols import LawOfDay
from dinhlang.law.requirements import AnyOf, AtLeastOf, ContentNotLoaded, MeetsSet, Requirement
from dinhlang.law.verdicts import IndicatorVerdict, SetVerdict
from dinhlang.vietnamese import fold, format_date

from .drafting import (
    LEVELS,
    NOWHERE,
    Proposal,
    Wish,
    bases,
    by_conditions,
    condition_of,
    draft,
    recipients,
    target_of,
)
from .drafting_work import APPRAISAL as APPRAISAL
from .drafting_work import OPEN, propose, propose_more
from .plan import Deadline, GroupRule, Level, Plan, Recipient, Target, TargetGroup, Task, Village
from .writing.composing.words import LEVELS as LEVEL_WORDS

HIGHER = ("advanced", "model", "modern")
"""Levels of communes that stand on another."""
VILLAGE_LEVELS: tuple[Level, ...] = ("smart-village", "model-village")
FIELD = "lĩnh vực nổi trội"
OF_RECOGNITION = "Điều kiện công nhận"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """``at_least`` of these are to be reached; ``options`` is empty where the law's are not loaded.

    ``of`` is None where the law names no number.
    """

    indicator: str
    name: str
    at_least: int
    of: int | None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A group with what the officer chose of it."""

    group: Group
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageGoal:
    """A village that is to reach a level by a day; ``name`` with its kind: “thôn Chợ”."""

    kind: str
    name: str
    goal: Level
    lead: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a plan for a higher level has beside its work."""

    choices: Sequence[Chosen] = ()
    villages: Sequence[VillageGoal] = ()
    recognition: SetVerdict | None = None


def groups(verdict: SetVerdict, law: Law) -> list[Group]:
    """The choices of k of n that the conditions of a set leave to the commune."""
    found = []
    for criterion in verdict.criteria:
        for each in criterion.indicators:
            made = _group(each, law)
            if made is not None:
                found.append(made)
    return found


def _group(each: IndicatorVerdict, law: Law) -> Group | None:
    node: Requirement = each.indicator.requirement
    number = each.indicator.number
    if isinstance(node, AtLeastOf) and node.count < len(node.parts):
        names = tuple(name for part in node.parts if (name := _option(part, law)))
        if len(names) == len(node.parts):
            of_fields = all(isinstance(part, MeetsSet) for part in node.parts)
            name = FIELD if of_fields else f"nhóm của chỉ tiêu {number}"
            return Group(
                indicator=number, name=name, at_least=node.count, of=len(names), options=names
            )
    if isinstance(node, AnyOf) and any(_is_field(part, law) for part in node.parts):
        # Some fields of the province are loaded and others are not: the number is not known.
        names = tuple(name for part in node.parts if (name := _option(part, law)))
        return Group(indicator=number, name=FIELD, at_least=1, of=None, options=names)
    if isinstance(node, ContentNotLoaded) and "linh vuc" in fold(
        f"{node.note} {each.indicator.name}"
    ):
        return Group(indicator=number, name=FIELD, at_least=1, of=None)
    return None


def _is_field(node: Requirement, law: Law) -> bool:
    found = law.get(node.set) if isinstance(node, MeetsSet) else None
    return found is not None and found.set.level == "field"


def _option(node: Requirement, law: Law) -> str:
    """The name of a field: that of the only criterion of its set."""
    found = law.get(node.set) if isinstance(node, MeetsSet) else None
    if found is None:
        return ""
    criteria = found.set.criteria
    name = criteria[0].name if len(criteria) == 1 else found.set.short
    return re.sub(r"^Lĩnh vực\s+", "", name)


def recognition_of(verdict: SetVerdict, law: Law) -> str:
    """The set of conditions for being recognised at this level; empty where none is loaded."""
    years = verdict.set.years
    for each in law.library.sets.values():
        if each.level != "recognition" or each.years != years or each.subject != "commune":
            continue
        if not each.id.rpartition("/")[2].startswith("cong-nhan"):
            continue
        leaves = [n for c in each.criteria for i in c.indicators for n in _sets_in(i.requirement)]
        if any(
            (found := law.get(name)) and found.set.level == verdict.set.level for name in leaves
        ):
            return each.id
    return ""


def _sets_in(node: Requirement) -> Iterator[str]:
    if isinstance(node, MeetsSet):
        yield node.set
    for part in getattr(node, "parts", ()):
        yield from _sets_in(part)


def propose_model(
    verdict: SetVerdict, law: LawOfDay, wish: Wish, last: Plan | None = None
) -> list[Proposal]:
    """Work for each gap; every condition of the model level has work, a met one to keep it up."""
    if not by_conditions(verdict.set):
        return propose(verdict, law, wish, last)
    found: list[Proposal] = []
    for criterion in verdict.criteria:
        for each in criterion.indicators:
            number = each.indicator.number
            if each.state in OPEN:
                only = replace(wish, goals=frozenset({criterion.criterion.number}))
                made = propose(verdict, law, only, last)
                found += [one for one in made if one.indicator == number]
            elif (kept := propose_more(verdict, law, wish, number, last)) is not None:
                found.append(kept)
    return found


def draft_model(
    verdict: SetVerdict, law: LawOfDay, wish: Wish, proposals: Sequence[Proposal], parts: Parts,
    last: Plan | None = None,
) -> Plan:  # fmt: skip
    """The plan of these proposals, conditions, choices and villages."""
    plan = draft(verdict, law, wish, proposals, last)
    if by_conditions(verdict.set):
        for target in plan.targets:
            target.group = LEVELS[verdict.set.level]
    plan.targets += _recognition(parts.recognition, law, verdict)
    if parts.recognition is not None:
        plan.legal_bases += bases(parts.recognition)
    plan.groups = [_chosen(each) for each in parts.choices]
    plan.villages = [_village(each) for each in parts.villages]
    plan.levels = list(dict.fromkeys([*plan.levels, *(each.goal for each in parts.villages)]))
    plan.tasks += [_work(each) for each in parts.villages]
    leads = [each.lead for each in parts.villages if each.lead]
    plan.recipients = [
        Recipient(text=text, lines=NOWHERE)
        for text in recipients([p for p in proposals if p.wanted], last, wish.year, leads)
    ]
    return plan


def _recognition(verdict: SetVerdict | None, law: LawOfDay, of: SetVerdict) -> Iterator[Target]:
    """The conditions of recognition that the set itself does not say, the level below included."""
    for criterion in verdict.criteria if verdict else ():
        for each in criterion.indicators:
            node = each.indicator.requirement
            itself = isinstance(node, MeetsSet) and _level(node, law) == of.set.level
            if not itself:
                target = target_of(each, law) or condition_of(each)
                yield replace(target, code=None, group=OF_RECOGNITION)


def _level(node: MeetsSet, law: LawOfDay) -> str:
    found = law.get(node.set)
    return found.set.level if found else ""


def _chosen(each: Chosen) -> TargetGroup:
    return TargetGroup(
        name=each.group.name,
        rule=GroupRule(at_least=each.group.at_least, of=each.group.of),
        targets=list(each.names),
        lines=NOWHERE,
    )


def _village(each: VillageGoal) -> Village:
    day = format_date(each.due)
    return Village(
        name=each.name, goal=each.goal, status="to_reach",
        deadline=Deadline(end=each.due.isoformat(), text=f"trước ngày {day}"), lines=NOWHERE,
    )  # fmt: skip


def _work(each: VillageGoal) -> Task:
    day = format_date(each.due)
    place = f"{each.kind} {each.name}"
    return Task(
        text=f"Xây dựng {place} đạt chuẩn {LEVEL_WORDS[each.goal]}",
        lead=[each.lead] if each.lead else [],
        deadline=Deadline(end=each.due.isoformat(), text=f"Trước {day}"),
        places=[place],
        lines=NOWHERE,
    )


def open_indicators(verdict: SetVerdict) -> list[str]:
    """The numbers of the indicators that are not met, or not known to be."""
    return [
        each.indicator.number
        for criterion in verdict.criteria
        for each in criterion.indicators
        if each.state in OPEN
    ]
