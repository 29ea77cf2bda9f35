"""One number over time: every entry of it, and the papers that prove it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from dinhlang.law.sets import Measure
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..models import EvidenceLink, Observation, State
from ..periods import Period
from .grid import Line, lines_of


def line(unit: Unit, period: Period, measure: Measure, sex: str) -> Line | None:
    """The line of the number as the grid shows it; None where it is not taken so."""
    return next((each for each in lines_of(unit, period, [measure]) if each.sex == sex), None)


def history(unit: Unit, period: Period, measure: str, sex: str) -> QuerySet[Observation]:
    """All entries of the number for the period, the latest first."""
    rows: QuerySet[Observation] = Observation.objects.filter(
        place=unit, measure=measure, sex=sex, start=period.start, end=period.end
    )
    return rows.select_related("by", "confirmed_by").order_by("-pk")


def over_years(unit: Unit, measure: str, sex: str) -> QuerySet[Observation]:
    """The numbers of all periods as they stand, the latest period first."""
    rows: QuerySet[Observation] = Observation.objects.filter(
        place=unit, measure=measure, sex=sex, superseded_at=None
    )
    return rows.order_by("-end", "start")


def proofs(unit: Unit, measure: str, year: int) -> QuerySet[EvidenceLink]:
    """What proves the number of that year."""
    links: QuerySet[EvidenceLink] = EvidenceLink.objects.filter(
        Q(year=0) | Q(year=year), place=unit, measure=measure, removed_at=None
    )
    return links.select_related("evidence", "by")


def to_confirm(unit: Unit) -> QuerySet[Observation]:
    """The drafts that stand at the place and right below it."""
    rows: QuerySet[Observation] = Observation.objects.filter(
        Q(place=unit) | Q(place__parent=unit), state=State.DRAFT, superseded_at=None
    )
    return rows.select_related("place", "by", "supersedes").order_by(
        "place__level", "place__sort_key", "-end", "measure", "sex"
    )


def waits_for_another(row: Observation, user: User) -> bool:
    """Whether the person entered it themselves, so that another one must confirm it."""
    return row.by_id == user.pk
