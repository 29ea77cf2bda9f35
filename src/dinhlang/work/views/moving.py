"""One tap, one drag, one key: a task into another state, from any list.

Scripts get JSON; without a script the browser goes back to where it was, or to a page that asks
what the state needs.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dinhlang.people.access import AccessDenied

from ..models import Task, TaskState
from ..selectors import tasks
from ..selectors.lines import lines
from ..services.tasks import BadTask, Conflict, accept, send_back, tell
from ..showing import STATES
from . import common
from .common import back, person

NEEDS = {
    TaskState.WAITING: ("cho", "Đang chờ ai, chờ việc gì?"),
    TaskState.DROPPED: ("ly-do", "Vì sao không làm nữa?"),
    TaskState.DONE: ("ghi-chu", "Đã giao sản phẩm gì, ở đâu?"),
    TaskState.ACCEPTED: ("ghi-chu", "Kết quả nghiệm thu"),
}
"""The field a state may ask for, and how it asks."""


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the task the state; 409 where somebody moved it meanwhile, 422 where words lack."""
    user = person(request)
    task = get_object_or_404(tasks.live(user), pk=pk)
    state = request.POST.get("tt", "")
    try:
        _move(request, task, state)
    except Conflict as conflict:
        return _overtaken(request, task, state, conflict)
    except BadTask as bad:
        return _lacking(request, task, state, bad)
    except AccessDenied as denied:
        if common.wants_json(request):
            return JsonResponse({"message": str(denied)}, status=403)
        raise
    task.refresh_from_db()
    if common.wants_json(request):
        return JsonResponse(_said(task))
    look = STATES[task.state]
    offer = (
        "" if task.state == TaskState.ACCEPTED else f"undo:{reverse('work:move-back', args=[pk])}"
    )
    messages.success(request, f"“{task}” đã chuyển sang “{look.words}”.", extra_tags=offer)
    return redirect(f"{back(request)}#v{pk}")


@require_POST
def move_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the person's own last step, where nobody did anything to the task since."""
    user = person(request)
    task = get_object_or_404(tasks.live(user), pk=pk)
    last = task.notes.order_by("-revision", "-pk").first()
    if last is None or last.author_id != user.pk or last.before == last.after:
        message = "Không hoàn tác được: việc đã có thay đổi khác sau đó."
        if common.wants_json(request):
            return JsonResponse({"message": message, **_said(task)}, status=409)
        messages.error(request, message)
        return redirect(f"{back(request)}#v{pk}")
    old = {name: (last.changes.get(name) or [""])[0] for name in ("waiting_for", "reason")}
    try:
        tell(
            user, pk, uuid5(last.key, "undo"), last.before, waiting_for=old["waiting_for"],
            reason=old["reason"], text="Hoàn tác.", seen=task.revision,
        )  # fmt: skip
    except (BadTask, Conflict) as bad:
        if common.wants_json(request):
            return JsonResponse({"message": str(bad), **_said(task)}, status=409)
        messages.error(request, str(bad))
        return redirect(f"{back(request)}#v{pk}")
    task.refresh_from_db()
    if common.wants_json(request):
        return JsonResponse(_said(task))
    messages.success(request, f"Đã trả “{task}” về “{STATES[task.state].words}”.")
    return redirect(f"{back(request)}#v{pk}")


def _move(request: HttpRequest, task: Task, state: str) -> None:
    user = person(request)
    said = {name: request.POST.get(name, "") for name in ("ghi-chu", "cho", "ly-do")}
    seen = request.POST.get("seen", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() else None
    # One page has one number; each of its buttons is a form of its own.
    key = uuid5(common.form_key(request), f"{task.pk}:{state}:{seen[:9]}")
    if state == TaskState.ACCEPTED:
        accept(user, task.pk, key, text=said["ghi-chu"], seen=revision)
    elif task.state == TaskState.ACCEPTED and revision == task.revision:
        send_back(user, task.pk, key, said["ghi-chu"] or said["ly-do"])
    else:
        tell(
            user, task.pk, key, state, text=said["ghi-chu"], waiting_for=said["cho"],
            reason=said["ly-do"], seen=revision,
        )  # fmt: skip


def _said(task: Task) -> dict[str, Any]:
    look = STATES[task.state]
    return {
        "pk": task.pk,
        "state": task.state,
        "words": look.words,
        "revision": task.revision,
        "waiting_for": task.waiting_for,
        "reason": task.reason,
    }


def _overtaken(request: HttpRequest, task: Task, state: str, conflict: Conflict) -> HttpResponse:
    task.refresh_from_db()
    clash = conflict.clashes[0] if conflict.clashes else None
    theirs = STATES[task.state].words
    wanted = STATES[state].words if state in STATES else state
    message = (
        f"{clash.who if clash and clash.who else 'Người khác'} vừa chuyển việc này sang “{theirs}”"
        f"{f' lúc {clash.when}' if clash else ''}. Bạn đang muốn chuyển sang “{wanted}”."
    )
    if common.wants_json(request):
        return JsonResponse({"message": message, **_said(task)}, status=409)
    return _page(request, task, state, message, status=409)


def _lacking(request: HttpRequest, task: Task, state: str, bad: BadTask) -> HttpResponse:
    if common.wants_json(request):
        return JsonResponse({"message": str(bad), "field": bad.field, **_said(task)}, status=422)
    return _page(request, task, state, str(bad), status=422)


def _page(request: HttpRequest, task: Task, state: str, message: str, status: int) -> HttpResponse:
    """Asks for what is lacking, or which of two states shall stand."""
    line = lines([task.pk], timezone.localdate())[0]
    name, question = NEEDS.get(TaskState(state), ("", "")) if state in STATES else ("", "")
    context = {
        "place": "work",
        "line": line,
        "wanted": STATES.get(state),
        "state": state,
        "message": message,
        "field": name,
        "question": question,
        "typed": request.POST.get(name, "") if name else "",
        "is_conflict": status == 409,
        "key": common.form_key(request),
        "back": back(request),
    }
    return render(request, "work/moved.html", context, status=status)
