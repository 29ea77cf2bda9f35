"""Templates of work: the list, trying one on a goal, making its tasks, keeping one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, can
from dinhlang.places.models import Unit

from .. import templating, typed
from ..models import TaskTemplate
from ..owners import Owner
from ..said import BadTask, Said
from ..selectors import page, serving
from ..services import templates as doing
from ..services.templates import Proposed
from ..templating import Shift, Template
from . import common
from .common import person
from .task_common import task_of, to_task

KEEP = "giu"
"""Asked so, steps keep the days counted back from the goal even where these are past."""


@require_safe
@never_cache
def templates(request: HttpRequest, place: int) -> HttpResponse:
    """Ours and the place's own."""
    unit, user = common.place_of(request, place), person(request)
    rows = TaskTemplate.objects.restrict(user).filter(place=unit, removed_at=None)
    sets = serving.main_first(unit, timezone.localdate())
    chosen = next((each for each in sets if each.id == request.GET.get("bo")), None)
    chosen = chosen or next(iter(sets), None)
    shown = {
        "place": "work", "tab": "templates", "unit": unit,
        "own": [(row, doing.of_row(row)) for row in rows.select_related("by")],
        "kinds": [each for each in templating.ours().values() if each.is_kind],
        "sets": sets, "chosen": chosen,
        "over": chosen is not None and serving.is_over(chosen, timezone.localdate()),
        "criteria": templating.offered(chosen) if chosen else [],
        "may_edit": can(user, Action.EDIT, unit),
        "may_decide": can(user, Action.REVIEW, unit),
    }  # fmt: skip
    return render(request, "work/templates.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def apply(request: HttpRequest, place: int, code: str) -> HttpResponse:
    """A template on a goal: its steps with days and leads to be changed, then made."""
    unit, user = common.place_of(request, place, Action.EDIT), person(request)
    template = doing.find(user, unit, code)
    if template is None:
        raise Http404
    on, trouble, rows = timezone.localdate(), "", list[Any]()
    if request.method == "POST":
        try:
            made = _make(request, unit, template, on)
        except BadTask as bad:
            return _page(request, unit, template, _sent(request, template), str(bad))
        messages.success(request, f"Đã tạo việc và {made.children.count()} bước từ mẫu.")
        return to_task(request, made, "viec-nho")
    try:
        goal = typed.day("end", request.GET.get("han"), on)
    except BadTask as bad:
        goal, trouble = None, str(bad)
    owner, days = None, None
    if goal is not None:
        days = Days.of(template, goal, on, keep=request.GET.get("ngay") == KEEP)
        owner = doing.owner_of(user, unit, *_chosen(request, unit, template, on)[:2])
        if owner is None and "tieu-chi" not in request.GET:
            owner = doing.owner_by_subject(user, unit, template)
        found = doing.propose(user, unit, template, days.goal, owner)
        rows = [_boxes(each, on) for each in found]
    return _page(request, unit, template, rows, trouble, owner, days)


@dataclass(frozen=True, slots=True)
class Days:
    """The day asked for, and the one that holds: later, where steps would begin before today."""

    asked: date
    goal: date
    shift: Shift | None
    keep: bool

    @classmethod
    def of(cls, template: Template, asked: date, on: date, *, keep: bool) -> Days:
        """The days of the template for that goal; moved unless they are to be kept."""
        found = templating.shift(template, asked, on)
        return cls(asked, asked if found is None or keep else found.goal, found, keep)


def _chosen(request: HttpRequest, unit: Unit, template: Template, on: date) -> tuple[str, str, str]:
    """Set, criterion and indicator: those chosen, else what the template is about here."""
    asked = request.POST if request.method == "POST" else request.GET
    if "tieu-chi" in asked:
        law, criterion, indicator = (asked["tieu-chi"] + "||").split("|")[:3]
        return law, criterion, indicator
    if own := doing.set_for(unit, template, on):
        return own, template.criterion, ""
    for law_set in serving.main_first(unit, on):
        if numbers := templating.served_by(template, law_set):
            return law_set.id, numbers[0], ""
    return "", "", ""


def _boxes(row: Proposed, on: date) -> dict[str, Any]:
    return {
        "number": row.number, "text": row.text, "product": row.product, "lead": row.lead,
        "start": f"{row.start:%d/%m/%Y}" if row.start else "",
        "end": f"{row.end:%d/%m/%Y}" if row.end else "", "wanted": True,
        "past": row.end is not None and row.end < on, "after": row.after,
        "why": row.why, "href": row.href,
    }  # fmt: skip


def _sent(request: HttpRequest, template: Template) -> list[dict[str, Any]]:
    """The rows as they were typed."""
    sent = request.POST
    return [
        {
            "number": at, "text": sent.get(f"viec-{at}", ""), "lead": sent.get(f"chu-tri-{at}", ""),
            "product": sent.get(f"san-pham-{at}", ""), "start": sent.get(f"bat-dau-{at}", ""),
            "end": sent.get(f"han-{at}", ""), "wanted": f"chon-{at}" in sent, "after": step.after,
        }
        for at, step in enumerate(template.steps, 1)
    ]  # fmt: skip


def _make(request: HttpRequest, unit: Unit, template: Template, on: date) -> Any:
    sent, rows = request.POST, list[Proposed]()
    for row in _sent(request, template):
        if not row["wanted"]:
            continue
        try:
            start, end = (typed.day(name, row[name], on) for name in ("start", "end"))
        except BadTask as bad:
            raise BadTask(f"Bước {row['number']}: {bad}") from None
        rows.append(
            Proposed(row["number"], row["text"], row["product"], row["lead"], start, end,
                     after=row["after"])
        )  # fmt: skip
    law, criterion, indicator = ((sent.get("tieu-chi") or "") + "||").split("|")[:3]
    ends = [row.end for row in rows if row.end]
    starts = [row.start for row in rows if row.start]
    goal = typed.day("end", sent.get("han"), on)
    whole = Said(
        text=sent.get("viec", ""), lead=typed.offices(sent.getlist("chu-tri")),
        villages=typed.numbers(sent.getlist("thon")), criterion_set=law, criterion=criterion,
        indicator=indicator, start=min(starts, default=None),
        end=max([*ends, *([goal] if goal else [])], default=None),
    )  # fmt: skip
    return doing.apply(person(request), unit, template, whole, rows, common.form_key(request))


def _page(
    request: HttpRequest, unit: Unit, template: Template, rows: list[dict[str, Any]],
    trouble: str = "", owner: Owner | None = None, days: Days | None = None,
) -> HttpResponse:  # fmt: skip
    on, asked = timezone.localdate(), request.POST or request.GET
    sets = serving.sets_of(unit, on)
    law, criterion, indicator = _chosen(request, unit, template, on)
    named = next((each for each in sets if each.id == law), None)
    goal = asked.get("han", "")
    if days is not None and days.shift is not None:
        goal = f"{days.asked if days.keep else days.shift.last:%d/%m/%Y}"
    shown = {
        "place": "work", "tab": "templates", "unit": unit, "template": template, "rows": rows,
        "trouble": trouble, "goal": goal, "days": days, "on": on,
        "text": asked.get("viec") or templating.task_text(template, named, criterion),
        "lead": asked.get("chu-tri", owner.office if owner else ""), "owner": owner,
        "may_edit": True,
        "key": common.form_key(request) if trouble else uuid4(),
        "offices": page.office_names(unit),
        "villages": page.village_choices(unit, typed.numbers(asked.getlist("thon"))),
        "choices": list(serving.choices(sets)),
        "chosen": f"{law}|{criterion}|{indicator}" if law else "",
        "keep_href": common.address(request, ngay=KEEP),
        "move_href": common.address(request, ngay=None),
    }  # fmt: skip
    return render(request, "work/template_apply.html", shown, status=422 if trouble else 200)


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a task with its smaller ones as a template."""
    found = task_of(request, pk, Action.REVIEW)
    try:
        row = doing.save(
            person(request), found, request.POST.get("ten", ""), common.form_key(request)
        )
    except BadTask as bad:
        messages.error(request, str(bad))
        return to_task(request, found, "viec-nho")
    messages.success(request, f"Đã lưu mẫu “{row.name[:80]}”.")
    return redirect(reverse("work:templates", args=[found.place_id]) + f"#mau-{row.pk}")


def _own(request: HttpRequest, pk: int) -> TaskTemplate:
    rows = TaskTemplate.objects.restrict(person(request), Action.REVIEW)
    found: TaskTemplate = get_object_or_404(rows, pk=pk)
    return found


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own template away; a message offers to bring it back."""
    row = _own(request, pk)
    doing.remove(person(request), pk)
    address = reverse("work:template-restore", args=[pk])
    messages.success(request, f"Đã xóa mẫu “{row.name[:80]}”.", extra_tags=f"undo:{address}")
    return redirect("work:templates", row.place_id)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it back."""
    row = _own(request, pk)
    doing.remove(person(request), pk, back=True)
    messages.success(request, f"Đã khôi phục mẫu “{row.name[:80]}”.")
    return redirect("work:templates", row.place_id)
