"""The pages of the plan reader. Each view asks a selector or calls a service, and renders."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import PurePath
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from dinhlang.papers.serial import from_json

from ..models import Reading, State
from ..rendering import page as pages
from ..rendering.items import KINDS
from ..rendering.workbook import workbook
from ..running import NotAccepted
from . import samples, selectors, services
from .visitor import make_owner, owner_of

ENVELOPE = 1024 * 1024
"""Bytes a form may need around its files."""


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Where a paper is dropped; below, what this session has read so far."""
    # The session begins here and not with the first file: both clicks of a double click are in it.
    make_owner(request)
    return _home(request)


def _home(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    context = {
        "place": "home",
        "readings": selectors.recent_readings(owner_of(request)),
        "samples": samples.available(),
        "submission": uuid4(),
        "refused": refused,
        "limits": _limits(),
    }
    return render(request, "trial/home.html", context, status=status)


def _limits() -> dict[str, int]:
    return {"files": settings.UPLOAD_MAX_FILES, "bytes": settings.UPLOAD_MAX_BYTES}


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take the dropped files. What is far too large is refused before it is received."""
    most = settings.UPLOAD_MAX_BYTES * 2 + ENVELOPE
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        return _refuse(request, f"Các tệp gửi một lần lớn quá {most // 1024**2} MB.", 413)
    try:
        return _upload(request)
    except TooManyFilesSent:
        return _refuse(
            request,
            f"Mỗi lần đọc được nhiều nhất {settings.UPLOAD_MAX_FILES} tệp. "
            "Hãy chia thành nhiều lần.",
        )


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    try:
        started = services.start_readings(
            make_owner(request), _submission(request), request.FILES.getlist("tep")
        )
    except NotAccepted as refusal:
        return _refuse(request, str(refusal))
    return _go(request, started)


@require_POST
def sample(request: HttpRequest, slug: str) -> HttpResponse:
    """Read one of the samples."""
    found = samples.find(slug)
    if found is None:
        raise Http404
    try:
        started = services.read_sample(make_owner(request), _submission(request), found)
    except NotAccepted as refusal:
        return _refuse(request, str(refusal))
    return _go(request, [started])


def _by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _submission(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("luot", ""))
    except ValueError:
        return uuid4()


def _refuse(request: HttpRequest, message: str, status: int = 422) -> HttpResponse:
    if _by_htmx(request):
        return render(request, "trial/_refused.html", {"refused": message}, status=status)
    return _home(request, message, status)


def _go(request: HttpRequest, started: list[Reading]) -> HttpResponse:
    """To the paper itself where it is one, to the list where they are several."""
    if len(started) == 1:
        return _redirect(request, reverse("trial:reading", args=[started[0].pk]))
    # The number makes it another address than the page's own, which a bare anchor would not load.
    return _redirect(request, f"{reverse('trial:home')}?luot={started[0].submission}#da-doc")


def _redirect(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if _by_htmx(request) else redirect(address)


def _mine(request: HttpRequest, pk: UUID) -> Reading:
    return get_object_or_404(selectors.restrict(owner_of(request)), pk=pk)


def _mine_as_it_is(request: HttpRequest, pk: UUID) -> Reading:
    """The reading, told apart from one whose worker has died."""
    found = _mine(request, pk)
    if found.is_open and services.fail_lost():
        found.refresh_from_db()
    return found


@require_safe
@never_cache
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One paper: its progress while it is read, then the paper beside its items."""
    found = _mine_as_it_is(request, pk)
    if found.state != State.DONE:
        context = {
            "place": "home",
            "reading": found,
            "submission": uuid4(),
            "limits": _limits(),
        }
        return render(request, "trial/waiting.html", context)
    plan = from_json(json.loads(found.result))
    context = {"place": "home", "reading": found, "page": pages.page(plan)}
    return render(request, "trial/result.html", context)


@require_GET
@never_cache
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card of a reading, asked for again and again.

    On the paper's own page (``?mot``) the end of the reading loads that page anew.
    """
    return _card(request, pk)


def _card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card as it is now."""
    found = _mine_as_it_is(request, pk)
    alone = "mot" in request.GET
    if alone and not found.is_open:
        return _redirect(request, reverse("trial:reading", args=[pk]))
    return render(request, "trial/_card.html", {"reading": found, "alone": alone})


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop reading."""
    found = _mine(request, pk)
    services.stop_reading(found)
    if _by_htmx(request):
        return _card(request, pk)
    return redirect("trial:reading", pk=pk)


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a reading now."""
    services.delete_reading(_mine(request, pk))
    return _redirect(request, reverse("trial:home"))


def _done(request: HttpRequest, pk: UUID) -> Reading:
    found = _mine(request, pk)
    if found.state != State.DONE:
        raise Http404
    return found


@require_safe
@never_cache
def download_json(request: HttpRequest, pk: UUID) -> FileResponse:
    """The plan as JSON, the same bytes as ``dinhlang read FILE --json``."""
    found = _done(request, pk)
    return _attachment(found, found.result.encode(), ".json", "application/json")


@require_safe
@never_cache
def download_xlsx(request: HttpRequest, pk: UUID) -> FileResponse:
    """The plan as an Excel workbook, one sheet a kind."""
    found = _done(request, pk)
    data = workbook(from_json(json.loads(found.result)))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attachment(found, data, ".xlsx", kind)


def _attachment(found: Reading, data: bytes, suffix: str, kind: str) -> FileResponse:
    name = PurePath(found.filename).stem + suffix
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=kind)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to use the page."""
    return render(request, "trial/guide.html", {"place": "guide", "kinds": KINDS})
