"""What a person is told, and how they want to be told."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..days import BadDay, read_hour
from ..models import NoticeKind
from ..selectors import reminders as looking
from ..services import notices as doing
from . import common
from .common import person
from .task_common import number

HOURS = (
    ("quiet_from", "im-tu", "Không gửi từ"),
    ("quiet_to", "im-den", "đến"),
    ("digest_at", "gio-gop", "Giờ nhận thư gộp"),
)


@require_safe
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """The person's notices, the latest first."""
    user, kind = person(request), request.GET.get("loai", "")
    first = min(number(request.GET.get("tu")) or 0, 100_000)
    rows, more = looking.notices(user, kind, first)
    context = {
        "place": "notices",
        "rows": rows,
        "kind": kind,
        "kinds": [("", "Tất cả"), ("chua-doc", "Chưa đọc"), *NoticeKind.choices],
        "first": first,
        "next": first + looking.PAGE if more else None,
        "previous": max(first - looking.PAGE, 0) if first else None,
        "unread": looking.unread(user),
        "unit": common.own_place(request),
        "here": request.get_full_path(),
    }
    return render(request, "work/notices.html", context)


@require_safe
@never_cache
def count(request: HttpRequest) -> JsonResponse:
    """How many notices the person has not read; asked for by the frame of every page."""
    return JsonResponse({"chua_doc": looking.unread(person(request))})


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Say that one notice (``so``), or all, were read; ``mo`` goes on to what it is about."""
    user, opened = person(request), number(request.POST.get("mo"))
    wanted = number(request.POST.get("so")) if opened is None else opened
    doing.mark_read(user, None if wanted is None else [wanted])
    if opened is not None:
        notice = user.notices.filter(pk=opened).first()
        address = looking.shown(notice).href if notice else ""
        if address.startswith("/") and not address.startswith("//"):
            return redirect(address)
    back = common.back(request) if request.POST.get("ve") else reverse("work:notices")
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """How the person wants to be told."""
    user, troubles = person(request), dict[str, str]()
    kept = doing.settings_of(user)
    typed = {name: f"{getattr(kept, name):%H:%M}" for name, _, _ in HOURS}
    by_email = kept.by_email
    if request.method == "POST":
        by_email = request.POST.get("thu") == "1"
        found = {}
        for name, sent, _ in HOURS:
            typed[name] = request.POST.get(sent, "")
            try:
                found[name] = read_hour(typed[name])
            except BadDay as bad:
                troubles[name] = str(bad)
        if not troubles:
            doing.save_settings(user, by_email=by_email, **found)
            messages.success(request, "Đã lưu cách nhận nhắc việc của bạn.")
            return redirect("work:my-reminders")
    context = {
        "place": "notices",
        "by_email": by_email,
        "hours": [
            (name, sent, label, typed[name], troubles.get(name, "")) for name, sent, label in HOURS
        ],
        "email": user.email,
        "email_ready": settings.EMAIL_READY,
        "unit": common.own_place(request),
    }
    return render(request, "work/my_reminders.html", context, status=422 if troubles else 200)
