"""Nghỉ, làm thay, bàn giao, chuyển việc: work changes hands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, can, restrict
from dinhlang.people.models import Office, OfficeHolding, User
from dinhlang.places.models import Closure, Unit

from ..days import BadDay, read_day
from ..models import HandOver, StandIn, Task, TaskState
from ..said import BadTask
from ..selectors import covering as looking
from ..selectors import standing_in, unheld
from ..services import covering as doing
from ..services.errors import Conflict
from . import common
from .common import person
from .task_common import number, task_of


def _frame(request: HttpRequest, unit: Unit, **more: Any) -> dict[str, Any]:
    user = person(request)
    return {
        "place": "work",
        "tab": "covering",
        "unit": unit,
        "on": timezone.localdate(),
        "may_review": can(user, Action.REVIEW, unit),
        "may_manage": can(user, Action.MANAGE, unit),
        "key": uuid4(),
        **more,
    }


@require_safe
@never_cache
def offices(request: HttpRequest, place: int) -> HttpResponse:
    """The offices of a place: who holds them, who stands in, what they have unfinished."""
    return _offices(request, common.place_of(request, place))


def _offices(
    request: HttpRequest, unit: Unit, typed: dict[str, str] | None = None, trouble: str = ""
) -> HttpResponse:
    user, on = person(request), timezone.localdate()
    held = looking.offices(unit, on)
    own = {office.pk for office in standing_in.offices_of(user, on)}
    shown = _frame(request, unit)
    choosable = [each.office for each in held if shown["may_review"] or each.office.pk in own]
    shown |= {
        "held": held,
        "choosable": choosable,
        "people": list(looking.candidates(unit)) if choosable else [],
        "stand_ins": looking.stand_ins(user, unit),
        "hand_overs": looking.hand_overs(user, unit),
        "typed": typed or {},
        "trouble": trouble,
        "own": own,
        "unknown": unheld.unknown(unit, [each.office for each in held], on),
        "here": [each.office for each in held if each.office.place_id == unit.pk],
        "may_edit": can(user, Action.EDIT, unit),
    }
    return render(request, "work/offices.html", shown, status=422 if trouble else 200)


@require_POST
def add_stand_in(request: HttpRequest, place: int) -> HttpResponse:
    """Have somebody do an office's work for some days."""
    unit, user = common.place_of(request, place), person(request)
    typed = _typed(request, STAND_IN)
    office, chosen = _office(unit, typed["office"]), _candidate(unit, typed["person"])
    try:
        first, last = (read_day(typed[name], timezone.localdate()) for name in ("first", "last"))
        if office is None or chosen is None or first is None or last is None:
            raise doing.BadCover("Hãy chọn chức vụ, người làm thay, ngày đầu và ngày cuối.")
        doing.add_stand_in(
            user, office, chosen, first, last, typed["reason"], common.form_key(request)
        )
    except (BadDay, doing.BadCover) as bad:
        return _offices(request, unit, typed, str(bad))
    messages.success(
        request, f"{chosen} làm thay {office.title} từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y}."
    )
    return redirect("work:covering", unit.pk)


def _office(unit: Unit, text: str) -> Office | None:
    below = Closure.objects.filter(ancestor=unit).values("descendant")
    rows = Office.objects.select_related("place").filter(closed_on=None)
    found: Office | None = (
        (rows.filter(place=unit) | rows.filter(place__in=below))
        .filter(pk=number(text) or 0)
        .first()
    )
    return found


def _candidate(unit: Unit, text: str) -> User | None:
    return looking.candidates(unit).filter(pk=number(text) or 0).first()


@require_POST
def end_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """End a stand-in's days from now on."""
    user = person(request)
    row = get_object_or_404(restrict(StandIn.objects.select_related("office__place"), user), pk=pk)
    doing.end_stand_in(user, row.pk)
    undo = reverse("work:stand-in-resume", args=[pk])
    messages.success(
        request, f"Đã kết thúc việc làm thay {row.office.title}.", extra_tags=f"undo:{undo}"
    )
    place = row.office.place
    return redirect("work:covering", place.parent_id if place.level == "village" else place.pk)


@require_POST
def resume_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A stand-in that was ended goes on."""
    user = person(request)
    row = get_object_or_404(restrict(StandIn.objects.select_related("office__place"), user), pk=pk)
    try:
        doing.resume_stand_in(user, row.pk)
    except doing.BadCover as bad:
        messages.error(request, str(bad))
    else:
        messages.success(request, f"{row.person} lại làm thay {row.office.title}.")
    place = row.office.place
    return redirect("work:covering", place.parent_id if place.level == "village" else place.pk)


STAND_IN = {
    "office": "chuc-vu", "person": "nguoi", "first": "tu", "last": "den", "reason": "ly-do",
}  # fmt: skip
HAND_OVER = {"giver": "giao", "taker": "nhan", "day": "ngay", "note": "ghi-chu"}
DELEGATE = {"office": "co-quan", "reason": "ly-do", "keep": "giu"}


def _typed(request: HttpRequest, names: Mapping[str, str]) -> dict[str, str]:
    """What a form said, by our names of its boxes; empty where nothing was sent."""
    return {name: request.POST.get(sent, "") for name, sent in names.items()}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_over(request: HttpRequest, office: int) -> HttpResponse:
    """What an office has unfinished, notes for the successor, one confirmation."""
    user, on = person(request), timezone.localdate()
    rows = restrict(Office.objects.select_related("place__parent"), user, Action.MANAGE)
    held = get_object_or_404(rows, pk=office, closed_on=None)
    unit = (held.place.level == "village" and held.place.parent) or held.place
    holders = [
        row.user for row in OfficeHolding.objects.filter(office=held).on(on).select_related("user")
    ]
    typed, trouble = _typed(request, HAND_OVER), ""
    if request.method != "POST" and holders:
        typed["giver"] = str(holders[0].pk)
    if request.method == "POST":
        try:
            day = read_day(typed["day"], on)
            taker = _candidate(unit, typed["taker"])
            if day is None or taker is None:
                raise doing.BadCover("Hãy chọn người nhận và ngày nhận.")
            giver = next((each for each in holders if str(each.pk) == typed["giver"]), None)
            notes = {
                pk: str(text) for name, text in request.POST.items()
                if name.startswith("viec-") and (pk := number(name.removeprefix("viec-")))
            }  # fmt: skip
            row = doing.hand_over(
                user, held, giver, taker, day, typed["note"], notes,
                common.form_key(request),
            )  # fmt: skip
            messages.success(request, f"Đã bàn giao {held.title} cho {taker}.")
            return redirect("work:handed-over", unit.pk, row.pk)
        except (BadDay, BadTask, doing.BadCover) as bad:
            trouble = str(bad)
    tasks = [(task, request.POST.get(f"viec-{task.pk}", "")) for task in looking.unfinished(held)]
    shown = _frame(
        request, unit, office=held, holders=holders, tasks=tasks, typed=typed, trouble=trouble,
        people=[each for each in looking.candidates(unit) if each not in holders],
        history=looking.held_over_time(held),
    )  # fmt: skip
    return render(request, "work/hand_over.html", shown, status=422 if trouble else 200)


@require_safe
@never_cache
def handed_over(request: HttpRequest, place: int, pk: int) -> HttpResponse:
    """A hand-over as it was confirmed; prints."""
    unit, user = common.place_of(request, place), person(request)
    rows = restrict(HandOver.objects.select_related("office__place", "giver", "taker", "by"), user)
    row = get_object_or_404(rows, pk=pk)
    words = dict(TaskState.choices)
    tasks = [{**task, "words": words.get(task["state"], "")} for task in row.tasks]
    for task in tasks:
        task["end"] = date.fromisoformat(task["end"]) if task["end"] else None
    shown = _frame(request, unit, row=row, tasks=tasks, history=looking.held_over_time(row.office))
    return render(request, "work/handed_over.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delegate(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass one task to another office, with the reason."""
    task, user = task_of(request, pk, Action.EDIT), person(request)
    typed, trouble, status = _typed(request, DELEGATE), "", 200
    if request.method != "POST":
        typed["keep"] = "1"
    if request.method == "POST":
        try:
            key = common.form_key(request)
            doing.delegate(
                user, task.pk, key, number(request.POST.get("seen")) or 0,
                typed["office"], typed["reason"], keep=typed["keep"] == "1",
            )  # fmt: skip
            note = task.notes.filter(key=key).first()
            undo = f"undo:{reverse('work:task-undo', args=[note.pk])}" if note else ""
            messages.success(request, f"Đã chuyển việc cho {typed['office']}.", extra_tags=undo)
            return redirect("work:task", task.pk)
        except BadTask as bad:
            trouble, status = str(bad), 422
        except Conflict as conflict:
            task.refresh_from_db()
            trouble, status = str(conflict), 409
    return _delegate_page(request, task, typed, trouble, status)


def _delegate_page(
    request: HttpRequest, task: Task, typed: Mapping[str, str], trouble: str, status: int
) -> HttpResponse:
    unit, on = task.place, timezone.localdate()
    named = list(task.offices.all())
    known = {row.office.title for row in looking.offices(unit, on)}
    shown = _frame(
        request, unit, task=task, leads=[each.name for each in named if each.leads],
        names=sorted(known), typed=typed, trouble=trouble,
    )  # fmt: skip
    return render(request, "work/delegate.html", shown, status=status)
