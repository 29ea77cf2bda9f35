"""The second person: a loaded text beside what it changes, approved or returned."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.law.errors import LawError
from dinhlang.people.access import Action, can

from .. import changes, presenting, selectors, services
from ..models import LawText, TextState
from ..reviewing import answers_of
from . import common
from .common import person, text_of


@require_safe
@never_cache
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """What was loaded, what it changes, and the decision on it."""
    return _text(request, text_of(request, pk))


def _text(
    request: HttpRequest, found: LawText, refused: str = "", status: int = 200
) -> HttpResponse:
    user, library = person(request), selectors.library()
    document = selectors.read_text(found)
    may_manage = can(user, Action.MANAGE, found.place)
    waits = found.state == TextState.PENDING
    difference = None
    if waits:
        try:
            difference = changes.changes_of(document, library)
        except LawError as error:
            refused = refused or str(error)
    reason = services.may_decide(user, found) if waits and may_manage else ""
    shown = common.context(
        request,
        text=found,
        document=document,
        changes=difference,
        after=difference.after if difference else None,
        decision_chip=presenting.chip(document.decision.provenance),
        may_manage=may_manage,
        may_decide=waits and may_manage and not reason,
        why_not=reason,
        deciders=selectors.deciders(found.place, without=selectors.hands(found))[:8],
        refused=refused,
        answers=answers_of(found.loading) if found.loading is not None else [],
        target=document.amends if hasattr(document, "amends") else document.id,
    )
    return render(request, "lawbook/text.html", shown, status=status)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it law from its date."""
    return _do(request, pk, lambda found: services.approve(person(request), found.pk))


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return it with a reason."""
    reason = request.POST.get("ly-do", "")
    return _do(request, pk, lambda found: services.send_back(person(request), found.pk, reason))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out, with a reason where it was law."""
    reason = request.POST.get("ly-do", "")
    return _do(request, pk, lambda found: services.withdraw(person(request), found.pk, reason))


def _do(request: HttpRequest, pk: int, verb: Callable[[LawText], LawText]) -> HttpResponse:
    found = text_of(request, pk)
    try:
        verb(found)
    except services.NotAllowedHere as refusal:
        return _text(request, found, str(refusal), 422)
    return redirect("lawbook:text", pk)
