"""Units below and attributes of places, for many places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet

from dinhlang.places.models import Closure, Level, Unit, UnitParent

from ..attributes import ATTRIBUTES
from ..models import PlaceAttribute

CHUNK = 5000
"""Numbers given to one query; SQLite takes some 32,000."""
FEW = 100

BELOW: dict[str, tuple[str, ...]] = {
    Level.COMMUNE: (Level.VILLAGE,),
    Level.DISTRICT: (Level.COMMUNE,),
    Level.PROVINCE: (Level.DISTRICT, Level.COMMUNE),
}
"""Which units stand right below one of this level."""


def chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    """The numbers in portions that one query takes."""
    rest = list(numbers)
    for first in range(0, len(rest), CHUNK):
        yield rest[first : first + CHUNK]


def below(parents: Sequence[int], levels: Sequence[str], on: date) -> dict[int, list[Unit]]:
    """The units of these levels right below each parent on the day, in order."""
    held = UnitParent.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
    found: dict[int, list[Unit]] = defaultdict(list)
    for some in chunks(parents):
        then = dict(held.filter(parent__in=some).values_list("unit_id", "parent_id"))
        # A unit without a history of parents has had the one it has.
        always = Q(parent__in=some, parents=None)
        units = Unit.objects.on(on).filter(level__in=levels).filter(Q(pk__in=list(then)) | always)
        for unit in units.order_by("sort_key", "pk"):
            parent = then.get(unit.pk, unit.parent_id)
            if parent is not None:
                found[parent].append(unit)
    return found


def attributes(
    units: Sequence[int], on: date, known_at: datetime | None = None
) -> dict[int, dict[str, str]]:
    """What each of these units is on the day, inherited attributes included."""
    rows: dict[int, dict[str, str]] = defaultdict(dict)
    noted = known(PlaceAttribute.objects.all(), known_at).filter(
        Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on
    )
    for place, name, value in noted.order_by("valid_from", "pk").values_list(
        "place_id", "name", "value"
    ):
        rows[place][name] = value
    found: dict[int, dict[str, str]] = {unit: dict(rows.get(unit, {})) for unit in units}
    givers = [place for place, said in rows.items() if _inherited(said)]
    for some in chunks(units):
        pairs = Closure.objects.filter(descendant__in=some, depth__gt=0)
        # Of many givers SQLite would make a search for each pair; the loop below passes over them.
        if len(givers) <= FEW:
            pairs = pairs.filter(ancestor__in=givers)
        for unit, place in pairs.order_by("depth").values_list("descendant_id", "ancestor_id"):
            for name, value in _inherited(rows.get(place, {})).items():
                found[unit].setdefault(name, value)
    return found


def known(rows: QuerySet[PlaceAttribute], at: datetime | None) -> QuerySet[PlaceAttribute]:
    """Those that stood in the books at that moment (now)."""
    if at is None:
        return rows.filter(withdrawn_at=None)
    return rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), at__lte=at)


def _inherited(said: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in said.items()
        if name in ATTRIBUTES and ATTRIBUTES[name].inherited
    }
