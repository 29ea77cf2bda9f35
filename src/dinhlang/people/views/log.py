"""Administration: the audit log, searched, taken out, and checked."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import audit, selectors
from ..access import AccessDenied, Action, can, today
from ..forms import AuditForm
from ..log_workbook import workbook
from ..models import User
from .checks import manager, person

PAGE = 60
MOST_EXPORTED = 50_000


def _wanted(form: AuditForm) -> selectors.AuditFilter:
    """What the form asks for; a field typed wrongly asks for nothing."""
    form.is_valid()
    data = form.cleaned_data
    first, last = data.get("tu"), data.get("den")
    return selectors.AuditFilter(
        text=data.get("tim") or "",
        user=data.get("nguoi"),
        verb=data.get("viec") or "",
        first=first if isinstance(first, date) else None,
        last=last if isinstance(last, date) else None,
        request=data.get("luot") or "",
    )


@require_safe
@never_cache
@manager
def log(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    return _page(request)


def _page(request: HttpRequest, verdict: audit.Verdict | None = None) -> HttpResponse:
    by = person(request)
    form = AuditForm(selectors.verbs(by), request.GET)
    wanted = _wanted(form)
    found = Paginator(selectors.audit_lines(by, wanted), PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "place": "admin",
        "tab": "log",
        "form": form,
        "found": found,
        "query": query.urlencode(),
        "person": User.objects.filter(pk=wanted.user).first() if wanted.user else None,
        "wanted": wanted,
        "verdict": verdict,
        "everything": can(by, Action.MANAGE, None),
    }
    return render(request, "people/log.html", context)


@require_safe
@never_cache
@manager
def export(request: HttpRequest) -> FileResponse:
    """The lines on the page and all that follow them, as an Excel workbook."""
    by = person(request)
    form = AuditForm(selectors.verbs(by), request.GET)
    lines = selectors.audit_lines(by, _wanted(form))[:MOST_EXPORTED]
    with transaction.atomic():
        data = workbook(lines)
        audit.record(by, "xuất nhật ký", details={"số dòng": len(lines)})
    return FileResponse(
        BytesIO(data),
        as_attachment=True,
        filename=f"nhat-ky-{today():%Y-%m-%d}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


@require_POST
@manager
def verify(request: HttpRequest) -> HttpResponse:
    """Check the whole chain now; for administrators, as it reads everybody's lines."""
    if not can(person(request), Action.MANAGE, None):
        raise AccessDenied
    return _page(request, audit.verify())
