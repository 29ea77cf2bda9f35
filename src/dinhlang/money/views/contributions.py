"""Contributions: what was promised and what came, one pledge, texts to paste."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, require
from dinhlang.places.models import Unit

from .. import support_boxes as boxes
from ..models import Pledge
from ..selectors import contributions as selectors
from ..services import contributions
from ..services.support_fields import PledgeSaid, said_of
from ..services.trouble import BadRow, Conflict
from . import common
from .common import person
from .support import chosen, conflict_of, to_home, year_asked


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the contributions of the place where the person works."""
    return to_home(request, "money:contributions")


@require_safe
@never_cache
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """The year: promised against come, by kind, village, purpose; the pledges, late ones first."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year)
    user, today = person(request), timezone.localdate()
    state = request.GET.get("muc", "")
    state = state if state in dict(selectors.STATES) else ""
    village = common.whole(request.GET.get("thon"))
    text = request.GET.get("q", "").strip()[:80]
    rows = selectors.found_pledges(
        user, unit, year, today, state=state, text=text, village=village
    )  # fmt: skip
    page, pages, count = paged(request, rows)
    found = rows[(page - 1) * selectors.PAGE : page * selectors.PAGE]
    shown = common.context(
        request, unit, year, "contributions", part="pledges", count=count, page=page, pages=pages,
        rows=[selectors.row_of(each, today) for each in found],
        summary=selectors.summary(user, unit, year, today), states=selectors.STATES, state=state,
        text=text, village=village, villages=boxes.village_choices(unit), query=query(request),
        texts=selectors.reminders(user, unit, year, today),
    )  # fmt: skip
    return render(request, "money/contributions.html", shown)


def paged(request: HttpRequest, rows: Any, most: int = selectors.PAGE) -> tuple[int, int, int]:
    """The page asked for, how many there are, and how many rows in all."""
    count = len(rows) if isinstance(rows, list) else rows.count()
    pages = max(1, -(-count // most))
    return min(max(1, common.whole(request.GET.get("trang")) or 1), pages), pages, count


def query(request: HttpRequest) -> str:
    """What the address asks for, without the page."""
    kept = request.GET.copy()
    kept.pop("trang", None)
    return kept.urlencode()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pledge_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a promise."""
    year = year_asked(request)
    unit = common.place_of(request, pk, year, Action.EDIT)
    asked = boxes.pledge_boxes(unit)
    if request.method != "POST":
        first = {"kind": "people_cash", "is_public": True}
        return _form(request, unit, year, boxes.filled(asked, first))
    sent = boxes.read(request.POST, boxes.PLEDGE_NAMES, year)
    if not sent.errors:
        try:
            made = contributions.add_pledge(
                person(request), unit, year, PledgeSaid(**sent.values),
                common.form_number(request.POST.get("luot")),
            )  # fmt: skip
        except BadRow as bad:
            sent.errors[bad.field or "giver"] = str(bad)
        else:
            messages.success(request, f"Đã ghi đăng ký của {made.giver}.")
            if request.POST.get("tiep"):
                return redirect(f"{reverse('money:pledge-new', args=[unit.pk])}?nam={year}")
            return redirect(f"{reverse('money:contributions', args=[unit.pk])}?nam={year}")
    return _form(request, unit, year, boxes.typed_in(asked, sent), status=422)


def _form(
    request: HttpRequest, unit: Unit, year: int, typed: list[boxes.Box], *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    shown = common.context(request, unit, year, "contributions", boxes=typed, **more)
    return render(request, "money/pledge_form.html", shown, status=status)


def pledge_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Pledge:
    """The pledge, 404 where the person does not see it; raises ``AccessDenied``."""
    rows = Pledge.objects.restrict(person(request)).select_related("place__parent", "village")
    found: Pledge = get_object_or_404(rows, pk=pk)
    if action != Action.VIEW:
        require(person(request), action, found.place)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """One pledge: what came of it, its receipts and history; a form sent here changes it."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    row = pledge_of(request, pk, action)
    asked = boxes.pledge_boxes(row.place)
    if request.method != "POST":
        return _pledge(request, row, boxes.filled(asked, said_of(row)))
    sent = boxes.read(request.POST, boxes.PLEDGE_NAMES, row.year)
    seen = common.whole(request.POST.get("luot-sua"))
    more: dict[str, Any] = {}
    status = 422
    if not sent.errors:
        try:
            contributions.change_pledge(
                person(request), row.pk, common.form_number(request.POST.get("luot")),
                row.revision if seen is None else seen, chosen(request, sent.values),
            )  # fmt: skip
        except BadRow as bad:
            sent.errors[bad.field or "giver"] = str(bad)
        except Conflict as conflict:
            more, status = conflict_of(conflict, row.place), 409
        else:
            messages.success(request, "Đã lưu.")
            return redirect("money:pledge", row.pk)
    return _pledge(request, row, boxes.typed_in(asked, sent), status, **more)


def _pledge(
    request: HttpRequest, row: Pledge, typed: list[boxes.Box], status: int = 200, **more: Any
) -> HttpResponse:
    today = timezone.localdate()
    counted = selectors.pledges(person(request), row.place, row.year).filter(pk=row.pk).first()
    line = selectors.row_of(counted, today) if counted else None
    shown = common.context(
        request, row.place, row.year, "contributions", pledge=row, line=line, boxes=typed,
        receipts=row.receipts.select_related("cancels", "cancelled_by").order_by("pk"),
        history=row.history.select_related("by")[:50],
        reminder=selectors.personal_reminder(line) if line and not line.done else "",
        **({"revision": row.revision} | more),
    )  # fmt: skip
    return render(request, "money/pledge.html", shown, status=status)


@require_POST
def pledge_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a pledge; a message offers to bring it back."""
    row = pledge_of(request, pk, Action.EDIT)
    try:
        contributions.remove_pledge(
            person(request), row.pk, common.form_number(request.POST.get("luot"))
        )  # fmt: skip
    except BadRow as bad:
        messages.error(request, str(bad))
        return redirect("money:pledge", row.pk)
    undo = reverse("money:pledge-restore", args=[row.pk])
    messages.success(request, f"Đã xóa đăng ký của {row.giver}.", extra_tags=f"undo:{undo}")
    return redirect(f"{reverse('money:contributions', args=[row.place_id])}?nam={row.year}")


@require_POST
def pledge_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed pledge back."""
    row = pledge_of(request, pk, Action.EDIT)
    key = common.form_number(request.POST.get("luot"))
    contributions.restore_pledge(person(request), row.pk, key)
    messages.success(request, f"Đã khôi phục đăng ký của {row.giver}.")
    return redirect("money:pledge", row.pk)
