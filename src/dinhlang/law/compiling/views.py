"""Where a node is asked of many units: their table, the set, the sex and the year."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from ..protocols import LawOfDay
from ..sets import CriteriaSet, Measure
from ..subjects import Sex
from .arrays import Fractions, States
from .tables import ABSENT, Column, Table, Texts, is_none, texts


@dataclass(slots=True)
class Run:
    """What one run shares: the law, the states of other sets, and what is being asked."""

    law: LawOfDay
    states: dict[tuple[str, int], States] = field(default_factory=dict)
    asking: set[tuple[str, str, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class View:
    """The place of a question. ``above`` is the view of the units above, ``parents`` their rows."""

    run: Run
    table: Table
    set: CriteriaSet
    sex: Sex = ""
    year: int | None = None
    above: View | None = None
    parents: npt.NDArray[np.int64] | None = None

    @property
    def count(self) -> int:
        """How many units are asked."""
        return self.table.count

    @property
    def assessed_year(self) -> int:
        """The year asked about: that of the day unless a node names another."""
        return self.run.law.on.year if self.year is None else self.year

    def for_sex(self, sex: Sex) -> View:
        """The same question for men or for women."""
        return replace(self, sex=sex)

    def for_year(self, year: int) -> View:
        """The same question for that year and no other."""
        return replace(self, year=year)

    def for_children(self, level: str) -> View | None:
        """The same question for the units below of that level; None where none are known."""
        found = self.table.below.get(level)
        if found is None or not found[0].count:
            return None
        return replace(self, table=found[0], above=self, parents=found[1])

    def in_set(self, other: CriteriaSet) -> View:
        """A question of another set for the same units and day."""
        return View(self.run, self.table, other, above=self.above, parents=self.parents)

    def measure(self, measure: str) -> Measure | None:
        """The measure of that id, the set's own or a shared one."""
        found = self.run.law.measures.get(measure)
        if found is None:
            found = next((own for own in self.set.measures if own.id == measure), None)
        return found

    def look(self, measure: str, year: int | None = None) -> Column | None:
        """The usable fact of a measure of each unit; None where no unit has any."""
        known = self.measure(measure)
        sex: Sex = self.sex if known is None or known.by_sex else ""
        year = self.year if year is None else year
        on = self.run.law.on
        column = self.table.column(
            measure, sex, on.year if year is None else year, exactly=year is not None
        )
        if column is None:
            return None
        day = date(year, 12, 31) if year is not None and year < on.year else on
        unusable = column.valid_to < day.toordinal()
        if known is not None and known.survey_only:
            unusable |= ~column.surveyed
        return column.without(unusable) if bool(unusable.any()) else column

    def numbers(self, measure: str, year: int | None = None) -> tuple[Fractions | None, Column]:
        """The numbers of a measure, None where no unit has a fact, and the column."""
        column = self.look(measure, year)
        if column is None:
            return None, self._empty()
        return column.numbers(), column

    def regions(self) -> Texts:
        """The region whose column holds, by the set's rules."""
        found = self._own_regions()
        for rule in reversed(self.set.region_rules):
            found = np.where(self.attribute(rule.attribute) == "yes", rule.region, found)
        return found

    def _own_regions(self) -> Texts:
        if self.above is None:
            return self.table.regions
        return self._else_above(self.table.regions, self.above._own_regions())

    def groups(self) -> Texts:
        """The commune groups."""
        if self.above is None:
            return self.table.groups
        return self._else_above(self.table.groups, self.above.groups())

    def attribute(self, name: str) -> Texts:
        """An attribute, a unit below taking that of the unit above."""
        own = self.table.attributes.get(name)
        if own is None:
            own = texts([None] * self.count)
        return own if self.above is None else self._else_above(own, self.above.attribute(name))

    def _else_above(self, own: Texts, above: Texts) -> Texts:
        assert self.parents is not None
        return np.where(is_none(own), above[self.parents], own)

    def _empty(self) -> Column:
        count = self.count
        zero = np.zeros(count, dtype=np.int64)
        return Column(
            content=np.full(count, ABSENT, dtype=np.int8),
            top=zero,
            bottom=zero + 1,
            scale=zero,
            grade=texts([None] * count),
            surveyed=np.zeros(count, dtype=np.bool_),
            valid_to=zero,
        )
