"""The names of the criteria that needs are written under: those of the year's commune sets."""

from __future__ import annotations

from datetime import date

from dinhlang.law.sets import CriteriaSet
from dinhlang.lawbook import selectors as lawbook
from dinhlang.places.models import Unit


def names(place: Unit, year: int) -> dict[str, str]:
    """Number → name, in order, of the set for communes in force at the end of the year.

    National names: of several sets the first level's counts. Empty where none is loaded.
    """
    law = lawbook.law(date(year, 12, 31))
    rows = [each.set for each in law.in_force(subject="commune")]
    chosen = min(rows, key=_rank, default=None)
    return {each.number: each.name for each in chosen.criteria} if chosen else {}


def _rank(each: CriteriaSet) -> tuple[bool, bool, bool, str]:
    return each.level == "recognition", each.sample, each.level != "ntm", each.id
