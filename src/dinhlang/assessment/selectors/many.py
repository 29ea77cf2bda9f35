"""Verdicts on many units at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dinhlang.facts import selectors as facts
from dinhlang.law.evaluating import evaluate
from dinhlang.law.verdicts import State
from dinhlang.places.models import Unit

from .verdicts import Ground


@dataclass(frozen=True, slots=True)
class UnitStates:
    """The states of one unit's criteria by number, and the counts of criteria and indicators."""

    state: State
    criteria: Mapping[str, State]
    met: int
    total: int
    indicators_met: int
    indicators_total: int


def states(
    units: Sequence[Unit], set_id: str, on: date, grounds: Mapping[int, Ground]
) -> dict[int, UnitStates]:
    """The states of each unit by the set as it stands where the unit is.

    Units where there is no such set are left out.
    """
    subjects = facts.subjects(units, on)
    found: dict[int, UnitStates] = {}
    for unit in units:
        here = grounds[unit.pk]
        effective = here.effective(set_id)
        if effective is None:
            continue
        verdict = evaluate(effective, subjects[unit.pk], here.law)
        found[unit.pk] = UnitStates(
            state=verdict.state,
            criteria={each.criterion.number: each.state for each in verdict.criteria},
            met=verdict.criteria_counts.met,
            total=verdict.criteria_counts.total,
            indicators_met=verdict.indicator_counts.met,
            indicators_total=verdict.indicator_counts.total,
        )
    return found
