"""What came of holding facts against a set, with everything needed to say why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from .provenance import Provenance
from .requirements import Requirement, Threshold
from .sets import CriteriaSet, Criterion, Indicator
from .subjects import Fact, Sex


class State(StrEnum):
    """Three-valued, and not applicable."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """The state on screens."""
        return STATE_WORDS[self]


STATE_WORDS = {
    State.MET: "Đạt",
    State.NOT_MET: "Chưa đạt",
    State.UNKNOWN: "Chưa đủ số liệu",
    State.NOT_APPLICABLE: "Không áp dụng",
}

MissingKind = Literal[
    "fact", "fact_of_year", "expired", "survey", "threshold", "content", "region", "group",
    "attribute", "set", "children",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is not known, and who can give it.

    ``what``: the id of the measure, attribute or set, or the name of the threshold's key (“2026”).
    """

    kind: MissingKind
    what: str = ""
    giver: str = ""
    sex: Sex = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedThreshold:
    """The number that applies to the unit on the day, and the way that led to it.

    ``path``: the cases taken, in order: (“by_region”, “BTB”), (“by_year”, “2024”).
    """

    amount: Fraction
    threshold: Threshold
    path: tuple[tuple[str, str], ...] = ()
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The verdict on one node of a requirement. ``about``: the unit below or the year it is of.

    ``value`` is the number compared (after exceptions); ``reason`` a short key for explaining:
    “absent”, “empty_base”, “excepted”, “expired”, “recognised”, “not_revalidated”, ….
    """

    state: State
    requirement: Requirement
    value: Fraction | None = None
    threshold: ResolvedThreshold | None = None
    high: ResolvedThreshold | None = None
    fact: Fact | None = None
    sex: Sex = ""
    about: str = ""
    reason: str = ""
    missing: tuple[Missing, ...] = ()
    parts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorVerdict:
    """The verdict on an indicator."""

    indicator: Indicator
    verdict: Verdict

    @property
    def state(self) -> State:
        """Met, not met, unknown, not applicable."""
        return self.verdict.state


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionVerdict:
    """The verdict on a criterion."""

    criterion: Criterion
    state: State
    indicators: tuple[IndicatorVerdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of each state."""

    met: int = 0
    not_met: int = 0
    unknown: int = 0
    not_applicable: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.met + self.not_met + self.unknown + self.not_applicable


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVerdict:
    """The verdict on a whole set for one unit and day. ``hash``: the version of the set used."""

    set: CriteriaSet
    hash: str
    on: date
    state: State
    criteria: tuple[CriterionVerdict, ...]
    criteria_counts: Counts
    indicator_counts: Counts
