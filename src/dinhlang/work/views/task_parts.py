"""Breaking a task down, adding one, deleting and bringing back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import AccessDenied, Action, allowed_places, can
from dinhlang.places.models import Unit

from .. import typed
from ..models import Origin
from ..selectors import page, serving
from ..selectors.tasks import villages_of
from ..services import splitting, tasks
from ..services.tasks import BadTask, Said
from . import common
from .common import form_key, person
from .task import boxes, show
from .task_common import number, task_of, to_task


@require_POST
def break_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Make smaller tasks of a task."""
    found = task_of(request, pk, Action.EDIT)
    try:
        saids = _saids(request)
        if not saids:
            raise BadTask("Hãy ghi ít nhất một việc nhỏ.")
        made = tasks.break_down(person(request), pk, saids, form_key(request))
    except BadTask as bad:
        return show(request, found, trouble=str(bad), trouble_at="chia-nho", status=422)
    messages.success(request, f"Đã thêm {len(made)} việc nhỏ.")
    return to_task(request, found, "viec-nho")


def _saids(request: HttpRequest) -> list[Said]:
    """The lines that say something: words, who leads, until when, how much."""
    sent, on = request.POST, timezone.localdate()
    columns = [sent.getlist(name) for name in ("nho-viec", "nho-chu-tri", "nho-han", "nho-tien")]
    found = []
    for text, lead, end, cost in zip(*columns, strict=False):
        if text.strip():
            found.append(
                Said(
                    text=text,
                    lead=typed.offices([lead]),
                    end=typed.day("end", end, on),
                    cost=typed.cost(cost),
                )
            )
    return found


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Divide a task of several criteria, one part a criterion; a message offers to undo it."""
    found, key = task_of(request, pk, Action.EDIT), form_key(request)
    try:
        made = splitting.split(person(request), pk, key)
    except BadTask as bad:
        messages.error(request, str(bad))
        return to_task(request, found, "viec-nho")
    address = f"{reverse('work:task-put-together', args=[pk])}?luot={key}"
    messages.success(
        request, f"Đã chia thành {len(made)} việc nhỏ, mỗi tiêu chí một việc.",
        extra_tags=f"undo:{address}",
    )  # fmt: skip
    return to_task(request, found, "viec-nho")


@require_POST
def put_together(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the parts that a task was just divided into."""
    found = task_of(request, pk, Action.EDIT)
    try:
        key = UUID(request.GET.get("luot", ""))
    except ValueError:
        messages.error(request, "Không còn gì để hoàn tác.")
        return to_task(request, found, "viec-nho")
    count = splitting.put_together(person(request), pk, key)
    messages.success(request, f"Đã bỏ {count} việc nhỏ vừa chia.")
    return to_task(request, found, "viec-nho")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a task; a message offers to bring it back at once."""
    found = task_of(request, pk, Action.EDIT)
    tasks.remove(person(request), pk, form_key(request))
    address = reverse("work:task-restore", args=[pk])
    messages.success(request, f"Đã xóa việc “{found.text[:80]}”.", extra_tags=f"undo:{address}")
    if found.parent_id is not None:
        return redirect(f"{reverse('work:task', args=[found.parent_id])}#viec-nho")
    return redirect(common.back(request))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back a deleted task."""
    found = task_of(request, pk, Action.EDIT)
    tasks.restore(person(request), pk)
    messages.success(request, f"Đã khôi phục việc “{found.text[:80]}”.")
    return to_task(request, found)


@require_safe
@never_cache
def removed(request: HttpRequest, place: int) -> HttpResponse:
    """The deleted tasks of a place, each of which can be brought back."""
    unit = common.place_of(request, place, Action.EDIT)
    user = person(request)
    decides = can(user, Action.REVIEW, unit)
    rows = [(row, decides or row.removed_by_id == user.pk) for row in page.removed(user, unit)]
    shown = {"place": "work", "tab": "", "unit": unit, "rows": rows}
    return render(request, "work/removed.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, place: int) -> HttpResponse:
    """A new task of the place, or of one's own villages there."""
    unit = common.place_of(request, place)
    user = person(request)
    own = allowed_places(user, Action.EDIT).filter(pk__in=villages_of(unit).values("pk"))
    if not can(user, Action.EDIT, unit) and not own.exists():
        raise AccessDenied
    if request.method != "POST":
        return _add_page(request, unit)
    sent, on = request.POST, timezone.localdate()
    try:
        values: dict[str, Any] = {}
        for slug in typed.GROUPS:
            values |= typed.group(slug, sent, on)
        known = {each.name for each in fields(Said)}
        said = Said(**{name: value for name, value in values.items() if name in known})
        origin = Origin.DISPATCH if sent.get("nguon", "").strip() else Origin.OWN
        made = tasks.create(
            user, unit, said, form_key(request), origin=origin, origin_text=sent.get("nguon", "")
        )
    except BadTask as bad:
        return _add_page(request, unit, str(bad), bad.field)
    messages.success(request, "Đã thêm việc.")
    return to_task(request, made)


def _add_page(request: HttpRequest, unit: Unit, trouble: str = "", field: str = "") -> HttpResponse:
    on, asked = timezone.localdate(), request.POST or request.GET
    user = person(request)
    chosen = typed.numbers(asked.getlist("thon"))
    villages = page.village_choices(unit, chosen)
    if not can(user, Action.EDIT, unit):
        own = set(allowed_places(user, Action.EDIT).values_list("pk", flat=True))
        villages = [(each, on_it or len(own) == 1) for each, on_it in villages if each.pk in own]
    shown = {
        "place": "work", "tab": "", "unit": unit, "key": form_key(request) if trouble else uuid4(),
        "trouble": trouble, "field": field, "box": boxes(asked),
        "lead": [*(each for each in asked.getlist("chu-tri") if each), ""],
        "partners": [*(each for each in asked.getlist("phoi-hop") if each), "", ""],
        "offices": page.office_names(unit),
        "villages": villages,
        "choices": list(serving.choices(serving.sets_of(unit, on))),
        "chosen": asked.get("tieu-chi", ""),
        "back": common.back(request),
        "must_choose": not can(user, Action.EDIT, unit),
        "first": number(asked.get("lam-sau")),
    }  # fmt: skip
    return render(request, "work/add.html", shown, status=422 if trouble else 200)
