"""One's own account: name, password, second factor, the browsers one is signed in with."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import selectors, services, sessions
from ..forms import ContactForm
from ..models import OpenSession
from .checks import add_errors, person


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """The page of one's own account."""
    return _page(request)


def _page(request: HttpRequest, form: ContactForm | None = None, status: int = 200) -> HttpResponse:
    user = person(request)
    contact = {"full_name": user.full_name, "phone": user.phone, "email": user.email}
    context = {
        "place": "account",
        "form": form or ContactForm(initial=contact),
        "grants": selectors.grants_of(user),
        "holdings": selectors.holdings_of(user),
        "two_factor": selectors.has_second_factor(user),
        "sessions": sessions.open_sessions(user),
        "this": request.session.session_key,
    }
    return render(request, "people/account.html", context, status=status)


@require_POST
def edit(request: HttpRequest) -> HttpResponse:
    """Change name and contact."""
    user = person(request)
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            services.edit_person(user, user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Đã lưu thông tin của bạn.")
            return redirect("people:account")
    user.refresh_from_db()
    return _page(request, form, 422)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one of one's own browsers out."""
    entry = get_object_or_404(OpenSession, pk=pk, user=person(request))
    services.end_session(person(request), entry)
    messages.success(request, "Đã đăng xuất thiết bị đó.")
    return redirect(reverse("people:account") + "#phien")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign all of one's browsers out but this one."""
    count = services.end_other_sessions(person(request), request.session.session_key)
    messages.success(request, f"Đã đăng xuất {count} thiết bị khác.")
    return redirect(reverse("people:account") + "#phien")
