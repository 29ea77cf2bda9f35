"""What the views share."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from dinhlang.people.access import Action
from dinhlang.people.models import User

from .. import selectors
from ..models import LawText, Loading
from ..sheet.decision import parse_day

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def person(request: HttpRequest) -> User:
    """Who is signed in; the sign-in itself is asked for before any view."""
    return cast(User, request.user)


def context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """A template's context with the part of the program it belongs to."""
    return {"place": "criteria", "tab": "sets", **more}


def asked_day(request: HttpRequest) -> date:
    """The day in the address (``ngay``), today where there is none."""
    return parse_day(request.GET.get("ngay", "")) or timezone.localdate()


def form_key(request: HttpRequest) -> UUID:
    """The form's own number, by which a second click is known; a fresh one where it has none."""
    try:
        return UUID(request.POST.get("luot", ""))
    except ValueError:
        return uuid4()


def whole(text: str | None) -> int:
    """A whole number of a form, 0 for anything else."""
    return int(text) if text and text.isdigit() and len(text) < 8 else 0


def loading_of(request: HttpRequest, pk: UUID) -> Loading:
    """The draft, 404 for those who do not manage its place."""
    rows = selectors.loadings(person(request))
    return get_object_or_404(rows, pk=pk)


def text_of(request: HttpRequest, pk: int) -> LawText:
    """The loaded text, 404 for those who may not see it."""
    rows = LawText.objects.all().restrict(person(request), Action.VIEW)
    found: LawText = get_object_or_404(
        rows.select_related("place", "loaded_by", "decided_by", "withdrawn_by", "loading"), pk=pk
    )
    return found
