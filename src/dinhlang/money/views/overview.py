"""The first page of a place's money, the years side by side, and where to begin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.people.access import Action, allowed_places
from dinhlang.people.selectors import home_place
from dinhlang.places.models import Level, Unit
from dinhlang.places.selectors import find
from dinhlang.work.origins import address

from .. import criteria, programme
from ..models import Step
from ..selectors import balance
from ..selectors import flow as flows
from . import common
from .common import person

MOST_PLACES = 60


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Goes to the money of the commune or village where the person works, or offers communes."""
    unit = home_place(person(request))
    year = timezone.localdate().year
    if unit is not None and not request.GET.get("q"):
        if unit.level == Level.COMMUNE:
            return redirect("money:overview", unit.pk, year)
        if unit.level == Level.VILLAGE:
            return redirect("money:village", unit.pk, year)
    seen = allowed_places(person(request), Action.VIEW).filter(level=Level.COMMUNE)
    rows = Unit.objects.on(timezone.localdate()).filter(pk__in=seen.values("pk"))
    query = request.GET.get("q", "").strip()
    rows = find(query, rows) if query else rows.order_by("sort_key", "pk")
    shown = {
        "place": "money", "year": year, "query": query,
        "communes": list(rows.select_related("parent")[:MOST_PLACES]),
    }  # fmt: skip
    return render(request, "money/pick.html", shown)


@require_safe
@never_cache
def overview(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """What is needed, what there is, what lacks; planned, allocated, disbursed, settled."""
    unit = common.place_of(request, pk, year)
    found = balance.sheet(unit, year)
    flow = flows.flow(found)
    titles = criteria.Laws.of(unit, year).titles(each.need for each in found.needs)
    shown = common.context(
        request, unit, year, "overview", sheet=found, flow=flow,
        steps=_steps(found), criteria=balance.by_criterion(found, titles),
        kinds=balance.by_source(found), stated=[_stated(each, found) for each in found.stated],
        over_sources=[each for each in found.sources if each.over],
        over_needs=[each for each in found.needs if each.over],
        debt=sum(each.owed for each in balance.debts(unit, year)),
        asked=[each.source for each in found.requests],
    )  # fmt: skip
    return render(request, "money/overview.html", shown)


def _steps(found: balance.Sheet) -> list[tuple[str, str, int]]:
    sums = found.sums
    chosen = (Step.PLANNED, Step.ALLOCATED, Step.DISBURSED, Step.SETTLED)
    return [(step.value, step.label, sums.of(step)) for step in chosen]


def _stated(each: Any, found: balance.Sheet) -> dict[str, Any]:
    """What a paper states beside what its own rows add up to."""
    prefix = f"{each.origin_ref}:"
    needs = [line.need for line in found.needs if line.need.origin_ref.startswith(prefix)]
    sources = [line.source for line in found.sources if line.source.origin_ref.startswith(prefix)]
    need = sum(row.amount for row in needs)
    source = sum(row.amount or 0 for row in sources)
    rows = [
        ("Nhu cầu", each.needs, need),
        ("Nguồn vốn", each.sources, source),
        ("Cân đối", each.balance, source - need),
    ]
    return {
        "row": each,
        "link": address(each.origin_ref),
        "lines": [
            {"name": name, "stated": said, "added": added, "differs": said != added}
            for name, said, added in rows
            if said is not None
        ],
    }


@require_safe
@never_cache
def years(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The five years of the phase side by side, and by the rows of the report form."""
    unit = common.place_of(request, pk, year)
    several = flows.years(unit, year)
    components = {each.code: each.name for each in programme.NEW.components}
    found = balance.sheet(unit, year)
    shown = common.context(
        request, unit, year, "years", several=several, report=flows.report(several),
        report_from=programme.REPORT_ROWS_FROM,
        most=max([1, *(max(each.needs, each.sources) for each in several)]),
        components=balance.by_component(found, components),
    )  # fmt: skip
    return render(request, "money/years.html", shown)
