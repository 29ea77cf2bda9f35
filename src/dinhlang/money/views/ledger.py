"""The ledger of movements: each with a paper and a day, only added, undone by a counter-entry."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, require
from dinhlang.vietnamese import clean_spaces

from .. import boxes as forms
from ..models import Movement, Need, Source, Step
from ..services import balance
from . import common, rows
from .common import person

A_PAGE = 50


@require_safe
@never_cache
def ledger(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """All movements of the year, the newest first, with the form to write one."""
    return _page(request, pk, year)


def _page(
    request: HttpRequest, pk: int, year: int, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    unit = common.place_of(request, pk, year)
    found: QuerySet[Movement] = Movement.objects.filter(need__place=unit, need__year=year)
    step = request.GET.get("buoc", "")
    if step in Step.values:
        found = found.filter(step=step)
    paper = clean_spaces(request.GET.get("van-ban", ""))
    if paper:
        found = found.filter(paper__icontains=paper)
    total = found.aggregate(sum=Sum("amount"))["sum"] or 0
    page = Paginator(
        found.select_related("need", "source", "by", "undone_by", "undoes").order_by("-day", "-pk"),
        A_PAGE,
    ).get_page(request.GET.get("trang"))
    live = {"place": unit, "year": year, "removed_at": None}
    shown = common.context(
        request, unit, year, "ledger", page=page, step=step, paper=paper, steps=list(Step),
        total=total, form=form, needs=list(Need.objects.filter(**live).order_by("text")),
        sources=list(Source.objects.filter(**live).order_by("kind", "pk")),
        with_paper=f"&buoc={step}&van-ban={paper}" if step or paper else "",
    )  # fmt: skip
    return render(request, "money/ledger.html", shown, status=status)


@require_POST
def add(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Write a movement; refused, its form stays as it was typed."""
    common.place_of(request, pk, year, Action.EDIT)
    form = forms.move_form(request.POST, year)
    if not form.troubles:
        try:
            key = common.form_number(request.POST.get("luot"))
            balance.move(person(request), forms.moved(form), key)
        except Need.DoesNotExist:
            form.troubles["need"] = "Không có nhu cầu này."
        except balance.BadRow as bad:
            form.troubles[bad.field or "amount"] = str(bad)
        else:
            messages.success(request, "Đã ghi sổ.")
            return redirect(common.back(request) or _address(pk, year))
    need = common.whole(request.POST.get("tu-nhu-cau"))
    if need is not None:
        found = common.row_of(request, Need, need)
        return rows.row_page(request, rows.KINDS["need"], found, form, status=422)
    return _page(request, pk, year, form, status=422)


def _address(pk: int, year: int) -> str:
    return redirect("money:ledger", pk, year)["Location"]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the counter-entry of a movement, with its reason."""
    seen = Movement.objects.restrict(person(request)).select_related(
        "need__place__parent", "source"
    )
    found: Movement = get_object_or_404(seen, pk=pk)
    require(person(request), Action.EDIT, found.need.place)
    if request.method != "POST":
        shown = common.context(request, found.need.place, found.need.year, "ledger", row=found)
        return render(request, "money/undo_movement.html", shown)
    try:
        key = common.form_number(request.POST.get("luot"))
        counter = balance.undo_move(person(request), found.pk, key, request.POST.get("ly-do", ""))
    except balance.BadRow as bad:
        messages.error(request, str(bad))
    else:
        again = reverse("money:ledger-redo", args=[counter.pk])
        messages.success(
            request, "Đã ghi bút toán đảo; khoản cũ vẫn còn trong sổ.", extra_tags=f"undo:{again}"
        )
    return redirect(common.back(request) or _address(found.need.place_id, found.need.year))
