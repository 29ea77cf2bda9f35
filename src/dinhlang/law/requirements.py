"""What an indicator demands: a small typed tree without loops and functions.

A node is a frozen data class; ``kind`` is its key in YAML. Numbers are ``Decimal`` in the unit of
the measure; a rate is a percentage (``90`` = 90 %). Three readers walk the same tree:
``evaluating`` (one unit, with reasons), ``compiling`` (many units at once), ``explaining``.

Values meet as follows. A part that is not applicable is left out of what it stands in; where
nothing else is left the whole is not applicable. Otherwise Kleene's logic holds: unknown never
becomes met.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from .provenance import Provenance

Operator = Literal[">=", "<=", ">", "<", "="]
Giver = Literal["province", "ministry", "decision"]
Direction = Literal["falling", "rising"]
ChildLevel = Literal["village", "commune", "district"]
Counting = Literal["percent", "count"]


# --- Thresholds: a number that may depend on where and when it is asked -------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number that is known. ``provenance`` overrides that of the requirement."""

    kind: ClassVar[str] = "value"
    amount: Decimal
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLoaded:
    """A number the program does not have; ``giver`` tells who sets it, ``note`` more."""

    kind: ClassVar[str] = "not_loaded"
    giver: Giver = "decision"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRegion:
    """One threshold a region (keys of ``regions.REGIONS``); a missing one is not loaded."""

    kind: ClassVar[str] = "by_region"
    cases: tuple[tuple[str, Threshold], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByGroup:
    """One threshold a commune group (1, 2, 3 of 51/2025/QĐ-TTg, or a province's own areas)."""

    kind: ClassVar[str] = "by_group"
    cases: tuple[tuple[str, Threshold], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByYear:
    """One threshold a year of assessment; a missing year is not loaded, never carried over."""

    kind: ClassVar[str] = "by_year"
    cases: tuple[tuple[int, Threshold], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByAttribute:
    """One threshold for each value of an attribute of the unit; ``otherwise`` for all others."""

    kind: ClassVar[str] = "by_attribute"
    attribute: str
    cases: tuple[tuple[str, Threshold], ...]
    otherwise: Threshold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeTo:
    """``factor`` times the threshold that another set's indicator has for the same unit and day.

    1.1 and indicator 10 of the advanced set: 10 % above the advanced level of the same year.
    """

    kind: ClassVar[str] = "relative_to"
    set: str
    indicator: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FromMeasure:
    """``factor`` times what another measure has for the unit: the district's average."""

    kind: ClassVar[str] = "from_measure"
    measure: str
    factor: Decimal = Decimal(1)


Threshold = Value | NotLoaded | ByRegion | ByGroup | ByYear | ByAttribute | RelativeTo | FromMeasure


# --- Requirements: leaves ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A judgement: the thing is there or done (Đạt). The measure is a yes/no."""

    kind: ClassVar[str] = "reached"
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exception_:
    """Units left out of a count by law: households on social protection, force majeure."""

    measure: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """A number against a threshold. ``zero`` in YAML is ``=`` 0.

    ``exceptions`` are counts taken off the number before it is compared. Where the number meets
    the threshold without them they need not be known.
    """

    kind: ClassVar[str] = "compare"
    measure: str
    operator: Operator
    threshold: Threshold
    exceptions: tuple[Exception_, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """``low`` ≤ number, and number ≤ ``high`` (< where ``below_high``); None: no bound there."""

    kind: ClassVar[str] = "between"
    measure: str
    low: Threshold | None
    high: Threshold | None
    below_high: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """At least a grade of the measure's ordered scale (worst first)."""

    kind: ClassVar[str] = "grade"
    measure: str
    at_least: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The number fell (rose) in each of the last ``years`` years against the year before."""

    kind: ClassVar[str] = "trend"
    measure: str
    direction: Direction
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A recognition or certificate (measure: yes/no) that is still valid on the day.

    ``standard`` names what recognises: “Chuẩn tiếp cận pháp luật”.
    """

    kind: ClassVar[str] = "recognised"
    measure: str
    standard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentNotLoaded:
    """The law demands something here, but what is not loaded: unknown until it is."""

    kind: ClassVar[str] = "content_not_loaded"
    giver: Giver = "decision"
    note: str = ""


# --- Requirements: inner nodes -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part."""

    kind: ClassVar[str] = "all_of"
    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """One of the parts."""

    kind: ClassVar[str] = "any_of"
    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastOf:
    """At least ``count`` of the parts; 1 ≤ count ≤ number of parts."""

    kind: ClassVar[str] = "at_least_of"
    count: int
    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """The first part that is applicable decides: a market, only where there is none a shop."""

    kind: ClassVar[str] = "fallback"
    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IfPresent:
    """“nếu có”: not applicable where the measure (yes/no or count) says there is none."""

    kind: ClassVar[str] = "if_present"
    measure: str
    part: Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class BothSexes:
    """The part holds for men and for women separately (áp dụng đạt cho cả nam và nữ)."""

    kind: ClassVar[str] = "both_sexes"
    part: Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Consecutive:
    """The part holds in each of ``years`` years in a row.

    They end with the year of the assessment, or, where ``before``, with the year before it.
    """

    kind: ClassVar[str] = "consecutive"
    years: int
    part: Requirement
    before: bool = False

    def asked(self, year: int) -> range:
        """The years asked about in an assessment of that year."""
        last = year - self.before
        return range(last - self.years + 1, last + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThisYear:
    """Facts of earlier years do not count: it must be shown again each year."""

    kind: ClassVar[str] = "this_year"
    part: Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """So many (``count``) or such a share (``percent``) of the units below reach the part."""

    kind: ClassVar[str] = "children"
    level: ChildLevel
    part: Requirement
    operator: Operator
    threshold: Threshold
    counting: Counting = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Parts that are met add their points; the sum is at least the threshold."""

    kind: ClassVar[str] = "points"
    parts: tuple[tuple[Decimal, Requirement], ...]
    threshold: Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """All mandatory items (yes/no measures) and a score within a band."""

    kind: ClassVar[str] = "checklist"
    mandatory: tuple[str, ...]
    score: str
    low: Threshold | None
    high: Threshold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetsSet:
    """The same unit meets another set on the same day.

    ``recognition`` is a yes/no measure that may stand for it (recognised already). With
    ``revalidate`` an earlier recognition is not enough: the set is evaluated again.
    """

    kind: ClassVar[str] = "meets_set"
    set: str
    recognition: str | None = None
    revalidate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetsCriterion:
    """The unit meets one criterion, or one indicator (“13.1”), of another set."""

    kind: ClassVar[str] = "meets_criterion"
    set: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetShare:
    """The share of another set's criteria that the unit meets, against a threshold in %."""

    kind: ClassVar[str] = "met_share"
    set: str
    operator: Operator
    threshold: Threshold


Leaf = Reached | Compare | Between | Grade | Trend | Recognised | ContentNotLoaded
Inner = (
    AllOf
    | AnyOf
    | AtLeastOf
    | Fallback
    | IfPresent
    | BothSexes
    | Consecutive
    | ThisYear
    | Children
    | Points
    | Checklist
    | MeetsSet
    | MeetsCriterion
    | MetShare
)
Requirement = Leaf | Inner
