"""Which sets of criteria a plan speaks of, and what it calls their criteria.

The sets in force in the plan's year count first. A plan whose level has none in force (an advanced
commune after 2025) speaks of the set whose criteria it names, number by number; where two fit,
none is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dinhlang.law.sets import CriteriaSet
from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.work import naming, spoken_sets
from dinhlang.work.spoken_sets import Spoken

from .models import Plan, PlanItem

Data = dict[str, Any]

_ALIKE = 0.7
"""The share of the criteria a plan names that a set must call the same, to be meant by names."""
_LEAST = 2
"""So many of them at least: one name says little."""
MOST_PLANS = 6
_SMALL = frozenset(["và", "về", "xã", "thôn", "nông", "phát", "triển", "xây", "dựng"])
"""Syllables that say nothing of which criterion is meant."""


@dataclass(frozen=True)
class Meant:
    """The sets a plan speaks of.

    ``levels``: by number the levels at which the plan names the criterion, ``all_levels`` its own.
    ``names``: by number and level what it calls it.
    """

    sets: tuple[CriteriaSet, ...]
    levels: Mapping[int, frozenset[str]]
    all_levels: frozenset[str]
    names: Mapping[int, tuple[str, ...]]

    def set_of(self, number: int) -> str:
        """The set whose criterion of this number is meant; empty where it is not certain."""
        wanted = self.levels.get(number) or self.all_levels
        fitting = [
            each
            for each in self.sets
            if each.level in wanted and _fits(each, number, self.names.get(number, ()))
        ]
        return fitting[0].id if len(fitting) == 1 else ""

    @property
    def main(self) -> CriteriaSet | None:
        """The set that most of the plan's criteria stand in; None where no set is certain."""
        counted = Counter(found for number in self.names if (found := self.set_of(number)))
        if counted:
            best = counted.most_common(1)[0][0]
            return next(each for each in self.sets if each.id == best)
        of_level = [each for each in self.sets if each.level in self.all_levels]
        return of_level[0] if len(of_level) == 1 else None

    def called(self) -> dict[str, tuple[str, ...]]:
        """By number what the plan calls its criteria."""
        return {str(number): names for number, names in self.names.items()}


def of_data(plan: Plan, data: Data) -> Meant:
    """What this version of the plan speaks of."""
    cited = {str(basis.get("number")) for basis in data.get("legal_bases") or []}
    return of_rows(
        plan.place, plan.year or plan.created.year, data.get("criteria") or [],
        frozenset(data.get("levels") or ()), cited,
    )  # fmt: skip


def of_rows(
    place: Unit, year: int, rows: Iterable[Data], given: frozenset[str], cited: set[str]
) -> Meant:
    """What these criteria of a plan speak of; ``given`` are its levels, ``cited`` its bases."""
    levels, names = dict[int, set[str]](), dict[int, dict[str, None]]()
    said: dict[str, dict[int, str]] = {}
    for row in rows:
        number, level, name = row.get("number"), row.get("level"), row.get("name")
        if number is None:
            continue
        if level:
            levels.setdefault(number, set()).add(level)
        if name:
            names.setdefault(number, {})[str(name)] = None
            said.setdefault(level or "", {})[number] = str(name)
    every = given | {level for some in levels.values() for level in some}
    return Meant(
        sets=tuple(_sets(place, year, sorted(every), cited, said)),
        levels={number: frozenset(some) for number, some in levels.items()},
        all_levels=given,
        names={number: tuple(some) for number, some in names.items()},
    )


def _sets(
    place: Unit, year: int, levels: Iterable[str], cited: set[str],
    said: Mapping[str, Mapping[int, str]],
) -> list[CriteriaSet]:  # fmt: skip
    """The sets of these levels in force in the year; of one level the cited ones alone.

    Where none of them has the criteria as the plan names them, the one set that has.
    """
    law = lawbook.law_for(place, date(year, 12, 31))
    rows = [each.set for each in law.in_force(subject="commune")]
    known = [*rows, *lawbook.library().sets.values()]
    found: list[CriteriaSet] = []
    for level in levels:
        of_level = [each for each in rows if each.level == level]
        own = [each for each in of_level if each.decision.number in cited]
        here = own or [each for each in of_level if not each.sample]
        names = said.get(level) or said.get("") or {}
        if not any(_alike(each, names) for each in here):
            # Nothing in force is called so: the set of another time, where just one is.
            here = _by_names(place, known, level, names) or here
        found += here
    return found


def _by_names(
    place: Unit, known: Iterable[CriteriaSet], level: str, names: Mapping[int, str]
) -> list[CriteriaSet]:
    here = lawbook.territories(place, date(2100, 1, 1))
    fitting = {
        each.id: each
        for each in known
        if each.level == level
        and each.subject == "commune"
        and (each.territory is None or each.territory.code in here)
        and _alike(each, names)
        and len(names) >= _LEAST
    }
    real = [each for each in fitting.values() if not each.sample] or list(fitting.values())
    own = [each for each in real if each.territory is not None]
    return own if len(own) == 1 else real if len(real) == 1 else []


def _alike(law: CriteriaSet, names: Mapping[int, str]) -> bool:
    """Whether the set calls most of the criteria as the plan does; so where it names none."""
    same = sum(_fits(law, number, (name,)) for number, name in names.items())
    return same >= _ALIKE * len(names)


def _fits(law: CriteriaSet, number: int, names: Iterable[str]) -> bool:
    """Whether the set has the number, and no name that shares no word with the plan's."""
    own = next((each for each in law.criteria if each.number == str(number)), None)
    if own is None:
        return False
    ours = _telling(own.name)
    theirs = [_telling(name) for name in names]
    return not theirs or not ours or any(not said or ours & said for said in theirs)


def _telling(name: str) -> frozenset[str]:
    return frozenset(naming.bare(name).split()) - _SMALL


def spoken(user: User | None, place: Unit) -> list[Spoken]:
    """What the accepted plans of the place speak of: the room of work asks."""
    rows = Plan.objects.filter(place=place, current__isnull=False)
    if user is not None:
        rows = rows.restrict(user)
    plans = {plan.pk: plan for plan in rows.order_by("-year", "-pk")[:MOST_PLANS]}
    items: dict[int, dict[str, list[Data]]] = {pk: {} for pk in plans}
    wanted = PlanItem.objects.filter(plan__in=plans, kind__in=("criteria", "legal_bases"))
    for plan_id, kind, data in wanted.order_by("number").values_list("plan", "kind", "data"):
        items[plan_id].setdefault(kind, []).append(data)
    found = []
    for pk, plan in plans.items():
        criteria = items[pk].get("criteria", [])
        levels = frozenset(str(row["level"]) for row in criteria if row.get("level"))
        cited = {str(row.get("number")) for row in items[pk].get("legal_bases", [])}
        meant = of_rows(place, plan.year or plan.created.year, criteria, levels, cited)
        main = meant.main
        named = [found_ for number in meant.names if (found_ := meant.set_of(number))]
        sets = dict.fromkeys(([main.id] if main else []) + named)
        found.append(Spoken(f"plan:{pk}:", plan.title, tuple(sets), meant.called()))
    return found


def register() -> None:
    """Called when the app is ready."""
    spoken_sets.register(spoken)
