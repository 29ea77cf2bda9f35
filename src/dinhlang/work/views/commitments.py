"""Cam kết: what a place has promised a higher level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

from dinhlang.people.access import Action, can
from dinhlang.places.models import Unit

from .. import origins
from ..days import BadDay, read_day
from ..models import Commitment, CommitmentState
from ..selectors import commitments as looking
from ..services import commitments as doing
from ..services.errors import BadTask, Conflict
from . import common
from .common import person
from .task_common import number


def _frame(request: HttpRequest, unit: Unit, **more: Any) -> dict[str, Any]:
    user = person(request)
    return {
        "place": "work",
        "tab": "commitments",
        "unit": unit,
        "on": timezone.localdate(),
        "may_edit": can(user, Action.EDIT, unit),
        "may_review": can(user, Action.REVIEW, unit),
        "key": uuid4(),
        **more,
    }


BOXES = {
    "to_whom": "voi", "text": "noi-dung", "criteria": "tieu-chi", "due": "han",
    "paper": "van-ban", "paper_date": "ngay-van-ban",
}  # fmt: skip


@require_safe
@never_cache
def commitments(request: HttpRequest, place: int) -> HttpResponse:
    """The commitments of a place: to confirm, running by how near, and those that are over."""
    unit, user, on = common.place_of(request, place), person(request), timezone.localdate()
    found = looking.of_place(user, unit, on)
    return render(request, "work/commitments.html", _frame(request, unit, found=found))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, place: int) -> HttpResponse:
    """A new commitment."""
    unit, user = common.place_of(request, place, Action.EDIT), person(request)
    typed, trouble = {name: request.POST.get(sent, "") for name, sent in BOXES.items()}, ""
    if request.method == "POST":
        try:
            row = doing.add(user, unit, _promise(request), common.form_key(request))
            messages.success(request, "Đã ghi cam kết.")
            return redirect("work:commitment", unit.pk, row.pk)
        except (BadDay, doing.BadCommitment) as bad:
            trouble = str(bad)
    chosen = request.POST.getlist("viec"), request.POST.getlist("tep")
    shown = _frame(request, unit, **_choices(request, unit, chosen), typed=typed, trouble=trouble)
    return render(request, "work/commitment_add.html", shown, status=422 if trouble else 200)


def _choices(
    request: HttpRequest,
    unit: Unit,
    chosen: tuple[list[str], list[str]],
    criteria: Sequence[str] = (),
) -> dict[str, Any]:
    user = person(request)
    tasks = {found for text in chosen[0] if (found := number(text)) is not None}
    files = {found for text in chosen[1] if (found := number(text)) is not None}
    return {
        "tasks": looking.tasks_to_choose(user, unit, tasks, criteria),
        "files": looking.files_to_choose(user, unit, files),
        "chosen_tasks": tasks,
        "chosen_files": files,
    }


def _promise(request: HttpRequest) -> doing.Promise:
    return doing.Promise(**_said(request.POST, request))


def _said(sent: Mapping[str, str], request: HttpRequest) -> dict[str, Any]:
    """What the form says. Raises ``BadDay``."""
    today = timezone.localdate()
    return {
        "to_whom": sent.get("voi", ""),
        "text": sent.get("noi-dung", ""),
        "criteria": sent.get("tieu-chi", "").replace(";", ",").replace(" ", ",").split(","),
        "due": read_day(sent.get("han"), today),
        "paper": sent.get("van-ban", ""),
        "paper_date": read_day(sent.get("ngay-van-ban"), today),
        "tasks": [n for text in request.POST.getlist("viec") if (n := number(text)) is not None],
        "evidence": [n for text in request.POST.getlist("tep") if (n := number(text)) is not None],
    }


def _row(request: HttpRequest, place: int, pk: int, action: Action = Action.VIEW) -> Commitment:
    rows = Commitment.objects.restrict(person(request), action).filter(place=place)
    found: Commitment = get_object_or_404(
        rows.select_related("place", "created_by", "changed_by"), pk=pk
    )
    return found


@require_safe
@never_cache
def commitment(request: HttpRequest, place: int, pk: int) -> HttpResponse:
    """One commitment: what, to whom, by when, what is done for it, what happened."""
    return _page(request, _row(request, place, pk))


def _page(
    request: HttpRequest, row: Commitment, trouble: str = "", status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:  # fmt: skip
    on = timezone.localdate()
    kept = doing.plain_of(row)
    typed = _typed(row)
    if trouble or conflict:
        typed |= {name: request.POST.get(sent, typed[name]) for name, sent in BOXES.items()}
    chosen = ([str(pk) for pk in kept["tasks"]], [str(pk) for pk in kept["evidence"]])
    if conflict:
        chosen = (request.POST.getlist("viec"), request.POST.getlist("tep"))
    shown = _frame(
        request, row.place, row=row, line=looking.line_of(row, on), typed=typed, trouble=trouble,
        conflict=conflict, clashes=_clashes(conflict), notes=looking.notes_of(row),
        own_tasks=looking.tasks_of(person(request), row, on),
        own_files=looking.files_of(person(request), row),
        origin=origins.address(row.origin_ref) if row.origin_ref else "",
        states=CommitmentState, **_choices(request, row.place, chosen, row.criteria),
    )  # fmt: skip
    return render(request, "work/commitment.html", shown, status=status)


def _typed(row: Commitment) -> dict[str, str]:
    return {
        "to_whom": row.to_whom, "text": row.text, "criteria": ", ".join(row.criteria),
        "due": f"{row.due:%d/%m/%Y}" if row.due else "", "paper": row.paper,
        "paper_date": f"{row.paper_date:%d/%m/%Y}" if row.paper_date else "",
    }  # fmt: skip


def _clashes(conflict: Conflict | None) -> list[dict[str, str]]:
    if conflict is None:
        return []
    return [
        {
            "label": each.label, "theirs": _words(each.theirs), "mine": _words(each.mine),
            "who": each.who, "when": each.when,
        }
        for each in conflict.clashes
    ]  # fmt: skip


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "trống"
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except (TypeError, ValueError):
        return str(value or "trống")


@require_POST
def change(request: HttpRequest, place: int, pk: int) -> HttpResponse:
    """Keep changed fields."""
    row = _row(request, place, pk, Action.EDIT)
    try:
        said = _said(request.POST, request)
        doing.change(
            person(request), row.pk, common.form_key(request),
            number(request.POST.get("seen")) or 0, said,
        )  # fmt: skip
    except (BadDay, doing.BadCommitment) as bad:
        return _page(request, row, str(bad), 422)
    except Conflict as conflict:
        row.refresh_from_db()
        return _page(request, row, "", 409, conflict)
    messages.success(request, "Đã lưu cam kết.")
    return redirect("work:commitment", place, pk)


@require_POST
def tell(request: HttpRequest, place: int, pk: int) -> HttpResponse:
    """Give it a state, a remark, or both."""
    row = _row(request, place, pk, Action.EDIT)
    state, text = request.POST.get("tt", row.state), request.POST.get("ghi-chu", "")
    try:
        doing.tell(person(request), row.pk, common.form_key(request), state, text)
    except (BadTask, doing.BadCommitment) as bad:
        return _page(request, row, str(bad), 422)
    messages.success(request, "Đã cập nhật cam kết.")
    if request.POST.get("ve") == "danh-sach":
        return redirect("work:commitments", place)
    return redirect("work:commitment", place, pk)


@require_POST
def remove(request: HttpRequest, place: int, pk: int) -> HttpResponse:
    """Delete a commitment; it can be brought back."""
    row = _row(request, place, pk, Action.EDIT)
    doing.remove(person(request), row.pk, common.form_key(request))
    undo = reverse("work:commitment-restore", args=[place, pk])
    messages.success(request, "Đã xóa cam kết.", extra_tags=f"undo:{undo}")
    return redirect("work:commitments", place)


@require_POST
def restore(request: HttpRequest, place: int, pk: int) -> HttpResponse:
    """Bring back a deleted commitment."""
    row = _row(request, place, pk, Action.EDIT)
    doing.restore(person(request), row.pk)
    messages.success(request, "Đã khôi phục cam kết.")
    return redirect("work:commitment", place, pk)
