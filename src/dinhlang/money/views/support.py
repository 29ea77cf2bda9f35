"""Support policies: those of a place, a new one, changing one, what plans propose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, can, require
from dinhlang.people.selectors import home_place
from dinhlang.places.models import Level, Unit

from .. import support_boxes as boxes
from ..models import Policy, Source, SupportProposal
from ..selectors import support as selectors
from ..services import policies
from ..services.support_fields import PolicySaid, said_of
from ..services.trouble import BadRow, Conflict
from . import common
from .common import person


def year_asked(request: HttpRequest) -> int:
    """The year of the address (``nam``), else this one."""
    year = common.whole(request.POST.get("nam") or request.GET.get("nam"))
    return year if year is not None and year in common.YEARS else timezone.localdate().year


def policy_of(
    request: HttpRequest, pk: int, action: Action = Action.VIEW, *, removed: bool = False
) -> Policy:
    """The policy, 404 where the person does not see it; raises ``AccessDenied``."""
    rows = Policy.objects.restrict(person(request)).select_related("place__parent", "source")
    if not removed:
        rows = rows.filter(removed_at=None)
    found: Policy = get_object_or_404(rows, pk=pk)
    if action != Action.VIEW:
        require(person(request), action, found.place)
    return found


def sources_of(place: Unit, year: int) -> Any:
    """The living sources of money of the year."""
    rows = Source.objects.filter(place=place, year=year, removed_at=None, withdrawn_at=None)
    return rows.order_by("kind", "pk")


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the policies of the place where the person works."""
    return to_home(request, "money:policies")


def to_home(request: HttpRequest, route: str) -> HttpResponse:
    """To a page of the commune the person works in; else the choice among communes."""
    unit = home_place(person(request))
    while unit is not None and unit.level == Level.VILLAGE:
        unit = unit.parent
    if unit is None or unit.level != Level.COMMUNE or not can(person(request), Action.VIEW, unit):
        return redirect("places:home")
    return redirect(route, unit.pk)


@require_safe
@never_cache
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """The policies of a year with their numbers, and what plans propose."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year)
    user = person(request)
    lines = selectors.lines(user, unit, year)
    shown = common.context(
        request, unit, year, "policies", lines=lines,
        proposals=selectors.proposals(user, unit), declined=selectors.declined(user, unit),
        listed=sum(line.totals.amount for line in lines),
        paid=sum(line.totals.paid_amount for line in lines),
        policy_years=selectors.years(user, unit),
    )  # fmt: skip
    return render(request, "money/policies.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new policy, or one a plan proposes, looked through before it is one."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year, Action.EDIT)
    proposal = _proposal(request, unit)
    asked = boxes.policy_boxes(sources_of(unit, year))
    if request.method != "POST":
        first: dict[str, Any] = {"year": year, "per": "hộ"}
        values = policies.said_by(proposal) if proposal else first
        return _form(request, unit, year, boxes.filled(asked, values), proposal=proposal)
    sent = boxes.read(request.POST, boxes.POLICY_NAMES, year)
    if not sent.errors:
        try:
            made = policies.add_policy(
                person(request), unit, _said(sent.values),
                common.form_number(request.POST.get("luot")), proposal.pk if proposal else None,
            )  # fmt: skip
        except BadRow as bad:
            sent.errors[bad.field or "name"] = str(bad)
        else:
            messages.success(request, f"Đã lập chính sách “{made.name}”.")
            return redirect("money:policy", made.pk)
    typed = boxes.typed_in(asked, sent)
    return _form(request, unit, year, typed, proposal=proposal, status=422)


def _said(values: dict[str, Any]) -> PolicySaid:
    if values["amount"] is None:
        raise BadRow("Hãy ghi mức hỗ trợ, ví dụ “1 triệu”.", "amount")
    if values["year"] is None:
        raise BadRow("Hãy ghi năm.", "year")
    return PolicySaid(**values)


def _proposal(request: HttpRequest, unit: Unit) -> SupportProposal | None:
    pk = common.whole(request.POST.get("de-xuat") or request.GET.get("de-xuat"))
    if pk is None:
        return None
    rows = SupportProposal.objects.filter(place=unit, withdrawn_at=None)
    found: SupportProposal = get_object_or_404(rows, pk=pk)
    return found


def _form(
    request: HttpRequest, unit: Unit, year: int, typed: list[boxes.Box], *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    shown = common.context(request, unit, year, "policies", boxes=typed, **more)
    return render(request, "money/policy_form.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a policy; where two changed the same, the second one chooses."""
    row = policy_of(request, pk, Action.EDIT)
    asked = boxes.policy_boxes(sources_of(row.place, row.year))
    if request.method != "POST":
        return _form(
            request, row.place, row.year, boxes.filled(asked, said_of(row)), policy=row,
            revision=row.revision,
        )  # fmt: skip
    sent = boxes.read(request.POST, boxes.POLICY_NAMES, row.year)
    seen = common.whole(request.POST.get("luot-sua"))
    more: dict[str, Any] = {"policy": row, "revision": seen}
    status = 422
    if not sent.errors:
        try:
            changes = chosen(request, _changes(sent.values))
            policies.change_policy(
                person(request), row.pk, common.form_number(request.POST.get("luot")),
                row.revision if seen is None else seen, changes,
            )  # fmt: skip
        except BadRow as bad:
            sent.errors[bad.field or "name"] = str(bad)
        except Conflict as conflict:
            more |= conflict_of(conflict, row.place)
            status = 409
        else:
            messages.success(request, "Đã lưu chính sách.")
            return redirect("money:policy", row.pk)
    typed = boxes.typed_in(asked, sent)
    return _form(request, row.place, row.year, typed, status=status, **more)


def _changes(values: dict[str, Any]) -> dict[str, Any]:
    _said(values)
    return values


def chosen(request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    """The values without those of which the person takes the other's."""
    return {
        name: value for name, value in values.items() if request.POST.get(f"chon.{name}") != "ho"
    }


def conflict_of(conflict: Conflict, place: Unit) -> dict[str, Any]:
    """What a page shows of a conflict."""
    return {
        "conflict": str(conflict),
        "differences": boxes.choices_of(conflict.differences, place),
        "revision": conflict.revision,
    }


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a policy; a message offers to bring it back."""
    row = policy_of(request, pk, Action.EDIT, removed=True)
    key = common.form_number(request.POST.get("luot"))
    try:
        policies.remove_policy(person(request), row.pk, key)
    except BadRow as bad:
        messages.error(request, str(bad))
        return redirect("money:policy", row.pk)
    undo = reverse("money:policy-restore", args=[row.pk])
    messages.success(request, f"Đã xóa chính sách “{row.name}”.", extra_tags=f"undo:{undo}")
    return redirect("money:policies", row.place_id)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed policy back."""
    row = policy_of(request, pk, Action.EDIT, removed=True)
    key = common.form_number(request.POST.get("luot"))
    policies.restore_policy(person(request), row.pk, key)
    messages.success(request, f"Đã khôi phục chính sách “{row.name}”.")
    return redirect("money:policy", row.pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a plan's proposal aside with a reason, or look at it again."""
    rows = SupportProposal.objects.restrict(person(request)).select_related("place")
    row: SupportProposal = get_object_or_404(rows, pk=pk)
    require(person(request), Action.EDIT, row.place)
    try:
        if request.POST.get("viec") == "xem-lai":
            policies.reopen(person(request), row.pk)
            messages.success(request, "Đã đưa đề xuất trở lại.")
        else:
            policies.decline(person(request), row.pk, request.POST.get("ly-do", ""))
            messages.success(request, "Đã bỏ qua đề xuất; lý do được giữ lại.")
    except BadRow as bad:
        messages.error(request, str(bad))
    return redirect(f"{reverse('money:policies', args=[row.place_id])}?nam={row.year}")
