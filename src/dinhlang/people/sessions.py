"""The browsers in which people are signed in: noted, listed, ended."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from .models import OpenSession, User

SEEN_EVERY = timedelta(minutes=10)
"""How exactly the last visit is known."""

NOTED = "seen"
VILLAGE_SESSION = timedelta(days=180)
"""How long a village head's phone stays signed in after the last sign-in."""

REMEMBERED = timedelta(days=60)
"""How long a browser stays signed in where the person asked for it."""


def _session(key: str) -> SessionBase:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    found: SessionBase = store(key)
    return found


def note(request: HttpRequest) -> None:
    """Keeps the list up to date with this request, at most every ten minutes a browser."""
    user = request.user
    if not user.is_authenticated:
        return
    now = timezone.now()
    seen = request.session.get(NOTED)
    if isinstance(seen, list) and seen[0] == request.session.session_key:
        recent = now.timestamp() - seen[1] < SEEN_EVERY.total_seconds()
        if recent:
            return
    if request.session.session_key is None:
        request.session.save()
    key = request.session.session_key or ""
    known = {
        "user": user,
        "seen": now,
        "address": address_of(request),
        "device": device_of(request.META.get("HTTP_USER_AGENT", "")),
    }
    OpenSession.objects.update_or_create(
        key=key, defaults=known, create_defaults=known | {"created": now}
    )
    request.session[NOTED] = [key, now.timestamp()]


def address_of(request: HttpRequest) -> str | None:
    """The network address of the browser, where it is known."""
    from allauth.account.adapter import get_adapter

    try:
        found: str | None = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        # Behind a proxy that does not say: the sign-in page minds, a list of browsers does not.
        return None
    return found or None


SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Zalo", "Zalo"),
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_of(agent: str) -> str:
    """A browser's description in two words: “Chrome, Windows”."""
    browser = next((name for mark, name in BROWSERS if re.search(mark, agent, re.I)), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part) or "Trình duyệt khác"


def open_sessions(user: User) -> list[OpenSession]:
    """The browsers in which the person is signed in, the last seen first.

    Those whose session has meanwhile expired leave the list here.
    """
    found = []
    for entry in OpenSession.objects.filter(user=user):
        # Loading, unlike asking whether it exists, looks at when it expires.
        if _session(entry.key).load():
            found.append(entry)
        else:
            entry.delete()
    return found


@transaction.atomic
def end(entry: OpenSession) -> None:
    """Signs that browser out."""
    _session(entry.key).delete(entry.key)
    entry.delete()


@transaction.atomic
def end_all(user: User, except_key: str | None = None) -> int:
    """Signs the person out everywhere, or everywhere but in one browser. Returns how many."""
    count = 0
    for entry in OpenSession.objects.filter(user=user):
        if entry.key != except_key:
            end(entry)
            count += 1
    return count


def forget(request: HttpRequest) -> None:
    """Takes the browser that is signing out from the list."""
    OpenSession.objects.filter(key=request.session.session_key or "").delete()
