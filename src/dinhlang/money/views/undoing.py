"""“Hoàn tác” of the room of money: each address takes a POST and goes back where it came from."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from dinhlang.people.access import Action, require, restrict

from ..models import MoneyImport, Movement, Receipt, RowChange, SupportImport
from ..services import undoing
from ..services.trouble import BadRow
from ..services.undoing import TakenBack
from . import common
from .common import person

MOST_TOLD = 5


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a need or a source back to what it was before a change."""
    rows = restrict(RowChange.objects.all(), person(request), Action.EDIT)
    found: RowChange = get_object_or_404(rows, pk=pk)
    try:
        undoing.undo_change(person(request), found.pk, uuid5(found.key, "hoàn tác"))
    except BadRow as bad:
        messages.error(request, str(bad))
    else:
        messages.success(request, "Đã hoàn tác.")
    name = "need" if found.need_id else "source"
    there = reverse(f"money:{name}", args=[found.need_id or found.source_id])
    return redirect(common.back(request) or there)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a movement again whose counter-entry was just written."""
    seen = Movement.objects.restrict(person(request)).select_related("need__place")
    counter: Movement = get_object_or_404(seen, pk=pk)
    need = counter.need
    require(person(request), Action.EDIT, need.place)
    try:
        undoing.redo_move(person(request), counter.pk, uuid5(counter.key, "hoàn tác"))
    except BadRow as bad:
        messages.error(request, str(bad))
    else:
        messages.success(request, "Đã ghi lại khoản vừa hủy.")
    return redirect(
        common.back(request) or reverse("money:ledger", args=[need.place_id, need.year])
    )


@require_POST
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a receipt again that was just cancelled."""
    rows = restrict(Receipt.objects.all(), person(request), Action.EDIT)
    counter: Receipt = get_object_or_404(rows, pk=pk)
    try:
        made = undoing.give_again(person(request), counter.pk, uuid5(counter.key, "hoàn tác"))
    except BadRow as bad:
        messages.error(request, str(bad))
        return redirect("money:receipt", counter.pk)
    messages.success(request, f"Đã lập lại thành phiếu số {made.number}/{made.year}.")
    return redirect("money:receipt", made.pk)


@require_POST
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what a workbook wrote."""
    rows = restrict(MoneyImport.objects.all(), person(request), Action.EDIT)
    found: MoneyImport = get_object_or_404(rows, pk=pk)
    _told(request, undoing.undo_import(person(request), found.pk))
    return redirect("money:overview", found.place_id, found.year)


@require_POST
def support(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what a list wrote."""
    rows = restrict(SupportImport.objects.all(), person(request), Action.EDIT)
    found: SupportImport = get_object_or_404(rows, pk=pk)
    _told(request, undoing.undo_support_import(person(request), found.pk))
    if found.policy_id:
        return redirect("money:policy", found.policy_id)
    return redirect(f"{reverse('money:contributions', args=[found.place_id])}?nam={found.year}")


def _told(request: HttpRequest, taken: TakenBack) -> None:
    messages.success(request, f"Đã hoàn tác {taken.lines} dòng của tệp.")
    for words in taken.stay[:MOST_TOLD]:
        messages.warning(request, words)
    if len(taken.stay) > MOST_TOLD:
        messages.warning(request, f"Còn {len(taken.stay) - MOST_TOLD} dòng nữa giữ lại.")
