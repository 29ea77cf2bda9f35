"""Hôm nay: where a person's work begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.people.access import Role, held_roles
from dinhlang.work.selectors.tasks import own_villages

from ..selectors.today import today as day_of
from .common import context, person


@require_safe
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    """The person's tasks, reports, decisions and news of the day."""
    user, now = person(request), timezone.now()
    # Who heads a village sees its money alone; the others have all of it in its own room.
    heads = Role.VILLAGE_HEAD in held_roles(user)
    shown = context(
        "today", day=day_of(user, now), year=timezone.localdate(now).year,
        villages=list(own_villages(user)) if heads else [],
    )  # fmt: skip
    return render(request, "plans/today.html", shown)
