"""The entry grids, of a place and of its villages, and saving what was typed."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.law.sets import Measure
from dinhlang.people.access import Action, allowed_places
from dinhlang.people.selectors import home_place
from dinhlang.places.models import Level, Unit

from .. import catalogue, texts
from ..models import Observation, Source
from ..periods import BadPeriod, Period
from ..selectors import grid as grids
from ..selectors import picking
from ..services.lines import Outcome, TypedLine, save_lines
from . import common
from .common import person

MOST_CELLS = 300
MOST_COLUMNS = 8
FIRST_COLUMNS = 3


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Goes to the numbers of the place where the person works, or offers the communes."""
    unit = home_place(person(request))
    if unit is not None and common.holds_numbers(unit):
        return redirect("facts:grid", unit.pk)
    return _pick(request, unit)


def _pick(request: HttpRequest, unit: Unit | None) -> HttpResponse:
    period = common.period_asked(request)
    found = picking.communes(person(request), unit, request.GET.get("q", ""), period)
    shown = common.context(
        unit, "facts", found=found, period=period, periods=common.periods(period),
        query=request.GET.get("q", ""),
    )  # fmt: skip
    return render(request, "facts/pick.html", shown)


def wanted_of(request: HttpRequest) -> grids.Wanted:
    """Which lines the address asks for."""
    asked = request.GET if request.method == "GET" else request.POST
    return grids.Wanted(
        topic=asked.get("chu-de", ""),
        set_id=asked.get("bo", ""),
        missing=asked.get("thieu") == "1",
        text=asked.get("q", ""),
    )


@require_safe
@never_cache
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """The measures of a place, to be filled for a period."""
    unit = common.place_of(request, pk)
    if not common.holds_numbers(unit):
        return _pick(request, unit)
    period, wanted = common.period_asked(request), wanted_of(request)
    return _page(request, unit, period, wanted, grids.grid(unit, period, wanted))


def _page(
    request: HttpRequest, unit: Unit, period: Period, wanted: grids.Wanted, found: grids.Grid,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    shown = common.context(
        unit, "facts", grid=found, period=period, periods=common.periods(period), wanted=wanted,
        everything=grids.EVERYTHING, sources=Source.choices, mark=newest(),
        submission=uuid4(), is_commune=unit.level == Level.COMMUNE,
        query=request.GET.urlencode(), **common.rights(request, unit),
    )  # fmt: skip
    return render(request, "facts/grid.html", shown, status=status)


def newest() -> int:
    """The number of the last observation there is: what this page can have shown."""
    last = Observation.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was typed: lines sent by the script as JSON, or the whole page as a form."""
    unit = common.place_of(request, pk)
    if request.content_type == "application/json":
        return _save_json(request, unit)
    common.place_of(request, pk, Action.EDIT)
    return _save_form(request, unit)


def _save_json(request: HttpRequest, unit: Unit) -> JsonResponse:
    """One answer a line: its state now, or what is wrong with it."""
    try:
        sent = json.loads(request.body)
        cells = list(sent["cells"])[:MOST_CELLS]
        places = _places(request, unit, {common.whole(cell.get("place")) for cell in cells})
        lines = [_line(cell, places, unit) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"message": "Yêu cầu không đúng. Hãy tải lại trang."}, status=400)
    outcomes = save_lines(person(request), lines)
    measures = catalogue.known()
    results = [_result(outcome, measures.get(outcome.line.measure)) for outcome in outcomes]
    answer: dict[str, Any] = {"results": results, "mark": newest()}
    if sent.get("totals"):
        answer["totals"] = _totals(unit, lines, measures)
    return JsonResponse(answer)


def _places(request: HttpRequest, unit: Unit, numbers: set[int | None]) -> dict[int, Unit]:
    """The places that the cells name, where the person sees them."""
    wanted = {number for number in numbers if number is not None and number != unit.pk}
    seen = allowed_places(person(request), Action.VIEW).filter(pk__in=wanted)
    return {unit.pk: unit} | {place.pk: place for place in seen}


def _line(cell: dict[str, Any], places: dict[int, Unit], unit: Unit) -> TypedLine:
    place = common.whole(cell.get("place"))
    seen = common.whole(cell.get("seen"))
    return TypedLine(
        place=places[unit.pk if place is None else place],
        period=Period.of(str(cell["period"])),
        measure=str(cell["measure"]),
        sex=str(cell.get("sex") or ""),
        typed=texts.Typed(*(str(cell.get(part) or "")[:80] for part in ("c", "a", "b"))),
        source=str(cell.get("source") or Source.TYPED.value),
        key=UUID(str(cell["key"])),
        seen=seen,
    )


def _result(outcome: Outcome, measure: Measure | None) -> dict[str, Any]:
    line, row = outcome.line, outcome.row
    answer: dict[str, Any] = {"key": str(line.key)}
    if row is None or measure is None:
        return answer | {"error": outcome.error, "conflict": outcome.conflict}
    shown = None if row.is_blank else row
    before = grids.last_before(line.place, line.period, [line.measure]).get(
        (line.measure, line.sex)
    )
    typed = texts.typed_of(shown, measure)
    return answer | {
        "seen": row.pk,
        "a": typed.numerator,
        "b": typed.denominator,
        "c": typed.value,
        "state": row.state if shown else "missing",
        "change": texts.change(shown, before),
        "warning": texts.jump(shown, before),
        "by": str(row.by or ""),
    }


def _totals(unit: Unit, lines: list[TypedLine], measures: Any) -> dict[str, str]:
    """What the villages now make together, by measure."""
    touched = list(dict.fromkeys(line.measure for line in lines if line.measure in measures))
    if not touched:
        return {}
    several = [measures[name] for name in touched]
    made = grids.combined_now(unit, lines[0].period, several)
    return {each.id: texts.words(each, made.get((each.id, ""))) for each in several}


def _save_form(request: HttpRequest, unit: Unit) -> HttpResponse:
    """The page without a script: all lines at once; refused ones stay as they were typed."""
    try:
        period = Period.of(request.POST.get("ky", ""))
    except BadPeriod:
        return redirect("facts:grid", unit.pk)
    wanted = wanted_of(request)
    found = grids.grid(unit, period, wanted)
    sent = common.form_number(request.POST.get("luot"))
    mark = common.whole(request.POST.get("moc")) or 0
    lines, typed = [], []
    for line in found.lines:
        boxes = _boxes(request, line)
        source = request.POST.get(f"s.{line.key}", line.source)
        if boxes is None or (_is_shown(boxes, line.typed) and source == line.source):
            continue
        seen = line.now.pk if line.now and line.now.pk <= mark else 0 if line.now else None
        lines.append(line)
        typed.append(
            TypedLine(
                place=unit, period=period, measure=line.measure.id, sex=line.sex, typed=boxes,
                source=source, key=uuid5(sent, line.key), seen=seen,
            )
        )  # fmt: skip
    outcomes = save_lines(person(request), typed)
    for line, outcome in zip(lines, outcomes, strict=True):
        line.error = outcome.error
        if outcome.error:
            line.sent, line.sent_source = outcome.line.typed, outcome.line.source
    saved = sum(outcome.row is not None for outcome in outcomes)
    if any(outcome.error for outcome in outcomes):
        return _page(request, unit, period, wanted, found, 422)
    messages.success(request, f"Đã lưu {saved} số liệu." if saved else "Không có gì thay đổi.")
    query = request.POST.get("truy-van", "")
    return redirect(f"{reverse('facts:grid', args=[unit.pk])}?{query or f'ky={period.code}'}")


def _boxes(request: HttpRequest, line: grids.Line) -> texts.Typed | None:
    """What the form says of a line; None where the page did not show it."""
    key, known = line.key, line.typed
    value = request.POST.get(f"c.{key}")
    top, bottom = request.POST.get(f"a.{key}", ""), request.POST.get(f"b.{key}", "")
    if value is None and not (top or bottom):
        return None
    if known.numerator and not (top.strip() or bottom.strip()) and value == known.value:
        # The rate of parts that are gone is gone with them.
        value = ""
    elif known.numerator and (top.strip() or bottom.strip()) and value == known.value:
        # The box still shows the rate of the parts as they were before.
        value = ""
    return texts.Typed(value or "", top, bottom)


def _is_shown(boxes: texts.Typed, known: texts.Typed) -> bool:
    """Whether the boxes hold what the page showed, the rate of unchanged parts left aside."""
    parts = (boxes.numerator, boxes.denominator)
    return boxes == known or (
        bool(known.numerator)
        and parts == (known.numerator, known.denominator)
        and boxes.value in ("", known.value)
    )


@require_safe
@never_cache
def villages(request: HttpRequest, pk: int) -> HttpResponse:
    """The villages of a commune in lines, chosen measures in columns."""
    unit = common.place_of(request, pk)
    if unit.level != Level.COMMUNE:
        return redirect("facts:grid", unit.pk)
    period = common.period_asked(request)
    choices = grids.village_choices(unit)
    asked = request.GET.getlist("so")
    chosen = [each for each in choices if each.id in asked][:MOST_COLUMNS]
    needed = grids.village_defaults(unit, period, choices)
    found = grids.village_grid(unit, period, chosen or (needed or choices)[:FIRST_COLUMNS])
    shown = common.context(
        unit, "facts", grid=found, period=period, periods=common.periods(period),
        no_set=not needed and not chosen,
        topics=_by_topic(choices), chosen=[each.id for each in found.measures],
        most=MOST_COLUMNS, today=timezone.localdate(), **common.rights(request, unit),
    )  # fmt: skip
    return render(request, "facts/villages.html", shown)


def _by_topic(measures: list[Measure]) -> list[tuple[str, list[Measure]]]:
    topics: dict[str, list[Measure]] = {}
    for each in measures:
        topics.setdefault(each.topic or "Khác", []).append(each)
    return list(topics.items())
