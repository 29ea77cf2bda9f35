"""What the views share: finding what one may see, answers to htmx, files as downloads."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django_htmx.http import HttpResponseClientRedirect

from dinhlang.people.access import Action
from dinhlang.people.models import User

from .. import files
from ..models import Plan, Review

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAFE_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


def person(request: HttpRequest) -> User:
    """Who is signed in; the sign-in itself is asked for before any view."""
    return cast(User, request.user)


def plan_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Plan:
    """The plan with its current version, 404 where the person may not do this."""
    rows = Plan.objects.restrict(person(request), action).select_related("place", "current")
    return cast(Plan, get_object_or_404(rows, pk=pk))


def review_of(request: HttpRequest, pk: UUID) -> Review:
    """The review, 404 for those who may not edit at its place."""
    rows = Review.objects.restrict(person(request), Action.EDIT)
    return cast(Review, get_object_or_404(rows.select_related("place", "plan"), pk=pk))


def by_htmx(request: HttpRequest) -> bool:
    """Whether a script asked for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser there, by script or without."""
    return HttpResponseClientRedirect(address) if by_htmx(request) else redirect(address)


def given_uuid(text: str | None) -> UUID | None:
    """The UUID a form sent; None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def form_number(text: str | None) -> UUID:
    """The form's own number, by which a second click is known; a fresh one where it has none."""
    return given_uuid(text) or uuid4()


def download(data: bytes, filename: str, kind: str = XLSX) -> FileResponse:
    """The bytes as a file to keep."""
    return FileResponse(BytesIO(data), as_attachment=True, filename=filename, content_type=kind)


def original(sha256: str, filename: str) -> FileResponse:
    """A stored paper as a file to keep; 404 where the bytes are gone.

    Always a download, never shown by the browser: what people upload may be anything.
    """
    if not files.originals.exists(sha256):
        raise Http404
    kind = SAFE_TYPES.get(PurePath(filename).suffix.lower(), "application/octet-stream")
    return FileResponse(
        files.originals.open_stored(sha256),
        as_attachment=True,
        filename=filename,
        content_type=kind,
    )


def context(place: str, **more: Any) -> dict[str, Any]:
    """A template's context with the part of the program it belongs to."""
    return {"place": place, **more}
