"""The villages of a commune: add, rename, merge, split, move, take back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.vietnamese import format_date

from .. import gate, selectors, services
from ..forms import MergeForm, RenameForm, SplitForm, VillageForm
from ..models import Level, Unit


@require_safe
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The villages with everything that can be done with them."""
    return _page(request, _commune(request, pk))


def _commune(request: HttpRequest, pk: int) -> Unit:
    found = get_object_or_404(
        selectors.visible(request.user).select_related("parent__parent"),
        pk=pk,
        level=Level.COMMUNE,
    )
    gate.require(request.user, services.MANAGE, found)
    return found


def _village(request: HttpRequest, pk: int) -> tuple[Unit, Unit]:
    """The village and its commune. 404 for what the person may not see."""
    found = get_object_or_404(
        selectors.visible(request.user).select_related("parent__parent"),
        pk=pk,
        level=Level.VILLAGE,
    )
    assert found.parent is not None
    gate.require(request.user, services.MANAGE, found.parent)
    return found, found.parent


def _page(
    request: HttpRequest, commune: Unit, *, refused: str = "", at: int | str = "", status: int = 200
) -> HttpResponse:
    """The page; after a refusal with its words at the form, and with what was typed."""
    villages = list(selectors.villages(commune))
    usual = _usual_kind(villages)
    successors = [] if commune.is_current else [k.unit for k in selectors.history(commune).became]
    context = {
        "place": "places",
        "commune": commune,
        "villages": villages,
        "add": VillageForm(initial={"loai": usual}),
        "kinds": VillageForm().fields["loai"].choices,  # type: ignore[attr-defined]
        "usual": usual,
        "today": timezone.localdate(),
        "successors": successors,
        "refused": refused,
        "at": at,
        "typed": request.POST if refused else {},
        "typed_numbers": request.POST.getlist("thon") if refused else [],
    }
    return render(request, "places/villages.html", context, status=status)


def _usual_kind(villages: list[Unit]) -> str:
    kinds = [village.kind for village in villages]
    return max(set(kinds), key=kinds.count) if kinds else "thôn"


def _first_trouble(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])


def _done(request: HttpRequest, commune: Unit, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("places:villages", commune.pk)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a village; one that is there already is what a double click wanted."""
    commune = _commune(request, pk)
    form = VillageForm(request.POST)
    if not form.is_valid():
        return _page(request, commune, refused=_first_trouble(form), at="them", status=422)
    said = form.cleaned_data
    try:
        village = services.create_village(request.user, commune, said["loai"], said["ten"])
    except services.AlreadyThere as there:
        messages.info(request, str(there))
        return redirect("places:villages", commune.pk)
    except services.NotAllowedHere as refusal:
        return _page(request, commune, refused=str(refusal), at="them", status=422)
    return _done(request, commune, f"Đã thêm {village.full_name}.")


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name from a day on, or a correction."""
    village, commune = _village(request, pk)
    form = RenameForm(request.POST)
    before = village.full_name

    def work(said: dict[str, Any]) -> str:
        day = said["ngay"] or timezone.localdate()
        correction = bool(said["sua_loi"])
        unit = services.rename_unit(
            request.user, village, said["loai"], said["ten"], day, correction=correction
        )
        if correction:
            return f"Đã sửa {before} thành {unit.full_name}."
        return f"{before.capitalize()} đổi tên thành {unit.full_name} từ {format_date(day)}."

    return _try(request, commune, village.pk, form, work)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Several villages become one."""
    commune = _commune(request, pk)
    villages = {village.pk: village for village in selectors.villages(commune)}
    form = MergeForm(request.POST, numbers=list(villages))

    def work(said: dict[str, Any]) -> str:
        olds = [villages[number] for number in said["thon"]]
        new = services.NewUnit(said["loai"], said["ten"])
        made = services.merge_units(request.user, olds, new, said["ngay"], basis=said["can_cu"])
        return f"Đã nhập {len(olds)} thôn thành {made.full_name} từ {format_date(said['ngay'])}."

    return _try(request, commune, "nhap", form, work)


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """One village becomes several."""
    village, commune = _village(request, pk)
    form = SplitForm(request.POST)

    def work(said: dict[str, Any]) -> str:
        news = [services.NewUnit(village.kind, name) for name in form.names]
        made = services.split_unit(request.user, village, news, said["ngay"], basis=said["can_cu"])
        names = ", ".join(unit.full_name for unit in made)
        return f"Đã chia {village.full_name} thành {names} từ {format_date(said['ngay'])}."

    return _try(request, commune, village.pk, form, work)


class _MoveForm(forms.Form):
    xa = forms.IntegerField(error_messages={"required": "Chưa chọn xã mới."})


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """A village of a commune that was divided goes to one of the communes it became."""
    village, commune = _village(request, pk)
    form = _MoveForm(request.POST)

    def work(said: dict[str, Any]) -> str:
        kin = {each.unit.pk: each for each in selectors.history(commune).became}
        if said["xa"] not in kin:
            raise services.NotAllowedHere("Chỉ chuyển được sang xã mà xã cũ đã nhập vào.")
        target = kin[said["xa"]]
        services.transfer_unit(request.user, village, target.unit, target.day)
        return f"Đã chuyển {village.full_name} sang {target.unit.full_name}."

    return _try(request, commune, village.pk, form, work)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a village entered by mistake."""
    village, commune = _village(request, pk)

    def work(said: dict[str, Any]) -> str:
        name = village.full_name
        services.remove_village(request.user, village)
        return f"Đã bỏ {name}."

    return _try(request, commune, village.pk, forms.Form(request.POST), work)


def _try(
    request: HttpRequest, commune: Unit, at: int | str, form: forms.Form, work: Any
) -> HttpResponse:
    """Do the work where the form is right; otherwise the page again, saying what is wrong."""
    if not form.is_valid():
        return _page(request, commune, refused=_first_trouble(form), at=at, status=422)
    try:
        words = work(form.cleaned_data)
    except services.NotAllowedHere as refusal:
        return _page(request, commune, refused=str(refusal), at=at, status=422)
    return _done(request, commune, words)
