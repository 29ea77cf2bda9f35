"""Tasks out to Excel and in again: the file to fill, what it says, writing it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, restrict

from .. import sheets
from ..models import WorkImport
from ..said import BadTask
from ..services import importing, undoing_import
from . import common
from .common import person

MOST_TOLD = 5


@require_safe
def workbook(request: HttpRequest, place: int) -> FileResponse:
    """The place's tasks to fill, with lists to choose from; ``tat-ca``: those over, too."""
    unit = common.place_of(request, place, Action.EDIT)
    on = timezone.localdate()
    everything = "tat-ca" in request.GET
    data = importing.workbook(person(request), unit, on, everything=everything)
    name = "Mọi công việc" if everything else "Công việc để điền"
    return common.download(data, common.file_name(name, unit.name, f"{on}"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload(request: HttpRequest, place: int) -> HttpResponse:
    """Choose a filled file; it is read and shown before anything is written."""
    unit = common.place_of(request, place, Action.EDIT)
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
                    person(request), unit, sent.name or "", sent.read(), common.form_key(request)
                )
                return redirect("work:import-preview", made.pk)
            except sheets.BadSheet as bad:
                trouble = str(bad)
    shown = {"place": "work", "tab": "import", "unit": unit, "trouble": trouble, "key": uuid4(),
             "may_edit": True}  # fmt: skip
    return render(request, "work/import.html", shown, status=422 if trouble else 200)


def _import(request: HttpRequest, pk: UUID) -> WorkImport:
    rows = restrict(WorkImport.objects.all(), person(request), Action.EDIT)
    found: WorkImport = get_object_or_404(rows.select_related("place__parent", "by"), pk=pk)
    return found


@require_safe
@never_cache
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file says: lines with errors first, then what would be written."""
    return _preview(request, _import(request, pk))


def _preview(request: HttpRequest, found: WorkImport, trouble: str = "") -> HttpResponse:
    rows = importing.rows_of(found)
    shown = {
        "place": "work", "tab": "import", "unit": found.place, "found": found, "trouble": trouble,
        "wrong": [row for row in rows if row.state == importing.WRONG],
        "new": [row for row in rows if row.state == importing.NEW],
        "changed": [row for row in rows if row.state == importing.CHANGED],
        "same": sum(row.state == importing.SAME for row in rows), "may_edit": True,
    }  # fmt: skip
    return render(request, "work/import_preview.html", shown, status=422 if trouble else 200)


@require_POST
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the good lines, all or none."""
    found = _import(request, pk)
    try:
        done = importing.write(person(request), found.pk)
    except BadTask as bad:
        return _preview(request, found, str(bad))
    counts = done.written
    messages.success(
        request, f"Đã thêm {counts['new']} việc, sửa {counts['changed']} việc từ tệp Excel.",
        extra_tags=f"undo:{reverse('work:import-undo', args=[found.pk])}",
    )  # fmt: skip
    return redirect("work:import-preview", found.pk)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what the file wrote."""
    found = _import(request, pk)
    told = undoing_import.undo_write(person(request), found.pk)
    messages.success(request, f"Đã hoàn tác {told.lines} dòng của tệp Excel.")
    for words in told.stay[:MOST_TOLD]:
        messages.warning(request, words)
    if len(told.stay) > MOST_TOLD:
        messages.warning(request, f"Còn {len(told.stay) - MOST_TOLD} dòng nữa giữ lại.")
    return redirect(common.back(request) if request.POST.get("ve") else reverse(
        "work:import-preview", args=[found.pk]
    ))  # fmt: skip
