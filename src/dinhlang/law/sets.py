"""A criteria set as data: measures, indicators, criteria, sets, and what amends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .provenance import NOT_LOADED, Provenance
from .requirements import Requirement

FORMAT = "dinhlang.criteria/1"

MeasureKind = Literal["rate", "amount", "count", "yes_no", "grade"]
Better = Literal["higher", "lower", "neither"]
Combining = Literal["sum", "ratio_of_sums", "mean_by_weight", "worst", "all", "survey_again"]
SetLevel = Literal[
    "ntm", "advanced", "model", "modern", "smart-village", "model-village", "village",
    "model-garden", "field", "recognition", "province",
]  # fmt: skip
SubjectLevel = Literal["village", "commune", "district", "province", "household"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is measured, shared between sets: a number entered once serves all of them.

    ``unit``: “%”, “triệu đồng/người/năm”, …; empty for yes/no and grades. ``scale``: grades,
    worst first. ``combine``: how the values of several units make one. ``by_sex``: entered for
    men and for women. ``office``: who usually has it. ``topic``: groups the entry grid.
    ``numerator``/``denominator``: names of the two parts of a rate, where it is entered so.
    """

    id: str
    name: str
    kind: MeasureKind
    unit: str = ""
    better: Better = "neither"
    combine: Combining = "survey_again"
    scale: tuple[str, ...] = ()
    by_sex: bool = False
    level: SubjectLevel = "commune"
    topic: str = ""
    office: str = ""
    numerator: str = ""
    denominator: str = ""
    survey_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The legal document. ``number`` as written on it: “318/QĐ-TTg”; empty when not known."""

    number: str
    issuer: str = ""
    date: date | None = None
    title: str = ""
    provenance: Provenance = NOT_LOADED


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that guides or assesses, with the paper that says so."""

    name: str
    document: str = ""
    provenance: Provenance = NOT_LOADED


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: its words, what it demands, and how far both are checked.

    ``number`` is a string (“13.1”); a criterion with a single unnumbered indicator gives its own.
    ``evidence``: papers accepted as proof, where known. ``measures`` of the requirement need not
    be listed. ``assessor``: who judges it, where it differs from the criterion's.
    """

    number: str
    name: str
    requirement: Requirement
    name_provenance: Provenance = NOT_LOADED
    provenance: Provenance = NOT_LOADED
    assessor: Body | None = None
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion: it is met when ``at_least`` of its indicators are (None: all of them)."""

    number: str
    name: str
    indicators: tuple[Indicator, ...]
    name_provenance: Provenance = NOT_LOADED
    group: str = ""
    guided_by: Body | None = None
    at_least: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """How many criteria and indicators the decision says it has; None: not known."""

    criteria: int | None = None
    indicators: int | None = None
    provenance: Provenance = NOT_LOADED


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """Where a decision holds: a province by its official code on the decision's day and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRule:
    """Units with this attribute are judged by that region's column, whatever their own."""

    attribute: str
    region: str
    provenance: Provenance = NOT_LOADED


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaSet:
    """One set of one decision. ``id`` is ``<decision folder>/<file>``: ``qd-318-2022/xa-ntm``.

    In force from ``valid_from`` until ``valid_to`` (first day it no longer is) or until a set
    that names it in ``replaces`` begins. ``at_least``: so many criteria suffice (None: all).
    ``sample``: made up. ``lineage``: ids and hashes of what it was made of, filled by amending.
    """

    id: str
    title: str
    short: str
    level: SetLevel
    subject: SubjectLevel
    decision: Decision
    criteria: tuple[Criterion, ...]
    valid_from: date
    valid_to: date | None = None
    years: tuple[int, int] | None = None
    territory: Territory | None = None
    replaces: tuple[str, ...] = ()
    at_least: int | None = None
    declared: Declared | None = None
    region_rules: tuple[RegionRule, ...] = ()
    measures: tuple[Measure, ...] = ()
    sample: bool = False
    note: str = ""
    lineage: tuple[Applied, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of an amendment, addressed to an indicator (“13.1”) or a criterion (“13”).

    ``kind`` tells which of the two. ``repeal``: it is gone. ``add``: a new indicator (``number``
    is that of the criterion it goes to) or a new criterion. Otherwise the given fields replace
    the old ones; None leaves a field as it is.
    """

    number: str
    kind: Literal["indicator", "criterion"] = "indicator"
    repeal: bool = False
    add: Indicator | Criterion | None = None
    name: str | None = None
    requirement: Requirement | None = None
    provenance: Provenance = NOT_LOADED
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A decision that changes a set from a day on; with a territory: a provincial overlay."""

    id: str
    title: str
    amends: str
    decision: Decision
    changes: tuple[Change, ...]
    valid_from: date
    valid_to: date | None = None
    territory: Territory | None = None
    region_rules: tuple[RegionRule, ...] = ()
    measures: tuple[Measure, ...] = ()
    declared: Declared | None = None
    sample: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A step of the lineage: which document, by which hash, from when, changing which numbers."""

    id: str
    title: str
    decision: str
    hash: str
    valid_from: date
    numbers: tuple[str, ...] = field(default=())
