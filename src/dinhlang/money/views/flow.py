"""Cash flow over the year, and outstanding construction debt."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.facts.models import Observation
from dinhlang.facts.models import Source as FactSource
from dinhlang.facts.periods import Period
from dinhlang.facts.services import BadEntry, Entry, record
from dinhlang.people.access import Action
from dinhlang.places.models import Unit
from dinhlang.vietnamese import format_money

from .. import drawing
from ..flowing import Flow
from ..selectors import balance
from ..selectors import flow as flows
from . import common
from .common import person

MEASURE = "no_dong_xay_dung_co_ban"
"""The measure of outstanding construction debt, triệu đồng: a condition of recognition."""
MILLION = 10**6


@require_safe
@never_cache
def flow(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """What comes and is due by month and quarter, and the first day money runs short."""
    unit = common.place_of(request, pk, year)
    found = balance.sheet(unit, year)
    made = flows.flow(found)
    shown = common.context(
        request, unit, year, "flow", sheet=found, flow=made,
        tables=(("Theo quý", made.quarters), ("Theo tháng", made.months)),
        charts=_charts(made),
    )  # fmt: skip
    return render(request, "money/flow.html", shown)


def _charts(made: Flow) -> tuple[tuple[str, drawing.Chart | None], ...]:
    """The drawing of the year for a wide page and for a phone, each with its name in the styles."""

    def words(value: int) -> str:
        return format_money(value).replace("-", "−", 1)

    sheets = (("wide", drawing.WIDE), ("narrow", drawing.NARROW))
    return tuple((name, drawing.chart(made, words, sheet)) for name, sheet in sheets)


@require_safe
@never_cache
def debts(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Accepted works not yet paid: the total is a condition of recognition."""
    unit = common.place_of(request, pk, year)
    found = balance.debts(unit, year)
    shown = common.context(
        request, unit, year, "debts", rows=found, total=sum(each.owed for each in found),
        completed=sum(each.completed for each in found),
        disbursed=sum(each.disbursed for each in found), known=_known(unit, year),
    )  # fmt: skip
    return render(request, "money/debts.html", shown)


def _known(unit: Unit, year: int) -> Observation | None:
    """What is entered of the measure for the year."""
    period = Period("year", year)
    rows = Observation.objects.filter(place=unit, measure=MEASURE, superseded_at=None)
    found: Observation | None = (
        rows.filter(start=period.start, end=period.end).select_related("by").first()
    )
    return found


@require_POST
def propose(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Enter the total as a number of the year: a draft, which a second person confirms."""
    unit = common.place_of(request, pk, year, Action.EDIT)
    total = sum(each.owed for each in balance.debts(unit, year))
    entry = Entry(
        measure=MEASURE, period=Period("year", year), value=Decimal(total) / MILLION,
        source=FactSource.REGISTER, key=common.form_number(request.POST.get("luot")),
        note="Cộng từ sổ kinh phí: khối lượng nghiệm thu chưa thanh toán.",
    )  # fmt: skip
    try:
        record(person(request), unit, entry)
    except BadEntry as bad:
        messages.error(request, str(bad))
    else:
        messages.success(
            request,
            f"Đã đề xuất số liệu nợ đọng {format_money(total)}, chờ người thứ hai xác nhận.",
        )
    return redirect("money:debts", unit.pk, year)
