"""Who sees loaded texts and drafts: approved ones everybody who works here, others managers."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from dinhlang.people.access import (
    Action,
    Person,
    Policy,
    allowed_places,
    is_everywhere,
    register,
    works_here,
)

from .models import LawText, Loading

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class TextPolicy(Policy):
    """What is or was law is read by all who work here; what waits, by those who manage there."""

    def visible(self, rows: Rows, user: Person | None, action: Action) -> Rows:
        """The texts for which the person may do this."""
        if is_everywhere(user, Action.MANAGE):
            return rows
        managed = Q(place__in=allowed_places(user, Action.MANAGE).values("pk"))
        if action == Action.VIEW and works_here(user):
            return rows.filter(managed | Q(state__in=("approved", "withdrawn")))
        return rows.filter(managed)


class LoadingPolicy(Policy):
    """A draft belongs to those who manage its province; one for the country to those of all."""

    def visible(self, rows: Rows, user: Person | None, action: Action) -> Rows:
        """The drafts for which the person may do this."""
        if is_everywhere(user, Action.MANAGE):
            return rows
        return rows.filter(place__in=allowed_places(user, Action.MANAGE).values("pk"))


def register_policies() -> None:
    """Called when the app is ready."""
    register(LawText, TextPolicy())
    register(Loading, LoadingPolicy())
