"""The list of papers, a new one, the page on which it is written, and its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.assessment.selectors import places
from dinhlang.papers.writing.html import to_html
from dinhlang.papers.writing.pdf import to_pdf
from dinhlang.papers.writing.sheet import to_xlsx
from dinhlang.papers.writing.templates import BadTemplate
from dinhlang.papers.writing.word import to_docx
from dinhlang.people.access import Action, require
from dinhlang.places.models import Level, Unit
from dinhlang.plans.views.common import download

from .. import office_files, selectors, services
from ..boxes import BOXES, Box, Value
from ..models import KINDS, PERIODS, Paper
from ..periods import period_of
from ..selectors import View
from .common import DOCX, PDF, commune, file_name, form_key, frame, paper_of, person

ABOUT = {
    "bao-cao": "Tiêu chí, nhiệm vụ, khối lượng, vốn và giải ngân; so với kỳ trước.",
    "phan-cong": "Ai phụ trách tiêu chí nào, theo kế hoạch đã nhận.",
    "ban-chi-dao": "Thành viên lấy từ danh sách chức vụ của xã và thôn.",
    "cong-van-don-doc": "Việc chậm và việc sắp đến hạn, theo đơn vị.",
    "thong-bao": "Kết luận lấy từ cuộc họp đã chốt biên bản; chọn được cuộc họp.",
    "to-trinh": "Kết quả, nhu cầu vốn và phần còn thiếu theo sổ kinh phí.",
    "bien-ban": "Thành phần, kết quả và việc chậm có sẵn; ghi thêm kết luận.",
    "danh-muc": "Minh chứng theo từng tiêu chí, chỉ tiêu của bộ tiêu chí.",
}
SPARE_ROWS = 2
"""Empty rows at the end of a table, for a browser without scripts."""


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the commune where the person works; else the choice among those they see."""
    user, today = person(request), timezone.localdate()
    text = request.GET.get("q", "").strip()
    first = places.first(user, today)
    if not text and first is not None and first.level == Level.COMMUNE:
        return redirect("drafting:papers:list", first.pk)
    found = selectors.communes(user, today, text)
    context = {
        "place": "papers", "query": text, "found": found[: selectors.MOST],
        "more": len(found) > selectors.MOST,
    }  # fmt: skip
    return render(request, "drafting/papers/choose.html", context)


@require_safe
@never_cache
def listing(request: HttpRequest, place: int) -> HttpResponse:
    """The papers of a commune, and the kinds one can begin."""
    unit = commune(request, place)
    rows = selectors.papers(person(request), unit)
    wanted = request.GET.get("loai", "")
    if wanted in selectors.TITLES:
        rows = rows.filter(kind=wanted)
    shown = frame(
        request, unit, "papers", rows=rows[: selectors.MOST], wanted=wanted, titles=KINDS,
        kinds=[(kind, title, ABOUT[kind]) for kind, title in KINDS],
    )  # fmt: skip
    return render(request, "drafting/papers/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, place: int, kind: str) -> HttpResponse:
    """What a new paper looks at: day or period, and the set."""
    unit = commune(request, place, Action.VIEW)
    if kind not in selectors.TITLES:
        raise Http404
    today = timezone.localdate()
    trouble = ""
    if request.method == "POST":
        require(person(request), Action.EDIT, unit)
        trouble = _day_trouble(request, kind, today)
        wish = _wish(request, kind, unit) if not trouble else None
        if wish is not None:
            made = services.start(person(request), unit, wish, form_key(request))
            return redirect("drafting:papers:paper", made.pk)
        trouble = trouble or (
            "Hãy ghi ngày như 22/11/2026 và chọn kỳ, bộ tiêu chí trong danh sách."
        )
    shown = frame(
        request, unit, "papers", kind=kind, title=selectors.TITLES[kind], about=ABOUT[kind],
        today=today, periods=PERIODS, submission=uuid4(), trouble=trouble,
        sets=selectors.sets(unit, today) if kind in selectors.WITH_SET else [],
        given_day=request.POST.get("ngay", today.isoformat()),
        given_period=request.POST.get("ky", "month"),
        given_set=request.POST.get("bo") or selectors.likely_set(person(request), unit, today),
    )  # fmt: skip
    return render(request, "drafting/papers/new.html", shown, status=422 if trouble else 200)


def _day_trouble(request: HttpRequest, kind: str, today: date) -> str:
    """Why nothing can be made of this day; empty where something can."""
    given = request.POST.get("ngay", "").strip()
    if not given:
        return "Chưa có ngày. Hãy chọn ngày, ví dụ 22/11/2026."
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return f"“{given}” không phải ngày. Hãy chọn ngày, ví dụ 22/11/2026."
    if kind == "danh-muc" and day > today:
        return (
            f"Ngày {day:%d/%m/%Y} chưa đến. Danh mục lập theo minh chứng đã có; hãy chọn ngày đến "
            f"hết hôm nay, {today:%d/%m/%Y}."
        )
    return ""


def _wish(request: HttpRequest, kind: str, unit: Unit) -> services.Wish | None:
    on = date.fromisoformat(request.POST["ngay"].strip())
    if not 2000 <= on.year <= 2100:
        return None
    period = request.POST.get("ky", "month")
    if period not in dict(PERIODS):
        return None
    set_id = request.POST.get("bo", "")
    if kind in selectors.WITH_SET and set_id:
        day = period_of(period, on).end if kind == "bao-cao" else on  # type: ignore[arg-type]
        if set_id not in {each.id for each in selectors.sets(unit, day)}:
            return None
    return services.Wish(kind, on, set_id, period)


# --- One paper ------------------------------------------------------------------------------------


def mark_of(value: Value) -> str:
    """By which a form that comes back is known to have left a box alone."""
    tidy: Any = (
        [" ".join(line.split()) for line in value.strip().splitlines()]
        if isinstance(value, str)
        else [{name: " ".join(cell.split()) for name, cell in row.items()} for row in value]
    )
    text = json.dumps(tidy, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def shown_boxes(view: View, written: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Each box with its value, as the form shows it."""
    for box in view.boxes:
        value = view.values.get(box.name, "")
        typed = (written or {}).get(box.name, value)
        rows = []
        if box.shape == "table" and isinstance(typed, list):
            names = [name for name, _, _ in box.columns]
            spare = [dict.fromkeys(names, "") for _ in range(SPARE_ROWS)]
            for position, row in enumerate([*typed, *spare]):
                cells = [
                    (f"o.{box.name}.{position}.{name}", label, str(row.get(name, "")))
                    for name, label, _ in box.columns
                ]
                rows.append(cells)
        if box.name == "meeting":
            box = replace(box, choices=tuple((code, words) for code, words in _meetings(view)))
            if not box.choices:
                continue
        yield {
            "box": box, "value": typed, "rows": rows, "mark": mark_of(value),
            "own": box.name in view.row.texts,
        }  # fmt: skip


def _meetings(view: View) -> list[list[str]]:
    found: list[list[str]] = view.source.get("meetings", [])
    return found


def preview_of(view: View) -> str:
    """The paper as HTML; of a commune's template, its words."""
    if view.filled is not None:
        return office_files.to_html(view.filled)
    return to_html(view.paper)


def _safe_preview(view: View) -> dict[str, Any]:
    try:
        # Everything that is not ours is escaped where the HTML is made.
        return {"preview": mark_safe(preview_of(view)), "template_trouble": ""}
    except BadTemplate as error:
        return {"preview": mark_safe(to_html(view.paper)), "template_trouble": str(error)}


def _page(
    request: HttpRequest, row: Paper, status: int = 200, written: dict[str, Any] | None = None,
    troubles: dict[str, str] | None = None, clash: str = "",
) -> HttpResponse:  # fmt: skip
    view = selectors.view(row)
    shown = frame(
        request, row.place, "papers", paper=row, view=view, clash=clash,
        boxes=list(shown_boxes(view, written)), troubles=troubles or {},
        notes=list(_notes(view)), has_office=office_files.program() is not None,
        has_tables=bool(_tables(view)), submission=uuid4(), **_safe_preview(view),
    )  # fmt: skip
    shown["may_write"] = shown["may_edit"] and not row.is_finished and row.set_aside_at is None
    return render(request, "drafting/papers/paper.html", shown, status=status)


def _tables(view: View) -> bytes | None:
    return to_xlsx(view.paper)


def _notes(view: View) -> Iterator[tuple[str, str]]:
    """What to know of the data: where the last period comes from, what is missing."""
    source, kind = view.source, view.row.kind
    if view.row.is_finished and kind != "bao-cao":
        return
    if kind == "bao-cao":
        if source.get("before"):
            yield "na", f"Kỳ trước lấy từ: {source['before']}."
        if not source.get("criteria"):
            yield "wait", "Chưa chọn bộ tiêu chí nên báo cáo không có phần tiêu chí."
        yield from _notes_of_report(view)
    if kind in ("phan-cong", "ban-chi-dao", "to-trinh") and not source["plans"]:
        yield "wait", "Xã chưa nhận kế hoạch nào của năm này."
    if kind == "phan-cong":
        bare = [each["number"] for each in source["charges"] if not each["lead"]]
        if bare:
            yield "wait", f"Kế hoạch chưa giao ai chủ trì tiêu chí {', '.join(bare)}."
        if source.get("criteria_in_force") not in (0, None, len(source["charges"])):
            yield (
                "wait",
                f"Danh sách theo kế hoạch có {len(source['charges'])} tiêu chí; bộ tiêu chí đang "
                f"có hiệu lực có {source['criteria_in_force']}. Hãy soát lại căn cứ và danh sách.",
            )
    if kind in ("phan-cong", "ban-chi-dao") and not view.row.is_finished:
        yield (
            "na",
            "Căn cứ thẩm quyền (Luật Tổ chức chính quyền địa phương) chưa nạp trong máy; "
            "hãy ghi vào ô Căn cứ.",
        )
    if kind == "ban-chi-dao" and not source["members"]:
        yield "wait", "Chưa có chức vụ nào của xã. Quản trị ghi ở mục Chức vụ."
    if kind == "cong-van-don-doc" and not source["late"]:
        yield "ok", "Không có việc nào chậm hoặc đến hạn trong 14 ngày tới."
    if kind == "thong-bao" and not source["minutes"]:
        yield "na", "Chưa có cuộc họp nào chốt biên bản để lấy kết luận; hãy ghi kết luận bên dưới."
    if kind == "to-trinh" and not source["need"]:
        yield (
            "wait",
            "Sổ kinh phí năm này chưa có nhu cầu nên chưa có số thiếu. Ghi ở mục Kinh phí, hoặc "
            "lấy từ kế hoạch.",
        )
    if kind == "danh-muc":
        if not any(each["title"] for each in source["proofs"]):
            yield "wait", "Chưa có minh chứng nào gắn với bộ tiêu chí này."
        if source["bare"]:
            yield "wait", f"Chỉ tiêu chưa có minh chứng: {', '.join(source['bare'])}."


def _notes_of_report(view: View) -> Iterator[tuple[str, str]]:
    source = view.source
    if not source["work"] and not source["amounts"]:
        yield "wait", "Xã chưa nhận kế hoạch nào của năm này nên chưa có nhiệm vụ, khối lượng."
    if any(each.get("now") is None for each in source["amounts"]):
        yield (
            "na",
            "Khối lượng chưa gắn với việc nào thì không có số nghiệm thu, cột ấy để trống.",
        )
    if source["amounts"]:
        yield "na", "Khối lượng nghiệm thu tính theo việc đã nghiệm thu ở mục Công việc."
    if source.get("ledger"):
        yield "na", "Vốn, giải ngân, quyết toán, nợ lấy từ sổ ở mục Kinh phí."
    elif source["money"]:
        yield "wait", "Sổ kinh phí năm này chưa có gì; nguồn vốn ghi theo kế hoạch."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper beside its form; a form sent here is saved."""
    if request.method != "POST":
        return _page(request, paper_of(request, pk))
    row = paper_of(request, pk)
    written = sent_values(row.kind, request)
    seen = request.POST.get("luot-sua", "")
    try:
        saved = services.write(
            person(request), row.pk, written, int(seen) if seen.isdecimal() else row.revision
        )
    except services.Finished as error:
        if _by_script(request):
            return JsonResponse({"over": str(error)}, status=409)
        messages.error(request, str(error))
        return redirect("drafting:papers:paper", row.pk)
    return _saved(request, saved, written)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _saved(request: HttpRequest, saved: services.Saved, written: dict[str, Any]) -> HttpResponse:
    row = paper_of(request, saved.paper.pk)
    labels = {box.name: box.label for box in BOXES[row.kind]}
    names = ", ".join(labels[name] for name in saved.clashes)
    clash = f"{saved.by} vừa sửa: {names}. Phần bạn gõ vẫn còn đây, chưa lưu." if names else ""
    if not _by_script(request):
        if clash or saved.troubles:
            kept = {name: written[name] for name in (*saved.clashes, *saved.troubles)}
            status = 409 if clash else 422
            return _page(request, row, status, kept, dict(saved.troubles), clash)
        return redirect("drafting:papers:paper", row.pk)
    view = selectors.view(row)
    shown = _safe_preview(view)
    answer = {
        "revision": row.revision,
        "about": row.about,
        "saved": f"{timezone.localtime(row.changed_at):%H:%M}",
        "preview": str(shown["preview"]),
        "trouble": shown["template_trouble"],
        "again": "meeting" in written,
        "clash": clash,
        "clashes": list(saved.clashes),
        "troubles": dict(saved.troubles),
        "marks": {name: mark_of(view.values[name]) for name in written},
    }
    return JsonResponse(answer, status=409 if clash else 422 if saved.troubles else 200)


def sent_values(kind: str, request: HttpRequest) -> dict[str, Any]:
    """What the form brings of each box that differs from what it showed."""
    found: dict[str, Any] = {}
    for box in BOXES[kind]:
        value: Any = None
        if box.shape == "table":
            if f"bang.{box.name}" in request.POST:
                value = _sent_rows(box, request)
        elif f"o.{box.name}" in request.POST:
            value = request.POST[f"o.{box.name}"]
        if value is None or _is_as_shown(value, request.POST.get(f"goc.{box.name}", "")):
            continue
        found[box.name] = value
    return found


def _is_as_shown(value: Any, mark: str) -> bool:
    return bool(mark) and mark_of(value) == mark


def _sent_rows(box: Box, request: HttpRequest) -> list[dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    start = f"o.{box.name}."
    names = {name for name, _, _ in box.columns}
    for key in request.POST:
        if key.startswith(start):
            position, _, name = key[len(start) :].partition(".")
            if position.isdecimal() and len(position) < 5 and name in names:
                rows.setdefault(int(position), dict.fromkeys(names, ""))[name] = request.POST[key]
    found = [{name: rows[at][name] for name, _, _ in box.columns} for at in sorted(rows)]
    return [row for row in found if any(value.strip() for value in row.values())]


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a box say again what the data say."""
    row = paper_of(request, pk)
    try:
        services.take_from_data(person(request), row.pk, request.POST.get("o", ""))
    except services.Finished as error:
        messages.error(request, str(error))
    return redirect("drafting:papers:paper", row.pk)


@require_POST
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new paper with the words of this one."""
    row = paper_of(request, pk)
    made = services.copy(person(request), row.pk, form_key(request), timezone.localdate())
    messages.success(request, "Đây là bản mới: chữ lấy từ bản trước, số liệu tính đến hôm nay.")
    return redirect("drafting:papers:paper", made.pk)


@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep it as it is now."""
    row = paper_of(request, pk)
    try:
        services.finish(person(request), row.pk)
        messages.success(request, "Đã hoàn tất. Nội dung và số liệu giữ nguyên từ bây giờ.")
    except services.Finished as error:
        messages.error(request, str(error))
    return redirect("drafting:papers:paper", row.pk)


@require_POST
def set_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a draft out of the list."""
    row = paper_of(request, pk)
    try:
        services.set_aside(person(request), row.pk)
        messages.success(request, f"Đã bỏ bản đang soạn “{row.about}”.")
    except services.Finished as error:
        messages.error(request, str(error))
    return redirect("drafting:papers:list", row.place_id)


# --- Files ----------------------------------------------------------------------------------------


def _name(row: Paper, ending: str) -> str:
    return file_name(ending, row.get_kind_display(), row.about, row.place.name)


@require_safe
@never_cache
def word(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The Word file, out of the commune's template where it uses one."""
    row = paper_of(request, pk)
    view = selectors.view(row)
    try:
        data = view.filled or to_docx(view.paper)
    except BadTemplate as error:
        messages.error(request, str(error))
        return redirect("drafting:papers:paper", row.pk)
    return download(data, _name(row, ".docx"), DOCX)


@require_safe
@never_cache
def pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The PDF; of a commune's template only where LibreOffice is there, else it says so."""
    row = paper_of(request, pk)
    view = selectors.view(row)
    made = row.finished_at or timezone.now()
    try:
        filled = view.filled
        data = (
            office_files.to_pdf(filled)
            if filled is not None
            else to_pdf(view.paper, timezone.localdate(made))
        )
    except (BadTemplate, office_files.NoPdf) as error:
        messages.error(request, str(error))
        return redirect("drafting:papers:paper", row.pk)
    return download(data, _name(row, ".pdf"), PDF)


@require_safe
@never_cache
def xlsx(request: HttpRequest, pk: UUID) -> FileResponse:
    """The tables as a workbook; 404 where the paper has none."""
    row = paper_of(request, pk)
    data = _tables(selectors.view(row))
    if data is None:
        raise Http404
    return download(data, _name(row, ".xlsx"))
