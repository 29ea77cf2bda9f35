"""Việc của tôi: where a person's work begins; and the choice of a place."""

from __future__ import annotations

from uuid import uuid4

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.people.access import Action, Role, can_anywhere, held_roles, restrict
from dinhlang.people.among import Among
from dinhlang.places import selectors as places
from dinhlang.places.models import Unit

from ..models import Task, TaskState
from ..selectors import own
from ..selectors.standing_in import offices_of
from ..selectors.tasks import own_villages
from ..workbooks import workbook
from . import common
from .common import person

MOST_FOUND = 60
STEPS = {
    TaskState.OPEN: ((TaskState.DOING, "Bắt đầu"), (TaskState.DONE, "Xong")),
    TaskState.DOING: ((TaskState.DONE, "Xong"),),
    TaskState.WAITING: ((TaskState.DOING, "Làm tiếp"), (TaskState.DONE, "Xong")),
    TaskState.DONE: ((TaskState.DOING, "Làm lại"),),
}
"""What one tap does from each state."""


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The person's tasks by haste, each with what one tap does."""
    user, on = person(request), timezone.localdate()
    whole = request.GET.get("muc", "")
    offices = offices_of(user, on)
    found = own.parts(user, on, whole, offices=offices)
    shown = [line.pk for part in found for line in part.lines]
    changeable = set(
        Task.objects.restrict(user, Action.EDIT)
        .filter(Among("pk", shown))
        .order_by()
        .values_list("pk", flat=True)
    )
    for part in found:
        for line in part.lines:
            line.steps = STEPS.get(TaskState(line.state), ()) if line.pk in changeable else ()
            line.may_wait = line.pk in changeable and line.state in (
                TaskState.OPEN, TaskState.DOING,
            )  # fmt: skip
    context = {
        "place": "work",
        "tab": "mine",
        "unit": common.own_place(request),
        "on": on,
        "parts": found,
        "whole": whole,
        "offices": [office.title for office in offices],
        "villages": list(own_villages(user)) if Role.VILLAGE_HEAD in held_roles(user) else [],
        "may_review": can_anywhere(user, Action.REVIEW),
        "key": uuid4(),
        "here": request.get_full_path(),
    }
    return render(request, "work/mine.html", context)


@require_safe
@never_cache
def mine_xlsx(request: HttpRequest) -> FileResponse:
    """The same, all rows, as an xlsx file."""
    user, on = person(request), timezone.localdate()
    groups = []
    for part in own.parts(user, on, most=None):
        groups.append((f"{part.name} ({len(part.bones)})", part.lines))
    notes = [f"Lấy ra ngày {on:%d/%m/%Y}"]
    data = workbook([common.list_sheet(f"Việc của {user.full_name}", groups, notes)])
    return common.download(data, common.file_name("viec cua toi", f"{on:%Y-%m-%d}"))


@require_safe
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """The communes and villages whose work one may look at, by name."""
    user, text = person(request), request.GET.get("q", "").strip()
    rows = restrict(Unit.objects.filter(level__in=common.LEVELS), user)
    if text:
        found = places.find(text, rows).select_related("parent")
    else:
        here = rows.filter(level=common.LEVELS[0], valid_to=None)
        rows = here if here.exists() else rows.filter(valid_to=None)
        found = rows.select_related("parent").order_by("sort_key", "pk")
    shown = list(found[: MOST_FOUND + 1])
    context = {
        "place": "work",
        "tab": "",
        "query": text,
        "found": shown[:MOST_FOUND],
        "more": len(shown) > MOST_FOUND,
    }
    return render(request, "work/choose.html", context)


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the board of the place looked at last or worked at, else to the choice."""
    unit = common.own_place(request)
    return redirect("work:board", unit.pk) if unit else redirect("work:choose")
