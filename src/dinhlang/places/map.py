"""The map on a place page: the unit among its neighbours, as the parts of one SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dinhlang.vietnamese import format_number

from . import drawing, selectors
from .models import Boundary, Closure, Level, Unit

MOST_SHAPES = 400
MOST_NAMED = 15
"""With more own shapes than this, names would lie on one another."""
LETTER = 11
"""Pixels that a letter of a name may take, on a phone where names are written larger."""
AROUND = 0.3
"""How much of the surroundings is shown, as a share of the unit's own size."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One unit on the map. ``kind``: ``own`` or ``near``; ``x``, ``y``: of its name, or none."""

    unit: Unit
    kind: str
    path: str
    open: bool
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """A map and what is said under it. ``subject`` differs from the page's unit where that has
    no boundary: a past unit is shown by what it became.
    """

    width: int
    height: int
    shapes: Sequence[Shape]
    subject: Sequence[Unit]
    ruler_words: str
    ruler_pixels: float
    ruler_end: float


def map_of(user: Any, unit: Unit, instead: Sequence[Unit] = ()) -> Map | None:
    """The map of a unit, or of the units ``instead`` where it has no boundary; or ``None``."""
    own = _own(unit)
    subject = [unit]
    if not own and instead:
        own = list(_boundaries().filter(unit__in=[each.pk for each in instead]))
        subject = [boundary.unit for boundary in own]
    if not own:
        return None
    box = drawing.around([_box(boundary) for boundary in own])
    projection = drawing.Projection(box.padded(0.05 if _is_large(unit) else AROUND))
    near = _near(projection.box(), own)
    openable = selectors.visible_numbers(user, [boundary.unit for boundary in (*near, *own)])
    named = len(own) <= MOST_NAMED
    shapes = [_shape(boundary, "near", projection, openable, named) for boundary in near]
    shapes += [_shape(boundary, "own", projection, openable, named) for boundary in own]
    km, pixels = projection.ruler()
    return Map(
        width=projection.width,
        height=projection.height,
        shapes=shapes,
        subject=subject,
        ruler_words=f"{format_number(Decimal(str(km)))} km",
        ruler_pixels=pixels,
        ruler_end=projection.width - 16,
    )


def _is_large(unit: Unit) -> bool:
    return unit.level in (Level.PROVINCE, Level.DISTRICT)


def _boundaries() -> Any:
    return Boundary.objects.select_related("unit")


def _own(unit: Unit) -> list[Boundary]:
    """The unit's boundary; for a province those of all its communes."""
    if unit.level == Level.COUNTRY:
        return []
    if _is_large(unit):
        inside = Closure.objects.filter(ancestor=unit, depth__gt=0).values("descendant")
        return list(_boundaries().filter(unit__in=inside)[:MOST_SHAPES])
    place = unit.parent_id if unit.level == Level.VILLAGE else unit.pk
    return list(_boundaries().filter(unit=place))


def _box(boundary: Boundary) -> drawing.Box:
    return drawing.Box(boundary.west, boundary.south, boundary.east, boundary.north)


def _near(box: drawing.Box, own: Sequence[Boundary]) -> list[Boundary]:
    """Current units that show in the picture besides its own."""
    rows = _boundaries().filter(
        west__lte=box.east, east__gte=box.west, south__lte=box.north, north__gte=box.south
    )
    rows = rows.filter(unit__valid_to=None).exclude(pk__in=[boundary.pk for boundary in own])
    return list(rows.order_by("unit__sort_key")[:MOST_SHAPES])


def _shape(
    boundary: Boundary,
    kind: str,
    projection: drawing.Projection,
    openable: set[int],
    named: bool,
) -> Shape:
    spot = drawing.label_point(boundary.polygons, projection) if named else None
    if spot:
        # A name near the edge moves in, so that no letter is cut off.
        half = min(len(boundary.unit.name) * LETTER, projection.width) / 2
        spot = (min(max(spot[0], half), projection.width - half), spot[1])
    return Shape(
        unit=boundary.unit,
        kind=kind,
        path=drawing.path(boundary.polygons, projection),
        open=boundary.unit_id in openable,
        x=round(spot[0], 1) if spot else None,
        y=round(spot[1], 1) if spot else None,
    )
