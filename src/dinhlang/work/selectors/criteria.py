"""The names of the criteria that tasks serve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from dinhlang.lawbook import selectors as lawbook

from ..models import Task


def names(sets: Iterable[str]) -> dict[str, str]:
    """Number and name of the criteria of these sets; of one number the first set's name."""
    known, found = lawbook.library().sets, dict[str, str]()
    for each in sets:
        for criterion in known[each].criteria if each in known else ():
            found.setdefault(criterion.number, criterion.name)
    return found


@dataclass(frozen=True, slots=True)
class Served:
    """The criteria that tasks serve: their numbers, and the names in the sets the tasks name."""

    numbers: frozenset[str]
    names: dict[str, str]


def served(rows: QuerySet[Task]) -> Served:
    """What the tasks serve; of one number the name in the set that most tasks name."""
    pairs = rows.order_by().values_list("criterion_set", "criterion").annotate(times=Count("pk"))
    numbers, times = set[str](), defaultdict[str, int](int)
    for name, number, count in pairs:
        numbers.add(number)
        times[name] += count
    times.pop("", None)
    sets = sorted(times, key=lambda name: (-times[name], name))
    return Served(frozenset(numbers), names(sets))
