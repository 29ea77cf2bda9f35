"""A person's day: what is due, what waits for them, what changed since yesterday."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from dinhlang.people.access import Action, can_anywhere
from dinhlang.people.models import User
from dinhlang.people.offices import answers, office_key
from dinhlang.places.models import Closure, Unit
from dinhlang.work.models import UNFINISHED, Task, TaskNote
from dinhlang.work.moments import Moment, Standing, distance, next_due, standing
from dinhlang.work.selectors import tasks as work

from ..models import PlanItem, PlanVersion, Review, State
from .plans import open_reviews

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOST = 50
VILLAGE_BODY = re.compile(r"\b(thon|khu|ban phat trien|ap|xom|to dan pho|kdc|khu dan cu|buon)\b")


@dataclass(frozen=True, slots=True)
class Work:
    """A task on the page of the day, with how near its end is, in words."""

    task: Task
    standing: Standing
    near: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is due, when in words, and whether an office the person holds owes it."""

    item: PlanItem
    moment: Moment
    when: str
    is_mine: bool


@dataclass(slots=True)
class Day:
    """Everything on the page of the day. ``is_own`` tells whose tasks these are: the person's
    offices' and villages', or all of the places they lead."""

    now: datetime
    offices: list[str] = field(default_factory=list)
    is_own: bool = True
    late: list[Work] = field(default_factory=list)
    near: list[Work] = field(default_factory=list)
    following: list[Work] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    to_decide: list[Review] = field(default_factory=list)
    to_finish: list[Review] = field(default_factory=list)
    versions: list[PlanVersion] = field(default_factory=list)
    notes: list[TaskNote] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is on the page."""
        return not (
            self.late or self.near or self.following or self.reports or self.to_decide
            or self.to_finish or self.versions or self.notes
        )  # fmt: skip


def today(user: User, now: datetime) -> Day:
    """The person's day at this moment, seen in Vietnam's time."""
    now = now.astimezone(ZONE)
    offices = work.own_offices(user, now.date())
    villages = list(work.own_villages(user))
    day = Day(now, [office.title for office in offices])
    keys = [key for office in offices for key in office.keys]
    mine = work.mine(user, now.date()).filter(state__in=UNFINISHED)
    if not mine.exists() and can_anywhere(user, Action.REVIEW):
        day.is_own = False
        mine = work.live(user, Action.REVIEW).filter(state__in=UNFINISHED)
    _sort_tasks(day, mine)
    day.reports = _reports(user, now, keys, villages)
    _reviews(day, user)
    since = datetime.combine(now.date() - timedelta(days=1), time.min, ZONE)
    _changes(day, user, since)
    return day


def _sort_tasks(day: Day, tasks: QuerySet[Task]) -> None:
    on = day.now.date()
    rows = tasks.select_related("place").prefetch_related("offices")
    for task in [*rows.exclude(end=None).order_by("end")[:MOST], *rows.filter(end=None)[:MOST]]:
        stand = standing(task.start, task.end, on)
        work = Work(task, stand, distance(task.end, on) if task.end else "")
        if stand == Standing.LATE:
            day.late.append(work)
        elif stand in (Standing.TODAY, Standing.SOON):
            day.near.append(work)
        else:
            day.following.append(work)


def _reports(
    user: User, now: datetime, keys: Sequence[str], villages: Sequence[Unit]
) -> list[Report]:
    year = now.year
    running = Q(plan__year=None) | Q(plan__year__lte=year, plan__last_year__gte=year)
    rules = PlanItem.objects.filter(running, kind="reporting").select_related("plan__place")
    seen = list(rules.restrict(user)[: MOST * 4])
    own: set[int] = set()
    if villages:
        # What a plan asks of villages binds them, though the plan itself is the commune's.
        above = Closure.objects.filter(descendant__in=villages).values("ancestor")
        for item in rules.filter(plan__place__in=above):
            if VILLAGE_BODY.search(office_key(item.data.get("from") or "")):
                own.add(item.pk)
                seen.append(item)
    found = []
    for item in {item.pk: item for item in seen}.values():
        moment = next_due(item.data, now)
        if moment is not None:
            name = office_key(item.data.get("from") or "")
            is_mine = item.pk in own or answers(name, keys, office_key(user.full_name))
            found.append(Report(item, moment, moment.told(now.date()), is_mine))
    found.sort(key=lambda report: (not report.is_mine, report.moment.day, report.moment.hour))
    return found[:MOST]


def _reviews(day: Day, user: User) -> None:
    rows = open_reviews(user)
    decidable = set(
        Review.objects.restrict(user, Action.REVIEW)
        .filter(outcome="open", state=State.DONE)
        .values_list("pk", flat=True)
    )
    for review in rows[:MOST]:
        (day.to_decide if review.pk in decidable else day.to_finish).append(review)


def _changes(day: Day, user: User, since: datetime) -> None:
    day.versions = list(
        PlanVersion.objects.restrict(user)
        .filter(accepted_at__gte=since)
        .select_related("plan__place", "accepted_by")
        .defer("data")
        .order_by("-accepted_at")[:MOST]
    )
    seen = Task.objects.restrict(user).filter(removed_at=None).values("pk")
    day.notes = list(
        TaskNote.objects.filter(at__gte=since, task__in=seen).select_related(
            "task__place", "author"
        )[:MOST]
    )
