"""Administration: people, what they may do, their offices, their sessions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.places.models import Level, Unit

from .. import selectors, services, sessions
from ..access import Action, is_everywhere, policy_of, restrict
from ..forms import AppointForm, ContactForm, InviteForm, RoleForm, choosable, described
from ..models import Grant, OfficeHolding, OpenSession, User
from .checks import add_errors, manager, person

PAGE = 50


@require_safe
@never_cache
@manager
def administration(request: HttpRequest) -> HttpResponse:
    """The administration's first page: what is set up, what is still to do."""
    by = person(request)
    steps = {
        "units": Unit.objects.filter(level=Level.COMMUNE).exists(),
        "people": selectors.people(by).exclude(pk=by.pk).exists(),
    }
    context = {
        "place": "admin",
        "tab": "start",
        "steps": steps,
        "everywhere": is_everywhere(by, Action.MANAGE),
        "counts": selectors.counts(by),
        "recent": selectors.audit_lines(by, selectors.AuditFilter())[:8],
    }
    return render(request, "people/admin.html", context)


@require_safe
@never_cache
@manager
def people(request: HttpRequest) -> HttpResponse:
    """All people one manages, found by name, sign-in name, e-mail or phone."""
    by = person(request)
    text, state = request.GET.get("tim", "")[:100], request.GET.get("loc", "")
    found = Paginator(selectors.people(by, text, state), PAGE).get_page(request.GET.get("trang"))
    context = {"place": "admin", "tab": "people", "found": found, "text": text, "state": state}
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@manager
def invite(request: HttpRequest) -> HttpResponse:
    """A new person, and the one-time link to hand over."""
    by = person(request)
    home = selectors.home_place(by)
    start = {"place": described(home)} if home else {}
    form = InviteForm(by, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        names = ("username", "full_name", "role", "place", "title", "email", "phone")
        try:
            made, secret = services.invite(
                by,
                **{name: data[name] for name in names},
                start=data["start"],
                end=data["end"],
                submission=form.submission,
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _link_page(request, made, secret)
    context = {"place": "admin", "tab": "people", "form": form}
    return render(request, "people/invite.html", context, status=422 if form.errors else 200)


def _link_page(request: HttpRequest, user: User, secret: str) -> HttpResponse:
    """The link, shown this once."""
    link = request.build_absolute_uri(reverse("people:invitation", args=[secret]))
    context = {
        "place": "admin",
        "tab": "people",
        "person": user,
        "link": link,
        "days": services.INVITATION_LASTS.days,
    }
    return render(request, "people/link.html", context)


@require_safe
@never_cache
@manager
def places(request: HttpRequest) -> HttpResponse:
    """Suggestions for the field of a place, while it is typed."""
    text = (
        request.GET.get(request.GET.get("ten", "place"), "")
        .partition("#")[0]
        .partition(",")[0][:100]
    )
    found = [described(unit) for unit in choosable(person(request), text)]
    return render(request, "people/_places.html", {"names": found})


def _known(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(selectors.people(person(request)), pk=pk)


@require_safe
@never_cache
@manager
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: name and contact, roles, offices, sessions, and what was done with them."""
    return _person_page(request, _known(request, pk))


def _person_page(
    request: HttpRequest, found: User, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    by = person(request)
    manageable = by != found and policy_of(User).allows(found, by, Action.MANAGE)
    home = selectors.home_place(found) or selectors.home_place(by)
    start = {"place": described(home)} if home else {}
    contact = {"full_name": found.full_name, "phone": found.phone, "email": found.email}
    context: dict[str, Any] = {
        "place": "admin",
        "tab": "people",
        "person": found,
        "post": selectors.post_of(found),
        "manageable": manageable,
        "itself": by == found,
        "contact": bound.get("contact") or ContactForm(initial=contact),
        "role_form": bound.get("role") or RoleForm(by, initial=start),
        "office_form": bound.get("office") or AppointForm(by, initial=start, prefix="cv"),
        "grants": selectors.grants_of(found),
        "holdings": selectors.holdings_of(found),
        "invitation": selectors.pending_invitation(found),
        "two_factor": selectors.has_second_factor(found),
        "sessions": sessions.open_sessions(found) if manageable else [],
        "lines": selectors.audit_lines(by, selectors.AuditFilter(about=found))[:12],
    }
    return render(request, "people/person.html", context, status=status)


def _again(pk: int, anchor: str = "") -> HttpResponse:
    return redirect(reverse("people:person", args=[pk]) + anchor)


@require_POST
@manager
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name and contact."""
    found = _known(request, pk)
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            services.edit_person(person(request), found, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Đã lưu thông tin.")
            return _again(pk)
    found.refresh_from_db()
    return _person_page(request, found, 422, contact=form)


@require_POST
@manager
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh one-time link, for whoever lost the first one or forgot the password."""
    found = _known(request, pk)
    return _link_page(request, found, services.renew_link(person(request), found))


@require_POST
@manager
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock the account, or open it again."""
    found = _known(request, pk)
    on = request.POST.get("mo") == "1"
    services.switch(person(request), found, on=on)
    messages.success(request, "Đã mở lại tài khoản." if on else "Đã khóa tài khoản.")
    return _again(pk)


@require_POST
@manager
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """One more role."""
    found = _known(request, pk)
    form = RoleForm(person(request), request.POST)
    if form.is_valid():
        data = form.cleaned_data
        services.give(
            person(request),
            found,
            data["role"],
            data["place"],
            start=data["start"],
            end=data["end"],
        )
        messages.success(request, "Đã cấp quyền.")
        return _again(pk, "#quyen")
    return _person_page(request, found, 422, role=form)


@require_POST
@manager
def end_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    grant = get_object_or_404(restrict(Grant.objects.all(), person(request), Action.MANAGE), pk=pk)
    services.end_grant(person(request), grant)
    messages.success(request, "Đã thu hồi quyền.")
    return _again(grant.user_id, "#quyen")


@require_POST
@manager
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Put into an office."""
    found = _known(request, pk)
    form = AppointForm(person(request), request.POST, prefix="cv")
    if form.is_valid():
        data = form.cleaned_data
        try:
            office = services.create_office(person(request), data["place"], data["title"])
            services.appoint(person(request), found, office, start=data["start"], end=data["end"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Đã giao chức vụ.")
            return _again(pk, "#chuc-vu")
    return _person_page(request, found, 422, office=form)


@require_POST
@manager
def end_holding(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out of an office."""
    mine = restrict(OfficeHolding.objects.all(), person(request), Action.MANAGE)
    holding = get_object_or_404(mine, pk=pk)
    services.end_holding(person(request), holding)
    messages.success(request, "Đã ghi thôi chức vụ.")
    return _again(holding.user_id, "#chuc-vu")


@require_POST
@manager
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a browser of somebody out."""
    managed = restrict(User.objects.all(), person(request), Action.MANAGE)
    entry = get_object_or_404(OpenSession, pk=pk, user__in=managed.values("pk"))
    services.end_session(person(request), entry)
    messages.success(request, "Đã đăng xuất thiết bị đó.")
    return _again(entry.user_id, "#phien")


@require_POST
@manager
def drop_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever lost the phone: sign in with the password alone again."""
    found = _known(request, pk)
    services.drop_second_factor(person(request), found)
    messages.success(request, "Đã tắt xác thực hai lớp của người này.")
    return _again(pk)
