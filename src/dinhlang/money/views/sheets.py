"""The workbook out and in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, restrict
from dinhlang.places.models import Level, Unit

from .. import sheets
from ..models import MoneyImport, Movement
from ..selectors import balance
from ..services import importing
from ..services.trouble import BadRow
from . import common
from .common import person


@require_safe
def workbook(request: HttpRequest, pk: int, year: int) -> FileResponse:
    """The year's needs, sources and movements, with lists to choose from."""
    unit = common.place_of(request, pk, year)
    rows = Movement.objects.filter(need__place=unit, need__year=year, need__removed_at=None)
    villages = Unit.objects.filter(parent=unit, level=Level.VILLAGE, valid_to=None)
    moves = rows.select_related("need", "source").order_by("day", "pk")
    data = sheets.workbook(
        unit, balance.sheet(unit, year), moves, list(villages.order_by("sort_key"))
    )
    return common.download(data, f"kinh-phi-{common.slug(unit)}-{year}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Choose a filled workbook; it is read and shown before anything is written."""
    unit = common.place_of(request, pk, year, Action.EDIT)
    trouble = ""
    if request.method == "POST":
        sent = request.FILES.get("tep")
        if sent is None:
            trouble = "Chưa chọn tệp nào."
        elif (sent.size or 0) > sheets.MOST_BYTES:
            trouble = "Tệp lớn hơn 5 MB. Hãy dùng tệp mẫu tải từ trang này."
        else:
            try:
                made = importing.bring_in(
                    person(request), unit, year, sent.name or "", sent.read(),
                    common.form_number(request.POST.get("luot")),
                )  # fmt: skip
                return redirect("money:import", made.pk)
            except sheets.BadSheet as bad:
                trouble = str(bad)
    shown = common.context(request, unit, year, "needs", trouble=trouble)
    return render(request, "money/upload.html", shown, status=422 if trouble else 200)


@require_safe
@never_cache
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the workbook says: lines with errors first, then what would be written."""
    return _preview(request, _import(request, pk))


def _import(request: HttpRequest, pk: UUID) -> MoneyImport:
    rows = restrict(MoneyImport.objects.all(), person(request), Action.EDIT)
    found: MoneyImport = get_object_or_404(rows.select_related("place__parent", "by"), pk=pk)
    return found


def _preview(request: HttpRequest, found: MoneyImport, trouble: str = "") -> HttpResponse:
    rows = importing.rows_of(found)
    shown = common.context(
        request, found.place, found.year, "needs", found=found, trouble=trouble,
        wrong=[row for row in rows if row.state == importing.WRONG],
        new=[row for row in rows if row.state == importing.NEW],
        changed=[row for row in rows if row.state == importing.CHANGED],
        same=sum(row.state == importing.SAME for row in rows),
    )  # fmt: skip
    return render(request, "money/preview.html", shown, status=422 if trouble else 200)


@require_POST
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the good lines, all or none."""
    found = _import(request, pk)
    try:
        done = importing.write(person(request), found.pk)
    except BadRow as bad:
        return _preview(request, found, str(bad))
    written = done.written
    messages.success(
        request, f"Đã ghi {written['new']} dòng mới, sửa {written['changed']} dòng từ tệp Excel.",
        extra_tags=f"undo:{reverse('money:import-undo', args=[found.pk])}",
    )  # fmt: skip
    return redirect("money:overview", found.place_id, found.year)
