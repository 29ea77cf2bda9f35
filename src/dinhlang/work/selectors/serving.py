"""What of the law a task may serve: the criteria of a place, their indicators, their measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from dinhlang.facts import catalogue
from dinhlang.law.sets import CriteriaSet, Indicator, Measure, SubjectLevel
from dinhlang.law.walking import measures_of, walk
from dinhlang.lawbook import selectors as lawbook
from dinhlang.places.models import Unit

from .. import spoken_sets
from ..models import Task

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Served:
    """What a task serves, in words; empty where nothing, or nothing that is loaded here."""

    set_name: str = ""
    criterion: str = ""
    indicator: str = ""

    @property
    def words(self) -> str:
        """“2. Giao thông, chỉ tiêu 2.1”."""
        return ", ".join(part for part in (self.criterion, self.indicator) if part)


def sets_of(place: Unit, on: date, task: Task | None = None) -> list[CriteriaSet]:
    """The sets a task of the place may serve: in force on the day, then those of its plans.

    A plan may speak of a set that is no longer in force; its work stands under it all the same.
    The task's own is there as well.
    """
    level = cast(SubjectLevel, str(place.level))
    law = lawbook.law_for(place, on)
    found = [each.set for each in law.in_force(subject=level)]
    found.sort(key=lambda each: (each.sample, each.id))
    named = spoken_sets.ids(None, place)
    if task is not None and task.criterion_set:
        named.append(task.criterion_set)
    for name in dict.fromkeys(named):
        if name not in {each.id for each in found}:
            own = law.get(name)
            found += [own.set] if own is not None else []
    return found


def main_first(place: Unit, on: date) -> list[CriteriaSet]:
    """The same with the set the place works by first: that of its newest plan that is in force.

    Where no plan says, the first of a commune's or village's own level; conditions of recognition,
    which every set has, come last.
    """
    named = {name: at for at, name in enumerate(spoken_sets.ids(None, place))}

    def rank(each: CriteriaSet) -> tuple[bool, bool, int, bool]:
        gone = each.valid_to is not None and each.valid_to <= on
        rare = each.level in ("recognition", "modern", "field")
        return rare, gone or is_over(each, on), named.get(each.id, len(named)), each.sample

    return sorted(sets_of(place, on), key=rank)


def is_over(each: CriteriaSet, on: date) -> bool:
    """Whether the years the set was decided for have passed."""
    return each.years is not None and each.years[1] < on.year


def choices(sets: list[CriteriaSet]) -> Iterator[tuple[str, list[Choice]]]:
    """By set: its criteria and their indicators as values ``set|criterion|indicator``."""
    for each in sets:
        rows: list[Choice] = []
        for criterion in each.criteria:
            name = f"{criterion.number}. {criterion.name}"
            rows.append((f"{each.id}|{criterion.number}|", name))
            rows += [
                (f"{each.id}|{criterion.number}|{one.number}", f"  {one.number} {_cut(one.name)}")
                for one in criterion.indicators
            ]
        yield each.short or each.title, rows


def _cut(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[:most].rstrip() + "…"


def served(task: Task) -> Served:
    """The criterion and indicator of the task in words."""
    criteria = lawbook.library().sets.get(task.criterion_set)
    if criteria is None:
        return Served("", f"Tiêu chí {task.criterion}" if task.criterion else "", "")
    found = next((c for c in criteria.criteria if c.number == task.criterion), None)
    indicator = indicator_of(task)
    return Served(
        criteria.short or criteria.title,
        f"{task.criterion}. {found.name}" if found else f"Tiêu chí {task.criterion}",
        f"chỉ tiêu {indicator.number} {_cut(indicator.name)}" if indicator else "",
    )


def indicator_of(task: Task) -> Indicator | None:
    """The indicator that the task serves, as the law has it; None where it names none."""
    return next((one for one in indicators_of(task) if one.number == task.indicator), None)


def indicators_of(task: Task) -> tuple[Indicator, ...]:
    """The indicators of the task's criterion; none where its set is not loaded."""
    criteria = lawbook.library().sets.get(task.criterion_set)
    for criterion in criteria.criteria if criteria else ():
        if criterion.number == task.criterion:
            return criterion.indicators
    return ()


def measures_for(task: Task) -> list[Measure]:
    """The measures that the task's indicator looks at (its criterion's, where it names none)."""
    known = catalogue.known()
    wanted = [one for one in indicators_of(task) if task.indicator in ("", one.number)]
    found: dict[str, Measure] = {}
    for one in wanted:
        for node in walk(one.requirement):
            for name, _ in measures_of(node):
                if name in known:
                    found[name] = known[name]
    return list(found.values())


def measure_choices(task: Task) -> list[tuple[str, list[Choice]]]:
    """By topic: the measures a task may record; those of its indicator come first."""
    first = measures_for(task)
    groups: dict[str, list[Choice]] = {}
    if first:
        groups["Của tiêu chí này"] = [(each.id, each.name) for each in first]
    others: Mapping[str, Measure] = catalogue.known()
    for each in sorted(others.values(), key=lambda one: (one.topic, one.name)):
        if each not in first:
            groups.setdefault(each.topic or "Khác", []).append((each.id, each.name))
    return list(groups.items())
