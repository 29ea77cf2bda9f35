"""All communes below a province, or all villages of a commune, by one set."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.law.verdicts import State
from dinhlang.plans.tables import workbook
from dinhlang.plans.views.common import download

from .. import export
from ..selectors import matrix as matrices
from ..selectors.matrix import Wanted
from . import common
from .common import day_of, place_of

PAGE = 200


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    state = asked.get("tt", "")
    sort = asked.get("xep", "ten")
    return Wanted(
        text=asked.get("q", "").strip(),
        criterion=asked.get("tieu-chi", ""),
        state=state if state in set(State) else "",
        sort=sort if sort in matrices.SORTS else "ten",
    )


@require_safe
@never_cache
def matrix(request: HttpRequest, place: int) -> HttpResponse:
    """The table, filtered and ordered as asked."""
    unit, on, wanted = place_of(request, place), day_of(request), _wanted(request)
    found = matrices.matrix(unit, on, request.GET.get("bo", ""), wanted)
    common.remember(request, unit)
    query = {key: value for key, value in request.GET.items() if key != "trang" and value}
    context = {
        "place": "criteria",
        "tab": "board",
        "unit": unit,
        "on": on,
        "is_today": on == timezone.localdate(),
        "day_query": common.asked_day(request, on),
        "matrix": found,
        "rows": Paginator(found.rows, PAGE).get_page(request.GET.get("trang")),
        "wanted": wanted,
        "sorts": matrices.SORTS.items(),
        "states": [(state.value, state.words) for state in State],
        "query": urlencode(query),
    }
    return render(request, "assessment/matrix.html", context)


@require_safe
@never_cache
def matrix_xlsx(request: HttpRequest, place: int) -> FileResponse:
    """The same rows as a workbook."""
    unit, on, wanted = place_of(request, place), day_of(request), _wanted(request)
    found = matrices.matrix(unit, on, request.GET.get("bo", ""), wanted)
    name = found.set.short if found.set is not None else ""
    title = f"{unit.title}: {name}"
    data = workbook(title, export.matrix_tables(found), export.matrix_notes(found))
    return download(data, common.file_name("bang tieu chi", unit.name, name))
