"""Decisions in the meeting, and the end of it: closed, taken back, opened again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dinhlang.people.access import Action
from dinhlang.work.days import read_day
from dinhlang.work.models import Task
from dinhlang.work.views.common import form_key, person
from dinhlang.work.views.task_common import number

from . import selectors, services
from .models import Decision, Meeting
from .services import BadMeeting
from .views import (
    TROUBLES,
    by_script,
    frame,
    meeting_of,
    offer_undo,
    part_of,
    refused,
    to_meeting,
    verb_done,
)

FIELDS = {"text": "kl", "lead": "chu-tri", "partners": "phoi-hop", "product": "san-pham"}


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision in one line; with “giao” it becomes a task at once, or a task a village."""
    row, line = meeting_of(request, pk, Action.EDIT), request.POST.get("kl", "")
    user, item = person(request), number(request.POST.get("nd"))
    at_once = bool(request.POST.get("giao"))
    try:
        made = services.decide(user, pk, form_key(request), line, item, as_task=at_once)
        several = services.siblings(made)
        for each in several if at_once else ():
            services.make_task(user, each.pk)
    except TROUBLES as bad:
        return refused(request, row, bad, decision=line)
    if by_script(request):
        numbers = {each.pk for each in several}
        rows = [each for each in selectors.decided(row) if each.pk in numbers]
        shown = frame(request, row.place, decisions=rows, may_write=True, meeting=row)
        return render(request, "meetings/_decisions.html", shown)
    return to_meeting(pk, f"#kl-{made.pk}")


@require_POST
def change_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, what, until when of a decision that is no task yet."""
    row: Decision = part_of(request, Decision, pk)
    seen, sent = number(request.POST.get("luot-sua")), request.POST
    day = timezone.localdate(row.meeting.at)
    values: dict[str, Any] = {name: sent.get(box, "") for name, box in FIELDS.items()}
    shown = values | {"end_typed": sent.get("han", "")}
    try:
        values["end"] = read_day(sent.get("han"), day)
        base: dict[str, Any] | None = None
        if "goc-kl" in sent:
            base = {name: sent.get(f"goc-{box}", "") for name, box in FIELDS.items()}
            base["end"] = read_day(sent.get("goc-han"), day)
        services.change_decision(
            person(request), pk, seen if seen is not None else -1, values, base
        )
        if sent.get("giao"):
            services.make_task(person(request), pk)
    except TROUBLES as bad:
        return refused(request, row.meeting, bad, edited=pk, values=shown)
    return to_meeting(row.meeting_id, f"#kl-{pk}")


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a decision becomes a task when the minutes are closed."""
    row: Decision = part_of(request, Decision, pk)
    try:
        services.mark(person(request), pk, bool(request.POST.get("giao")))
    except TROUBLES as bad:
        return refused(request, row.meeting, bad)
    return (
        JsonResponse({"ok": True})
        if by_script(request)
        else to_meeting(row.meeting_id, f"#kl-{pk}")
    )


@require_POST
def make_task(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision becomes a task."""
    row: Decision = part_of(request, Decision, pk)
    return verb_done(
        request, row.meeting, lambda: services.make_task(person(request), pk), f"#kl-{pk}"
    )


@require_POST
def remove_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision out; a message offers to bring it back."""
    row: Decision = part_of(request, Decision, pk)
    answer = verb_done(request, row.meeting, lambda: services.remove_decision(person(request), pk))
    if answer.status_code == 302:
        offer_undo(request, f"Đã bỏ kết luận “{row.text[:60]}”.", "decision-restore", pk)
    return answer


@require_POST
def restore_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a decision back."""
    row: Decision = part_of(request, Decision, pk)
    return verb_done(
        request, row.meeting, lambda: services.restore_decision(person(request), pk), f"#kl-{pk}"
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the minutes; decisions go out as tasks; a message offers to take it back."""
    row, why = meeting_of(request, pk, Action.REVIEW), request.POST.get("ly-do", "")
    try:
        closed = services.close(person(request), row.pk, why)
    except TROUBLES as bad:
        return refused(request, row, bad, why=why)
    offer_undo(request, f"Đã chốt biên bản. {_given_out(closed)}", "close-undo", pk)
    return to_meeting(pk)


@require_POST
def undo_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a closing that was just made."""
    row = meeting_of(request, pk, Action.REVIEW)
    try:
        stay = services.undo_close(person(request), pk)
    except TROUBLES as bad:
        return refused(request, row, bad)
    messages.success(request, f"Biên bản mở lại như trước khi chốt.{_staying(stay)}")
    return to_meeting(pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open closed minutes again: why, and whether the tasks made stay."""
    row, why = meeting_of(request, pk, Action.REVIEW), request.POST.get("ly-do", "")
    try:
        if request.POST.get("viec") not in ("giu", "rut"):
            raise BadMeeting("Hãy chọn giữ hay rút các việc đã giao.")
        keep = request.POST["viec"] == "giu"
        stay = services.reopen(person(request), pk, why, keep=keep)
    except TROUBLES as bad:
        return refused(request, row, bad, why=why)
    messages.success(request, f"Đã mở lại biên bản.{_staying(stay)}")
    return to_meeting(pk)


def _staying(tasks: list[Task]) -> str:
    return f" {len(tasks)} việc đã có người làm nên giữ lại." if tasks else ""


def _given_out(closed: Meeting) -> str:
    """How many decisions went out as tasks, and how many still lack a lead or a day."""
    tasks = [each.task for each in selectors.decided(closed) if each.task is not None]
    if not tasks:
        return "Không có kết luận nào thành việc."
    alone = sum(not any(office.leads for office in task.offices.all()) for task in tasks)
    open_ = sum(task.end is None for task in tasks)
    lacks = [f"{count} việc {what}" for count, what in
             ((alone, "chưa giao ai"), (open_, "chưa có hạn")) if count]  # fmt: skip
    if not lacks:
        return f"{len(tasks)} kết luận đã thành việc, việc nào cũng có nơi chủ trì và hạn."
    return f"{len(tasks)} kết luận đã thành việc; còn {', '.join(lacks)}. Hãy ghi nốt trong việc."
