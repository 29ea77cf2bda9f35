"""The facts of many units in columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..subjects import Fact, FactKey, Sex, Subject
from .arrays import Flags, Fractions, Whole, fits, whole_numbers

ABSENT, NUMBER, EMPTY, NO, YES, GRADE = range(6)
"""What a fact contains: nothing usable, a number, a rate of nothing, no, yes, a grade."""

_FOREVER = date.max.toordinal()
_MILLION = 10**6
Texts = npt.NDArray[np.object_]
_FIELDS = ("unit", "year", "content", "top", "bottom", "scale", "grade", "surveyed", "valid_to")


class Rows(NamedTuple):
    """Observations as they come out of a database: sequences of equal length, one entry each.

    Within one unit, measure and sex the latest stands first. ``unit``: its row in the table,
    from 0. ``value``, ``numerator``, ``denominator``: in millionths, or None. ``yes``: a truth
    value or None; ``grade``: a text, empty or None where there is none. ``source``: a code of
    ``law.subjects.Source``. ``valid_to``: a date, its text in ISO form, or None.
    """

    unit: Sequence[int]
    measure: Sequence[str]
    sex: Sequence[str]
    year: Sequence[int]
    value: Sequence[int | None]
    numerator: Sequence[int | None]
    denominator: Sequence[int | None]
    yes: Sequence[Any]
    grade: Sequence[str | None]
    source: Sequence[str]
    valid_to: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Series:
    """All facts of one measure and sex, one entry a fact, the latest of each unit first.

    A number is ``top`` / ``bottom``, of a rate in parts times 100; its parts are ``top`` and
    ``bottom`` over ``scale``, which is 0 where there are none.
    """

    unit: npt.NDArray[np.int64]
    year: npt.NDArray[np.int64]
    content: npt.NDArray[np.int8]
    top: Whole
    bottom: Whole
    scale: Whole
    grade: Texts
    surveyed: Flags
    valid_to: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """One fact a unit, by the same fields."""

    content: npt.NDArray[np.int8]
    top: Whole
    bottom: Whole
    scale: Whole
    grade: Texts
    surveyed: Flags
    valid_to: npt.NDArray[np.int64]

    def numbers(self) -> Fractions:
        """The numbers, known where there is one."""
        in_parts = self.scale != 0
        top = self.top * np.where(in_parts, 100, 1) if bool(in_parts.any()) else self.top
        return Fractions(top, self.bottom, self.content == NUMBER)

    def without(self, unusable: Flags) -> Column:
        """The column, with nothing where the fact may not be used."""
        content = np.where(unusable, np.int8(ABSENT), self.content)
        return Column(
            content, self.top, self.bottom, self.scale, self.grade, self.surveyed, self.valid_to
        )


@dataclass(frozen=True)
class Table:
    """Many units with their facts. All arrays have one entry a unit, None where not known.

    ``series`` by measure and sex. ``below``: by level, the table of the units below and, for each
    of them, the row of the unit above it.
    """

    count: int
    series: Mapping[FactKey, Series]
    regions: Texts
    groups: Texts
    attributes: Mapping[str, Texts] = field(default_factory=dict)
    below: Mapping[str, tuple[Table, npt.NDArray[np.int64]]] = field(default_factory=dict)
    _columns: dict[tuple[str, str, int, bool], Column] = field(default_factory=dict, repr=False)

    def column(self, measure: str, sex: Sex, year: int, *, exactly: bool) -> Column | None:
        """The fact of each unit in that year, or the latest one not after it; None: none at all."""
        key = (measure, sex, year, exactly)
        series = self.series.get((measure, sex))
        if series is None:
            return None
        if key not in self._columns:
            self._columns[key] = self._column(series, year, exactly)
        return self._columns[key]

    def _column(self, series: Series, year: int, exactly: bool) -> Column:
        wanted = series.year == year if exactly else series.year <= year
        # Written from the earliest to the latest: of several the latest stays.
        rows = np.flatnonzero(wanted)[::-1]
        units = series.unit[rows]

        def spread(values: npt.NDArray[Any], empty: Any) -> npt.NDArray[Any]:
            found = np.full(self.count, empty, dtype=values.dtype)
            found[units] = values[rows]
            return found

        return Column(
            content=spread(series.content, ABSENT),
            top=spread(series.top, 0),
            bottom=spread(series.bottom, 1),
            scale=spread(series.scale, 0),
            grade=spread(series.grade, None),
            surveyed=spread(series.surveyed, False),
            valid_to=spread(series.valid_to, _FOREVER),
        )


def texts(values: Iterable[Any]) -> Texts:
    """Texts (or other values), None where there is none."""
    listed = values if isinstance(values, list | tuple) else list(values)
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found


def is_none(values: Texts) -> Flags:
    """Where there is nothing."""
    return np.fromiter((each is None for each in values), dtype=np.bool_, count=len(values))


# --- From subjects -------------------------------------------------------------------------------


def table_of(subjects: Sequence[Subject]) -> Table:
    """The same units with the same facts, in columns."""
    gathered: dict[FactKey, list[tuple[int, Fact]]] = {}
    for row, subject in enumerate(subjects):
        for key, facts in subject.facts.items():
            gathered.setdefault(key, []).extend((row, fact) for fact in facts)
    attributes = sorted({name for subject in subjects for name in subject.attributes})
    levels = sorted({level for subject in subjects for level in subject.children})
    below = {}
    for level in levels:
        pairs = [
            (row, child)
            for row, subject in enumerate(subjects)
            for child in subject.children.get(level, ())
        ]
        parents = np.array([row for row, _ in pairs], dtype=np.int64)
        below[level] = (table_of([child for _, child in pairs]), parents)
    return Table(
        count=len(subjects),
        series={key: _series(facts) for key, facts in gathered.items()},
        regions=texts(subject.region for subject in subjects),
        groups=texts(subject.group for subject in subjects),
        attributes={
            name: texts(subject.attributes.get(name) for subject in subjects) for name in attributes
        },
        below=below,
    )


def _series(facts: list[tuple[int, Fact]]) -> Series:
    contents = [_content(fact) for _, fact in facts]
    return Series(
        unit=np.array([row for row, _ in facts], dtype=np.int64),
        year=np.array([fact.year for _, fact in facts], dtype=np.int64),
        content=np.array([content[0] for content in contents], dtype=np.int8),
        top=whole_numbers(content[1] for content in contents),
        bottom=whole_numbers(content[2] for content in contents),
        scale=whole_numbers(content[3] for content in contents),
        grade=texts(fact.grade for _, fact in facts),
        surveyed=np.array([fact.source == "survey" for _, fact in facts], dtype=np.bool_),
        valid_to=np.array(
            [(fact.valid_to or date.max).toordinal() for _, fact in facts], dtype=np.int64
        ),
    )


def _content(fact: Fact) -> tuple[int, int, int, int]:
    """What a fact contains, and the top, bottom and scale of its number."""
    if fact.yes is not None:
        return (YES if fact.yes else NO), 0, 1, 0
    if fact.grade is not None:
        return GRADE, 0, 1, 0
    if fact.value is not None:
        number = Fraction(fact.value)
        return NUMBER, number.numerator, number.denominator, 0
    if fact.base_is_empty:
        return EMPTY, 0, 1, 0
    if fact.numerator is None or fact.denominator is None:
        return ABSENT, 0, 1, 0
    return NUMBER, *_parts(fact.numerator, fact.denominator)


def _parts(numerator: Decimal, denominator: Decimal) -> tuple[int, int, int]:
    top, bottom = Fraction(numerator), Fraction(denominator)
    scale = lcm(top.denominator, bottom.denominator)
    return int(top * scale), int(bottom * scale), scale


# --- From a database -----------------------------------------------------------------------------


def table_of_rows(
    count: int,
    rows: Rows,
    *,
    regions: Texts | None = None,
    groups: Texts | None = None,
    attributes: Mapping[str, Texts] | None = None,
    below: Mapping[str, tuple[Table, npt.NDArray[np.int64]]] | None = None,
) -> Table:
    """A table of ``count`` units from observations; facts that say nothing are left out."""
    nowhere = texts([None] * count)
    return Table(
        count=count,
        series=_series_of_rows(rows),
        regions=nowhere if regions is None else regions,
        groups=nowhere if groups is None else groups,
        attributes=attributes or {},
        below=below or {},
    )


def _series_of_rows(rows: Rows) -> dict[FactKey, Series]:
    if not len(rows.unit):
        return {}
    measures = {name: place for place, name in enumerate(sorted(set(rows.measure)))}
    sexes = {name: place for place, name in enumerate(sorted(set(rows.sex)))}
    which = np.array([measures[name] for name in rows.measure], dtype=np.int64) * len(sexes)
    which += np.array([sexes[name] for name in rows.sex], dtype=np.int64)
    keys = {(m, s): measures[m] * len(sexes) + sexes[s] for m in measures for s in sexes}
    whole = _whole_series(rows)
    said = np.flatnonzero(whole.content != ABSENT)
    # A stable order keeps the latest of each unit first.
    order = said[np.argsort(which[said], kind="stable")]
    ends = np.cumsum(np.bincount(which[said], minlength=len(keys)))
    found: dict[FactKey, Series] = {}
    for (measure, sex), number in keys.items():
        start = int(ends[number - 1]) if number else 0
        part = order[start : int(ends[number])]
        if not part.size:
            continue
        fields = (getattr(whole, name)[part] for name in _FIELDS)
        found[measure, sex] = Series(*fields)  # type: ignore[index]
    return found


def _whole_series(rows: Rows) -> Series:
    value, has_value = _millionths(rows.value)
    top, has_top = _millionths(rows.numerator)
    bottom, has_bottom = _millionths(rows.denominator)
    said_yes = texts(rows.yes)
    has_yes = ~is_none(said_yes)
    yes = np.zeros(len(said_yes), dtype=np.bool_)
    yes[has_yes] = said_yes[has_yes].astype(bool)
    grade = texts(rows.grade)
    has_grade = grade.astype(bool)
    in_parts = has_top & has_bottom & ~has_value
    content = np.select(
        [has_yes & yes, has_yes, has_grade, has_value, in_parts & (bottom == 0), in_parts],
        [np.int8(code) for code in (YES, NO, GRADE, NUMBER, EMPTY, NUMBER)],
        np.int8(ABSENT),
    ).astype(np.int8)
    counted = in_parts & (bottom != 0)
    return Series(
        unit=np.asarray(rows.unit, dtype=np.int64),
        year=np.asarray(rows.year, dtype=np.int64),
        content=content,
        top=np.where(has_value, value, np.where(counted, top, 0)),
        bottom=np.where(has_value, _MILLION, np.where(counted, bottom, 1)),
        scale=np.where(counted, _MILLION, 0),
        grade=grade,
        surveyed=np.asarray(texts(rows.source) == "survey", dtype=np.bool_),
        valid_to=_ordinals(texts(rows.valid_to)),
    )


def _millionths(values: Sequence[int | None]) -> tuple[Whole, Flags]:
    given = texts(values)
    there = ~is_none(given)
    try:
        found = np.zeros(len(given), dtype=np.int64)
        found[there] = given[there].astype(np.int64)
        if fits(found):
            return found, there
    except OverflowError:
        pass
    return np.where(there, given, 0), there


def _ordinals(days: Texts) -> npt.NDArray[np.int64]:
    found = np.full(len(days), _FOREVER, dtype=np.int64)
    for place in np.flatnonzero(~is_none(days)):
        day = days[place]
        if not isinstance(day, date):
            day = date.fromisoformat(str(day)[:10])
        found[place] = day.toordinal()
    return found
