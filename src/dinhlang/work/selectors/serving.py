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
    """The sets in force for such a place on the day, and the task's own where it is another."""
    level = cast(SubjectLevel, str(place.level))
    law = lawbook.law_for(place, on)
    found = [each.set for each in law.in_force(subject=level)]
    if task is not None and task.criterion_set and task.criterion_set not in {s.id for s in found}:
        own = law.get(task.criterion_set)
        found += [own.set] if own is not None else []
    return sorted(found, key=lambda each: (each.sample, each.id))


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
