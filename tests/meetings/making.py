"""Meetings of commune A for tests and the matrix of rights."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from dinhlang.meetings import services
from dinhlang.meetings.models import AgendaItem, Decision, Meeting
from dinhlang.meetings.services import Point, Said
from tests.world import World

AT = timezone.make_aware(datetime(2026, 11, 20, 8, 0))


def a_meeting(world: World, *points: str, **more: Any) -> Meeting:
    """A meeting to come with these points."""
    said = Said(**({"title": "Họp Ban Chỉ đạo", "at": AT} | more))
    several = [Point(text=each) for each in points or ("Rà soát đường thôn",)]
    return services.plan(world.people["officer"], world.places["a"], uuid4(), said, several)


def held(world: World, *points: str, **more: Any) -> Meeting:
    """One at which minutes are typed."""
    return services.open_meeting(world.people["officer"], a_meeting(world, *points, **more).pk)


def point(row: Meeting, at: int = 0) -> AgendaItem:
    """Its point at this place."""
    return row.items.filter(removed_at=None)[at]


def decided(world: World, row: Meeting, line: str = "Kế toán gửi đối chiếu vốn") -> Decision:
    """A decision of it."""
    return services.decide(world.people["officer"], row.pk, uuid4(), line)
