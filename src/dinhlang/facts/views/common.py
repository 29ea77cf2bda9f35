"""What the views share: the place and the period of an address, and who may do what there."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from dinhlang.people.access import Action, allowed_places, can, require
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit

from ..periods import BadPeriod, Period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEARS_BACK = 5
REMEMBERED = "facts_period"


def person(request: HttpRequest) -> User:
    """Who is signed in; the sign-in itself is asked for before any view."""
    return cast(User, request.user)


def place_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Unit:
    """The place, 404 where the person does not see it; raises ``AccessDenied`` where they see
    it and may not do this."""
    seen = allowed_places(person(request), Action.VIEW).select_related("parent__parent")
    found = get_object_or_404(seen, pk=pk)
    if action != Action.VIEW:
        require(person(request), action, found)
    return found


def holds_numbers(unit: Unit) -> bool:
    """Whether numbers are entered at such a place, not only looked up below it."""
    return unit.level in (Level.COMMUNE, Level.VILLAGE)


def rights(request: HttpRequest, unit: Unit) -> dict[str, bool]:
    """What the person may do at the place, for templates."""
    user = person(request)
    village = unit.level == Level.VILLAGE
    return {
        "may_edit": can(user, Action.EDIT, unit),
        "may_confirm": can(user, Action.REVIEW, unit),
        "sees_commune": village and can(user, Action.VIEW, unit.parent),
    }


def period_asked(request: HttpRequest) -> Period:
    """The period of the address (``ky``), else the one looked at last, else this year."""
    asked = request.POST.get("ky") or request.GET.get("ky")
    text = asked or request.session.get(REMEMBERED)
    try:
        found = Period.of(str(text or timezone.localdate().year))
    except BadPeriod:
        found = Period("year", timezone.localdate().year)
    if asked and request.session.get(REMEMBERED) != found.code:
        request.session[REMEMBERED] = found.code
    return found


def period_of(code: str) -> Period:
    """The period of a part of an address; 404 where it is none."""
    try:
        return Period.of(code)
    except BadPeriod:
        raise Http404 from None


def periods(chosen: Period) -> list[tuple[str, list[Period]]]:
    """The periods offered, in groups, the newest first."""
    today = timezone.localdate()
    years = [Period("year", year) for year in range(today.year, today.year - YEARS_BACK - 1, -1)]
    groups = [("Năm", years)]
    for name, kind, most in (("6 tháng", "half", 4), ("Quý", "quarter", 6), ("Tháng", "month", 12)):
        found = [Period.spanning(kind, today)]  # type: ignore[arg-type]
        while len(found) < most:
            found.append(found[-1].before)
        groups.append((name, found))
    if not any(chosen in several for _, several in groups):
        groups.insert(0, ("Đang xem", [chosen]))
    return groups


def given_uuid(text: str | None) -> UUID | None:
    """The UUID a form sent; None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def form_number(text: str | None) -> UUID:
    """The form's own number, by which a second click is known; a fresh one where it has none."""
    return given_uuid(text) or uuid4()


def whole(text: object) -> int | None:
    """A whole number that a form sent; None for anything else."""
    try:
        return int(str(text))
    except ValueError:
        return None


def download(data: bytes, filename: str, kind: str = XLSX) -> FileResponse:
    """The bytes as a file to keep."""
    return FileResponse(BytesIO(data), as_attachment=True, filename=filename, content_type=kind)


def context(unit: Unit | None, tab: str, **more: Any) -> dict[str, Any]:
    """A template's context: the part of the program, the tab, the unit."""
    return {"place": "criteria", "tab": tab, "unit": unit, **more}
