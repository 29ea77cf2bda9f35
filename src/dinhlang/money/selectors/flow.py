"""The flow of a place's year, the years of a phase, and lists for pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Sum

from dinhlang.places.models import Unit

from ..flowing import Event, Flow, Way, flow_of
from ..models import Movement, Need, Source, Step
from ..programme import REPORT_ROWS, ReportRow, phase_of
from .balance import Sheet, Sums


def flow(found: Sheet) -> Flow:
    """What comes and is due over the year, by the days of the roadmap.

    Requests that nobody granted are left out; a condition that is met counts from its day.
    """
    events = [
        Event(Way.DUE, each.need.amount, each.need.due, each.need.text, each.need.pk)
        for each in found.needs
    ]
    for each in found.sources:
        row = each.source
        if row.amount is None or row.is_request:
            continue
        way = Way.USABLE if row.is_usable else Way.CONDITIONAL
        events.append(
            Event(way, row.amount, row.condition_met_on or row.expected, row.text, row.pk)
        )
    return flow_of(found.year, events)


@dataclass(slots=True)
class Year:
    """One year of a phase, đồng."""

    year: int
    needs: int = 0
    count: int = 0
    sources: int = 0
    usable: int = 0
    sums: Sums = field(default_factory=Sums)
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def balance(self) -> int:
        """Sources − needs."""
        return self.sources - self.needs

    @property
    def usable_balance(self) -> int:
        """Usable sources − needs."""
        return self.usable - self.needs


def years(place: Unit, year: int) -> list[Year]:
    """The five years of the phase that the year is in."""
    phase = phase_of(year)
    found = {each: Year(each) for each in phase}
    rows = Need.objects.filter(place=place, year__in=phase, removed_at=None).order_by()
    for of, amount, count in rows.values_list("year").annotate(s=Sum("amount"), n=Count("pk")):
        found[of].needs, found[of].count = amount or 0, count
    for source in Source.objects.filter(place=place, year__in=phase, removed_at=None):
        here, amount = found[source.year], source.amount or 0
        if source.is_request:
            continue
        here.sources += amount
        here.usable += amount if source.is_usable else 0
        here.kinds[source.kind] = here.kinds.get(source.kind, 0) + amount
    moved = Movement.objects.filter(
        need__place=place, need__year__in=phase, need__removed_at=None
    ).order_by()
    for of, step, amount in moved.values_list("need__year", "step").annotate(s=Sum("amount")):
        found[of].sums.add(Step(step), amount)
    return list(found.values())


def report(several: list[Year]) -> list[tuple[ReportRow, list[int]]]:
    """The rows of the report form on resources, each with its amounts by year, đồng."""
    return [
        (row, [sum(each.kinds.get(kind, 0) for kind in row.kinds) for each in several])
        for row in REPORT_ROWS
    ]
