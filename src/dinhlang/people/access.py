"""Who may see and do what: grants, the places below them, and ``restrict`` on every list.

A grant is a role at a place from a day to a day. It reaches the place and all places below it.
Every list a person sees goes through ``restrict``, every change through ``require``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dinhlang.places.models import Closure, Unit

from .models import Grant, User
from .roles import ALLOWED, GIVABLE, LABELS, Action, Role, roles_allowing

__all__ = [
    "ALLOWED",
    "GIVABLE",
    "LABELS",
    "AccessDenied",
    "Action",
    "Policy",
    "RestrictedQuerySet",
    "Role",
    "allowed_places",
    "can",
    "can_anywhere",
    "current_grants",
    "is_everywhere",
    "places_of",
    "policy_of",
    "register",
    "require",
    "restrict",
    "roles_allowing",
    "works_here",
]

Person = User | AnonymousUser
Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class AccessDenied(Exception):
    """Somebody asked for what they may not do; the message is for them."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or "Tài khoản của bạn không có quyền làm việc này. "
            "Nếu cần, hãy đề nghị người quản trị cấp thêm quyền."
        )


def today() -> date:
    """The day in Vietnam."""
    return timezone.localdate()


def current_grants(
    user: Person | None, action: Action | None = None, on: date | None = None
) -> models.QuerySet[Grant]:
    """The grants of the person that are in force on the day (today), and allow the action.

    None for nobody, for a stranger, and for an account that was switched off.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return Grant.objects.none()
    found = Grant.objects.filter(user=user).on(on or today())
    if action is not None:
        found = found.filter(role__in=[role.value for role in roles_allowing(action)])
    return found


def is_everywhere(user: Person | None, action: Action, on: date | None = None) -> bool:
    """Whether the person may do this at all places, those not yet entered included."""
    return current_grants(user, action, on).filter(place=None).exists()


def allowed_places(
    user: Person | None, action: Action, on: date | None = None
) -> models.QuerySet[Unit]:
    """The places where the person may do this on the day (today): granted ones and all below."""
    grants = current_grants(user, action, on)
    if grants.filter(place=None).exists():
        return Unit.objects.all()
    granted = grants.values("place")
    below = Closure.objects.filter(ancestor__in=granted).values("descendant")
    return Unit.objects.filter(Q(pk__in=granted) | Q(pk__in=below))


def can(user: Person | None, action: Action, place: Unit | None, on: date | None = None) -> bool:
    """Whether the person may do this at the place; ``None`` asks for everywhere."""
    grants = current_grants(user, action, on)
    if place is None:
        return grants.filter(place=None).exists()
    above = Closure.objects.filter(descendant=place).values("ancestor")
    return grants.filter(Q(place=None) | Q(place=place) | Q(place__in=above)).exists()


def can_anywhere(user: Person | None, action: Action, on: date | None = None) -> bool:
    """Whether there is any place where the person may do this."""
    return current_grants(user, action, on).exists()


def works_here(user: Person | None, on: date | None = None) -> bool:
    """Whether the person sees more than the public pages."""
    return can_anywhere(user, Action.VIEW, on)


def require(user: Person | None, action: Action, place: Unit | None) -> None:
    """Raises ``AccessDenied`` where ``can`` says no."""
    if not can(user, action, place):
        raise AccessDenied


class Policy:
    """Who sees and changes the rows of a model: those of allowed places, unless it says otherwise.

    A model names the field that leads to its place (``place_field = "plan__place"``; ``place``
    by default). One that needs other rules registers a policy of its own.
    """

    def visible(self, rows: Rows, user: Person | None, action: Action) -> Rows:
        """The rows for which the person may do this."""
        field = "pk" if rows.model is Unit else getattr(rows.model, "place_field", "place")
        if is_everywhere(user, action):
            return rows
        return rows.filter(**{f"{field}__in": allowed_places(user, action).values("pk")})

    def allows(self, row: models.Model, user: Person | None, action: Action) -> bool:
        """Whether the person may do this with this row."""
        rows = type(row)._default_manager.filter(pk=row.pk)
        return self.visible(rows, user, action).exists()


_BY_PLACE = Policy()
_OWN: dict[type[models.Model], Policy] = {}


def register(model: type[models.Model], policy: Policy) -> None:
    """Gives a model a policy of its own; called once, when its app is ready."""
    _OWN[model] = policy


def policy_of(model: type[models.Model]) -> Policy:
    """The model's policy: its own, or the one by place."""
    return _OWN.get(model, _BY_PLACE)


def restrict(rows: Rows, user: Person | None, action: Action = Action.VIEW) -> Rows:
    """The rows of any query set for which the person may do this."""
    return policy_of(rows.model).visible(rows, user, action)


class RestrictedQuerySet(models.QuerySet[Any]):
    """A query set that can be narrowed to what a person may see or do."""

    def restrict(self, user: Person | None, action: Action = Action.VIEW) -> Self:
        """The rows for which the person may do this, by the model's policy."""
        return restrict(self, user, action)


def places_of(grants: Iterable[Grant]) -> list[Unit]:
    """The places granted, each once."""
    return list({grant.place.pk: grant.place for grant in grants if grant.place}.values())
