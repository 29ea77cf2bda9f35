"""Policies of this app's models that the place alone does not settle."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from .access import (
    GIVABLE,
    Action,
    Person,
    Policy,
    Role,
    allowed_places,
    current_grants,
    is_everywhere,
    register,
    today,
)
from .models import Grant, OfficeHolding, User

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class PeoplePolicy(Policy):
    """Whom somebody may see and manage.

    Seen are the people granted a role or holding an office, now or once, at a place where one may
    do the same. Managed are those of them whose every role that has not ended could be given by
    the one who asks: nobody sets the password of somebody with more rights than their own.
    """

    def visible(self, rows: Rows, user: Person | None, action: Action) -> Rows:
        """The people whom the person may see or, with ``MANAGE`` and ``EDIT``, change."""
        if is_everywhere(user, action):
            return rows
        places = allowed_places(user, action).values("pk")
        granted = Grant.objects.filter(place__in=places).values("user")
        holding = OfficeHolding.objects.filter(office__place__in=places).values("user")
        found = rows.filter(Q(pk__in=granted) | Q(pk__in=holding))
        if action in {Action.VIEW, Action.REVIEW}:
            return found
        still = Grant.objects.filter(Q(end__isnull=True) | Q(end__gte=today()))
        givable = [role.value for role in givable_roles(user)]
        beyond = still.exclude(place__in=places, role__in=givable).values("user")
        return found.exclude(pk__in=beyond)


def givable_roles(user: Person | None) -> list[Role]:
    """The roles the person may give to others, in the order of ``Role``."""
    held = {Role(role) for role in current_grants(user).values_list("role", flat=True)}
    able = {role for one in held for role in GIVABLE.get(one, frozenset())}
    return [role for role in Role if role in able]


def register_policies() -> None:
    """Called when the app is ready."""
    register(User, PeoplePolicy())
