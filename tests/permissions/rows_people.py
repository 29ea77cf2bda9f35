"""The rows of accounts and of the administration of people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dinhlang.people.models import Grant, Invitation, Office, OfficeHolding, OpenSession
from dinhlang.people.selectors import digest_of
from tests.permissions.table import Page, everybody, managers
from tests.world import World


def person(world: World) -> list[Any]:
    """The officer of commune A."""
    return [world.people["officer"].pk]


def grant(world: World) -> list[Any]:
    """The officer's role in commune A."""
    return [Grant.objects.get(user=world.people["officer"]).pk]


def office(world: World) -> list[Any]:
    """An office of commune A."""
    return [Office.objects.create(place=world.places["a"], title="Công chức mẫu").pk]


def holding(world: World) -> list[Any]:
    """The officer in an office of commune A."""
    held = Office.objects.create(place=world.places["a"], title="Công chức mẫu")
    return [OfficeHolding.objects.create(user=world.people["officer"], office=held).pk]


def session(world: World) -> list[Any]:
    """A browser in which the officer is signed in."""
    now = timezone.now()
    user = world.people["officer"]
    return [OpenSession.objects.create(user=user, key="k" * 32, created=now, seen=now).pk]


def link(world: World) -> list[Any]:
    """A one-time link for the officer."""
    now = timezone.now()
    Invitation.objects.create(
        user=world.people["officer"],
        digest=digest_of("bi-mat"),
        created=now,
        expires=now + timedelta(days=1),
    )
    return ["bi-mat"]


NEEDS = {
    "a person": person,
    "a grant": grant,
    "an office": office,
    "a holding": holding,
    "a session": session,
    "a link": link,
    "an unknown link": lambda world: ["khong-co"],
}

NEW_PERSON = {
    "full_name": "Người Mới",
    "username": "nguoi.moi",
    "role": "officer",
    "place": "Làng Mẫu",
}
OWN = everybody(200, anonymous=302)
WITHOUT_FACTOR = everybody(404, anonymous=302)
UNSEEN = everybody(404, anonymous=302) | {"nobody": 403, "resident": 403}
NAMED = UNSEEN | dict.fromkeys(("officer", "leader", "coordinator", "admin"), 302)
"""Who edits at commune A says what its offices are also called."""

PAGES = (
    Page("account_login", "get", everybody(302, anonymous=200)),
    Page("account_login", "post", everybody(302, anonymous=200)),
    Page("account_logout", "post", everybody(302)),
    Page("account_signup", "get", everybody(302, anonymous=200)),
    Page("account_inactive", "get", everybody(200)),
    Page("account_change_password", "get", OWN),
    Page("account_change_password", "post", OWN),
    Page("account_reauthenticate", "get", OWN),
    Page("account_reauthenticate", "post", OWN),
    Page("mfa_authenticate", "get", everybody(302)),
    Page("mfa_authenticate", "post", everybody(302)),
    Page("mfa_index", "get", OWN),
    Page("mfa_reauthenticate", "get", everybody(302)),
    Page("mfa_reauthenticate", "post", everybody(302)),
    Page("mfa_activate_totp", "get", everybody(302)),
    Page("mfa_activate_totp", "post", everybody(302)),
    Page("mfa_deactivate_totp", "get", WITHOUT_FACTOR),
    Page("mfa_deactivate_totp", "post", WITHOUT_FACTOR),
    Page("mfa_view_recovery_codes", "get", WITHOUT_FACTOR),
    Page("mfa_generate_recovery_codes", "get", everybody(302)),
    Page("mfa_generate_recovery_codes", "post", everybody(302)),
    Page("mfa_download_recovery_codes", "get", WITHOUT_FACTOR),
    Page("people:first-run", "get", everybody(302)),
    Page("people:first-run", "post", everybody(302)),
    Page("people:invitation", "get", everybody(200), "a link"),
    Page("people:invitation", "get", everybody(404), "an unknown link"),
    Page("people:invitation", "post", everybody(422), "a link", {"password": "a"}),
    Page("people:account", "get", OWN),
    Page("people:account-edit", "post", everybody(422, anonymous=302)),
    Page(
        "people:own-session-end",
        "post",
        everybody(404, anonymous=302) | {"officer": 302},
        "a session",
    ),
    Page("people:own-sessions-end", "post", everybody(302)),
    Page("people:admin", "get", managers(200, 200)),
    Page("people:places", "get", managers(200, 200)),
    Page("people:people", "get", managers(200, 200)),
    Page("people:invite", "get", managers(200, 200)),
    Page("people:invite", "post", managers(200, 422, admin=200), data=NEW_PERSON),
    Page("people:person", "get", managers(200, 404, admin=200), "a person"),
    Page("people:person-edit", "post", managers(422, 404, admin=422), "a person"),
    Page("people:person-link", "post", managers(200, 404, admin=200), "a person"),
    Page("people:person-switch", "post", managers(302, 404, admin=302), "a person"),
    Page("people:grant", "post", managers(422, 404, admin=422), "a person"),
    Page("people:appoint", "post", managers(422, 404, admin=422), "a person"),
    Page("people:factor-off", "post", managers(302, 404, admin=302), "a person"),
    Page("people:grant-end", "post", managers(302, 404, admin=302), "a grant"),
    Page("people:holding-end", "post", managers(302, 404, admin=302), "a holding"),
    Page("people:session-end", "post", managers(302, 404, admin=302), "a session"),
    Page("people:offices", "get", managers(200, 200)),
    Page(
        "people:office-add",
        "post",
        managers(302, 422, admin=302),
        data={"title": "Văn thư", "place": "xã Làng Mẫu"},
    ),
    Page("people:office-rename", "post", managers(302, 404, admin=302), "an office"),
    Page("people:office-close", "post", managers(302, 404, admin=302), "an office"),
    Page("people:office-names", "post", NAMED, "an office", {"ten-khac": "Địa chính xã"}),
    Page("people:office-also", "post", UNSEEN, data={"chuc-vu": "x"}),
    Page("people:log", "get", managers(200, 200)),
    Page("people:log-xlsx", "get", managers(200, 200)),
    Page("people:log-verify", "post", managers(403, 403, admin=200)),
)
