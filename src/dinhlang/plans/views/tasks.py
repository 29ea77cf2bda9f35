"""One task: its words, its line of the paper, its state, and what people noted."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action
from dinhlang.work.moments import distance, standing

from ..models import Plan, PlanTask, TaskState
from ..selectors import overview
from ..services import tasks
from . import common
from .common import person


def _task(request: HttpRequest, pk: int) -> PlanTask:
    rows = PlanTask.objects.restrict(person(request)).select_related("plan__place", "plan__current")
    found: PlanTask = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@never_cache
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """The task and its life so far."""
    return _page(request, _task(request, pk))


def _page(
    request: HttpRequest, found: PlanTask, trouble: str = "", status: int = 200
) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    shown = common.context(
        "plans",
        task=found,
        plan=found.plan,
        item=overview.task_item(found),
        lines=overview.task_lines(found),
        notes=found.notes.select_related("author"),
        offices=found.offices.all(),
        states=TaskState.choices,
        key=uuid4(),
        trouble=trouble,
        typed=request.POST.get("ghi-chu", ""),
        near=distance(found.end, today) if found.end and found.is_unfinished else "",
        standing=standing(found.start, found.end, today),
        sees_plan=Plan.objects.restrict(user).filter(pk=found.plan_id).exists(),
        may_edit=PlanTask.objects.restrict(user, Action.EDIT).filter(pk=found.pk).exists(),
    )
    return render(request, "plans/task.html", shown, status=status)


@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the task a state, a note, or both."""
    found = _task(request, pk)
    state, text = request.POST.get("tt", found.state), request.POST.get("ghi-chu", "")
    try:
        tasks.tell(person(request), pk, common.form_number(request.POST.get("luot")), state, text)
    except tasks.BadNote as bad:
        return _page(request, found, str(bad), 422)
    return common.go(request, reverse("plans:task", args=[pk]))
