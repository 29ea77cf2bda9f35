"""What the views share: the place one may see, the day asked about, what is remembered."""

from __future__ import annotations

from datetime import date
from typing import cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from dinhlang.people.access import Action, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold

REMEMBERED = "tieu_chi"
MOST_REMEMBERED = 20
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def person(request: HttpRequest) -> User:
    """Who is signed in; the sign-in itself is asked for before any view."""
    return cast(User, request.user)


def place_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Unit:
    """The place; 404 for those who may not do this there."""
    rows = restrict(Unit.objects.select_related("parent"), person(request), action)
    return get_object_or_404(rows, pk=pk)


def day_of(request: HttpRequest) -> date:
    """The day in the address, today where there is none or it is no day."""
    try:
        found = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return timezone.localdate()
    return found if FIRST_DAY <= found <= LAST_DAY else timezone.localdate()


def asked_day(request: HttpRequest, day: date) -> str:
    """“?ngay=2024-09-30” for links of the page; empty for today."""
    return "" if day == timezone.localdate() else "?" + urlencode({"ngay": day.isoformat()})


def remember(request: HttpRequest, place: Unit, set_id: str = "") -> None:
    """Keeps the place, and the set looked at there, for the next visit of this session."""
    held = request.session.get(REMEMBERED) or {}
    sets = dict(held.get("sets") or {})
    if set_id and sets.get(str(place.pk)) != set_id:
        sets.pop(str(place.pk), None)
        sets[str(place.pk)] = set_id
        while len(sets) > MOST_REMEMBERED:
            del sets[next(iter(sets))]
    fresh = {"place": place.pk, "sets": sets}
    if fresh != held:
        request.session[REMEMBERED] = fresh


def remembered_place(request: HttpRequest) -> int | None:
    """The place looked at last."""
    found = (request.session.get(REMEMBERED) or {}).get("place")
    return found if isinstance(found, int) else None


def remembered_set(request: HttpRequest, place: Unit) -> str:
    """The set looked at last at this place."""
    sets = (request.session.get(REMEMBERED) or {}).get("sets") or {}
    return str(sets.get(str(place.pk), ""))


def form_key(request: HttpRequest) -> UUID:
    """The form's own number, by which a second click is known; a fresh one where it has none."""
    try:
        return UUID(request.POST.get("luot", ""))
    except ValueError:
        return uuid4()


def file_name(*parts: str) -> str:
    """A file name from words: lower case, no diacritics, hyphens between."""
    plain = "-".join(fold(part) for part in parts if part)
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split()) + ".xlsx"
