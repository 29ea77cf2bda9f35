"""Questions about readings. Every one starts from the session that asks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from ..models import Reading


def restrict(owner: str) -> QuerySet[Reading]:
    """The readings this session may see: its own, not yet expired."""
    if not owner:
        return Reading.objects.none()
    return Reading.objects.filter(owner=owner, expires_at__gt=timezone.now())


def recent_readings(owner: str) -> QuerySet[Reading]:
    """Readings of the session, newest submission first, without their (long) results."""
    return restrict(owner).defer("result").order_by("-created", "position")


def readings_of_submission(owner: str, submission: UUID) -> list[Reading]:
    """The readings one form submission made, in the order of its files."""
    return list(restrict(owner).filter(submission=submission).order_by("position"))
