"""A database that others hold too long: what was typed comes back, to be sent once more."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

AGAIN = 5
"""Seconds after which it is worth trying again."""
MESSAGE = "Máy đang bận ghi một việc lớn, chưa lưu được. Hãy thử lại sau vài giây."
SHORT = 24
"""Letters up to which what was typed goes along unseen."""
_SIGNS = ("locked", "lock timeout", "deadlock", "could not serialize")
_OWN = ("csrfmiddlewaretoken",)


class Busy:
    """Answers 503 instead of an error where the database was held by somebody else.

    A form's values stand on the page, in a form that sends them to the same address again with the
    same key, so that they are saved once. Files are to be chosen again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a request that met a held database; None for any other error."""
        told = str(error).lower()
        if not isinstance(error, OperationalError) or not any(sign in told for sign in _SIGNS):
            return None
        answer = _answer(request)
        answer.headers["Retry-After"] = str(AGAIN)
        return answer


def _is_worth_seeing(value: str) -> bool:
    """Words somebody typed, and no key, number or choice."""
    return "\n" in value.strip() or (len(value) > SHORT and " " in value.strip())


def _back(request: HttpRequest) -> str:
    """The page with the form: what the address of a form answers to a look may be nothing."""
    if request.method != "POST":
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    host = {request.get_host()}
    if url_has_allowed_host_and_scheme(came_from, host, require_https=request.is_secure()):
        return came_from
    return "/"


def _answer(request: HttpRequest) -> HttpResponse:
    if "text/html" not in request.headers.get("Accept", "text/html"):
        return JsonResponse({"message": MESSAGE}, status=503)
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OWN
        for value in values
    ]
    shown = {
        "message": MESSAGE,
        "typed": [(name, value, _is_worth_seeing(value)) for name, value in typed],
        "is_form": request.method == "POST",
        "files": [str(file) for name in request.FILES for file in request.FILES.getlist(name)],
        "address": request.get_full_path(),
        "back": _back(request),
    }
    return HttpResponse(render_to_string("503.html", shown, request), status=503)
