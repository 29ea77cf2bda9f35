"""Which commune's numbers or papers to open, for who looks after several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count

from dinhlang.people.access import Action, allowed_places
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit
from dinhlang.places.selectors import find

from ..models import Observation, State
from ..periods import Period

A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with how many numbers it has in the period, and how many of them wait."""

    unit: Unit
    entered: int
    waiting: int


def communes(
    user: User, above: Unit | None, text: str, period: Period, number: int = 1
) -> list[Commune]:
    """The communes the person sees below a unit, by name, at most 60; ``text`` narrows them."""
    page = _page(user, above, text, period, number)
    counts = {unit.pk: [0, 0] for unit in page}
    rows = Observation.objects.filter(
        place__in=list(counts), start=period.start, end=period.end, superseded_at=None
    )
    for place, state, count in _counted(rows):
        counts[place][0] += count
        counts[place][1] += count if state == State.DRAFT else 0
    return [Commune(unit, *counts[unit.pk]) for unit in page]


def _counted(rows: object) -> Iterator[tuple[int, str, int]]:
    asked = rows.order_by().values_list("place_id", "state")  # type: ignore[attr-defined]
    yield from asked.annotate(count=Count("pk"))


def _page(user: User, above: Unit | None, text: str, period: Period, number: int) -> Page[Unit]:
    seen = allowed_places(user, Action.VIEW).filter(level=Level.COMMUNE)
    units = Unit.objects.on(period.end).filter(pk__in=seen.values("pk"))
    if above is not None:
        units = units.filter(above__ancestor=above)
    units = find(text, units) if text.strip() else units.order_by("sort_key", "pk")
    return Paginator(units.select_related("parent"), A_PAGE).get_page(number)
