"""One task: its words, its state, and what people noted."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action

from .. import origins
from ..models import Task, TaskState
from ..moments import distance, standing
from ..services import tasks
from .common import form_key, person
from .task_common import task_of, to_task


@require_safe
@never_cache
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """The task and its life so far."""
    return _page(request, task_of(request, pk))


def _page(request: HttpRequest, found: Task, trouble: str = "", status: int = 200) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    shown = {
        "place": "work",
        "task": found,
        "source": origins.source(found.origin_ref, user),
        "notes": found.notes.select_related("author"),
        "offices": found.offices.all(),
        "states": [each for each in TaskState.choices if each[0] != TaskState.ACCEPTED],
        "key": uuid4(),
        "trouble": trouble,
        "typed": request.POST,
        "near": distance(found.end, today) if found.end and found.is_unfinished else "",
        "standing": standing(found.start, found.end, today),
        "may_edit": Task.objects.restrict(user, Action.EDIT).filter(pk=found.pk).exists(),
    }
    return render(request, "work/task.html", shown, status=status)


@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the task a state, a note, or both."""
    found, said = task_of(request, pk), request.POST
    try:
        tasks.tell(
            person(request), pk, form_key(request), said.get("tt", found.state),
            said.get("ghi-chu", ""), said.get("cho", ""), said.get("ly-do", ""),
        )  # fmt: skip
    except tasks.BadTask as bad:
        return _page(request, found, str(bad), 422)
    return to_task(request, found)
