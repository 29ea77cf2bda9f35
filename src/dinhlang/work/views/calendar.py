"""The calendar of a place's work by month and by week, and each person's calendar address."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..moments import WEEKDAYS
from ..periods import month_after, of_month
from ..selectors import months
from ..selectors.lines import bones, lines
from ..services import feeds
from . import common
from .common import ground_of, person


@require_safe
@never_cache
def calendar(request: HttpRequest, place: int) -> HttpResponse:
    """The month (``?thang=2024-11``) or the week (``?tuan=2024-11-18``) with what ends in it."""
    ground = ground_of(request, place)
    rows, on = ground.rows, ground.on
    week, month = _week(request), _month(request, on)
    if week is not None:
        days = [months.week_of(week)]
        weeks = months.filled(rows, days, on, None, months.MOST_OF_WEEK)
        title = f"Tuần {days[0][0]:%d/%m} – {days[0][-1]:%d/%m/%Y}"
        step = {name: f"{week + timedelta(days=at)}" for name, at in (("back", -7), ("next", 7))}
        around = {name: common.address(request, tuan=day) for name, day in step.items()}
    else:
        weeks = months.filled(rows, months.weeks_of_month(month), on, month.month, months.MOST)
        title = of_month(month.year, month.month).label
        around = {
            name: common.address(request, thang=f"{month_after(month, at):%Y-%m}", tuan=None)
            for name, at in (("back", -1), ("next", 1))
        }
    for day in (day for row in weeks for day in row if day.more):
        day.whole = common.address(request, thang=None, tuan=f"{day.day}")
    feed = feeds.feed_of(ground.user)
    context = common.frame(
        request, ground, "calendar", weeks=weeks, title=title, is_week=week is not None,
        weekdays=WEEKDAYS, around=around,
        month_href=common.address(request, tuan=None, thang=f"{(week or month):%Y-%m}"),
        week_href=common.address(request, thang=None, tuan=f"{week or _first_day(month, on)}"),
        today_href=common.address(request, thang=None, tuan=f"{on}" if week else None),
        total=sum(len(day.lines) + day.more for row in weeks for day in row),
        feed=request.build_absolute_uri(reverse("work:feed", args=[feeds.token_of(feed)]))
        if feed else "",
        xlsx=f"{request.path}.xlsx{common.asked(request)}",
    )  # fmt: skip
    return render(request, "work/calendar.html", context)


@require_safe
@never_cache
def calendar_xlsx(request: HttpRequest, place: int) -> FileResponse:
    """The tasks that end within the month or week, by day."""
    ground = ground_of(request, place)
    on = ground.on
    week, month = _week(request), _month(request, on)
    span = of_month(month.year, month.month)
    first, last, title = span.first, span.last, span.label.lower()
    if week is not None:
        days = months.week_of(week)
        first, last, title = days[0], days[-1], f"tuần từ {days[0]:%d/%m/%Y}"
    found = bones(ground.rows.filter(end__gte=first, end__lte=last).exclude(state="dropped"))
    ready = lines([bone.pk for bone in found], on)
    return common.list_file(ground, f"Lịch công việc {title}", [("", ready)])


def _week(request: HttpRequest) -> date | None:
    try:
        found = date.fromisoformat(request.GET.get("tuan", ""))
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


def _month(request: HttpRequest, on: date) -> date:
    try:
        found = date.fromisoformat(f"{request.GET.get('thang', '')}-01")
    except ValueError:
        return on.replace(day=1)
    return found if 1990 <= found.year <= 2100 else on.replace(day=1)


def _first_day(month: date, on: date) -> date:
    return on if (month.year, month.month) == (on.year, on.month) else month


@require_POST
def renew_feed(request: HttpRequest) -> HttpResponse:
    """Give the person a calendar address, or a new one instead of the old."""
    feeds.renew(person(request), common.form_key(request))
    messages.success(request, "Đã tạo địa chỉ lịch. Địa chỉ cũ (nếu có) không dùng được nữa.")
    return redirect(f"{common.back(request)}#lich-rieng")


@require_POST
def end_feed(request: HttpRequest) -> HttpResponse:
    """Take the person's calendar address away."""
    feeds.end(person(request))
    messages.success(request, "Đã thu hồi địa chỉ lịch.")
    return redirect(f"{common.back(request)}#lich-rieng")


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address: that person's open tasks that have an end."""
    on = timezone.localdate()
    data = feeds.calendar_of(token, on, request.build_absolute_uri("/").rstrip("/"))
    answer = HttpResponse(data, content_type=feeds.MEDIA_TYPE)
    answer["Content-Disposition"] = 'inline; filename="viec.ics"'
    # The address is a secret: it must not travel on to where the calendar's links lead.
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
