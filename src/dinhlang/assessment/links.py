"""Where what is missing is given: the cell of the entry grid, the paper, the set, the villages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from dinhlang.facts.selectors.grid import EVERYTHING
from dinhlang.law.sets import Measure
from dinhlang.law.verdicts import Missing
from dinhlang.lawbook import selectors as lawbook
from dinhlang.places.models import Level, Unit


def _to(name: str, *args: object, **query: object) -> str:
    """The address; empty where this installation has no such page."""
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    given = {key: value for key, value in query.items() if value}
    return f"{address}?{urlencode(given)}" if given else address


def cell(unit: Unit, measure: Measure | str | None, year: int | None = None) -> str:
    """The line of the entry grid where this number is typed; an id is looked up.

    What is measured in villages is typed for all villages of a commune in one table.
    """
    if isinstance(measure, str):
        measure = lawbook.measures().get(measure)
    if measure is None:
        return ""
    if measure.level == "village" and unit.level == Level.COMMUNE:
        return _to("facts:villages", unit.pk, ky=year, so=measure.id)
    return _to("facts:grid", unit.pk, ky=year, bo=EVERYTHING, q=measure.name)


def attributes(unit: Unit) -> str:
    """Where the region and the group of a place are said."""
    return _to("facts:place", unit.pk)


def criteria_set(set_id: str) -> str:
    """The page of a set, from which it is completed."""
    return _to("lawbook:set", set_id)


def evidence(unit: Unit, set_id: str, number: str) -> str:
    """The papers of a place for one indicator."""
    return _to("facts:evidence", unit.pk, bo=set_id, so=number)


def to_give(
    unit: Unit,
    missing: Missing,
    set_id: str,
    measures: Mapping[str, Measure] | None = None,
    on: date | None = None,
) -> tuple[str, str]:
    """The address where it can be given, and the words of the link; empty where nowhere.

    ``measures`` of the law in hand spare a look-up; ``on`` gives the year where none is missing.
    """
    year = missing.year or (on.year if on is not None else None)
    match missing.kind:
        case "fact" | "fact_of_year" | "expired" | "survey":
            return cell(
                unit, measures.get(missing.what) if measures else missing.what, year
            ), "Nhập số liệu"
        case "threshold" | "content":
            return criteria_set(set_id), "Xem bộ tiêu chí"
        case "set":
            return criteria_set(missing.what), "Xem bộ tiêu chí"
        case "region" | "group" | "attribute":
            return attributes(unit), "Ghi đặc điểm của xã"
        case "children":
            return reverse("places:unit", args=[unit.pk]), "Xem địa bàn"


def board(unit: int, on: date) -> str:
    """The board of a unit, by its number, on a day."""
    return _to("assessment:place", unit, ngay=on.isoformat())
