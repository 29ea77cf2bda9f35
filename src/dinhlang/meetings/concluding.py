"""What closed meetings concluded, for the notice made from the list of papers."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Prefetch
from django.utils import timezone

from dinhlang.drafting.papers.gathering.concluded import MOST, Concluded
from dinhlang.places.models import Unit

from . import rendering
from .models import Decision, Meeting


def closed(place: Unit, on: date) -> list[Concluded]:
    """The meetings of the place that were held by the day and are closed, the latest first."""
    last = timezone.make_aware(datetime.combine(on, time.max))
    decisions = Prefetch("decisions", Decision.objects.filter(removed_at=None))
    rows = Meeting.objects.filter(
        place=place, state=Meeting.State.CLOSED, removed_at=None, at__lte=last
    ).prefetch_related(decisions)
    return [
        Concluded(
            code=f"hop:{row.pk}",
            title=row.title,
            held=timezone.localdate(row.at),
            chair=row.chair,
            resolutions=rendering.resolved(row.decisions.all()),
        )
        for row in rows[:MOST]
    ]
