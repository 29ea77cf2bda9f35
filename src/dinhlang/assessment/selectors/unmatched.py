"""Plans that say nothing on a board: which, and why they could not be laid on its set.

A plan whose owners and claims do not come onto the board must not vanish in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dinhlang.law.sets import CriteriaSet
from dinhlang.lawbook.sheet.decision import LEVELS as SET_LEVELS
from dinhlang.plans.models import Plan
from dinhlang.plans.rendering.words import LEVELS

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A plan, or part of it, that could not be laid on the set; ``text`` says it and why."""

    plan: Plan
    text: str


def holds(plan: Plan, on: date) -> bool:
    """Whether the plan is one of the year of the day: older ones are not missed."""
    return plan.year is None or plan.year <= on.year <= (plan.last_year or plan.year)


def is_new(found: Iterable[Unmatched], plan: Plan) -> bool:
    """Whether nothing was said of the plan yet."""
    return all(each.plan != plan for each in found)


def of_years(plan: Plan, criteria: CriteriaSet) -> Unmatched:
    """A plan of years in which the set did not hold."""
    assert criteria.years is not None
    first, last = criteria.years
    return Unmatched(
        plan,
        f"{_name(plan)} không ghép được với bộ này vì bộ này của giai đoạn {first}–{last}. "
        f"Phụ trách và “kế hoạch ghi” không lấy từ kế hoạch ấy.",
    )


def of_level(plan: Plan, levels: Sequence[str], criteria: CriteriaSet) -> Unmatched:
    """A plan that aims at another level than that of the set."""
    wanted = [_level(each) for each in levels if each in LEVELS]
    says = (
        f"nói về bộ tiêu chí {', '.join(wanted)}" if wanted else "không nêu rõ theo bộ tiêu chí nào"
    )
    return Unmatched(
        plan,
        f"{_name(plan)} {says}, không ghép được với bộ này vì đây là bộ tiêu chí "
        f"{_level(criteria.level)}. Phụ trách và “kế hoạch ghi” không lấy từ kế hoạch ấy.",
    )


def of_criteria(plan: Plan, names: Sequence[str], total: int) -> Unmatched:
    """Criteria of a plan of the right level that are none of the set by number and name."""
    named = ", ".join(names[:MOST_NAMED])
    more = f" và {len(names) - MOST_NAMED} tiêu chí khác" if len(names) > MOST_NAMED else ""
    return Unmatched(
        plan,
        f"{_name(plan)}: {len(names)}/{total} tiêu chí không ghép được với bộ này vì số và tên "
        f"không khớp tiêu chí nào: {named}{more}.",
    )


def _name(plan: Plan) -> str:
    return f"Kế hoạch {plan.year}" if plan.year else "Kế hoạch"


def _level(level: str) -> str:
    words = LEVELS.get(level) or next((w for k, w in SET_LEVELS.items() if k == level), level)
    return words[:1].lower() + words[1:]
