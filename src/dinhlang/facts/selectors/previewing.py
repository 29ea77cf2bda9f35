"""A filled sheet beside what is known: what each line would change, and what it would not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .. import catalogue, texts
from ..models import Observation, SheetImport
from ..sheets import Row
from .grid import current


@dataclass(frozen=True, slots=True)
class Compared:
    """A line without error. ``before``: what stands there now, in words; empty for nothing."""

    row: Row
    before: str
    is_same: bool


def compared(found: SheetImport, rows: Sequence[Row]) -> list[Compared]:
    """The good lines of a sheet, each beside what the books hold now."""
    good = [row for row in rows if not row.error]
    names = [row.measure for row in good]
    now = {(each.measure, each.sex): each for each in current([found.place_id], found.time, names)}
    return [_one(row, now.get((row.measure, row.sex))) for row in good]


def _one(row: Row, now: Observation | None) -> Compared:
    measure = catalogue.known().get(row.measure)
    if now is None or measure is None:
        return Compared(row, "", False)
    try:
        said = texts.parse(measure, row.typed)
    except catalogue.BadContent:
        said = {}
    names = ("value", "numerator", "denominator", "yes")
    same = (
        all(said.get(name) == getattr(now, name) for name in names)
        and said.get("grade", "") == now.grade
        and row.source == now.source
    )
    return Compared(row, texts.words(measure, now), same)
