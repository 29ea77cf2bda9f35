"""What the pages of one task share: finding it, and the way back to it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from dinhlang.people.access import Action

from ..models import Task
from .common import person


def task_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Task:
    """The task, removed or not; 404 where the person may not do this."""
    rows = Task.objects.restrict(person(request), action).select_related(
        "place", "accepted_by", "created_by", "changed_by", "removed_by", "parent", "carried_from"
    )
    return cast(Task, get_object_or_404(rows, pk=pk))


def by_htmx(request: HttpRequest) -> bool:
    """Whether a script asked for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def to_task(request: HttpRequest, task: Task, part: str = "") -> HttpResponse:
    """Send the browser to the task, at a part of its page."""
    address = reverse("work:task", args=[task.pk]) + (f"#{part}" if part else "")
    return HttpResponseClientRedirect(address) if by_htmx(request) else redirect(address)


def number(text: str | None) -> int | None:
    """A whole number that a form sent; None for anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None
