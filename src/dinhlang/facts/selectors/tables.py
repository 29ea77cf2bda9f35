"""Many units with their facts in columns, for ``law.compiling``: the fast way.

The same answers as ``subjects``. Rows come out of the database as they lie there, in the order
of an index, without a model or a ``Decimal`` made of any; only numbers combined from units below
are made one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connections
from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast

from dinhlang.law.compiling import Rows, Table, table_of_rows
from dinhlang.law.subjects import Fact
from dinhlang.papers.collecting import without_collecting
from dinhlang.places.models import Unit

from .. import catalogue
from ..attributes import GROUP, REGION
from ..combining import combine, stands_before
from ..fields import from_units, to_units
from ..models import Observation
from . import places
from .subjects import known, weights_of

_COLUMNS = (
    "place_id", "measure", "sex", "end", "value", "numerator", "denominator", "yes", "grade",
    "source", "valid_to", "confirmed_at",
)  # fmt: skip
_PLACE, _MEASURE, _SEX, _END, _VALUE, _TOP, _BOTTOM, _YES, _GRADE, _SOURCE, _VALID, _CONFIRMED = (
    range(len(_COLUMNS))
)
# Days and moments as text: SQLite's driver would make an object of each, which takes longer than
# reading the rows.
_AS_TEXT = ("end", "valid_to", "confirmed_at")
_SELECTED = tuple(Cast(name, CharField()) if name in _AS_TEXT else F(name) for name in _COLUMNS)
Row = Sequence[Any]
Group = tuple[int, str, str]


def table(
    units: Sequence[Unit],
    on: date,
    measures: Iterable[str] | None = None,
    known_at: datetime | None = None,
) -> Table:
    """The units in this order, with their facts up to the day, those below them, and what they
    are. ``measures`` narrows to what is needed; None takes all.
    """
    wanted = None if measures is None else sorted(set(measures))
    with without_collecting():
        return _table(list(units), on, wanted, known_at)[0]


def _table(
    units: list[Unit], on: date, wanted: list[str] | None, known_at: datetime | None
) -> tuple[Table, list[Row]]:
    """The table, and the rows it was made of: what stands above combines them."""
    numbers = [unit.pk for unit in units]
    rows = _rows(numbers, on, wanted, known_at)
    below: dict[str, tuple[Table, npt.NDArray[np.int64]]] = {}
    for level, (kids, parents) in _below(units, on).items():
        lower, lower_rows = _table(kids, on, wanted, known_at)
        below[level] = (lower, np.array(parents, dtype=np.int64))
        above = {kid.pk: numbers[parent] for kid, parent in zip(kids, parents, strict=True)}
        rows = _with_combined(rows, lower_rows, above, on, known_at)
    about = places.attributes(numbers, on, known_at)
    names = sorted({name for said in about.values() for name in said})
    columns = {name: _texts(about[unit].get(name) for unit in numbers) for name in names}
    found = table_of_rows(
        len(units),
        _in_columns(rows, {unit: at for at, unit in enumerate(numbers)}),
        regions=columns.get(REGION),
        groups=columns.get(GROUP),
        attributes=columns,
        below=below,
    )
    return found, rows


def _below(units: Sequence[Unit], on: date) -> dict[str, tuple[list[Unit], list[int]]]:
    """By level: the units right below, and for each the place of its parent among ``units``."""
    at = {unit.pk: number for number, unit in enumerate(units)}
    found: dict[str, tuple[list[Unit], list[int]]] = {}
    for level in sorted({unit.level for unit in units}):
        levels = places.BELOW.get(level, ())
        if not levels:
            continue
        parents = [unit.pk for unit in units if unit.level == level]
        kids = places.below(parents, levels, on)
        for parent in parents:
            for kid in kids.get(parent, ()):
                several, above = found.setdefault(kid.level, ([], []))
                several.append(kid)
                above.append(at[parent])
    return found


def _rows(
    units: Sequence[int], on: date, wanted: list[str] | None, known_at: datetime | None
) -> list[Row]:
    """What was entered, within one unit, measure and sex the latest first."""
    found: list[Row] = []
    for some in places.chunks(units):
        asked = known(Observation.objects.filter(place__in=some, start__lte=on), known_at)
        if wanted is not None:
            asked = asked.filter(measure__in=wanted)
        # The index “observation_now”, read backwards.
        ordered = asked.order_by("-place_id", "-measure", "-sex", "-end", "start")
        found += _raw(ordered.values_list(*_SELECTED))
    return found


def _raw(rows: QuerySet[Observation, Any]) -> list[Row]:
    """The rows as the driver gives them: numbers in millionths, days as text or as dates."""
    sql, params = rows.query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _in_columns(rows: Sequence[Row], at: Mapping[int, int]) -> Rows:
    if not rows:
        return Rows(*([] for _ in Rows._fields))
    columns = list(zip(*rows, strict=True))
    return Rows(
        unit=[at[place] for place in columns[_PLACE]],
        measure=columns[_MEASURE],
        sex=columns[_SEX],
        year=[_year(end) for end in columns[_END]],
        value=columns[_VALUE],
        numerator=columns[_TOP],
        denominator=columns[_BOTTOM],
        yes=columns[_YES],
        grade=columns[_GRADE],
        source=columns[_SOURCE],
        valid_to=columns[_VALID],
    )


def _year(day: Any) -> int:
    return int(day.year) if isinstance(day, date) else int(day[:4])


def _texts(values: Iterable[str | None]) -> npt.NDArray[np.object_]:
    listed = list(values)
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found


def _with_combined(
    rows: list[Row],
    lower: Sequence[Row],
    above: Mapping[int, int],
    on: date,
    known_at: datetime | None,
) -> list[Row]:
    """The rows, completed with what the units below (``above``: child to parent) make together."""
    if not lower:
        return rows
    fresh = _combined(lower, above, on, known_at)
    if not fresh:
        return rows
    kept: list[Row] = []
    touched: dict[Group, list[Row]] = defaultdict(list)
    for row in rows:
        group = (row[_PLACE], row[_MEASURE], row[_SEX])
        (touched[group] if group in fresh else kept).append(row)
    for group, facts in fresh.items():
        own = touched.get(group, [])
        first: dict[int, Row] = {}
        for row in own:
            if not _is_blank(row):
                first.setdefault(_year(row[_END]), row)
        winners = [
            fact
            for fact in facts
            if fact.year not in first or not stands_before(_fact(first[fact.year], known_at), fact)
        ]
        years = {fact.year for fact in winners}
        merged = [row for row in own if _year(row[_END]) not in years]
        merged += [_row(group[0], fact) for fact in winners]
        # A stable sort: of one year the rows keep their order.
        kept += sorted(merged, key=lambda row: -_year(row[_END]))
    return kept


def _combined(
    lower: Sequence[Row], above: Mapping[int, int], on: date, known_at: datetime | None
) -> dict[Group, list[Fact]]:
    measures = catalogue.known()
    kids: dict[int, list[int]] = defaultdict(list)
    for kid, parent in above.items():
        kids[parent].append(kid)
    values: dict[tuple[int, str, str, int], dict[int, Fact]] = defaultdict(dict)
    for row in lower:
        measure = measures.get(row[_MEASURE])
        if measure is None or measure.combine == "survey_again" or _is_blank(row):
            continue
        fact = _fact(row, known_at)
        key = (above[row[_PLACE]], fact.measure, fact.sex, fact.year)
        values[key].setdefault(row[_PLACE], fact)
    about: Mapping[int, Mapping[str, str]] = {}
    if any(measures[name].combine == "mean_by_weight" for _, name, _, _ in values):
        about = places.attributes(list(above), on, known_at)
    found: dict[Group, list[Fact]] = defaultdict(list)
    for parent, name, sex, year in sorted(values, reverse=True):
        facts, measure = values[parent, name, sex, year], measures[name]
        here = {kid: about[kid] for kid in kids[parent] if kid in about}
        made = combine(measure, facts, kids[parent], weights_of(measure, here))
        if made is not None:
            found[parent, name, sex].append(made)
    return found


def _is_blank(row: Row) -> bool:
    return row[_VALUE] is None and row[_TOP] is None and row[_YES] is None and not row[_GRADE]


def _fact(row: Row, known_at: datetime | None) -> Fact:
    confirmed = row[_CONFIRMED]
    if known_at is not None and confirmed is not None and confirmed is not True:
        confirmed = True if _moment(confirmed) <= known_at else None
    value, top, bottom = (
        None if row[at] is None else from_units(row[at]) for at in (_VALUE, _TOP, _BOTTOM)
    )
    return Fact(
        measure=row[_MEASURE],
        year=_year(row[_END]),
        sex=row[_SEX],
        value=value,
        numerator=top,
        denominator=bottom,
        yes=None if row[_YES] is None else bool(row[_YES]),
        grade=row[_GRADE] or None,
        source=row[_SOURCE],
        confirmed=confirmed is not None,
    )


def _moment(value: datetime | str) -> datetime:
    """A moment as the driver gives it: SQLite's text is in UTC."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _row(place: int, fact: Fact) -> Row:
    """A combined fact as if it had been entered."""
    numbers = (
        None if each is None else to_units(each)
        for each in (fact.value, fact.numerator, fact.denominator)
    )
    confirmed = fact.confirmed or None
    return (
        place, fact.measure, fact.sex, date(fact.year, 12, 31), *numbers, fact.yes,
        fact.grade or "", fact.source, None, confirmed,
    )  # fmt: skip
