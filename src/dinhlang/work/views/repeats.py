"""Work that comes again: what repeats, a new one, ending and resuming."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dinhlang.people.access import Action, can
from dinhlang.places.models import Unit

from .. import recurring, typed
from ..days import BadDay, read_day
from ..models import Repeat
from ..said import BadTask, Said
from ..selectors import page
from ..services import repeats as doing
from . import common
from .common import person
from .task_common import number

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
COMING = 3


def told(row: Repeat) -> str:
    """When it comes, in words."""
    match row.every:
        case "week":
            return f"{WEEKDAYS[row.on - 1]} hằng tuần"
        case "month":
            return "ngày cuối tháng" if row.on == 31 else f"ngày {row.on} hằng tháng"
    what = "sáu tháng" if row.every == "half" else recurring.NOUNS[row.every]
    return f"ngày cuối {what}" if row.on == 0 else f"trước khi hết {what} {row.on} ngày"


def named(row: Repeat) -> str:
    """Its text before any time has a name: “Báo cáo tháng gửi UBND xã”."""
    return str(row).replace(recurring.MARK, recurring.NOUNS[row.every])


def coming(row: Repeat, on: date) -> list[recurring.Time]:
    """The next times from the day on."""
    last = row.last or date(on.year + 3, 12, 31)
    found = recurring.times(row.every, row.on, max(row.first, on), last)
    return [time for _, time in zip(range(COMING), found, strict=False)]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def repeats(request: HttpRequest, place: int) -> HttpResponse:
    """What repeats here, and a form for one more."""
    unit, user = common.place_of(request, place), person(request)
    trouble = ""
    if request.method == "POST":
        try:
            row = _begin(request, unit)
        except (BadTask, BadDay) as bad:
            trouble = str(bad)
        else:
            messages.success(request, "Đã đặt việc định kỳ; các kỳ tới tự thành việc.")
            return redirect(reverse("work:repeats", args=[unit.pk]) + f"#dk-{row.pk}")
    on = timezone.localdate()
    for row in Repeat.objects.restrict(user).filter(place=unit, ended_at=None):
        # A page seen on a day when no clock ran shows what is due all the same.
        doing.make(row, on)
    rows = Repeat.objects.restrict(user).filter(place=unit).annotate(made=Count("tasks"))
    shown = {
        "place": "work", "tab": "repeats", "unit": unit, "on": on, "trouble": trouble,
        "rows": [
            (row, named(row), told(row), coming(row, on)) for row in rows.order_by("ended_at", "pk")
        ],
        "may_decide": can(user, Action.REVIEW, unit), "key": uuid4(), "box": request.POST,
        "offices": page.office_names(unit), "weekdays": enumerate(WEEKDAYS, 1),
        "everies": Repeat.Every.choices, "every": request.POST.get("bao-lau", "week"),
        "mark": recurring.MARK,
    }  # fmt: skip
    return render(request, "work/repeats.html", shown, status=422 if trouble else 200)


def _begin(request: HttpRequest, unit: Unit) -> Repeat:
    sent, on = request.POST, timezone.localdate()
    every = sent.get("bao-lau", "")
    day = number(sent.get("thu") if every == "week" else sent.get("ngay"))
    said = Said(
        text=sent.get("viec", ""), product=sent.get("san-pham", ""),
        lead=typed.offices(sent.getlist("chu-tri")),
        partners=typed.offices(sent.getlist("phoi-hop")),
    )  # fmt: skip
    return doing.begin(
        person(request), unit, said, common.form_key(request), every=every,
        on=day if day is not None else -1, first=read_day(sent.get("tu"), on) or on,
        last=read_day(sent.get("den"), on), origin_text=sent.get("nguon", ""),
    )  # fmt: skip


def _row(request: HttpRequest, pk: int) -> Repeat:
    rows = Repeat.objects.restrict(person(request), Action.REVIEW).select_related("place")
    found: Repeat = get_object_or_404(rows, pk=pk)
    return found


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """No further times; a message offers to go on."""
    row = _row(request, pk)
    doing.end(person(request), pk)
    address = reverse("work:repeat-resume", args=[pk])
    messages.success(request, f"Đã thôi “{row}”.", extra_tags=f"undo:{address}")
    return redirect("work:repeats", row.place_id)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on."""
    row = _row(request, pk)
    doing.resume(person(request), pk)
    return redirect("work:repeats", row.place_id)
