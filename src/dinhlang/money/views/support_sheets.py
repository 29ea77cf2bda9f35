"""Lists out as Excel and in: the file to fill, the file sent, what it says, writing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people import audit
from dinhlang.people.access import Action, can, restrict
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, format_date

from .. import eligible, support_sheets
from .. import support_boxes as boxes
from ..models import Pledge, Policy, SupportImport
from ..selectors import contributions, support
from ..selectors.support import quantity_words
from ..services import support_importing
from ..services.trouble import BadRow
from . import common
from .common import person
from .support import policy_of, year_asked

SPARE = 200


def _note(request: HttpRequest, what: str, place: Unit, target: Any, count: int) -> None:
    with transaction.atomic():
        audit.record(person(request), what, target, place, {"số dòng": count})


def _villages(unit: Unit) -> list[str]:
    names = [name for pk, name in boxes.village_choices(unit) if pk]
    return [name for name in names if not name.endswith(boxes.GONE)]


@require_safe
def list_out(request: HttpRequest, pk: int) -> FileResponse:
    """A policy's list, whole or (for those who may not change it) with masked numbers."""
    row = policy_of(request, pk)
    whole = can(person(request), Action.EDIT, row.place)
    rows = list(support.rows_of(row))
    _note(request, "xuất danh sách hỗ trợ", row.place, row, len(rows))
    columns = [*support_sheets.BENEFICIARIES, *support_sheets.STATE]
    data = support_sheets.workbook(
        row.name, f"{row.place.title}, {row.year}", columns,
        [_list_cells(each, whole=whole) for each in rows],
    )  # fmt: skip
    return common.download(data, f"danh-sach-{_slug(row)}.xlsx")


@require_safe
def list_template(request: HttpRequest, pk: int) -> FileResponse:
    """The file to fill, with lists to choose from."""
    row = policy_of(request, pk, Action.EDIT)
    data = support_sheets.workbook(
        row.name, f"{row.place.title}, {row.year}", support_sheets.BENEFICIARIES, [],
        choices={"village": _villages(row.place), "group": row.groups or boxes.GROUPS},
        spare=SPARE,
    )  # fmt: skip
    return common.download(data, f"mau-{_slug(row)}.xlsx")


def _slug(row: Policy) -> str:
    return f"{fold(row.kind or row.name)[:60].replace(' ', '-')}-{row.year}"


def _list_cells(row: Any, *, whole: bool) -> dict[str, Any]:
    return {
        "key": row.key, "name": row.name, "village": row.village.title if row.village else "",
        "identity": row.identity if whole else eligible.masked(row.identity),
        "address": row.address, "group": row.group, "quantity": quantity_words(row.quantity),
        "note": row.note, "double_reason": row.double_reason, "amount": row.amount,
        "checked": format_date(row.checked_on) if row.checked_on else "",
        "paid": format_date(row.paid_on) if row.paid_on else "", "paper": row.paper,
    }  # fmt: skip


@require_safe
def pledges_out(request: HttpRequest, pk: int) -> FileResponse:
    """The year's pledges, with empty lines to add more (``mau=1``: those alone)."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year)
    empty = request.GET.get("mau") == "1"
    rows = [] if empty else list(contributions.pledges(person(request), unit, year).order_by("pk"))
    if rows:
        _note(request, "xuất đăng ký đóng góp", unit, unit, len(rows))
    data = support_sheets.workbook(
        f"Đăng ký đóng góp năm {year}", unit.title, support_sheets.PLEDGES,
        [_pledge_cells(each) for each in rows],
        choices={
            "village": _villages(unit), "is_public": ("Có", "Không"),
            "kind": [kind.label.split(" – ")[-1] for kind in Pledge.KINDS],
        },
        spare=SPARE,
    )  # fmt: skip
    return common.download(data, f"dang-ky-dong-gop-{common.slug(unit)}-{year}.xlsx")


def _pledge_cells(row: Pledge) -> dict[str, Any]:
    return {
        "key": row.key, "giver": row.giver, "village": row.village.title if row.village else "",
        "kind": row.get_kind_display().split(" – ")[-1],
        "amount": row.amount if row.quantity is None else None,
        "quantity": quantity_words(row.quantity), "unit": row.unit, "price": row.price,
        "purpose": row.purpose, "due": format_date(row.due) if row.due else "", "note": row.note,
        "is_public": "Có" if row.is_public else "Không",
    }  # fmt: skip


@require_safe
def receipts_out(request: HttpRequest, pk: int) -> FileResponse:
    """The year's ledger of receipts."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year)
    rows = list(contributions.receipts(person(request), unit, year).order_by("number"))
    _note(request, "xuất sổ thu đóng góp", unit, unit, len(rows))
    data = support_sheets.workbook(
        f"Sổ thu đóng góp năm {year}", unit.title, support_sheets.RECEIPTS,
        [_receipt_cells(each) for each in rows],
    )  # fmt: skip
    return common.download(data, f"so-thu-dong-gop-{common.slug(unit)}-{year}.xlsx")


def _receipt_cells(row: Any) -> dict[str, Any]:
    undone = row.cancels
    return {
        "number": row.number, "day": format_date(row.day), "giver": row.giver,
        "village": row.village.title if row.village else "", "kind": row.get_kind_display(),
        "quantity": quantity_words(row.quantity), "unit": row.unit, "price": row.price,
        "amount": row.amount, "purpose": row.purpose,
        "source": row.source.text if row.source else "",
        "cancels": f"{undone.number}/{undone.year}" if undone else "", "reason": row.reason,
        "thanked": format_date(row.thanked_on) if row.thanked_on else "",
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def list_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a filled list; it is read and shown before anything is written."""
    row = policy_of(request, pk, Action.EDIT)
    trouble = ""
    if request.method == "POST":
        try:
            found = support_importing.bring_in_list(
                person(request), row, *_sent(request), _key(request)
            )
            return redirect("money:support-import", found.pk)
        except support_sheets.BadSheet as bad:
            trouble = str(bad)
    return _upload(
        request, row.place, row.year, "policies", trouble, policy=row,
        template=reverse("money:list-template", args=[row.pk]),
        back=reverse("money:policy", args=[row.pk]), title=f"Nhập danh sách: {row.name}",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pledges_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a filled list of pledges."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year, Action.EDIT)
    trouble = ""
    if request.method == "POST":
        try:
            found = support_importing.bring_in_pledges(
                person(request), unit, year, *_sent(request), _key(request)
            )
            return redirect("money:support-import", found.pk)
        except support_sheets.BadSheet as bad:
            trouble = str(bad)
    sheet = reverse("money:pledges-out", args=[unit.pk])
    return _upload(
        request, unit, year, "contributions", trouble, template=f"{sheet}?nam={year}&mau=1",
        back=f"{reverse('money:contributions', args=[unit.pk])}?nam={year}",
        title=f"Nhập đăng ký đóng góp năm {year}",
    )  # fmt: skip


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    sent = request.FILES.get("tep")
    if sent is None:
        raise support_sheets.BadSheet("Chưa chọn tệp nào.")
    if (sent.size or 0) > support_sheets.MOST_BYTES:
        raise support_sheets.BadSheet("Tệp lớn hơn 5 MB. Hãy dùng tệp mẫu tải từ trang này.")
    return sent.name or "", sent.read()


def _key(request: HttpRequest) -> UUID:
    return common.form_number(request.POST.get("luot"))


def _upload(
    request: HttpRequest, unit: Unit, year: int, tab: str, trouble: str, **more: Any
) -> HttpResponse:
    shown = common.context(request, unit, year, tab, trouble=trouble, **more)
    return render(request, "money/support_upload.html", shown, status=422 if trouble else 200)


def _import(request: HttpRequest, pk: UUID) -> SupportImport:
    rows = restrict(SupportImport.objects.all(), person(request), Action.EDIT)
    found: SupportImport = get_object_or_404(
        rows.select_related("place__parent", "policy"), pk=pk
    )  # fmt: skip
    return found


@require_safe
@never_cache
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file says: lines with errors first, then what would be written."""
    return _preview(request, _import(request, pk))


def _preview(request: HttpRequest, found: SupportImport, trouble: str = "") -> HttpResponse:
    good = [row for row in found.rows if row["said"] and not row["error"]]
    back = (
        reverse("money:policy", args=[found.policy_id])
        if found.policy_id
        else f"{reverse('money:contributions', args=[found.place_id])}?nam={found.year}"
    )
    again = (
        reverse("money:list-in", args=[found.policy_id])
        if found.policy_id
        else f"{reverse('money:pledges-in', args=[found.place_id])}?nam={found.year}"
    )
    shown = common.context(
        request, found.place, found.year, "policies" if found.policy_id else "contributions",
        found=found, bad=[row for row in found.rows if row["error"]], good=good,
        old=[row for row in found.rows if row["old"]], trouble=trouble, back=back, again=again,
    )  # fmt: skip
    return render(request, "money/support_import.html", shown, status=422 if trouble else 200)


@require_POST
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the good lines, all or none."""
    found = _import(request, pk)
    try:
        done = support_importing.write(person(request), found.pk)
    except BadRow as bad:
        return _preview(request, found, str(bad))
    undo = reverse("money:support-import-undo", args=[done.pk])
    messages.success(
        request, f"Đã ghi {done.written} dòng từ tệp “{done.filename}”.", extra_tags=f"undo:{undo}"
    )
    if done.policy_id:
        return redirect("money:policy", done.policy_id)
    return redirect(f"{reverse('money:contributions', args=[done.place_id])}?nam={done.year}")
