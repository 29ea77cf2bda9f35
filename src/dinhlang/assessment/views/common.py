"""What the views share: the place one may see, the day asked about, what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from dinhlang.people.access import Action, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold

from ..selectors.verdicts import end_of

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
    """The day in the address; today where there is none, or, with a word to the person, no day."""
    given = request.GET.get("ngay", "").strip()
    try:
        found = date.fromisoformat(given) if given else None
    except ValueError:
        found = None
    if found is not None and FIRST_DAY <= found <= LAST_DAY:
        return found
    if given:
        messages.error(
            request,
            f"“{given[:20]}” không phải là ngày xem được (từ 01/01/{FIRST_DAY.year} đến "
            f"31/12/{LAST_DAY.year}). Đang xem ngày hôm nay.",
        )
    return timezone.localdate()


@dataclass(frozen=True, slots=True)
class Known:
    """By what was known: ``then``, on the day asked about, or now.

    ``asked`` is what the address says. ``query`` carries day and choice on to other pages.
    """

    on: date
    asked: str
    today: date

    @property
    def is_past(self) -> bool:
        """Whether the two can differ at all."""
        return self.on < self.today

    @property
    def then(self) -> bool:
        """Whether numbers that came in after the day are left out."""
        return self.is_past and self.asked == THEN

    @property
    def months_then(self) -> bool:
        """The same of the months of a trend: from today, each as it was known at its end."""
        return self.asked == THEN or (not self.is_past and self.asked != NOW)

    @property
    def at(self) -> datetime | None:
        """The moment up to which numbers count; None for all that are known now."""
        return end_of(self.on) if self.then else None

    @property
    def query(self) -> str:
        """“?ngay=2024-09-30&biet=ngay-ay”; empty for today."""
        return self._with(THEN if self.then else "")

    @property
    def query_then(self) -> str:
        """The same, by what was known then."""
        return self._with(THEN)

    @property
    def query_now(self) -> str:
        """The same, by what is known now."""
        return self._with(NOW)

    def _with(self, choice: str) -> str:
        given = {"ngay": self.on.isoformat()} if self.on != self.today else {}
        if choice and (self.is_past or choice == NOW):
            given["biet"] = choice
        return "?" + urlencode(given) if given else ""


THEN, NOW = "ngay-ay", "hom-nay"


def known_of(request: HttpRequest, on: date) -> Known:
    """By what was known the address asks for the day."""
    return Known(on, request.GET.get("biet", ""), timezone.localdate())


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
