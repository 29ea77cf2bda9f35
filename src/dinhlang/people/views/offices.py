"""Administration: the offices of places."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import selectors, services
from ..access import Action, restrict
from ..forms import OfficeForm, described
from ..models import Office
from .checks import add_errors, manager, person

PAGE = 50


@require_safe
@never_cache
@manager
def offices(request: HttpRequest) -> HttpResponse:
    """All offices one manages, with who holds each today."""
    return _page(request)


def _page(request: HttpRequest, form: OfficeForm | None = None, status: int = 200) -> HttpResponse:
    by = person(request)
    text = request.GET.get("tim", "")[:100]
    found = Paginator(selectors.offices(by, text), PAGE).get_page(request.GET.get("trang"))
    home = selectors.home_place(by)
    start = {"place": described(home)} if home else {}
    context = {
        "place": "admin",
        "tab": "offices",
        "found": found,
        "text": text,
        "form": form or OfficeForm(by, initial=start),
    }
    return render(request, "people/offices.html", context, status=status)


@require_POST
@manager
def add(request: HttpRequest) -> HttpResponse:
    """A new office."""
    form = OfficeForm(person(request), request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            office = services.create_office(person(request), data["place"], data["title"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"Đã có chức vụ “{office.title}”.")
            return redirect("people:offices")
    return _page(request, form, 422)


def _mine(request: HttpRequest, pk: int) -> Office:
    return get_object_or_404(restrict(Office.objects.all(), person(request), Action.MANAGE), pk=pk)


@require_POST
@manager
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another title."""
    office = _mine(request, pk)
    try:
        services.rename_office(person(request), office, request.POST.get("title", ""))
    except ValidationError as error:
        messages.error(request, f"Chưa đổi được tên: {error.messages[0]}")
    else:
        messages.success(request, "Đã đổi tên chức vụ.")
    return redirect("people:offices")


@require_POST
def also(request: HttpRequest) -> HttpResponse:
    """One more name for the office of the number ``chuc-vu``."""
    chosen = request.POST.get("chuc-vu", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 15):
        raise Http404
    return names(request, int(chosen))


@require_POST
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """What the office is also called; ``ve`` tells where the form stood."""
    rows = restrict(Office.objects.filter(closed_on=None), person(request), Action.EDIT)
    get_object_or_404(rows, pk=pk)
    sent = request.POST
    try:
        now = services.name_office(
            person(request), pk, sent.get("da-thay", ""),
            f"{sent.get('ten-khac', '')}\n{sent.get('them', '')}",
        )  # fmt: skip
    except ValidationError as error:
        messages.error(request, f"Chưa lưu được tên gọi khác: {error.messages[0]}")
    else:
        said = (
            "; ".join(now.other_names.split("\n")) if now.other_names else "không có tên nào khác"
        )
        messages.success(request, f"{now.title}, tên gọi khác: {said}.")
    back = sent.get("ve", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("people:offices")


@require_POST
@manager
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The office is no more."""
    office = _mine(request, pk)
    services.close_office(person(request), office)
    messages.success(request, f"Đã thôi dùng chức vụ “{office.title}”.")
    return redirect("people:offices")
