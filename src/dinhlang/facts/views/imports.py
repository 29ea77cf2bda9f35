"""The sheet out and in."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, restrict
from dinhlang.vietnamese import fold

from .. import sheets
from ..models import SheetImport, Source
from ..selectors import grid as grids
from ..selectors import previewing
from ..services import BadEntry, importing
from . import common
from .common import person
from .grid import wanted_of


@require_safe
def template(request: HttpRequest, pk: int) -> FileResponse:
    """The sheet of the lines on the page, with what is known already."""
    unit, period = common.place_of(request, pk), common.period_asked(request)
    found = grids.grid(unit, period, wanted_of(request))
    name = fold(unit.title).replace(" ", "-")
    return common.download(
        sheets.workbook(unit, period, found.lines), f"so-lieu-{name}-{period.code}.xlsx"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a filled sheet; it is read and shown before anything is written."""
    unit = common.place_of(request, pk, Action.EDIT)
    period, trouble = common.period_asked(request), ""
    if request.method == "POST":
        sent = request.FILES.get("tep")
        number = common.form_number(request.POST.get("luot"))
        if sent is None:
            trouble = "Chưa chọn tệp nào."
        elif (sent.size or 0) > sheets.MOST_BYTES:
            trouble = "Tệp lớn hơn 5 MB. Hãy dùng tệp mẫu tải từ trang này."
        else:
            try:
                made = importing.bring_in(
                    person(request), unit, period, sent.name or "", sent.read(), number
                )
                return redirect("facts:import", made.pk)
            except sheets.BadSheet as bad:
                trouble = str(bad)
    shown = common.context(
        unit, "facts", period=period, periods=common.periods(period), trouble=trouble,
        submission=uuid4(),
    )  # fmt: skip
    return render(request, "facts/upload.html", shown, status=422 if trouble else 200)


def _import(request: HttpRequest, pk: UUID) -> SheetImport:
    rows = restrict(SheetImport.objects.all(), person(request), Action.EDIT)
    found: SheetImport = get_object_or_404(rows.select_related("place__parent", "by"), pk=pk)
    return found


@require_safe
@never_cache
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the sheet says: the lines with errors first, and what would be entered."""
    return _preview(request, _import(request, pk))


def _preview(request: HttpRequest, found: SheetImport, trouble: str = "") -> HttpResponse:
    rows = importing.rows_of(found)
    bad = [row for row in rows if row.error]
    good = previewing.compared(found, rows)
    shown = common.context(
        found.place, "facts", found=found, period=found.time, bad=bad, trouble=trouble,
        changing=[each for each in good if not each.is_same and each.before],
        new=[each for each in good if not each.before],
        changing_count=sum(not each.is_same and bool(each.before) for each in good),
        same=[each for each in good if each.is_same], labels=dict(Source.choices),
    )  # fmt: skip
    return render(request, "facts/preview.html", shown, status=422 if trouble else 200)


@require_POST
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the good lines, all or none."""
    found = _import(request, pk)
    try:
        done = importing.write(person(request), found.pk)
    except BadEntry as bad:
        return _preview(request, found, str(bad))
    kept = sum(not row.error for row in importing.rows_of(done)) - done.written
    words = f"Đã nhập {done.written} số liệu từ tệp “{done.filename}”."
    if not done.written:
        words = f"Tệp “{done.filename}” giống hệt số liệu đã có nên không ghi gì."
    elif kept > 0:
        words += f" {kept} dòng không đổi, không ghi lại."
    messages.success(request, words)
    return redirect("facts:grid", found.place_id)
