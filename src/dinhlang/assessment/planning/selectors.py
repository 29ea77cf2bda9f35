"""The shortest way for a place with what people have estimated, and two sets for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dinhlang.facts import selectors as facts
from dinhlang.law.comparing import Comparison, compare_sets
from dinhlang.law.library import Effective
from dinhlang.law.sets import CriteriaSet
from dinhlang.law.shortest import Item, SolverError, Way, Ways, shortest
from dinhlang.law.subjects import Subject
from dinhlang.places.models import Unit
from dinhlang.vietnamese import format_money

from .. import links
from ..selectors.verdicts import Ground, ground
from .models import ItemEstimate


@dataclass(frozen=True, slots=True)
class Row:
    """A missing item on the page with its estimate; ``cost`` and ``months`` as they are typed."""

    item: Item
    cost: str
    months: str
    is_forced: bool
    in_cheapest: bool
    in_fastest: bool
    href: str
    error: str = ""
    typed_cost: str | None = None
    typed_months: str | None = None

    @property
    def shown_cost(self) -> str:
        """What stands in the field: what was typed and not saved, else what is kept."""
        return self.cost if self.typed_cost is None else self.typed_cost

    @property
    def shown_months(self) -> str:
        """The same for the months."""
        return self.months if self.typed_months is None else self.typed_months

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.typed_cost is not None

    @property
    def is_chosen(self) -> bool:
        """Whether one of the two ways has it."""
        return self.in_cheapest or self.in_fastest


@dataclass(slots=True)
class Plan:
    """The page of the shortest way. ``trouble`` where the search did not come to its end."""

    unit: Unit
    on: date
    set: CriteriaSet
    ways: Ways | None
    rows: list[Row]
    estimates: dict[str, ItemEstimate]
    trouble: str = ""

    @property
    def chosen(self) -> list[Row]:
        """What can be priced and stands in one of the two ways."""
        return [row for row in self.rows if row.item.kind != "law" and row.is_chosen]

    @property
    def others(self) -> list[Row]:
        """What the two ways do without."""
        return [row for row in self.rows if row.item.kind != "law" and not row.is_chosen]

    @property
    def not_loaded(self) -> list[Row]:
        """The thresholds and contents that are not loaded."""
        return [row for row in self.rows if row.item.kind == "law"]

    @property
    def to_do(self) -> int:
        """How many items are known not to be met."""
        return sum(row.item.kind == "work" for row in self.rows)

    @property
    def to_know(self) -> int:
        """How many items lack a number."""
        return sum(row.item.kind == "fact" for row in self.rows)

    @property
    def lacks_place(self) -> int:
        """How many thresholds only wait for the region, group or kind of the place."""
        return sum(_waits_for_place(row.item) for row in self.not_loaded)


def _waits_for_place(item: Item) -> bool:
    missing = item.verdict.missing if item.verdict else ()
    return any(each.kind in ("region", "group", "attribute") for each in missing)


def plan(unit: Unit, set_id: str, on: date) -> Plan | None:
    """The shortest ways for the place; None where there is no such set for such a unit."""
    here = ground(unit, on)
    effective = here.effective(set_id)
    if effective is None:
        return None
    estimates = {row.item: row for row in ItemEstimate.objects.filter(place=unit)}
    costs = {key: row.cost for key, row in estimates.items()}
    months = {key: row.months for key, row in estimates.items()}
    found: Ways | None = None
    trouble = ""
    try:
        found = shortest(effective, facts.subject(unit, on), here.law, costs, months)
    except SolverError as error:
        trouble = str(error)
    rows = [] if found is None else [_row(each, found, estimates, here) for each in found.items]
    return Plan(unit, on, effective.set, found, rows, estimates, trouble)


def _row(item: Item, ways: Ways, estimates: dict[str, ItemEstimate], here: Ground) -> Row:
    known = estimates.get(item.key)
    return Row(
        item=item,
        cost=format_money(known.cost) if known and known.cost is not None else "",
        months=str(known.months) if known and known.months is not None else "",
        is_forced=item.key in ways.forced,
        in_cheapest=_has(ways.cheapest, item),
        in_fastest=_has(ways.fastest, item),
        href=_address(item, here),
    )


def _has(way: Way | None, item: Item) -> bool:
    return way is not None and item.key in way.keys


def _address(item: Item, here: Ground) -> str:
    """Where the number is typed, or the set that is to be completed."""
    set_id = item.serves[0].set if item.serves else ""
    measures = here.law.measures
    if item.verdict is not None and item.verdict.missing:
        missing = item.verdict.missing[0]
        return links.to_give(here.unit, missing, set_id, measures, here.on)[0]
    if item.kind == "law":
        return links.criteria_set(set_id) if set_id else ""
    if item.quantity is None:
        return ""
    measure = measures.get(item.quantity.measure)
    return links.cell(here.unit, measure, item.quantity.year or here.on.year)


@dataclass(slots=True)
class Two:
    """The page that compares two sets; ``comparison`` is None until another is chosen."""

    unit: Unit
    on: date
    set: CriteriaSet
    other: CriteriaSet | None
    choices: list[CriteriaSet]
    comparison: Comparison | None


def compare(unit: Unit, set_id: str, other_id: str, on: date) -> Two | None:
    """The set and the other one for the place; None where there is no such set."""
    here = ground(unit, on)
    effective = here.effective(set_id)
    if effective is None:
        return None
    choices = [each for each in (*here.in_force(), *here.others()) if each.id != set_id]
    other = here.effective(other_id) if other_id else _likely(here, effective, choices)
    comparison = None
    if other is not None and other.set.id != set_id:
        comparison = compare_sets(effective, other, _subject(here), here.law)
    return Two(unit, on, effective.set, other.set if other else None, choices, comparison)


def _subject(here: Ground) -> Subject:
    return facts.subject(here.unit, here.on)


def _likely(here: Ground, effective: Effective, choices: list[CriteriaSet]) -> Effective | None:
    """The set that takes this one's place, else one of the same level, else none."""
    replacing = [each for each in choices if effective.set.id in each.replaces]
    level = [each for each in choices if each.level == effective.set.level and not each.sample]
    found = next(iter((*replacing, *level, *choices)), None)
    return here.effective(found.id) if found is not None else None
