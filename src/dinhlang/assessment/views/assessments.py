"""Self-assessments that were fixed: fix one, list them, read one beside today."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action
from dinhlang.plans.tables import workbook
from dinhlang.plans.views.common import download

from .. import export, services
from ..models import Assessment
from ..selectors import fixed
from . import common
from .common import person, place_of


@require_POST
def fix(request: HttpRequest, place: int, set_id: str) -> HttpResponse:
    """Keep today's verdict as the commune's self-assessment."""
    unit, on = place_of(request, place), common.day_of(request)
    key = common.form_key(request)
    try:
        found = services.fix(
            person(request), unit, set_id, on, key, request.POST.get("ghi-chu", "")
        )
    except services.NoSuchSet:
        raise Http404 from None
    return redirect("assessment:assessment", found.pk)


@require_safe
@never_cache
def listing(request: HttpRequest, place: int) -> HttpResponse:
    """All of a place, the latest first."""
    unit = place_of(request, place)
    rows = Assessment.objects.restrict(person(request)).filter(place=unit)
    context = {
        "place": "criteria",
        "tab": "board",
        "unit": unit,
        "rows": rows.defer("data").select_related("made_by")[:200],
    }
    return render(request, "assessment/assessments.html", context)


def _found(request: HttpRequest, pk: UUID) -> Assessment:
    rows = Assessment.objects.restrict(person(request), Action.VIEW)
    return cast(
        Assessment, get_object_or_404(rows.select_related("place__parent", "made_by"), pk=pk)
    )


@require_safe
@never_cache
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One as it was, and what is different today."""
    found = _found(request, pk)
    today = timezone.localdate()
    context = {
        "place": "criteria",
        "tab": "board",
        "unit": found.place,
        "assessment": found,
        "criteria": fixed.criteria(found),
        "bar": fixed.bar(found),
        "is_whole": fixed.is_whole(found),
        "comparison": fixed.against_today(found, today),
        "today": today,
    }
    return render(request, "assessment/assessment.html", context)


@require_safe
@never_cache
def one_xlsx(request: HttpRequest, pk: UUID) -> FileResponse:
    """The same as a workbook, from what was kept alone."""
    found = _found(request, pk)
    title = f"{found.place.title}: {found.set_title}, tự đánh giá ngày {found.on:%d/%m/%Y}"
    data = workbook(title, export.fixed_tables(found), export.fixed_notes(found))
    return download(data, common.file_name("tu danh gia", found.place.name, f"{found.on}"))
