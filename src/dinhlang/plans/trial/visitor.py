"""Who asks: a browser session, known by a secret that only its own session data hold."""

from __future__ import annotations

import hashlib
import secrets

from django.http import HttpRequest

KEY = "readings"


def owner_of(request: HttpRequest) -> str:
    """The digest under which this session's readings are filed; empty where it has none yet."""
    secret = request.session.get(KEY)
    return _digest(secret) if isinstance(secret, str) else ""


def make_owner(request: HttpRequest) -> str:
    """The same, made on first use."""
    if KEY not in request.session:
        request.session[KEY] = secrets.token_urlsafe(32)
    return owner_of(request)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
