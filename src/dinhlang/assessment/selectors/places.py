"""Which place a person's board begins with, and where each place's page is."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from dinhlang.people.access import Action, allowed_places, current_grants, restrict
from dinhlang.people.models import User
from dinhlang.people.selectors import home_place
from dinhlang.places import selectors as places
from dinhlang.places.models import Level, Unit
from dinhlang.plans.models import Plan, PlanItem

WITH_BOARD = (Level.COMMUNE, Level.VILLAGE)
ABOVE = (Level.COUNTRY, Level.PROVINCE, Level.DISTRICT)


def has_below(unit: Unit) -> bool:
    """Whether its units below can stand in a table of many."""
    return unit.level != Level.VILLAGE


def address(unit: Unit) -> str:
    """The board of a commune or village; the table of all units of what is above them."""
    if unit.level in ABOVE:
        return reverse("assessment:matrix", args=[unit.pk])
    return reverse("assessment:place", args=[unit.pk])


def first(user: User, on: date) -> Unit | None:
    """Where the person works; of one who works everywhere the only commune or province there is."""
    home = home_place(user)
    if home is not None and home.level != Level.COUNTRY:
        seen: Unit | None = restrict(Unit.objects.all(), user).filter(pk=home.pk).first()
        if seen is not None:
            return seen
    granted = current_grants(user, Action.VIEW).filter(place__isnull=False)
    grant = granted.exclude(place__level=Level.COUNTRY).select_related("place").first()
    if grant is not None:
        place: Unit | None = grant.place
        return place
    for level in (Level.COMMUNE, Level.PROVINCE):
        allowed = allowed_places(user, Action.VIEW).values("pk")
        rows: list[Unit] = list(Unit.objects.on(on).filter(level=level, pk__in=allowed)[:2])
        if len(rows) == 1:
            return rows[0]
    return None


def listed(user: User, on: date, text: str) -> QuerySet[Unit]:
    """The places the person may look at, by name; without a name the highest ones."""
    rows = restrict(Unit.objects.all(), user).exclude(level=Level.COUNTRY)
    if text:
        return places.find(text, rows).select_related("parent")
    rows = rows.on(on)
    levels = set(rows.order_by().values_list("level", flat=True).distinct())
    order = (Level.PROVINCE, Level.COMMUNE, Level.VILLAGE)
    highest = next((level for level in order if level in levels), Level.VILLAGE)
    return rows.filter(level=highest).select_related("parent").order_by("sort_key", "pk")


def levels(user: User, unit: Unit, on: date) -> tuple[str, ...]:
    """The levels that the newest plan of the place, as far as the person sees it, is about."""
    plan = (
        Plan.objects.restrict(user)
        .filter(place=unit, current__isnull=False, year__lte=on.year)
        .order_by("-year", "-pk")
        .first()
    )
    if plan is None:
        return ()
    items = PlanItem.objects.filter(plan=plan, kind="criteria").values_list("data", flat=True)
    found = [data.get("level") for data in items]
    return tuple(sorted({level for level in found if level}, key=found.count, reverse=True))
