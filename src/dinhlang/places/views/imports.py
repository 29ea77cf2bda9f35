"""Bringing in lists: upload, look at what was found, confirm."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from dinhlang.vietnamese import nfc

from .. import gate, selectors, services
from ..forms import ImportForm
from ..importing import runs, samples
from ..models import Import, ImportState, Unit

RECENT = 10


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """The form, and the last imports."""
    gate.require(request.user, services.MANAGE, None)
    return _home(request, ImportForm(initial={"luot": uuid4()}))


def _home(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    context = {
        "place": "places",
        "form": form,
        "recent": selectors.imports(request.user)[:RECENT],
        "count": Unit.objects.current().count(),
        "samples": samples.NAMES,
    }
    return render(request, "places/imports.html", context, status=status)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and start checking it."""
    gate.require(request.user, services.MANAGE, None)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, form, 422)
    said = form.cleaned_data
    file = said["tep"]
    given = runs.Given(nfc(file.name)[-200:], file.size, file.chunks())
    try:
        found = runs.start_import(request.user, said["luot"], said["loai"], given, form.options)
    except services.NotAllowedHere as refusal:
        form.add_error("tep", str(refusal))
        return _home(request, form, 422)
    return redirect("places:import", found.pk)


@require_safe
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """An Excel file to fill in."""
    gate.require(request.user, services.MANAGE, None)
    if kind not in samples.NAMES:
        raise Http404
    answer = HttpResponse(
        samples.workbook(kind),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = f'attachment; filename="mau-{kind}.xlsx"'
    return answer


def _mine(request: HttpRequest, pk: UUID) -> Import:
    found = get_object_or_404(selectors.imports(request.user), pk=pk)
    if found.is_open and runs.fail_lost():
        found.refresh_from_db()
    return found


@require_safe
@never_cache
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An import: its progress, its preview with the rows that are wrong, or what it did."""
    return _one(request, _mine(request, pk))


def _one(request: HttpRequest, found: Import, refused: str = "", status: int = 200) -> HttpResponse:
    context = {"place": "places", "import": found, "refused": refused}
    return render(request, "places/import.html", context, status=status)


@require_GET
@never_cache
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bar, asked for again and again; its end loads the page anew."""
    found = _mine(request, pk)
    if not found.is_open:
        return HttpResponseClientRedirect(reverse("places:import", args=[pk]))
    return render(request, "places/_progress.html", {"import": found})


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write what was checked."""
    found = _mine(request, pk)
    skip = bool(request.POST.get("bo_qua_loi"))
    try:
        runs.confirm_import(request.user, found, skip_errors=skip)
    except services.NotAllowedHere as refusal:
        return _one(request, found, str(refusal), 422)
    return redirect("places:import", pk)


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop, or drop what waits for confirmation."""
    found = _mine(request, pk)
    runs.stop_import(request.user, found)
    if found.state == ImportState.CHECKED:
        return redirect("places:imports")
    return redirect("places:import", pk)
