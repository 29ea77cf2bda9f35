"""Questions about people: who is there, what they are and where, what was done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold

from .access import (
    Action,
    Role,
    allowed_places,
    current_grants,
    held_office,
    is_everywhere,
    restrict,
    today,
)
from .models import AuditLine, Grant, Invitation, Office, OfficeHolding, User


def anybody() -> bool:
    """Whether there is any account yet."""
    return User.objects.exists()


def post_of(user: User, on: date | None = None) -> str:
    """“Công chức Tài chính - Kế toán, Xã Làng Mẫu”; the role where there is no office; or empty."""
    day = on or today()
    holding = held_office(user, day)
    if holding is not None:
        return f"{holding.office.title}, {holding.office.place.full_name}"
    grant = current_grants(user, on=day).select_related("place").first()
    if grant is None:
        return ""
    label = Role(grant.role).label
    return f"{label}, {grant.place.full_name}" if grant.place else label


def home_place(user: User, on: date | None = None) -> Unit | None:
    """The place of the person's office, or of their role; where their work begins."""
    day = on or today()
    holding = held_office(user, day)
    if holding is not None:
        return holding.office.place
    grant = current_grants(user, on=day).filter(place__isnull=False).select_related("place").first()
    return grant.place if grant else None


def offices_of(user: User, on: date | None = None) -> QuerySet[Office]:
    """The offices the person holds on the day (today)."""
    held = OfficeHolding.objects.filter(user=user).on(on or today()).values("office")
    return Office.objects.filter(pk__in=held).select_related("place")


def people(by: User, text: str = "", state: str = "") -> QuerySet[User]:
    """The people with a role or an office where ``by`` manages, each with what they are today.

    ``text`` is looked for in name, sign-in name, e-mail and phone whatever the diacritics;
    ``state`` is "" for all, “dang-dung”, “da-khoa” or “chua-vao”.
    """
    found = User.objects.all()
    if not is_everywhere(by, Action.MANAGE):
        places = allowed_places(by, Action.MANAGE).values("pk")
        found = found.filter(
            Q(pk__in=Grant.objects.filter(place__in=places).values("user"))
            | Q(pk__in=OfficeHolding.objects.filter(office__place__in=places).values("user"))
        )
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    if state == "da-khoa":
        found = found.filter(is_active=False)
    elif state == "dang-dung":
        found = found.filter(is_active=True)
    elif state == "chua-vao":
        found = found.filter(last_login=None, is_active=True)
    day = today()
    return found.prefetch_related(
        Prefetch(
            "grants", Grant.objects.all().on(day).select_related("place"), to_attr="grants_now"
        ),
        Prefetch(
            "holdings",
            OfficeHolding.objects.all().on(day).select_related("office__place"),
            to_attr="holdings_now",
        ),
    )


def offices(by: User, text: str = "") -> QuerySet[Office]:
    """The offices ``by`` manages, open ones first, each with who holds it today."""
    found = restrict(Office.objects.select_related("place"), by, Action.MANAGE)
    for word in fold(text).split():
        found = found.filter(Q(search_key__contains=word) | Q(place__search_key__contains=word))
    holdings = OfficeHolding.objects.all().on(today()).select_related("user")
    return found.prefetch_related(Prefetch("holdings", holdings, to_attr="holdings_now")).order_by(
        "place__sort_key", "closed_on", "title"
    )


def grants_of(user: User) -> QuerySet[Grant]:
    """All roles the person has or had, those in force first."""
    return user.grants.select_related("place").order_by(F("end").desc(nulls_first=True), "pk")


def holdings_of(user: User) -> QuerySet[OfficeHolding]:
    """All offices the person holds or held, those of today first."""
    found = user.holdings.select_related("office__place")
    return found.order_by(F("end").desc(nulls_first=True), "pk")


def has_second_factor(user: User) -> bool:
    """Whether signing in takes a code as well."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def counts(by: User) -> dict[str, int]:
    """How many people there are where ``by`` manages, and how many never came in or are locked."""
    return {
        "all": people(by).count(),
        "waiting": people(by, state="chua-vao").count(),
        "locked": people(by, state="da-khoa").count(),
        "offices": offices(by).filter(closed_on=None).count(),
    }


def pending_invitation(user: User) -> Invitation | None:
    """The one-time link that still works, where there is one."""
    return Invitation.objects.filter(
        user=user, used=None, withdrawn=None, expires__gt=timezone.now()
    ).first()


def invitation(secret: str) -> Invitation | None:
    """The one-time link with this secret, where it still works."""
    found = Invitation.objects.filter(
        digest=digest_of(secret), used=None, withdrawn=None, expires__gt=timezone.now()
    )
    return found.filter(user__is_active=True).select_related("user").first()


def digest_of(secret: str) -> str:
    """Under which a one-time link's secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to look for in the audit log; empty fields look for everything."""

    text: str = ""
    user: int | None = None
    verb: str = ""
    first: date | None = None
    last: date | None = None
    request: str = ""
    about: User | None = None


def audit_lines(by: User, wanted: AuditFilter) -> QuerySet[AuditLine]:
    """The audit lines of the places ``by`` manages (all, for an administrator), newest first."""
    found = restrict(AuditLine.objects.select_related("user", "place"), by, Action.MANAGE)
    conditions: dict[str, Any] = {}
    if wanted.user:
        conditions["user_id"] = wanted.user
    if wanted.verb:
        conditions["verb"] = wanted.verb
    if wanted.about:
        conditions |= {"target_kind": "people.user", "target_id": str(wanted.about.pk)}
    if wanted.request:
        conditions["request"] = wanted.request
    if wanted.first:
        conditions["at__gte"] = _midnight(wanted.first)
    if wanted.last:
        conditions["at__lt"] = _midnight(wanted.last + timedelta(days=1))
    found = found.filter(**conditions)
    if wanted.text.strip():
        text = wanted.text.strip()
        found = found.filter(
            Q(target_name__contains=text) | Q(user_name__contains=text) | Q(details__contains=text)
        )
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def verbs(by: User) -> list[str]:
    """The verbs that occur in the lines ``by`` sees, in alphabetical order."""
    found = restrict(AuditLine.objects.order_by(), by, Action.MANAGE)
    return sorted(found.values_list("verb", flat=True).distinct())
