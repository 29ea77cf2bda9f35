"""The money of one village, read only: for its head, who sees nothing of the others."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.people.access import Action, can

from ..selectors import village as looking
from .common import YEARS, person


@require_safe
@never_cache
def village(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Works that name the village, what was paid for them, what its people gave."""
    if year not in YEARS:
        raise Http404
    user, today = person(request), timezone.localdate()
    unit = get_object_or_404(looking.villages(user).select_related("parent"), pk=pk)
    shown = {
        "place": "money", "unit": unit, "year": year, "today": today,
        "money": looking.of_village(user, unit, year, today),
        "years": range(today.year + 1, today.year - 4, -1),
        "sees_commune": can(user, Action.VIEW, unit.parent),
    }  # fmt: skip
    return render(request, "money/village.html", shown)
