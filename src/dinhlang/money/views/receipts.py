"""The ledger of receipts: the list, a new one, one with its paper, taking it back, thanks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.papers.writing import pdf, slip, word
from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.places.models import Unit

from .. import support_boxes as boxes
from .. import typed
from ..documents import gifts
from ..models import Pledge, Receipt
from ..selectors import contributions as selectors
from ..services import contributions
from ..services.support_fields import ReceiptSaid
from ..services.trouble import BadRow
from . import common
from .common import person
from .contributions import paged, query
from .lists import DOCX, PDF, file_of
from .support import year_asked


@require_safe
@never_cache
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipts of a year, the last number first."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year)
    text, kind = request.GET.get("q", "").strip()[:80], request.GET.get("loai", "")
    village = common.whole(request.GET.get("thon"))
    thanks = request.GET.get("cam-on") == "cho"
    every = selectors.receipts(person(request), unit, year)
    rows = selectors.narrowed(every, text=text, kind=kind, village=village, thanks=thanks)
    page, pages, count = paged(request, rows)
    shown = common.context(
        request, unit, year, "contributions", part="receipts", count=count, page=page, pages=pages,
        rows=[
            (row, selectors.gift_words(row.kind, row.amount, row.quantity, row.unit))
            for row in rows[(page - 1) * selectors.PAGE : page * selectors.PAGE]
        ],
        total=rows.order_by().aggregate(sum=Sum("amount"))["sum"] or 0, text=text, kind=kind,
        village=village, thanks=thanks, kinds=boxes.kind_choices(), query=query(request),
        villages=boxes.village_choices(unit),
    )  # fmt: skip
    return render(request, "money/receipts.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt for what came, of a pledge (``dang-ky``) or by itself."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year, Action.EDIT)
    pledge = _pledge(request, unit)
    asked = boxes.receipt_boxes(unit, selectors.sources(unit, year))
    if request.method != "POST":
        return _form(request, unit, year, boxes.filled(asked, _first(request, pledge)), pledge)
    sent = boxes.read(request.POST, boxes.RECEIPT_NAMES, year)
    if not sent.errors:
        try:
            values = sent.values | {"pledge": pledge.pk if pledge else None}
            if values["day"] is None:
                raise BadRow("Hãy ghi ngày nhận.", "day")
            made = contributions.give_receipt(
                person(request), unit, ReceiptSaid(**values),
                common.form_number(request.POST.get("luot")),
            )  # fmt: skip
        except BadRow as bad:
            sent.errors[bad.field or "giver"] = str(bad)
        else:
            messages.success(request, f"Đã lập phiếu thu số {made.number}/{made.year}.")
            return redirect("money:receipt", made.pk)
    return _form(request, unit, year, boxes.typed_in(asked, sent), pledge, 422)


def _pledge(request: HttpRequest, unit: Unit) -> Pledge | None:
    pk = common.whole(request.POST.get("dang-ky") or request.GET.get("dang-ky"))
    if pk is None:
        return None
    found: Pledge = get_object_or_404(Pledge.objects.filter(place=unit, removed_at=None), pk=pk)
    return found


def _first(request: HttpRequest, pledge: Pledge | None) -> dict[str, Any]:
    """What stands in the boxes first: of a pledge, what has not come yet."""
    today = timezone.localdate()
    if pledge is None:
        return {"kind": "people_cash", "day": today, "is_public": True}
    counted = selectors.pledges(person(request), pledge.place, pledge.year).get(pk=pledge.pk)
    in_kind = pledge.quantity is not None
    left = (pledge.quantity or 0) - counted.came_quantity
    return {
        "giver": pledge.giver, "village": pledge.village_id, "kind": pledge.kind, "day": today,
        "amount": None if in_kind else max(0, pledge.amount - counted.came) or None,
        "quantity": max(0, left) or None if in_kind else None, "unit": pledge.unit,
        "price": pledge.price, "purpose": pledge.purpose, "is_public": pledge.is_public,
    }  # fmt: skip


def _form(
    request: HttpRequest, unit: Unit, year: int, typed_boxes: list[boxes.Box],
    pledge: Pledge | None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    shown = common.context(
        request, unit, year, "contributions", part="receipts", boxes=typed_boxes, pledge=pledge
    )
    return render(request, "money/receipt_form.html", shown, status=status)


def receipt_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Receipt:
    """The receipt, 404 where the person does not see it; raises ``AccessDenied``."""
    rows = Receipt.objects.restrict(person(request)).select_related(
        "place__parent", "village", "pledge", "source", "cancels", "cancelled_by", "by"
    )
    found: Receipt = get_object_or_404(rows, pk=pk)
    if action != Action.VIEW:
        require(person(request), action, found.place)
    return found


@require_safe
@never_cache
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """One receipt as it was given, and what may be done with it."""
    row = receipt_of(request, pk)
    shown = common.context(
        request, row.place, row.year, "contributions", part="receipts", receipt=row,
        slip=gifts.slip(row), undone=getattr(row, "cancelled_by", None),
        history=row.history.select_related("by")[:20],
    )  # fmt: skip
    return render(request, "money/receipt.html", shown)


FILES = ("phieu.docx", "phieu.pdf", "cam-on.docx", "cam-on.pdf")


@require_safe
def file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The receipt or the letter of thanks as Word or PDF."""
    row = receipt_of(request, pk)
    if name not in FILES:
        raise Http404
    today = timezone.localdate()
    what, _, kind = name.partition(".")
    if what == "phieu":
        made = gifts.slip(row)
        data = slip.to_docx(made) if kind == "docx" else slip.to_pdf(made, today)
    else:
        if row.cancels_id is not None or getattr(row, "cancelled_by", None) is not None:
            raise Http404
        letter = gifts.thanks(row, today)
        data = word.to_docx(letter) if kind == "docx" else pdf.to_pdf(letter, today)
    with transaction.atomic():
        said = {"tệp": name, "phiếu": f"{row.number}/{row.year}"}
        audit.record(person(request), "xuất phiếu, thư đóng góp", row, row.place, said)
    filename = f"{what}-{row.number:03d}-{row.year}.{kind}"
    return file_of(data, filename, DOCX if kind == "docx" else PDF)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a receipt back by one of its own number, with the reason."""
    row = receipt_of(request, pk, Action.EDIT)
    today = timezone.localdate()
    try:
        day = typed.day(request.POST.get("ngay", ""), today.year) or today
        made = contributions.cancel_receipt(
            person(request), row.pk, request.POST.get("ly-do", ""), day,
            common.form_number(request.POST.get("luot")),
        )  # fmt: skip
    except (BadRow, typed.BadTyped) as bad:
        messages.error(request, str(bad))
        return redirect("money:receipt", row.pk)
    undo = reverse("money:receipt-again", args=[made.pk])
    messages.success(
        request, f"Đã hủy bằng phiếu số {made.number}/{made.year}.", extra_tags=f"undo:{undo}"
    )
    return redirect("money:receipt", made.pk)


@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the giver's name may stand in the public ledger."""
    row = receipt_of(request, pk, Action.EDIT)
    shown = request.POST.get("neu-ten") == "1"
    key = common.form_number(request.POST.get("luot"))
    contributions.show_name(person(request), row.pk, shown, key)
    messages.success(
        request,
        "Tên được nêu từ lần công khai sau."
        if shown
        else "Tên không còn hiện trên trang công khai.",
    )
    return redirect("money:receipt", row.pk)


@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """These givers were thanked."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year, Action.EDIT)
    ticked = [number for text in request.POST.getlist("dong") if (number := common.whole(text))]
    today = timezone.localdate()
    try:
        day = typed.day(request.POST.get("ngay", ""), today.year) or today
        done = contributions.thank(
            person(request), unit, ticked, day, common.form_number(request.POST.get("luot"))
        )
        messages.success(request, f"Đã ghi cảm ơn {len(done)} người đóng góp.")
    except (BadRow, typed.BadTyped) as bad:
        messages.error(request, str(bad))
    single = common.whole(request.POST.get("ve-phieu"))
    if single is not None and single in ticked:
        return redirect("money:receipt", single)
    return redirect(f"{reverse('money:receipts', args=[unit.pk])}?nam={year}")
