"""Verdicts on many units at once, through the compiled form of a set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dinhlang.facts import selectors as facts
from dinhlang.law.compiling import MET, STATES, Needs, compile_set
from dinhlang.law.compiling import States as Answers
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
    together: dict[int, tuple[Ground, list[Unit]]] = {}
    for unit in units:
        here = grounds[unit.pk]
        together.setdefault(id(here), (here, []))[1].append(unit)
    found: dict[int, UnitStates] = {}
    for here, several in together.values():
        effective = here.effective(set_id)
        if effective is None:
            continue
        program = compile_set(effective, here.law)
        answers = program.run(facts.table(several, on, measures_of(program.needs)))
        for place, unit in enumerate(several):
            found[unit.pk] = _one(answers, place)
    return found


def measures_of(needs: Needs) -> set[str]:
    """Everything that is asked for, of the units and of those below them."""
    return needs.measures.union(needs.earlier, *map(measures_of, needs.below.values()))


def _one(answers: Answers, place: int) -> UnitStates:
    criteria, indicators = answers.criteria[:, place], answers.indicators[:, place]
    return UnitStates(
        state=answers.state(place),
        criteria={
            number: STATES[code]
            for number, code in zip(answers.criteria_numbers, criteria, strict=True)
        },
        met=int(np.count_nonzero(criteria == MET)),
        total=len(criteria),
        indicators_met=int(np.count_nonzero(indicators == MET)),
        indicators_total=len(indicators),
    )
