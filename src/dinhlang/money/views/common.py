"""What the views share: the place and the year of an address, and who may do what there."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from dinhlang.people.access import Action, allowed_places, can, require
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold

from ..boxes import whole
from ..models import Need, Source
from ..programme import CARRIED, regime_of

__all__ = [
    "XLSX", "back", "context", "download", "form_number", "person", "place_of", "row_of", "slug",
    "whole",
]  # fmt: skip

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEARS = range(2015, 2041)


def person(request: HttpRequest) -> User:
    """Who is signed in; the sign-in itself is asked for before any view."""
    return cast(User, request.user)


def place_of(request: HttpRequest, pk: int, year: int, action: Action = Action.VIEW) -> Unit:
    """The commune, 404 where the person does not see it or the year is none; raises
    ``AccessDenied`` where they see it and may not do this."""
    seen = allowed_places(person(request), Action.VIEW).filter(level=Level.COMMUNE)
    found: Unit = get_object_or_404(seen.select_related("parent__parent"), pk=pk)
    if year not in YEARS:
        raise Http404
    if action != Action.VIEW:
        require(person(request), action, found)
    return found


def row_of(
    request: HttpRequest, model: type[Need] | type[Source], pk: int, action: Action = Action.VIEW
) -> Any:
    """The need or source, 404 where the person does not see it; raises ``AccessDenied``."""
    more = ("village", "task") if model is Need else ()
    rows = model.objects.restrict(person(request)).select_related("place__parent", "by", *more)
    found = get_object_or_404(rows, pk=pk)
    if action != Action.VIEW:
        require(person(request), action, found.place)
    return found


def form_number(text: str | None) -> UUID:
    """The form's own number, by which a second click is known; a fresh one where it has none."""
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()


def back(request: HttpRequest) -> str:
    """Where the form said to go back to (``ve``); empty for an address that is not ours."""
    wanted = request.POST.get("ve", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def context(request: HttpRequest, unit: Unit, year: int, tab: str, **more: Any) -> dict[str, Any]:
    """A template's context: the part of the program, the tab, the place and its year."""
    this = timezone.localdate().year
    regime = regime_of(year)
    return {
        "place": "money",
        "tab": tab,
        "unit": unit,
        "year": year,
        "year_text": str(year),
        "years": sorted({*range(this - 5, this + 2), year}, reverse=True),
        "regime": regime,
        "carried_rule": CARRIED if year == LAST_BOTH else None,
        "may_edit": can(person(request), Action.EDIT, unit),
        "submission": uuid4(),
        "today": timezone.localdate(),
        **more,
    }


LAST_BOTH = 2026
"""The one year in which money is spent under both regimes."""


def download(data: bytes, filename: str) -> FileResponse:
    """The workbook as a file to keep."""
    return FileResponse(BytesIO(data), as_attachment=True, filename=filename, content_type=XLSX)


def slug(unit: Unit) -> str:
    """The place's name as a part of a file's name."""
    return fold(unit.title).replace(" ", "-")
