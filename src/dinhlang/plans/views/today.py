"""Hôm nay: where a person's work begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..selectors.today import today as day_of
from .common import context, person


@require_safe
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    """The person's tasks, reports, decisions and news of the day."""
    day = day_of(person(request), timezone.now())
    return render(request, "plans/today.html", context("today", day=day))
