"""Who answers for a criterion by the plan in force: what the room of work asks."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from dinhlang.law.sets import CriteriaSet
from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.models import User
from dinhlang.people.offices import office_key
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold
from dinhlang.work import owners
from dinhlang.work.owners import Owner

from .models import Plan, PlanItem
from .task_items import OWNING_ROLES

KINDS = ("criteria", "duties", "tasks")
MOST_PLANS = 6


def find(user: User, place: Unit, set_id: str) -> dict[str, Owner]:
    """By number the office that the newest plan charges with a criterion of the set.

    Duties say it, in the order of the roles; where none does, the tasks that name a lead. A plan
    of years outside those of the set counts where it calls the criterion of that number the same.
    """
    criteria = lawbook.library().sets.get(set_id)
    if criteria is None:
        return {}
    rows = Plan.objects.restrict(user).filter(place=place, current__isnull=False)
    plans = {plan.pk: plan for plan in rows.order_by("-year", "-pk")[:MOST_PLANS]}
    items: dict[int, list[PlanItem]] = {pk: [] for pk in plans}
    for item in PlanItem.objects.filter(plan__in=plans, kind__in=KINDS).order_by("line", "number"):
        items[item.plan_id].append(item)
    found: dict[str, Owner] = {}
    for plan in plans.values():
        meant = _numbers_meant(plan, items[plan.pk], criteria)
        for number, owner in _of_plan(plan, items[plan.pk]):
            if number in meant:
                found.setdefault(number, owner)
    return found


def _numbers_meant(plan: Plan, items: Iterable[PlanItem], criteria: CriteriaSet) -> set[str]:
    """The numbers by which the plan means the criteria of the set."""
    first, last = criteria.years or (0, 9999)
    if plan.year is None or (plan.year <= last and (plan.last_year or plan.year) >= first):
        return {each.number for each in criteria.criteria}
    names = {each.number: fold(each.name) for each in criteria.criteria}
    said = {(str(item.data.get("number")), fold(str(item.data.get("name") or "")))
            for item in items if item.kind == "criteria"}  # fmt: skip
    return {number for number, name in said if name and names.get(number) == name}


def _of_plan(plan: Plan, items: Iterable[PlanItem]) -> list[tuple[str, Owner]]:
    """Pairs of criterion and office, the surest first."""
    items = list(items)
    pairs: list[tuple[str, Owner]] = []
    for role in OWNING_ROLES:
        for item in items:
            if item.kind != "duties":
                continue
            if role in (item.data.get("roles") or [item.data.get("role")]):
                pairs += [(number, _owner(plan, item, item.title)) for number in _numbers(item)]
    counted: dict[str, dict[str, list[Owner]]] = {}
    for item in items:
        for office in item.data.get("lead") or () if item.kind == "tasks" else ():
            for number in _numbers(item):
                of_office = counted.setdefault(number, {}).setdefault(office_key(office), [])
                of_office.append(_owner(plan, item, office))
    return pairs + [(n, max(each.values(), key=len)[0]) for n, each in counted.items()]


def _numbers(item: PlanItem) -> list[str]:
    return [str(number) for number in item.data.get("criteria") or ()]


def _owner(plan: Plan, item: PlanItem, office: str) -> Owner:
    source = f"{plan.title}, dòng {item.line}" if item.line else plan.title
    return Owner(office, source, f"{reverse('plans:paper', args=[plan.pk])}#m{item.number}")


def register() -> None:
    """Called when the app is ready."""
    owners.register(find)
