"""One number with its history and its papers; confirming; what a place is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.law.sets import Measure
from dinhlang.people.access import Action, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import catalogue, services, texts
from ..attributes import ATTRIBUTES
from ..dates import BadDay, day_of
from ..models import Observation, PlaceAttribute, Sex, Source
from ..periods import Period
from ..selectors import cells, papers
from . import common
from .common import person


def _measure(name: str) -> Measure:
    found = catalogue.known().get(name)
    if found is None:
        raise Http404
    return found


def _sex(request: HttpRequest) -> str:
    sex = request.POST.get("gioi") or request.GET.get("gioi") or ""
    if sex and sex not in Sex.values:
        raise Http404
    return sex


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cell(request: HttpRequest, pk: int, measure: str, code: str) -> HttpResponse:
    """A number of a place and period: enter it with all that belongs to it; its history."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    unit = common.place_of(request, pk, action)
    known, period, sex = _measure(measure), common.period_of(code), _sex(request)
    if request.method == "POST":
        return _enter(request, unit, known, period, sex)
    return _page(request, unit, known, period, sex)


def _page(
    request: HttpRequest, unit: Unit, measure: Measure, period: Period, sex: str,
    trouble: str = "",
) -> HttpResponse:  # fmt: skip
    line = cells.line(unit, period, measure, sex)
    if line is None:
        raise Http404
    shown = common.context(
        unit, "facts", line=line, measure=measure, period=period, sex=sex, trouble=trouble,
        history=[(row, texts.words(measure, row)) for row in
                 cells.history(unit, period, measure.id, sex)],
        others=[(row, texts.words(measure, row)) for row in
                cells.over_years(unit, measure.id, sex) if not row.is_blank],
        proofs=cells.proofs(unit, measure.id, period.year),
        papers=papers.attachable(person(request), unit, measure.id, period.year),
        sources=Source.choices, typed=request.POST, submission=uuid4(),
        upload=uuid4(), **common.rights(request, unit),
    )  # fmt: skip
    return render(request, "facts/cell.html", shown, status=422 if trouble else 200)


def _enter(
    request: HttpRequest, unit: Unit, measure: Measure, period: Period, sex: str
) -> HttpResponse:
    said = request.POST
    typed = texts.Typed(said.get("c", ""), said.get("a", ""), said.get("b", ""))
    if typed.numerator.strip() or typed.denominator.strip():
        typed = texts.Typed("", typed.numerator, typed.denominator)
    try:
        content = texts.parse(measure, typed)
        source = said.get("nguon") or Source.TYPED.value
        if source not in Source.values:
            raise services.BadEntry("Nguồn số liệu không đúng.")
        entry = services.Entry(
            measure=measure.id, period=period, sex=sex, source=source,
            valid_to=day_of(said.get("het-han")), note=said.get("ghi-chu", "").strip(),
            key=common.form_number(said.get("luot")), seen=common.whole(said.get("thay")),
            **content,
        )  # fmt: skip
        services.record(person(request), unit, entry)
    except (services.BadEntry, catalogue.BadContent, BadDay) as bad:
        return _page(request, unit, measure, period, sex, str(bad))
    except ValidationError as bad:
        return _page(request, unit, measure, period, sex, str(bad.message))
    messages.success(request, "Đã lưu số liệu.")
    return redirect(address(unit, measure.id, period, sex))


def address(unit: Unit, measure: str, period: Period, sex: str) -> str:
    """Where a number of a place and period is shown."""
    path = reverse("facts:cell", args=[unit.pk, measure, period.code])
    return f"{path}?gioi={sex}" if sex else path


@require_safe
@never_cache
def waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafts of a place and its villages, for a second look."""
    unit = common.place_of(request, pk)
    user, measures = person(request), catalogue.known()
    drafts = restrict(cells.to_confirm(unit), user)
    rows = [_draft(row, measures[row.measure], user) for row in drafts if row.measure in measures]
    shown = common.context(unit, "facts", rows=rows, **common.rights(request, unit))
    return render(request, "facts/waiting.html", shown)


def _draft(row: Observation, measure: Measure, user: User) -> dict[str, Any]:
    return {
        "row": row,
        "measure": measure,
        "words": texts.words(measure, row) or "để trống",
        "before": texts.words(measure, row.supersedes),
        "own": cells.waits_for_another(row, user),
        "address": address(row.place, row.measure, row.time, row.sex),
    }


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the drafts that were ticked."""
    unit = common.place_of(request, pk, Action.REVIEW)
    ticked = [number for text in request.POST.getlist("so") if (number := common.whole(text))]
    rows = Observation.objects.filter(pk__in=ticked).select_related("place")
    by_place: dict[Unit, list[int]] = {}
    for row in restrict(rows, person(request), Action.REVIEW):
        by_place.setdefault(row.place, []).append(row.pk)
    done = sum(len(services.confirm(person(request), *each)) for each in by_place.items())
    if done:
        messages.success(request, f"Đã xác nhận {done} số liệu.")
    else:
        messages.info(request, "Không có số liệu nào được xác nhận.")
    return redirect("facts:waiting", unit.pk)


@require_safe
@never_cache
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """What the place is: its region, its group, its schools, with papers and times."""
    return _about(request, common.place_of(request, pk))


def _about(request: HttpRequest, unit: Unit, trouble: str = "") -> HttpResponse:
    today = timezone.localdate()
    rows = PlaceAttribute.objects.filter(place=unit, withdrawn_at=None).select_related("by")
    known = papers.inherited(unit, today)
    own = [row for row in rows.order_by("-valid_from") if row.name in ATTRIBUTES]
    shown = common.context(
        unit, "facts", trouble=trouble, typed=request.POST, submission=uuid4(), today=today,
        attributes=[_attribute(name, own, known) for name in ATTRIBUTES],
        **common.rights(request, unit),
    )  # fmt: skip
    return render(request, "facts/place.html", shown, status=422 if trouble else 200)


def _attribute(
    name: str, own: list[PlaceAttribute], known: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    attribute = ATTRIBUTES[name]
    value, giver = known.get(name, ("", ""))
    return {
        "attribute": attribute,
        "now": attribute.words(value) if value else "",
        "giver": giver,
        "rows": [(row, attribute.words(row.value)) for row in own if row.name == name],
    }


@require_POST
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what the place is from a day on."""
    unit = common.place_of(request, pk, Action.REVIEW)
    said = request.POST
    try:
        first = day_of(said.get("tu-ngay")) or date(timezone.localdate().year, 1, 1)
        services.describe_place(
            person(request), unit,
            services.Said(
                name=said.get("ten", ""), value=said.get("gia-tri", ""), valid_from=first,
                paper=said.get("can-cu", ""), key=common.form_number(said.get("luot")),
            ),
        )  # fmt: skip
    except (services.NotAnAttribute, BadDay) as bad:
        return _about(request, unit, str(bad))
    messages.success(request, "Đã lưu đặc điểm của địa bàn.")
    return redirect("facts:place", unit.pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was noted of a place by mistake."""
    rows = restrict(PlaceAttribute.objects.all(), person(request))
    row = get_object_or_404(rows.select_related("place"), pk=pk)
    services.take_back(person(request), row.pk)
    messages.success(request, "Đã bỏ dòng ghi nhầm.")
    return redirect("facts:place", row.place_id)
