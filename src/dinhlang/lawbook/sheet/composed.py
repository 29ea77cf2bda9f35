"""What a table is read against, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dinhlang.law.library import Library
from dinhlang.law.sets import Amendment, CriteriaSet, Indicator, Measure, Territory

from .decision import About
from .problems import RowProblem


@dataclass(frozen=True, slots=True)
class Context:
    """What the table is read against: the law that is known, and the province it will hold in."""

    library: Library
    territory: Territory | None = None

    def base(self, set_id: str, mode: str, on: date) -> CriteriaSet | None:
        """The set to complete as it was loaded, or the one to amend as it stands on the day."""
        if mode != "amend":
            return self.library.sets.get(set_id)
        codes = frozenset({self.territory.code}) if self.territory else frozenset[str]()
        found = self.library.at(on, codes).get(set_id)
        return found.set if found is not None else None


@dataclass(slots=True)
class Composed:
    """``result`` is None while there are problems. ``notes`` are things to look at that hold
    nothing up. ``made`` gives the indicator of each row position (from 1), ``read`` what was
    understood from which words of it."""

    about: About | None = None
    base: CriteriaSet | None = None
    result: CriteriaSet | Amendment | None = None
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    made: dict[int, Indicator] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    read: dict[int, list[str]] = field(default_factory=dict)

    def of_row(self, position: int) -> list[RowProblem]:
        """What is wrong with one row."""
        return [problem for problem in self.problems if problem.row == position]


def code_of(territory: Territory | None) -> str:
    """The official code of a province; empty for the whole country."""
    return territory.code if territory is not None else ""
