"""Costs and months that people gave on the pages of the shortest way, by indicator."""

from __future__ import annotations

from dataclasses import dataclass, field

from dinhlang.assessment.planning.models import ItemEstimate
from dinhlang.assessment.selectors.verdicts import Ground
from dinhlang.facts import selectors as facts
from dinhlang.law.library import Effective
from dinhlang.law.shortest_building import build
from dinhlang.places.models import Unit


@dataclass(slots=True)
class Estimates:
    """By number of indicator: đồng, and months from the start of work."""

    costs: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)


def estimates(place: Unit, here: Ground, effective: Effective) -> Estimates:
    """What was given for the items of this set; an item counts once, for its first indicator."""
    found = Estimates()
    given = {row.item: row for row in ItemEstimate.objects.filter(place=place)}
    if not given:
        return found
    items = build(effective, facts.subject(place, here.on), here.law).items
    for key in items.keys() & given.keys():
        numbers = [each.number for each in items[key].serves if each.set == effective.set.id]
        if not numbers:
            continue
        number, row = numbers[0], given[key]
        if row.cost is not None:
            found.costs[number] = found.costs.get(number, 0) + row.cost
        if row.months is not None:
            found.months[number] = max(found.months.get(number, 0), row.months)
    return found
