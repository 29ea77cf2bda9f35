"""Tasks and the criteria their words name: look through the proposals, link, take back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.access import Action
from dinhlang.places.models import Unit

from .. import typed
from ..models import Task
from ..said import BadTask
from ..selectors import serving, views, worded
from ..services import wording
from . import common
from .common import person
from .task_common import task_of, to_task

PAGE = 100
MOST_READ = 3000
"""So many tasks without a criterion are looked through."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def words(request: HttpRequest, place: int) -> HttpResponse:
    """The tasks whose words name a criterion, to be ticked and linked together."""
    unit = common.place_of(request, place, Action.EDIT)
    if request.method != "POST":
        return _page(request, unit)
    chosen = typed.numbers(request.POST.getlist("v"))
    key = common.form_key(request)
    try:
        wanted = {pk: _said(request.POST.get(f"tc-{pk}", "")) for pk in chosen}
        found = wording.link(person(request), wanted, key)
    except BadTask as bad:
        return _page(request, unit, str(bad))
    done = [each for each in found if not each.why]
    for each in found:
        if each.why:
            messages.error(request, f"“{each.task.text[:60]}”: {each.why}")
    ticked = ".".join(str(each.task.pk) for each in done)
    offer = f"undo:{reverse('work:many-undo', args=[unit.pk])}?luot={key}&v={ticked}"
    messages.success(request, f"Đã gắn tiêu chí cho {len(done)} việc.", extra_tags=offer)
    return redirect("work:criteria", unit.pk)


def _said(value: str) -> dict[str, Any]:
    """The fields of “set|criterion|indicator|target”. Raises ``BadTask`` for what is no set's."""
    law, number, indicator, target = (value + "|||").split("|")[:4]
    known = lawbook.library().sets.get(law)
    numbers = {each.number for each in known.criteria} if known else set()
    if number not in numbers:
        raise BadTask("Không có tiêu chí này trong bộ. Hãy tải lại trang.")
    found = {"criterion_set": law, "criterion": number, "indicator": indicator}
    return found | ({"target": target} if target else {})


def _page(request: HttpRequest, unit: Unit, trouble: str = "") -> HttpResponse:
    user, on = person(request), timezone.localdate()
    asked = request.POST or request.GET
    laws = worded.Laws.of(unit, on, asked.get("bo", ""))
    rows = worded.unlinked(views.of_unit(user, unit)).select_related("place")
    whole = list(rows.only(*FIELDS)[:MOST_READ])
    found = [each for row in whole if (each := laws.proposal(row)) is not None]
    shown = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "place": "work", "tab": "criteria", "unit": unit, "page": shown, "trouble": trouble,
        "rows": shown.object_list, "without": len(whole) - len(found), "all": len(found),
        "sets": serving.main_first(unit, on), "chosen": laws.own, "key": uuid4(),
        "ticked": set(typed.numbers(request.POST.getlist("v"))) if trouble else None,
        "may_edit": True,
        "next_page": common.address(request, trang=shown.number + 1) if shown.has_next() else "",
        "previous_page": common.address(request, trang=shown.number - 1)
        if shown.has_previous() else "",
    }  # fmt: skip
    return render(request, "work/words.html", context, status=422 if trouble else 200)


FIELDS = (
    "text", "criterion", "criterion_set", "indicator", "target", "origin_ref", "end", "state",
    "place__name", "place__kind", "place__level",
)  # fmt: skip


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link one task to the criterion its words name; a message offers to take it back."""
    task: Task = task_of(request, pk, Action.EDIT)
    key = common.form_key(request)
    try:
        (outcome,) = wording.link(person(request), {pk: _said(request.POST.get("tc", ""))}, key)
    except BadTask as bad:
        messages.error(request, str(bad))
        return to_task(request, task, "muc-tieu-chi")
    if outcome.why:
        messages.error(request, outcome.why)
    else:
        address = f"{reverse('work:many-undo', args=[task.place_id])}?luot={key}&v={pk}"
        messages.success(request, "Đã gắn tiêu chí.", extra_tags=f"undo:{address}")
    return to_task(request, task, "muc-tieu-chi")
