"""Where a node of a requirement is asked: the unit, the set, the sex and the year."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from ..protocols import LawOfDay
from ..sets import CriteriaSet, Measure
from ..subjects import Fact, Sex, Subject
from ..verdicts import Missing, MissingKind, SetVerdict


class Known(NamedTuple):
    """The fact found, or what is missing in its place; ``reason`` is a key for explaining.

    A fact that may not be used (expired, no survey) is there together with what is missing.
    """

    fact: Fact | None
    missing: Missing | None = None
    reason: str = ""


@dataclass(slots=True)
class Run:
    """What one evaluation shares: the law, verdicts already made, and what is being asked."""

    law: LawOfDay
    verdicts: dict[tuple[str, int], SetVerdict] = field(default_factory=dict)
    asking: set[tuple[str, str, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Context:
    """The place of a question. ``above`` are the units that contain ``subject``, nearest first."""

    run: Run
    subject: Subject
    set: CriteriaSet
    sex: Sex = ""
    year: int | None = None
    above: tuple[Subject, ...] = ()

    @property
    def on(self) -> date:
        """The day of the assessment."""
        return self.run.law.on

    @property
    def assessed_year(self) -> int:
        """The year asked about: that of the day unless a node names another."""
        return self.on.year if self.year is None else self.year

    def for_sex(self, sex: Sex) -> Context:
        """The same question for men or for women."""
        return replace(self, sex=sex)

    def for_year(self, year: int) -> Context:
        """The same question for that year and no other."""
        return replace(self, year=year)

    def for_child(self, child: Subject) -> Context:
        """The same question for a unit below; it takes region and group from above."""
        return replace(self, subject=child, above=(self.subject, *self.above))

    def in_set(self, other: CriteriaSet) -> Context:
        """A question of another set for the same unit and day."""
        return Context(self.run, self.subject, other, above=self.above)

    def measure(self, measure: str) -> Measure | None:
        """The measure of that id, the set's own or a shared one."""
        found = self.run.law.measures.get(measure)
        if found is None:
            found = next((own for own in self.set.measures if own.id == measure), None)
        return found

    def sex_for(self, measure: str) -> Sex:
        """The sex a measure is asked for: none where it is not entered by sex."""
        if not self.sex:
            return ""
        known = self.measure(measure)
        return self.sex if known is None or known.by_sex else ""

    def region(self) -> tuple[str | None, str]:
        """The region of the unit's column, and the attribute whose rule decided (or nothing).

        A unit without the attribute of a rule counts as not having it: being a special commune
        is given by a decision.
        """
        for rule in self.set.region_rules:
            if self.attribute(rule.attribute) == "yes":
                return rule.region, rule.attribute
        chain = (self.subject, *self.above)
        return next((unit.region for unit in chain if unit.region is not None), None), ""

    def group(self) -> str | None:
        """The commune group, a unit below taking that of the unit above."""
        chain = (self.subject, *self.above)
        return next((unit.group for unit in chain if unit.group is not None), None)

    def attribute(self, name: str) -> str | None:
        """The attribute of the unit, else of the unit above; None where none is known."""
        for unit in (self.subject, *self.above):
            if name in unit.attributes:
                return unit.attributes[name]
        return None

    def look(self, measure: str, year: int | None = None) -> Known:
        """The fact of a measure for the unit, sex and year asked about."""
        year = self.year if year is None else year
        sex = self.sex_for(measure)
        fact = self.subject.latest(measure, self.on, sex, year)
        if fact is None:
            kind: MissingKind = "fact" if year is None else "fact_of_year"
            return Known(None, self.missing(kind, measure, year), "no_fact")
        if fact.source != "survey":
            known = self.measure(measure)
            if known is not None and known.survey_only:
                return Known(fact, self.missing("survey", measure, year), "no_survey")
        if fact.valid_to is not None and fact.valid_to < self._day_of(year):
            return Known(fact, self.missing("expired", measure, year), "expired")
        return Known(fact)

    def missing(self, kind: MissingKind, measure: str, year: int | None = None) -> Missing:
        """A missing fact, with the office that usually has it."""
        known = self.measure(measure)
        office = known.office if known else ""
        return Missing(kind=kind, what=measure, giver=office, sex=self.sex_for(measure), year=year)

    def _day_of(self, year: int | None) -> date:
        """The day a paper must still hold: that of the assessment, or the end of a past year."""
        return date(year, 12, 31) if year is not None and year < self.on.year else self.on
