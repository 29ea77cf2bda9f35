"""The ledger everybody may see, and letting it out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action, can
from dinhlang.places.models import Level, Unit

from ..selectors import published as selectors
from ..services import publishing
from ..services.trouble import BadRow
from . import common
from .common import person
from .contributions import paged
from .support import year_asked

PAGE = 100
"""Receipts on a page of the ledger."""


@require_safe
@never_cache
def public(request: HttpRequest, pk: int) -> HttpResponse:
    """What was published of a commune's contributions; open to everybody, 404 where nothing was."""
    unit = get_object_or_404(Unit.objects.filter(level=Level.COMMUNE), pk=pk)
    years = selectors.published_years(unit)
    if not years:
        raise Http404
    asked = common.whole(request.GET.get("nam"))
    year = asked if asked in years else years[0]
    publication = selectors.current(unit, year)
    if publication is None:
        raise Http404
    page, pages, _ = paged(request, publication.data["rows"], PAGE)
    shown: dict[str, Any] = {
        "unit": unit, "year": year, "years": years, "publication": publication,
        "unnamed": selectors.UNNAMED, "page": page, "pages": pages, "query": f"nam={year}",
        "ledger": with_days(selectors.shown(publication, page, PAGE)),
    }  # fmt: skip
    return render(request, "money/public_ledger.html", shown)


def with_days(data: dict[str, Any]) -> dict[str, Any]:
    """The ledger with its days as days."""
    rows = [row | {"day": date.fromisoformat(row["day"])} for row in data["rows"]]
    return data | {"rows": rows}


@require_safe
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be let out now, beside what is out."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year)
    data = selectors.ledger_data(unit, year)
    current = selectors.current(unit, year)
    page, pages, count = paged(request, data["rows"], PAGE)
    part = data | {"rows": data["rows"][(page - 1) * PAGE : page * PAGE], "count": count}
    address = reverse("money:public", args=[unit.pk])
    shown = common.context(
        request, unit, year, "contributions", part="public", ledger=with_days(part),
        current=current, is_new=current is None or current.data != data,
        may_publish=can(person(request), Action.REVIEW, unit), page=page, pages=pages,
        address=request.build_absolute_uri(f"{address}?nam={year}"), unnamed=selectors.UNNAMED,
        query=f"nam={year}",
    )  # fmt: skip
    return render(request, "money/publish.html", shown)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the year's ledger out as it stands, or show it no more."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year, Action.REVIEW)
    if request.POST.get("viec") == "thoi":
        publishing.withdraw(person(request), unit, year)
        messages.success(request, f"Đã thôi công khai sổ đóng góp năm {year}.")
    else:
        try:
            key = common.form_number(request.POST.get("luot"))
            publishing.publish(person(request), unit, year, key)
            messages.success(request, f"Đã công khai sổ đóng góp năm {year}.")
        except BadRow as bad:
            messages.error(request, str(bad))
    return redirect(f"{reverse('money:publish', args=[unit.pk])}?nam={year}")
