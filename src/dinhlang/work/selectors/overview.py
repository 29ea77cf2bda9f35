"""The leader's one page: what is late, what will be, who has too much, what waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, QuerySet
from django.utils import timezone

from dinhlang.people.access import Action, Role, roles_allowing
from dinhlang.people.among import Among
from dinhlang.people.models import Grant
from dinhlang.people.offices import answers
from dinhlang.places.models import Closure, Unit

from ..forecast import Expected, Load, forecast, loads, too_much
from ..models import Task, TaskNote, TaskState
from . import unheld
from .charged import Charged, under_one_name
from .jobs import Jobs, jobs_of
from .lines import Line, lines
from .unheld import Lead, Post

MOST_LATE, MOST_COMING, MOST_WAITING, MOST_OFFICES = 8, 6, 6, 8
LISTS = ("late", "coming", "waiting", "handed")
"""The lists that the page cuts, any of which can be asked for whole."""


@dataclass(frozen=True, slots=True)
class Late:
    """A task past its end, with how many days."""

    line: Line
    days: int


@dataclass(frozen=True, slots=True)
class Coming:
    """A task that will be late: when it will be finished, and why."""

    line: Line
    expected: Expected


@dataclass(frozen=True, slots=True)
class Waits:
    """A task that waits for somebody: for whom, since when, so many days."""

    line: Line
    whom: str
    days: int | None


@dataclass(slots=True)
class Overview:
    """The page. The lists are cut; the numbers beside them tell how many there are."""

    total: int = 0
    done: int = 0
    accepted: int = 0
    late: list[Late] = field(default_factory=list)
    late_count: int = 0
    coming: list[Coming] = field(default_factory=list)
    coming_count: int = 0
    waiting: list[Waits] = field(default_factory=list)
    waiting_count: int = 0
    handed_in: list[Waits] = field(default_factory=list)
    handed_in_count: int = 0
    idle: list[str] = field(default_factory=list)
    busy: list[Load] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)
    loads_count: int = 0
    unassigned: int = 0
    unheld: list[Load] = field(default_factory=list)
    unheld_count: int = 0
    acceptors: list[str] = field(default_factory=list)

    @property
    def share(self) -> int:
        """Done of all, in hundredths."""
        return round(self.done / self.total * 100) if self.total else 0


def overview(
    rows: QuerySet[Task],
    offices: list[Charged],
    unit: Unit,
    on: date,
    only: Collection[int] | None = None,
    *,
    whole: bool = False,
    full: str = "",
) -> Overview:
    """The page of the place's tasks as they stand on the day; of those in ``only`` (None: all).

    ``offices``: those that the tasks name. The others still count for the forecast: they may hold
    these up. ``whole``: no list is cut; ``full``: this one of ``LISTS`` is not.
    """
    held = unheld.where(unit, on)
    offices = under_one_name(offices, [(p.title, p.keys) for p in held[unit.pk] if p.is_here])
    found = jobs_of(rows, offices)
    known = forecast(found.jobs.values(), on, found.names)
    found = found if only is None else _narrowed(found, only)
    expected = [each for pk, each in known.items() if pk in found.jobs]
    states = {bone.pk: bone.state for bone in found.bones}
    page = Overview()
    _count(page, found)
    late = [e for e in expected if e.job.end is not None and e.job.end < on]
    late.sort(key=lambda e: (e.job.end or on, e.job.pk))
    coming = [e for e in expected if e.reasons and e.days_late]
    coming.sort(key=lambda e: (e.job.end or on, -e.days_late, e.job.pk))
    waiting = [pk for pk, state in states.items() if state == TaskState.WAITING]
    handed = [pk for pk, state in states.items() if state == TaskState.DONE]
    page.late_count, page.coming_count = len(late), len(coming)
    page.waiting_count, page.handed_in_count = len(waiting), len(handed)
    since = _since(waiting, found, on)
    waiting.sort(key=lambda pk: (-(since.get(pk) or 0), pk))
    handed.sort(key=lambda pk: (found.jobs[pk].finished_on or on, pk))
    if not whole:
        late = late[: None if full == "late" else MOST_LATE]
        coming = coming[: None if full == "coming" else MOST_COMING]
        waiting = waiting[: None if full == "waiting" else MOST_WAITING]
        handed = handed[: None if full == "handed" else MOST_WAITING]
    shown = [*(e.job.pk for e in late), *(e.job.pk for e in coming), *waiting, *handed]
    ready = {line.pk: line for line in lines(list(dict.fromkeys(shown)), on)}
    page.late = [
        Late(ready[e.job.pk], (on - e.job.end).days) for e in late if e.job.end is not None
    ]
    page.coming = [Coming(ready[e.job.pk], e) for e in coming]
    page.waiting = [
        Waits(ready[pk], found.jobs[pk].waiting_for or "chưa ghi chờ ai", since.get(pk))
        for pk in waiting
    ]
    page.acceptors = acceptors(unit, on) if handed else []
    whom = ", ".join(page.acceptors) or "người có quyền nghiệm thu"
    page.handed_in = [
        Waits(ready[pk], whom, (on - done).days if done else None)
        for pk in handed
        for done in (found.jobs[pk].finished_on,)
    ]
    _loads(page, found, unit, held, on, whole)
    return page


def _narrowed(found: Jobs, only: Collection[int]) -> Jobs:
    jobs = {pk: job for pk, job in found.jobs.items() if pk in only}
    return Jobs(jobs, [bone for bone in found.bones if bone.pk in only], found.names)


def acceptors(unit: Unit, on: date) -> list[str]:
    """The names of those who may accept work at the place, administrators left out."""
    roles = [role.value for role in roles_allowing(Action.REVIEW) if role != Role.ADMIN]
    above = Closure.objects.filter(descendant=unit).values("ancestor")
    grants = Grant.objects.filter(role__in=roles, place__in=above, user__is_active=True).on(on)
    return list(dict.fromkeys(grants.order_by("pk").values_list("user__full_name", flat=True)))


def _count(page: Overview, found: Jobs) -> None:
    states = [bone.state for bone in found.bones]
    page.accepted = states.count(TaskState.ACCEPTED)
    page.done = page.accepted + states.count(TaskState.DONE)
    page.total = len(states) - states.count(TaskState.DROPPED)
    page.unassigned = sum(not job.leads and job.is_open for job in found.jobs.values())


def _since(waiting: list[int], found: Jobs, on: date) -> dict[int, int]:
    """Days for which each task has been waiting."""
    if not waiting:
        return {}
    begun = TaskNote.objects.filter(after=TaskState.WAITING).exclude(before=TaskState.WAITING)
    notes = begun.filter(Among("task_id", waiting[:900])).order_by().values_list("task_id")
    last = dict(notes.annotate(last=Max("at")))
    return {pk: (on - timezone.localtime(at).date()).days for pk, at in last.items()}


def _loads(
    page: Overview, found: Jobs, unit: Unit, held: dict[int, list[Post]], on: date, whole: bool
) -> None:
    posts = {post.title: post.keys for post in held[unit.pk] if post.is_here}
    rows = loads(found.jobs.values(), on, found.names)
    has = defaultdict[str, int](int)
    for title, keys in posts.items():
        for row in rows:
            if answers(row.key, keys):
                has[title] += row.open
    busy_rows = [row for row in rows if row.open]
    page.idle = [title for title in posts if not has[title]]
    page.busy = too_much(busy_rows)
    page.loads_count = len(busy_rows)
    page.loads = busy_rows if whole else busy_rows[:MOST_OFFICES]
    # Of a village's own tasks the offices of the village are asked, and not all of the commune's.
    leads = [
        Lead(bone.pk, bone.place, key)
        for bone in found.bones
        if found.jobs[bone.pk].is_open
        for key in found.jobs[bone.pk].leads
    ]
    elsewhere = {lead.place for lead in leads} - {unit.pk}
    nobodys = unheld.among(leads, on, held | unheld.posts(elsewhere, on) if elsewhere else held)
    empty = {key for _, key in nobodys.offices}
    page.unheld = [row for row in busy_rows if row.key in empty]
    page.unheld_count = len(nobodys.tasks)
