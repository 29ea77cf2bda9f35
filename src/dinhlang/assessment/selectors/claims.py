"""What accepted plans say of a set's criteria: claims, never verdicts.

A plan “ghi” that a criterion is reached; whether it is, facts tell. A claim stands beside the
verdict, and where the two cannot both be right the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Q
from django.urls import reverse

from dinhlang.law.sets import CriteriaSet
from dinhlang.papers.plan import Target
from dinhlang.people.models import User
from dinhlang.people.offices import office_key
from dinhlang.places.models import Level, Unit
from dinhlang.plans.models import Plan, PlanItem
from dinhlang.plans.rendering import words
from dinhlang.plans.task_items import OWNING_ROLES
from dinhlang.vietnamese import fold

from ..matching import Matcher, match, matcher
from . import unmatched as telling
from .unmatched import Unmatched

MOST_PLANS = 12
MOST_LOOKED_AT = 60
KINDS = ("criteria", "targets", "duties", "tasks", "villages")
STATUSES = {
    "reached": "đã đạt",
    "maintain": "giữ vững",
    "to_reach": "phấn đấu đạt",
    "committed": "cam kết đạt",
}
SAYS_REACHED = frozenset({"reached", "maintain"})


@dataclass(frozen=True, slots=True)
class Claim:
    """The state a plan gives to a criterion or a village, and its line of the plan."""

    status: str
    plan: Plan
    href: str
    gaps: tuple[str, ...] = ()

    @property
    def says_reached(self) -> bool:
        """Whether the plan takes it as met already."""
        return self.status in SAYS_REACHED

    @property
    def words(self) -> str:
        """“kế hoạch 2024 ghi: giữ vững”."""
        year = f" {self.plan.year}" if self.plan.year else ""
        return f"kế hoạch{year} ghi: {STATUSES[self.status]}"


@dataclass(frozen=True, slots=True)
class ClaimedTarget:
    """A value a plan sets itself for an indicator; ``value`` is None for a thing to have."""

    text: str
    demand: str
    comparator: str
    value: Decimal | None
    unit: str
    year: int | None
    plan: Plan
    href: str


@dataclass(frozen=True, slots=True)
class RelatedTask:
    """A task of a plan that names the criterion; ``number`` is that of its item."""

    plan: Plan
    number: int
    text: str


@dataclass(slots=True)
class Claims:
    """Everything that accepted plans say of one set at one place, newest plan first.

    ``targets`` by indicator, the other lists by criterion; ``unplaced`` are targets of a criterion
    that fit none of its indicators. ``whole`` is what is said of a village as such. ``unmatched``
    are plans of the day, or criteria of one, that could not be laid on this set, and why.
    """

    plans: list[Plan] = field(default_factory=list)
    criteria: dict[str, Claim] = field(default_factory=dict)
    targets: dict[str, list[ClaimedTarget]] = field(default_factory=dict)
    unplaced: dict[str, list[ClaimedTarget]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, list[RelatedTask]] = field(default_factory=dict)
    whole: Claim | None = None
    unmatched: list[Unmatched] = field(default_factory=list)


def claims(user: User, unit: Unit, criteria: CriteriaSet, on: date) -> Claims:
    """What plans of the place, which this person may see, say of the set until the day.

    Of a village the plans of its commune are asked. Plans of years outside those of the set
    speak of another set; those that hold on the day are named with the reason.
    """
    plans = _plans(user, unit, on)
    fitting = [plan for plan in plans if _same_years(plan, criteria)]
    found = Claims(plans=fitting[:MOST_PLANS])
    if unit.level != Level.VILLAGE:
        found.unmatched = [
            telling.of_years(plan, criteria)
            for plan in plans
            if plan not in fitting and telling.holds(plan, on)
        ]
    if not found.plans:
        return found
    items: dict[int, list[PlanItem]] = {plan.pk: [] for plan in found.plans}
    rows = PlanItem.objects.filter(plan__in=items, kind__in=KINDS)
    for item in rows.order_by("plan_id", "line", "number"):
        items[item.plan_id].append(item)
    taken = [plan for plan in found.plans if _take(found, plan, items[plan.pk], criteria, unit)]
    if unit.level != Level.VILLAGE:
        found.unmatched += [
            telling.of_level(plan, _levels(plan, _of(items[plan.pk], "criteria")), criteria)
            for plan in found.plans
            if plan not in taken and telling.holds(plan, on)
        ]
    found.plans = taken
    return found


def _of(items: Iterable[PlanItem], kind: str) -> list[PlanItem]:
    return [item for item in items if item.kind == kind]


def _plans(user: User, unit: Unit, on: date) -> list[Plan]:
    place = unit.parent_id if unit.level == Level.VILLAGE else unit.pk
    rows = Plan.objects.restrict(user).filter(
        Q(year=None) | Q(year__lte=on.year), place=place, current__isnull=False
    )
    return list(rows.order_by("-year", "-pk")[:MOST_LOOKED_AT])


def _same_years(plan: Plan, criteria: CriteriaSet) -> bool:
    if criteria.years is None or plan.year is None:
        return True
    first, last = criteria.years
    return plan.year <= last and (plan.last_year or plan.year) >= first


def _take(
    found: Claims, plan: Plan, items: Sequence[PlanItem], criteria: CriteriaSet, unit: Unit
) -> bool:
    """Adds what one plan says, where no newer one said it; whether it speaks of the set at all."""
    by_kind: dict[str, list[PlanItem]] = {kind: [] for kind in KINDS}
    for item in items:
        by_kind[item.kind].append(item)
    if unit.level == Level.VILLAGE:
        return _village(found, plan, by_kind["villages"], criteria, unit)
    levels = _levels(plan, by_kind["criteria"])
    own = [
        item
        for item in by_kind["criteria"]
        if criteria.level in ([item.data["level"]] if item.data.get("level") else levels)
    ]
    if not own and criteria.level not in levels:
        return False
    which = matcher(criteria, (item.data for item in own))
    apart = [item.title for item in own if match(criteria, item.data) is None]
    if apart and telling.is_new(found.unmatched, plan):
        found.unmatched.append(telling.of_criteria(plan, apart, len(own)))
    for item in own:
        criterion = match(criteria, item.data)
        status = item.data.get("status")
        if criterion is not None and status in STATUSES:
            gaps = tuple(gap["text"] for gap in item.data.get("gaps") or ())
            claim = Claim(status, plan, _line(plan, item), gaps)
            found.criteria.setdefault(criterion.number, claim)
    _targets(found, plan, by_kind["targets"], which)
    _owners(found, by_kind["duties"], by_kind["tasks"], which)
    for item in by_kind["tasks"]:
        for number in _numbers(item, which):
            task = RelatedTask(plan, item.number, item.title)
            found.tasks.setdefault(number, []).append(task)
    return True


def _levels(plan: Plan, criteria: Iterable[PlanItem]) -> list[str]:
    """The levels the plan is about; the paper itself is asked only where its items do not say."""
    given = {item.data.get("level") for item in criteria}
    if given and None not in given:
        return [level for level in given if level]
    return list(plan.current.document.get("levels") or []) if plan.current else []


def _line(plan: Plan, item: PlanItem) -> str:
    return f"{reverse('plans:paper', args=[plan.pk])}#m{item.number}"


def _village(
    found: Claims, plan: Plan, items: Sequence[PlanItem], criteria: CriteriaSet, unit: Unit
) -> bool:
    wanted = {fold(unit.name), fold(unit.full_name)}
    for item in items:
        status = item.data.get("status")
        if (
            found.whole is None
            and item.data.get("goal") == criteria.level
            and status in STATUSES
            and fold(item.data.get("name") or "") in wanted
        ):
            found.whole = Claim(status, plan, _line(plan, item))
            return True
    return False


def _targets(found: Claims, plan: Plan, items: Sequence[PlanItem], which: Matcher) -> None:
    taken = set(found.targets)
    for item in items:
        if item.data.get("place"):
            continue  # what one village is to reach is no target of the commune
        number = which.indicator(item.data)
        target = _target(plan, item)
        if number is not None and number not in taken:
            found.targets.setdefault(number, []).append(target)
        elif number is None and (criterion := which.criterion(item.data.get("criterion"))):
            found.unplaced.setdefault(criterion, []).append(target)


def _target(plan: Plan, item: PlanItem) -> ClaimedTarget:
    data = item.data
    try:
        value = Decimal(data["value"]) if data.get("value") else None
    except InvalidOperation:
        value = None
    return ClaimedTarget(
        text=item.title,
        demand=words.demand(
            Target(
                lines=(0, 0),
                text=item.title,
                comparator=data.get("comparator") or "yes",
                value=data.get("value"),
                unit=data.get("unit"),
            )
        ),
        comparator=data.get("comparator") or "",
        value=value,
        unit=data.get("unit") or "",
        year=data.get("year"),
        plan=plan,
        href=_line(plan, item),
    )


def _numbers(item: PlanItem, which: Matcher) -> list[str]:
    found = (which.criterion(number) for number in item.data.get("criteria") or ())
    return [number for number in found if number is not None]


def _owners(
    found: Claims, duties: Sequence[PlanItem], tasks: Sequence[PlanItem], which: Matcher
) -> None:
    """Who answers for a criterion: by the duties in the order of roles, else who leads tasks."""
    new: dict[str, str] = {}
    for role in OWNING_ROLES:
        for item in duties:
            if role in (item.data.get("roles") or [item.data.get("role")]):
                for number in _numbers(item, which):
                    new.setdefault(number, item.title)
    counted: dict[str, dict[str, list[str]]] = {}
    for item in tasks:
        for number in _numbers(item, which):
            for office in item.data.get("lead") or ():
                counted.setdefault(number, {}).setdefault(office_key(office), []).append(office)
    for number, offices in counted.items():
        new.setdefault(number, max(offices.values(), key=len)[0])
    for number, office in new.items():
        found.owners.setdefault(number, office)
