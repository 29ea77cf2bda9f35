"""The names of the criteria that tasks serve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
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


@dataclass(frozen=True)
class Served:
    """The criteria that tasks serve, of whichever sets they stand in.

    ``pairs``: set and number as the tasks say them; ``sets``: those sets, the most used first;
    ``names``: by number, and by “set|number”, what a criterion is called; of one number alone the
    name in the most used set. ``shorts``: what the sets are called.
    """

    pairs: frozenset[tuple[str, str]]
    sets: tuple[str, ...]
    names: dict[str, str]
    shorts: dict[str, str]

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers alone, of all sets."""
        return frozenset(number for _, number in self.pairs)

    def home(self, law: str, number: str) -> str:
        """The set in which a task stands: its own, else the only one in use with that number."""
        if law:
            return law
        having = [each for each in self.sets if f"{each}|{number}" in self.names]
        return having[0] if len(having) == 1 else ""

    def key(self, law: str, number: str) -> str:
        """How a criterion is called in an address: its number, with the set where there are two."""
        return f"{law}|{number}" if law and len(self.sets) > 1 else number

    def title(self, law: str, number: str) -> str:
        """“2. Giao thông”, with the set where two are in use; the number where no name is known."""
        name = self.names.get(f"{law}|{number}", "") if law else ""
        if not name and not law and len(self.sets) < 2:
            name = self.names.get(number, "")
        said = f"{number}. {name}" if name else f"Tiêu chí {number}"
        if len(self.sets) > 1:
            said += f" ({self.shorts.get(law, law)})" if law else " (chưa rõ bộ tiêu chí)"
        return said


def served(rows: QuerySet[Task], otherwise: Callable[[], Iterable[str]] = tuple) -> Served:
    """What the tasks serve. ``otherwise``: the sets of the place, where tasks name none."""
    pairs = rows.order_by().values_list("criterion_set", "criterion").annotate(times=Count("pk"))
    said, times = set[tuple[str, str]](), defaultdict[str, int](int)
    for name, number, count in pairs:
        said.add((name, number))
        times[name] += count
    times.pop("", None)
    sets = sorted(times, key=lambda name: (-times[name], name))
    # A number without its set may be of any: the place's own set must not name it.
    if not sets and said and not any(number for _, number in said):
        sets = list(otherwise())[:1]
    known = lawbook.library().sets
    called, shorts = (
        names(sets),
        {each: known[each].short or each for each in sets if each in known},
    )
    for each in sets:
        for criterion in known[each].criteria if each in known else ():
            called[f"{each}|{criterion.number}"] = criterion.name
    return Served(frozenset(said), tuple(sets), called, shorts)
