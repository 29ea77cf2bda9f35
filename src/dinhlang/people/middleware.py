"""On every request: a name for its audit lines, the sign-in, and when the session was last seen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from . import selectors, sessions
from .access import AccessDenied, one_look, works_here
from .audit import grouped

Next = Callable[[HttpRequest], HttpResponse]


class RequestName:
    """Names the request, so that all audit lines of one click are found together.

    One that only reads looks up the rights of its person once.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reads = request.method in {"GET", "HEAD"}
        with grouped() as name, one_look() if reads else nullcontext():
            response = self.get_response(request)
        response.headers.setdefault("X-Request-ID", name)
        return response


class SignInRequired:
    """Every address asks for a sign-in, except those on the lists of the settings."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Sends strangers to the sign-in page, and keeps people without a role out."""
        route = request.resolver_match.view_name if request.resolver_match else ""
        if route in settings.PUBLIC_ROUTES:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if route in settings.PERSONAL_ROUTES or works_here(request.user):
            return None
        return render(request, "people/no_access.html", {"message": ""}, status=403)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal becomes a page that says so."""
        if isinstance(error, AccessDenied):
            return render(request, "people/no_access.html", {"message": str(error)}, status=403)
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if not selectors.anybody():
        return redirect("people:first-run")
    if request.headers.get("HX-Request") == "true":
        # Swapping the sign-in page into a corner of the page would help nobody.
        return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return redirect_to_login(back)


class SessionsSeen:
    """Notes when a signed-in browser was last here, every ten minutes at most."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sessions.note(request)
        return self.get_response(request)
