"""One task: its page, its parts edited in place, two people's values side by side."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action

from .. import typed
from ..models import Task, TaskNote, TaskState
from ..said import FIELDS, LABELS
from ..selectors import history, page, serving, worded
from ..services import splitting, tasks, undoing
from ..services.tasks import BadTask, Conflict
from .common import form_key, person
from .task_common import number, task_of, to_task

TEMPLATE = "work/task.html"
NEW_ROWS = 4
"""Empty lines that the form of breaking down offers."""


@require_safe
@never_cache
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """The task and its life so far; ``?sua=`` opens one of its parts."""
    return show(request, task_of(request, pk), open_part=request.GET.get("sua", ""))


def show(
    request: HttpRequest,
    found: Task,
    *,
    open_part: str = "",
    trouble: str = "",
    trouble_at: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with what went wrong beside the form it belongs to (``trouble_at``)."""
    user = person(request)
    seen = page.Page(user, found, timezone.localdate())
    shown: dict[str, Any] = {
        "place": "work",
        "tab": "",
        "unit": found.place if seen.sees_place else None,
        "page": seen,
        "task": found,
        "key": uuid4(),
        "open_part": open_part if seen.may_change else "",
        "trouble": trouble,
        "trouble_at": trouble_at,
        "states": _states(seen),
        "said": _said(request, found, trouble_at),
        "new_rows": _new_rows(request, trouble_at),
    }
    if seen.may_change:
        shown |= {
            "proposal": worded.of_task(found, seen.on), "shares": splitting.shares(user, found)
        }  # fmt: skip
    if shown["open_part"]:
        shown |= form_of(request, found, open_part)
    return render(request, TEMPLATE, shown, status=status)


def _said(request: HttpRequest, found: Task, trouble_at: str) -> dict[str, str]:
    """What stands in the form of the state: as typed, where it was refused."""
    if trouble_at == "bao":
        return boxes(request.POST)
    return {"tt": found.state, "cho": found.waiting_for, "ly_do": found.reason, "ghi_chu": ""}


def _new_rows(request: HttpRequest, trouble_at: str) -> list[dict[str, str]]:
    """The lines of the form of breaking down: as typed, where it was refused; else empty."""
    empty = dict.fromkeys(("text", "lead", "end", "cost"), "")
    if trouble_at != "chia-nho":
        return [empty] * NEW_ROWS
    names = ("nho-viec", "nho-chu-tri", "nho-han", "nho-tien")
    columns = [request.POST.getlist(name) for name in names]
    return [dict(zip(empty, row, strict=True)) for row in zip(*columns, strict=False)]


def boxes(sent: QueryDict) -> dict[str, str]:
    """What was sent, by names that a template can say."""
    return {name.replace("-", "_"): str(value) for name, value in sent.items()}


def _states(seen: page.Page) -> list[tuple[str, str]]:
    """The states that may be given here; accepting has a page of its own."""
    return [
        (value, words) for value, words in TaskState.choices if value != TaskState.ACCEPTED
    ] if seen.task.state != TaskState.ACCEPTED else []  # fmt: skip


def form_of(request: HttpRequest, found: Task, slug: str) -> dict[str, Any]:
    """What the form of one part needs; as typed, where it was sent and refused."""
    sent = request.POST if request.method == "POST" else None
    shown: dict[str, Any] = {"slug": slug, "sent": sent, "box": _box(found)}
    if sent is not None:
        shown["box"] |= boxes(request.POST)
    match slug:
        case "co-quan":
            named = list(found.offices.order_by("pk"))
            lead = [each.name for each in named if each.leads]
            partners = [each.name for each in named if not each.leads]
            if sent is not None:
                lead, partners = sent.getlist("chu-tri"), sent.getlist("phoi-hop")
            shown["boxes"] = {
                "lead": [each for each in lead if each] + [""],
                "partners": [each for each in partners if each] + ["", ""],
            }
            shown["offices"] = page.office_names(found.place)
        case "thon":
            chosen = list(found.villages.values_list("pk", flat=True))
            if sent is not None:
                chosen = typed.numbers(sent.getlist("thon"))
            shown["villages"] = page.village_choices(found.place, chosen)
        case "tieu-chi":
            sets = serving.sets_of(found.place, timezone.localdate(), found)
            shown["choices"] = list(serving.choices(sets))
            now = f"{found.criterion_set}|{found.criterion}|{found.indicator}"
            shown["chosen"] = now if sent is None else sent.get("tieu-chi", "")
            known = {value for _, rows in shown["choices"] for value, _ in rows}
            if found.criterion and shown["chosen"] not in known:
                shown["own"] = (now, serving.served(found).words)
        case "so-lieu":
            shown["choices"] = serving.measure_choices(found)
            shown["chosen"] = found.measure if sent is None else sent.get("so-lieu", "")
        case "lam-sau":
            shown |= _before(request, found)
    return shown


def _box(found: Task) -> dict[str, str]:
    """What stands in the boxes before anything is typed."""
    return {
        "viec": found.text,
        "san_pham": found.product,
        "bat_dau": f"{found.start:%d/%m/%Y}" if found.start else "",
        "han": f"{found.end:%d/%m/%Y}" if found.end else "",
        "muc_tieu": found.target,
        "kinh_phi": typed.cost_box(found.cost),
        "ghi_chu": found.remarks,
    }


def _before(request: HttpRequest, found: Task) -> dict[str, Any]:
    """The tasks it comes after, and those found by the words asked for."""
    chosen = list(found.needs.order_by("pk").values_list("after", "after__text"))
    text = (request.GET.get("q") or request.POST.get("q") or "").strip()
    others = page.others(person(request), found, text, [pk for pk, _ in chosen])
    return {"chosen": chosen, "others": others, "q": text}


@require_safe
@never_cache
def part(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The form of one part, for the script that puts it in its place."""
    found = task_of(request, pk, Action.EDIT)
    seen = page.Page(person(request), found, timezone.localdate())
    if slug not in typed.GROUPS or not seen.may_change:
        raise Http404
    part_of = next(each for each in seen.parts if each.slug == slug)
    shown = {"task": found, "page": seen, "part": part_of, "open_part": slug, "key": uuid4()}
    return render(request, "work/_part.html", shown | form_of(request, found, slug))


@require_safe
@never_cache
def others(request: HttpRequest, pk: int) -> HttpResponse:
    """Tasks that could come before this one, by their words."""
    found = task_of(request, pk, Action.EDIT)
    return render(request, "work/_others.html", {"task": found} | _before(request, found))


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one part of the task new values; two people's values are shown side by side."""
    found, sent = task_of(request, pk, Action.EDIT), request.POST
    slug, key, seen = sent.get("muc", ""), form_key(request), number(sent.get("seen")) or 0
    if slug not in typed.GROUPS:
        raise Http404
    try:
        changes = typed.group(slug, sent, timezone.localdate())
        after = tasks.change(person(request), pk, key, seen, changes)
    except BadTask as bad:
        return show(request, found, open_part=slug, trouble=str(bad), trouble_at=slug, status=422)
    except Conflict as conflict:
        return _conflict(request, found, conflict)
    return _changed(request, after, key, slug)


def _changed(request: HttpRequest, after: Task, key: Any, slug: str) -> HttpResponse:
    note = TaskNote.objects.filter(key=key).first()
    if note is not None:
        names = ", ".join(LABELS[name].lower() for name in note.changes)
        address = reverse("work:task-undo", args=[note.pk])
        messages.success(request, f"Đã sửa {names}.", extra_tags=f"undo:{address}")
    return to_task(request, after, f"muc-{slug}")


def _conflict(request: HttpRequest, found: Task, conflict: Conflict) -> HttpResponse:
    """Both values of each field, for the second to choose; nothing typed is lost."""
    numbers = {
        each.field: (each.before or [], each.theirs or [], each.mine or [])
        for each in conflict.clashes
        if each.field in ("villages", "after")
    }
    names = history.names_for(numbers)
    rows = [
        (
            each,
            history.words(each.field, each.before, names),
            history.words(each.field, each.theirs, names),
            history.words(each.field, each.mine, names),
        )
        for each in conflict.clashes
    ]
    clashing = {each.field for each in conflict.clashes}
    shown = {
        "place": "work",
        "task": found,
        "rows": rows,
        "message": str(conflict),
        "revision": conflict.revision,
        "mine": json.dumps(conflict.mine, ensure_ascii=False),
        "also": [LABELS[name] for name in conflict.mine if name not in clashing],
        "key": uuid4(),
    }
    return render(request, "work/conflict.html", shown, status=409)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the second person chose field by field, having seen the first one's values."""
    found, sent = task_of(request, pk, Action.EDIT), request.POST
    try:
        mine = json.loads(sent.get("mine", ""))
    except ValueError:
        raise Http404 from None
    if not isinstance(mine, dict) or not set(mine) <= set(FIELDS):
        raise Http404
    chosen = {
        name: value for name, value in mine.items() if sent.get(f"lay-{name}", "mine") == "mine"
    }
    key, seen = form_key(request), number(sent.get("seen")) or 0
    try:
        after = tasks.change(person(request), pk, key, seen, chosen)
    except (BadTask, TypeError, ValueError) as bad:
        said = str(bad) if isinstance(bad, BadTask) else "Nội dung gửi lên không đọc được."
        return show(request, found, trouble=said, trouble_at="viec", status=422)
    except Conflict as conflict:
        return _conflict(request, found, conflict)
    return _changed(request, after, key, "viec")


@require_POST
def undo(request: HttpRequest, note: int) -> HttpResponse:
    """Take back one change of a task."""
    row = get_object_or_404(TaskNote.objects.select_related("task"), pk=note)
    found = task_of(request, row.task_id)
    try:
        undoing.undo(person(request), note, uuid5(row.key, "undo"))
    except BadTask as bad:
        messages.error(request, str(bad))
    except Conflict as conflict:
        messages.error(request, f"Không hoàn tác: {conflict}")
    else:
        messages.success(request, "Đã hoàn tác.")
    return to_task(request, found)


@require_POST
def as_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one field as the task's origin says it."""
    found, name = task_of(request, pk, Action.EDIT), request.POST.get("muc", "")
    if name not in found.followed:
        raise Http404
    key, seen = form_key(request), number(request.POST.get("seen")) or 0
    try:
        after = tasks.change(person(request), pk, key, seen, {name: found.followed[name]})
    except BadTask as bad:
        return show(request, found, trouble=str(bad), trouble_at=page.SLUGS[name], status=422)
    except Conflict as conflict:
        return _conflict(request, found, conflict)
    return _changed(request, after, key, page.SLUGS[name])
