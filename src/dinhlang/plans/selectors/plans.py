"""Plans, their items, reviews and tasks that a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dinhlang.people.access import Action, allowed_places
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold
from dinhlang.work.models import UNFINISHED, Task, TaskOffice, TaskState

from ..editing.kinds import BY_CODE
from ..models import Outcome, Plan, PlanItem, PlanTask, Review

MOST_FOUND = 100
MOST_PLACES = 60


def plans(user: User, today: date) -> QuerySet[Plan]:
    """The plans the person may see, newest year first, with counts of their tasks."""
    live = Q(tasks__task__withdrawn_at=None, tasks__task__removed_at=None)
    # A plan without tasks joins to nothing, where every column is empty.
    live &= Q(tasks__task__isnull=False)
    unfinished = live & Q(tasks__task__state__in=UNFINISHED)
    done = live & Q(tasks__task__state__in=(TaskState.DONE, TaskState.ACCEPTED))
    found: QuerySet[Plan] = (
        Plan.objects.restrict(user)
        .select_related("place", "current")
        .defer("current__data")
        .annotate(
            task_count=Count("tasks", filter=live),
            done_count=Count("tasks", filter=done),
            late_count=Count("tasks", filter=unfinished & Q(tasks__task__end__lt=today)),
        )
    )
    return found


def plans_of_place(user: User, place: Unit) -> QuerySet[Plan]:
    """The plans of a place, those of which an upload may be a new version."""
    found: QuerySet[Plan] = Plan.objects.restrict(user).filter(place=place)
    return found


def likely_plan(candidates: Iterable[Plan], title: str, years: list[int]) -> Plan | None:
    """The plan that a paper of this title and these years is probably a new version of."""
    same = [plan for plan in candidates if not years or plan.year in (None, min(years))]
    wanted = fold(title)
    return next((plan for plan in same if fold(plan.title) == wanted), None)


def open_reviews(user: User) -> QuerySet[Review]:
    """The uploads nobody has decided on, of places where the person may edit."""
    found: QuerySet[Review] = (
        Review.objects.restrict(user, Action.EDIT)
        .filter(outcome=Outcome.OPEN)
        .select_related("place", "created_by", "plan")
        .defer("data")
    )
    return found


def communes_to_upload(user: User) -> list[Unit]:
    """The communes where the person may bring in a plan, at most ``MOST_PLACES``."""
    found = allowed_places(user, Action.EDIT).filter(level="commune", valid_to=None)
    return list(found.order_by("sort_key")[:MOST_PLACES])


@dataclass(frozen=True, slots=True)
class Found:
    """A search: plans by their names, items by their words, and whether there were more."""

    plans: list[Plan]
    items: list[PlanItem]
    more: bool


def search(user: User, text: str) -> Found:
    """Plans and items with all the words of the text, whatever their marks.

    Plans of places whose name fits are found too. Nothing for fewer than two letters.
    """
    wanted = fold(text).split()
    if len("".join(wanted)) < 2:
        return Found([], [], False)
    by_name, by_item = Q(), Q()
    for word in wanted:
        by_name &= Q(search_key__contains=word) | Q(place__search_key__contains=word)
        by_item &= Q(search_key__contains=word)
    names = Plan.objects.restrict(user).filter(by_name).select_related("place")
    items = PlanItem.objects.restrict(user).filter(by_item).select_related("plan__place")
    found = list(items.order_by("-plan__year", "plan_id", "line")[: MOST_FOUND + 1])
    return Found(list(names[:20]), found[:MOST_FOUND], len(found) > MOST_FOUND)


def kind_name(item: PlanItem) -> str:
    """What the item is: Nhiệm vụ, Chỉ tiêu, …"""
    return BY_CODE[item.kind].name


def kind_slug(item: PlanItem) -> str:
    """The tab its kind belongs to."""
    return BY_CODE[item.kind].slug


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What of a plan's tasks is wanted; an empty word wants all."""

    office: str = ""
    criterion: str = ""
    village: str = ""
    state: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.office or self.criterion or self.village or self.state)


def live_tasks(plan: Plan) -> QuerySet[PlanTask]:
    """The plan's rows whose tasks are there: in its current version, and not removed."""
    rows: QuerySet[PlanTask] = plan.tasks.filter(task__withdrawn_at=None, task__removed_at=None)
    return rows.select_related("task")


def tasks_of(plan: Plan, wanted: TaskFilter, today: date) -> list[PlanTask]:
    """The plan's tasks of its current version that fit, the nearest end first, undated last."""
    rows = live_tasks(plan)
    if wanted.office:
        rows = rows.filter(task__in=TaskOffice.objects.filter(key=wanted.office).values("task"))
    if wanted.village.isdigit():
        rows = rows.filter(task__in=Task.objects.filter(villages=int(wanted.village)).values("pk"))
    if wanted.criterion.isdigit():
        items = plan.items.filter(kind="tasks").values_list("number", "data")
        number = int(wanted.criterion)
        rows = rows.filter(number__in=[n for n, data in items if number in data["criteria"]])
    if wanted.state == "late":
        rows = rows.filter(task__state__in=UNFINISHED, task__end__lt=today)
    elif wanted.state == "unfinished":
        rows = rows.filter(task__state__in=UNFINISHED)
    elif wanted.state:
        rows = rows.filter(task__state=wanted.state)
    return sorted(rows, key=lambda row: (row.task.end or date.max, row.number))
