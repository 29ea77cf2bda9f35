"""All units below a place by one set: who has reached what, in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from dinhlang.law.library import Effective
from dinhlang.law.sets import CriteriaSet, Criterion
from dinhlang.law.verdicts import State
from dinhlang.places.models import Closure, Level, Unit
from dinhlang.vietnamese import fold

from .. import showing
from ..showing import Look
from .board import Choice, Note, choices, notes
from .many import UnitStates, states
from .verdicts import Ground, ground

SORTS = {
    "ten": "Tên",
    "nhieu": "Đạt nhiều trước",
    "it": "Đạt ít trước",
}
BELOW = {Level.COMMUNE: Level.VILLAGE}
"""What stands in the table of a place; communes in those of all higher ones."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the table is wanted: a name, one criterion in one state, an order."""

    text: str = ""
    criterion: str = ""
    state: str = ""
    sort: str = "ten"

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text or (self.criterion and self.state))


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One unit. A cell is None where the set has no such criterion in its province.

    ``href`` is the unit's board; a criterion's page is below it.
    """

    unit: Unit
    href: str
    above: str
    cells: tuple[tuple[Criterion, Look | None], ...]
    states: UnitStates
    look: Look


@dataclass(slots=True)
class Matrix:
    """The table: ``met`` counts by criterion the rows shown that are met."""

    place: Unit
    level: str
    on: date
    set: CriteriaSet | None
    choices: list[Choice] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    criteria: tuple[Criterion, ...] = ()
    rows: list[MatrixRow] = field(default_factory=list)
    units: int = 0

    @property
    def met(self) -> list[tuple[Criterion, int]]:
        """How many of the rows have reached each criterion."""
        return [
            (each, sum(row.states.criteria.get(each.number) is State.MET for row in self.rows))
            for each in self.criteria
        ]

    @property
    def whole(self) -> int:
        """How many of the rows meet the whole set."""
        return sum(row.states.state is State.MET for row in self.rows)

    @property
    def mean(self) -> float:
        """The mean number of criteria met, one decimal."""
        if not self.rows:
            return 0.0
        return round(sum(row.states.met for row in self.rows) / len(self.rows), 1)


def matrix(place: Unit, on: date, set_id: str, wanted: Wanted) -> Matrix:
    """The table of a place on a day; without a set where none is in force or known."""
    level = BELOW.get(Level(place.level), Level.COMMUNE)
    here = ground(place, on, level)
    effective = _chosen(here, set_id)
    if effective is None:
        return Matrix(place, level, on, None)
    units = units_below(place, level, on)
    found = states(units, effective.set.id, on, _laws(here, units))
    criteria = effective.set.criteria
    rows = [_row(unit, effective.set, found[unit.pk]) for unit in units if unit.pk in found]
    return Matrix(
        place=place,
        level=level,
        on=on,
        set=effective.set,
        choices=choices(here, effective.set.id),
        notes=notes(here, effective.set),
        criteria=criteria,
        rows=ordered(kept(rows, wanted), wanted.sort),
        units=len(units),
    )


def _chosen(here: Ground, set_id: str) -> Effective | None:
    found = here.effective(set_id) if set_id else None
    if found is None and (first := here.first()) is not None:
        found = here.effective(first.id)
    return found


def units_below(place: Unit, level: str, on: date) -> list[Unit]:
    """The units of the level below the place that exist on the day, by name."""
    below = Closure.objects.filter(ancestor=place, depth__gt=0).values("descendant")
    rows = Unit.objects.on(on).filter(pk__in=below, level=level)
    return list(rows.select_related("parent").order_by("sort_key", "pk"))


def _laws(here: Ground, units: Sequence[Unit]) -> Mapping[int, Ground]:
    """The law of each unit: that of the place, of a country that of each province."""
    if here.unit.level != Level.COUNTRY:
        return {unit.pk: here for unit in units}
    pairs = Closure.objects.filter(
        ancestor__level=Level.PROVINCE, descendant__in=[unit.pk for unit in units]
    ).select_related("ancestor")
    grounds: dict[int, Ground] = {}
    found: dict[int, Ground] = {}
    for pair in pairs:
        province = pair.ancestor
        if province.pk not in grounds:
            grounds[province.pk] = ground(province, here.on, here.subject)
        found[pair.descendant_id] = grounds[province.pk]
    return {unit.pk: found.get(unit.pk, here) for unit in units}


def _row(unit: Unit, chosen: CriteriaSet, found: UnitStates) -> MatrixRow:
    cells = []
    for criterion in chosen.criteria:
        state = found.criteria.get(criterion.number)
        cells.append((criterion, showing.state(state) if state is not None else None))
    above = unit.parent.title if unit.parent is not None else ""
    href = reverse("assessment:board", args=[unit.pk, chosen.id])
    return MatrixRow(unit, href, above, tuple(cells), found, showing.state(found.state))


def kept(rows: Iterable[MatrixRow], wanted: Wanted) -> list[MatrixRow]:
    """The rows that fit."""
    words = fold(wanted.text).split()
    found = []
    for row in rows:
        name = fold(row.unit.full_name)
        if not all(word in name for word in words):
            continue
        if wanted.criterion and wanted.state:
            state = row.states.criteria.get(wanted.criterion)
            if state is None or state.value != wanted.state:
                continue
        found.append(row)
    return found


def ordered(rows: list[MatrixRow], sort: str) -> list[MatrixRow]:
    """The rows by name (as given), or by how much is met and then by name."""
    if sort == "nhieu":
        return sorted(rows, key=lambda row: (-row.states.met, -row.states.indicators_met))
    if sort == "it":
        return sorted(rows, key=lambda row: (row.states.met, row.states.indicators_met))
    return rows
