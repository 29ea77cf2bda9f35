"""Coming in: the one-time link, and the first run of an installation."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import selectors, services
from ..access import AccessDenied
from ..forms import FirstRunForm, PasswordForm
from .checks import add_errors

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a one-time link: choose a password, then sign in with it."""
    found = selectors.invitation(secret)
    if found is None:
        return render(request, "people/link_over.html", status=404)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.accept_invitation(secret, form.cleaned_data["password"])
        except AccessDenied:
            return render(request, "people/link_over.html", status=404)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return render(request, "people/link_done.html", {"person": user})
    context = {"form": form, "person": found.user, "rules": password_validators_help_texts()}
    status = 422 if form.errors else 200
    return render(request, "people/invitation.html", context, status=status)


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def first_run(request: HttpRequest) -> HttpResponse:
    """The first page of a new installation: who administers it.

    On a server that others reach, the first comer must not become administrator: there a command
    of the operator makes the account.
    """
    if selectors.anybody():
        return redirect(settings.LOGIN_REDIRECT_URL)
    if not set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return render(request, "people/first_run_server.html")
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = services.create_first_administrator(
                username=data["username"], full_name=data["full_name"], password=data["password"]
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            login(request, user, settings.AUTHENTICATION_BACKENDS[0])
            return redirect("people:admin")
    context = {"form": form, "rules": password_validators_help_texts()}
    return render(request, "people/first_run.html", context, status=422 if form.errors else 200)
