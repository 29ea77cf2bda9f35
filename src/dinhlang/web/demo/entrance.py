"""The page where a visitor of this very machine chooses whose working day to see."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.web.environment import LOOPBACK

from .models import DemoAccount

HERE = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def is_open_to(request: HttpRequest) -> bool:
    """Whether anybody may come in with one click: samples only, and only from this machine."""
    return _is_from_here(request) and DemoAccount.objects.exists()


def _is_from_here(request: HttpRequest) -> bool:
    if not settings.DEMO or any(name in request.META for name in FORWARDED):
        return False
    host = request.get_host().rsplit(":", 1)[0] if _has_port(request) else request.get_host()
    return request.META.get("REMOTE_ADDR") in HERE and host in LOOPBACK


def _has_port(request: HttpRequest) -> bool:
    return request.get_host().rpartition("]")[2].count(":") == 1


@require_safe
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """The accounts, each with what there is to see. 404 where there are no samples."""
    if not is_open_to(request):
        raise Http404
    accounts = list(DemoAccount.objects.select_related("user"))
    return render(request, "demo/choose.html", {"accounts": accounts, "next": _next(request)})


@require_POST
def enter(request: HttpRequest, position: int) -> HttpResponse:
    """Sign in as one of the accounts. 404 where there are no samples."""
    if not is_open_to(request):
        raise Http404
    account = get_object_or_404(DemoAccount.objects.select_related("user"), position=position)
    login(request, account.user, settings.AUTHENTICATION_BACKENDS[0])
    return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else ""


class DemoEntrance:
    """Shows strangers at the front door the choice of accounts instead of the sign-in page."""

    def __init__(self, get_response: object) -> None:
        assert callable(get_response)
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            request.path == "/"
            and request.method == "GET"
            and not request.user.is_authenticated
            and is_open_to(request)
        ):
            return redirect("demo:choose")
        response: HttpResponseBase = self.get_response(request)
        return response


def shown(request: HttpRequest) -> dict[str, bool]:
    """For templates: ``is_demo``, the data are samples and every page says so; ``may_switch``,
    the reader may choose another account."""
    is_demo = settings.DEMO and DemoAccount.objects.exists()
    return {"is_demo": is_demo, "may_switch": is_demo and _is_from_here(request)}


app_name = "demo"
urlpatterns = [
    path("xem-thu", choose, name="choose"),
    path("xem-thu/<int:position>", enter, name="enter"),
]
