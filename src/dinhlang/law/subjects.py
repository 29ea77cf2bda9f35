"""What is known of a unit on a day: the facts that a requirement is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Sex = Literal["", "male", "female"]
Source = Literal["register", "typed", "report", "survey", "document", "plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One observation as an assessment sees it. Exactly one of the contents is given:
    ``value``; ``numerator`` with ``denominator``; ``yes``; ``grade``.

    ``period_end`` is the last day it speaks of, ``valid_to`` the last day a certificate holds.
    ``id`` leads back to the observation; ``by``, ``confirmed_by`` are offices or persons.
    """

    measure: str
    year: int
    sex: Sex = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    yes: bool | None = None
    grade: str | None = None
    source: Source = "typed"
    confirmed: bool = True
    period_end: date | None = None
    valid_to: date | None = None
    id: int | None = None
    by: str = ""
    confirmed_by: str = ""
    evidence: tuple[int, ...] = ()

    @property
    def number(self) -> Fraction | None:
        """The exact number; of a rate in parts, a percentage; None where its base is empty."""
        if self.value is not None:
            return Fraction(self.value)
        if self.numerator is None or self.denominator is None or self.denominator == 0:
            return None
        return Fraction(self.numerator) * 100 / Fraction(self.denominator)

    @property
    def base_is_empty(self) -> bool:
        """Whether it is a rate of nothing (no landfill, no death): not applicable."""
        return self.denominator is not None and self.denominator == 0


FactKey = tuple[str, Sex]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A unit with all its facts up to the day, those below it, and what it is.

    ``facts[measure, sex]`` holds the observations of one measure, latest year first. ``region`` is
    a key of ``regions.REGIONS``; ``group`` the commune group; ``attributes`` such as
    ``special_commune`` → ``"yes"``; unknown ones are absent. ``children`` by level.
    """

    name: str = ""
    id: int | None = None
    region: str | None = None
    group: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[FactKey, tuple[Fact, ...]] = field(default_factory=dict)
    children: Mapping[str, tuple[Subject, ...]] = field(default_factory=dict)

    def latest(self, measure: str, on: date, sex: Sex = "", year: int | None = None) -> Fact | None:
        """The fact of that year, or the latest one of a year not after the day's."""
        for fact in self.facts.get((measure, sex), ()):
            if fact.year == year or (year is None and fact.year <= on.year):
                return fact
        return None


def subject_of(facts: list[Fact], **about: object) -> Subject:
    """A subject from a plain list of facts; ``about`` are the other fields of ``Subject``."""
    sorted_facts: dict[FactKey, list[Fact]] = {}
    for fact in facts:
        sorted_facts.setdefault((fact.measure, fact.sex), []).append(fact)
    return Subject(
        facts={
            key: tuple(sorted(found, key=lambda fact: (-fact.year,)))
            for key, found in sorted_facts.items()
        },
        **about,  # type: ignore[arg-type]
    )
