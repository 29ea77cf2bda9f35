"""Templates of a commune: fields, ours to start from, one brought in, preview, choice, history."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.papers.writing import templates
from dinhlang.papers.writing.templates import MOST_BYTES, BadTemplate
from dinhlang.people.access import Action, require
from dinhlang.places.models import Unit
from dinhlang.plans.views.common import download

from .. import office_files, selectors, services, stored
from ..models import PaperTemplate
from .common import DOCX, commune, file_name, form_key, form_of, frame, person


@require_safe
@never_cache
def shelf(request: HttpRequest, place: int) -> HttpResponse:
    """The kinds, each with the template in use."""
    unit = commune(request, place)
    shown = frame(request, unit, "templates", shelves=selectors.shelves(person(request), unit))
    return render(request, "drafting/papers/templates.html", shown)


def _page(
    request: HttpRequest,
    unit: Unit,
    kind: str,
    status: int = 200,
    refused: BadTemplate | None = None,
) -> HttpResponse:
    form = form_of(kind)
    shown = frame(
        request, unit, "templates", form=form, used=selectors.in_use(unit, kind),
        submission=uuid4(), refused=refused, **selectors.history(person(request), unit, kind),
    )  # fmt: skip
    return render(request, "drafting/papers/template.html", shown, status=status)


@require_safe
@never_cache
def kind(request: HttpRequest, place: int, kind: str) -> HttpResponse:
    """One kind: its fields, its templates, who brought them in."""
    return _page(request, commune(request, place), kind)


@require_safe
def ours(request: HttpRequest, place: int, kind: str) -> FileResponse:
    """Our own template as a Word file."""
    commune(request, place)
    form = form_of(kind)
    return download(form.template(), file_name(".docx", "mau", form.title), DOCX)


@require_POST
def bring_in(request: HttpRequest, place: int, kind: str) -> HttpResponse:
    """A template changed in Word: checked, then used; or refused with reason and place."""
    unit = commune(request, place)
    form_of(kind)
    require(person(request), Action.REVIEW, unit)
    given = request.FILES.get("tep")
    if given is None:
        return _page(request, unit, kind, 422, BadTemplate("Chưa chọn tệp.", "Hãy chọn tệp .docx."))
    if (given.size or 0) > MOST_BYTES:
        refusal = BadTemplate("Mẫu lớn hơn 5 MB.", "Hãy bỏ bớt hình trong mẫu.")
        return _page(request, unit, kind, 422, refusal)
    try:
        services.bring_in(
            person(request), unit, kind, given.name or "", given.read(), form_key(request)
        )
    except BadTemplate as error:
        return _page(request, unit, kind, 422, error)
    messages.success(request, "Mẫu dùng được và đang được dùng từ bây giờ.")
    return redirect("drafting:papers:template", unit.pk, kind)


@require_POST
def choose(request: HttpRequest, place: int, kind: str) -> HttpResponse:
    """Use one of those brought in, or ours."""
    unit = commune(request, place)
    form_of(kind)
    wanted = request.POST.get("mau", "")
    chosen = _template(request, unit, kind, int(wanted)) if wanted.isdecimal() else None
    services.choose(person(request), unit, kind, chosen)
    words = f"Đang dùng mẫu “{chosen}”." if chosen else "Đang dùng mẫu có sẵn của Đình Làng."
    messages.success(request, words)
    return redirect("drafting:papers:template", unit.pk, kind)


def _template(request: HttpRequest, unit: Unit, kind: str, pk: int) -> PaperTemplate:
    rows = PaperTemplate.objects.restrict(person(request)).filter(place=unit, kind=kind)
    found: PaperTemplate = get_object_or_404(rows, pk=pk)
    return found


def _bytes(found: PaperTemplate) -> bytes:
    try:
        with stored.template_files.open_stored(found.sha256) as held:
            content: bytes = held.read()
    except FileNotFoundError:
        raise Http404 from None
    return content


@require_safe
@never_cache
def file(request: HttpRequest, place: int, kind: str, pk: int) -> FileResponse:
    """A template that was brought in, as it came."""
    found = _template(request, commune(request, place), kind, pk)
    return download(_bytes(found), found.filename, DOCX)


@require_safe
@never_cache
def preview(request: HttpRequest, place: int, kind: str, pk: int = 0) -> HttpResponse:
    """A template filled with examples, as words and tables; ours where no number is given."""
    unit, form = commune(request, place), form_of(kind)
    found = _template(request, unit, kind, pk) if pk else None
    content = _bytes(found) if found is not None else form.template()
    filled = templates.fill(content, templates.examples(form.fields))
    shown = frame(
        request, unit, "templates", form=form, template=found,
        # Everything in it is escaped where it is made.
        preview=mark_safe(office_files.to_html(filled)),
    )  # fmt: skip
    return render(request, "drafting/papers/template_preview.html", shown)
