"""Fixing a self-assessment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .document import digest_of, document, text_of
from .models import Assessment
from .selectors.verdicts import ground, verdict_on

LONGEST_NOTE = 4000


class NoSuchSet(Exception):
    """There is no such set for such a unit."""


def fix(user: User, unit: Unit, set_id: str, on: date, key: UUID, note: str = "") -> Assessment:
    """Keep the verdict as it is now; sent again with the same key it gives what was kept.

    Raises ``AccessDenied`` without ``REVIEW`` at the place, and ``NoSuchSet``.
    """
    with transaction.atomic():
        require(user, Action.REVIEW, unit)
        before: Assessment | None = Assessment.objects.filter(
            key=key, made_by=user, place=unit
        ).first()
        if before is not None:
            return before
        here = ground(unit, on)
        found = verdict_on(here, set_id)
        if found is None:
            raise NoSuchSet
        text = text_of(document(found, unit, here.law))
        made = Assessment.objects.create(
            key=key,
            place=unit,
            set_id=set_id,
            set_title=found.set.short[:300],
            set_hash=found.hash,
            on=on,
            state=found.state.value,
            criteria_met=found.criteria_counts.met,
            criteria_total=found.criteria_counts.total,
            indicators_met=found.indicator_counts.met,
            indicators_total=found.indicator_counts.total,
            note=note.replace("\r\n", "\n").strip()[:LONGEST_NOTE],
            data=text,
            digest=digest_of(text),
            made_by=user,
            made_at=timezone.now(),
        )
        audit.record(
            user, "chốt tự đánh giá", made, unit,
            {"set": set_id, "hash": found.hash, "on": on, "digest": made.digest,
             "criteria": f"{made.criteria_met}/{made.criteria_total}"},
        )  # fmt: skip
        return made
