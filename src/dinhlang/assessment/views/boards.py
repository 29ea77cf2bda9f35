"""The board of a place, the page of one criterion, and where one goes first."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.people.access import Action, can, restrict
from dinhlang.places.models import Level, Unit
from dinhlang.plans.tables import workbook
from dinhlang.plans.views.common import download

from .. import export
from ..models import Assessment
from ..selectors import board as boarding
from ..selectors import criterion as criteria
from ..selectors import places, verdicts
from ..sparkline import sparkline
from . import common
from .common import Known, asked_day, day_of, known_of, person, place_of

MOST_FOUND = 60


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the place looked at last, else to where the person works, else to the choice."""
    user = person(request)
    held = common.remembered_place(request)
    seen = restrict(Unit.objects.all(), user).filter(pk=held).first() if held else None
    found = seen or places.first(user, timezone.localdate())
    if found is None:
        return redirect("assessment:choose")
    return redirect(places.address(found))


@require_safe
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """The places one may look at, by name."""
    text = request.GET.get("q", "").strip()
    found = list(places.listed(person(request), timezone.localdate(), text)[: MOST_FOUND + 1])
    context = {
        "place": "criteria",
        "tab": "board",
        "query": text,
        "found": [(each, places.address(each)) for each in found[:MOST_FOUND]],
        "more": len(found) > MOST_FOUND,
    }
    return render(request, "assessment/choose.html", context)


@require_safe
@never_cache
def start(request: HttpRequest, place: int) -> HttpResponse:
    """To the board of the set looked at last here, or of the one that matters on the day."""
    unit, on = place_of(request, place), day_of(request)
    here = verdicts.ground(unit, on)
    held = request.GET.get("bo") or common.remembered_set(request, unit)
    if held and here.effective(held) is not None:
        known = known_of(request, on)
        return redirect(reverse("assessment:board", args=[unit.pk, held]) + known.query)
    first = here.first(places.levels(person(request), unit, on))
    if first is not None:
        address = reverse("assessment:board", args=[unit.pk, first.id])
        return redirect(address + asked_day(request, on))
    if places.has_below(unit):
        return redirect("assessment:matrix", unit.pk)
    shown = _frame(unit, on)
    return render(request, "assessment/no_set.html", shown)


def _frame(unit: Unit, on: date, **more: object) -> dict[str, object]:
    today = timezone.localdate()
    shown = {"place": "criteria", "tab": "board", "unit": unit, "on": on, "is_today": on == today}
    return {**shown, "day_query": "" if on == today else f"?ngay={on.isoformat()}", **more}


@require_safe
@never_cache
def board(request: HttpRequest, place: int, set_id: str) -> HttpResponse:
    """Every criterion of the set at the place on the day."""
    unit, on, user = place_of(request, place), day_of(request), person(request)
    known = known_of(request, on)
    found = boarding.board(user, unit, set_id, on, known.at)
    if found is None:
        raise Http404
    common.remember(request, unit, set_id)
    shown = _frame(
        unit, on, known=known, board=found, may_fix=can(user, Action.REVIEW, unit), key=uuid4(),
        fixed=Assessment.objects.filter(place=unit, set_id=set_id).defer("data")
        .select_related("made_by").first(),
        parent_seen=unit.level == Level.VILLAGE and can(user, Action.VIEW, unit.parent),
    )  # fmt: skip
    return render(request, "assessment/board.html", shown)


@require_safe
@never_cache
def board_xlsx(request: HttpRequest, place: int, set_id: str) -> FileResponse:
    """The board as a workbook: the criteria, and every indicator with its reason."""
    unit, on = place_of(request, place), day_of(request)
    known = known_of(request, on)
    found = boarding.board(person(request), unit, set_id, on, known.at)
    if found is None:
        raise Http404
    title = f"{unit.title}: {found.set.short}"
    law = verdicts.ground(unit, on).law
    notes = [*export.board_notes(found), *([_known_words(known)] if known.is_past else [])]
    data = workbook(title, export.board_tables(found, law), notes)
    return download(data, common.file_name("tieu chi", unit.name, found.set.short))


def _known_words(known: Known) -> str:
    if known.then:
        return f"Số liệu như đã biết đến hết ngày {known.on:%d/%m/%Y}"
    return f"Số liệu theo những gì biết đến hôm nay, {known.today:%d/%m/%Y}"


@require_safe
@never_cache
def trend(request: HttpRequest, place: int, set_id: str) -> HttpResponse:
    """The last twelve months; fetched after the board, which does not wait for it."""
    unit, on = place_of(request, place), day_of(request)
    known = known_of(request, on)
    found = verdicts.trend(unit, set_id, on, known.months_then)
    highest = max((point.total for point in found.points), default=0)
    line = sparkline([point.indicators for point in found.points], highest)
    whole = request.headers.get("HX-Request") != "true"
    shown = _frame(
        unit, on, known=known, trend=found, line=line, set_id=set_id, with_tiles=not whole
    )
    return render(request, "assessment/trend.html" if whole else "assessment/_trend.html", shown)


@require_safe
@never_cache
def criterion(request: HttpRequest, place: int, set_id: str, number: str) -> HttpResponse:
    """One criterion: its indicators with rule, value, evidence, reason, and what is missing."""
    unit, on = place_of(request, place), day_of(request)
    known = known_of(request, on)
    found = criteria.criterion(person(request), unit, set_id, number, on, known.at)
    if found is None:
        return _no_criterion(request, unit, set_id, number, on)
    common.remember(request, unit, set_id)
    shown = _frame(unit, on, known=known, page=found)
    return render(request, "assessment/criterion.html", shown)


def _no_criterion(
    request: HttpRequest, unit: Unit, set_id: str, number: str, on: date
) -> HttpResponse:
    """Says which of the two is not there, the set or the criterion, and leads to what is."""
    found = verdicts.ground(unit, on).effective(set_id)
    shown = _frame(unit, on, number=number[:20], criteria=found.set if found else None)
    return render(request, "assessment/no_criterion.html", shown, status=404)
