"""One act on many tasks: tick, choose, see what became of each, undo all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dinhlang.people.access import Action, can

from .. import typed
from ..days import BadDay, read_day
from ..models import UNFINISHED, TaskState
from ..said import BadTask
from ..selectors import page, serving
from ..selectors.lines import lines
from ..services import bulk
from . import common
from .common import Ground, ground_of, person
from .task_common import number

PAGE = 100
STATES = (TaskState.OPEN, TaskState.DOING, TaskState.WAITING, TaskState.DONE, TaskState.DROPPED)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def many(request: HttpRequest, place: int) -> HttpResponse:
    """The tasks that fit the filter, to be ticked and changed together."""
    unit = common.place_of(request, place, Action.EDIT)
    if request.method != "POST":
        return _page(request, place)
    user, what = person(request), request.POST.get("lam", "")
    pks, key = typed.numbers(request.POST.getlist("v")), common.form_key(request)
    try:
        found = bulk.act(user, pks, what, _value(request, what), key)
    except (BadTask, BadDay) as bad:
        return _page(request, place, str(bad))
    done = [each for each in found if not each.why]
    refused = [each for each in found if each.why]
    if refused:
        shown = {
            "place": "work", "tab": "many", "unit": unit, "act": bulk.ACTS[what], "done": done,
            "refused": refused, "key": key, "pks": [each.task.pk for each in done],
            "ve": common.back(request),
        }  # fmt: skip
        return render(request, "work/many_done.html", shown)
    words = f"{bulk.ACTS[what]}: {len(done)} việc."
    ticked = ".".join(str(each.task.pk) for each in done)
    offer = f"undo:{reverse('work:many-undo', args=[unit.pk])}?luot={key}&v={ticked}"
    messages.success(request, words, extra_tags=offer)
    return redirect(common.back(request))


def _value(request: HttpRequest, what: str) -> Any:
    """What the act needs, as it was typed. Raises ``BadTask``, ``BadDay``."""
    sent = request.POST
    match what:
        case "han" | "chuyen-ky":
            day = read_day(sent.get("han"), timezone.localdate())
            if day is None:
                raise BadTask("Hãy ghi hạn mới như 30/6.")
            return day
        case "doi":
            days = sent.get("ngay", "").strip()
            if not days.lstrip("-+").isdecimal() or not -2000 < int(days) < 2000 or not int(days):
                raise BadTask("Hãy ghi số ngày dời như 7 hoặc -3.")
            return int(days)
        case "chu-tri":
            names = typed.offices(sent.getlist("chu-tri"))
            if not names:
                raise BadTask("Hãy ghi cơ quan chủ trì.")
            return names
        case "tieu-chi":
            return ((sent.get("tieu-chi") or "") + "||").split("|")[:3]
        case "thon":
            return typed.numbers(sent.getlist("thon"))
        case "trang-thai":
            state = sent.get("tt", "")
            if state not in [each.value for each in STATES]:
                raise BadTask("Hãy chọn trạng thái.")
            return state, sent.get("ly-do", "")
    return None


def _criteria(ground: Ground) -> list[tuple[str, list[tuple[str, str]]]]:
    """By set, its criteria as values “set|number|”; a number alone would say no set."""
    sets = serving.sets_of(ground.unit, ground.on)
    return [
        (name, [each for each in rows if each[0].endswith("|")])
        for name, rows in serving.choices(sets)
    ]


def _page(request: HttpRequest, place: int, trouble: str = "") -> HttpResponse:
    ground = ground_of(request, place)
    rows = ground.rows
    if not ground.wanted.state:
        rows = rows.filter(state__in=UNFINISHED)
    ordered = rows.order_by("end", "pk").values_list("pk", flat=True)
    shown = Paginator(ordered, PAGE).get_page(request.GET.get("trang"))
    ticked = set(typed.numbers(request.POST.getlist("v")))
    context = common.frame(
        request, ground, "many", trouble=trouble, page=shown, ticked=ticked,
        rows=lines(list(shown.object_list), ground.on), acts=bulk.ACTS.items(),
        states=[(each.value, each.label) for each in STATES],
        offices=page.office_names(ground.unit), villages=page.village_choices(ground.unit, []),
        criteria=_criteria(ground),
        box=request.POST,
        may_decide=can(ground.user, Action.REVIEW, ground.unit),
        previous_page=common.address(request, trang=shown.number - 1)
        if shown.has_previous() else "",
        next_page=common.address(request, trang=shown.number + 1) if shown.has_next() else "",
    )  # fmt: skip
    return render(request, "work/many.html", context, status=422 if trouble else 200)


@require_POST
def undo(request: HttpRequest, place: int) -> HttpResponse:
    """Take back what was done to all of them."""
    unit = common.place_of(request, place, Action.EDIT)
    asked = request.GET if "luot" in request.GET else request.POST
    try:
        key = UUID(asked.get("luot", ""))
    except ValueError:
        messages.error(request, "Không còn gì để hoàn tác.")
        return redirect("work:many", unit.pk)
    pks = [found for text in asked.get("v", "").split(".")[: bulk.MOST] if (found := number(text))]
    outcomes = bulk.undo_all(person(request), pks, key)
    left = [each for each in outcomes if each.why]
    messages.success(request, f"Đã hoàn tác {len(outcomes) - len(left)} việc.")
    for each in left[:5]:
        messages.error(request, f"“{each.task.text[:60]}”: {each.why}")
    return redirect("work:many", unit.pk)
