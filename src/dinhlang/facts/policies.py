"""Who sees an evidence, which its own place alone does not settle."""

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
)

from .models import Evidence, EvidenceLink

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class EvidencePolicy(Policy):
    """An evidence belongs to its place; it is seen wherever it proves something."""

    def visible(self, rows: Rows, user: Person | None, action: Action) -> Rows:
        """The evidence for which the person may do this."""
        if is_everywhere(user, action):
            return rows
        places = allowed_places(user, action).values("pk")
        here = Q(place__in=places)
        if action == Action.VIEW:
            proving = EvidenceLink.objects.filter(place__in=places, removed_at=None)
            here |= Q(pk__in=proving.values("evidence"))
        return rows.filter(here)


def register_policies() -> None:
    """Called when the app is ready."""
    register(Evidence, EvidencePolicy())
