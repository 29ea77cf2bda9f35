"""The tasks of a place as the forecast wants them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..forecast import Job
from ..models import Task, TaskState
from ..showing import FINISHED
from .charged import Charged, leads
from .lines import Bone, by_days, links_of
from .plain import as_text, day, local_day, moment

_FIELDS = (
    *("pk", "text", as_text("start"), as_text("end"), "state", as_text("done_at"), "parent_id"),
    *("waiting_for", "criterion", "target", "place_id"),
)


_OPEN, _DROPPED = TaskState.OPEN.value, TaskState.DROPPED.value


@dataclass(frozen=True, slots=True)
class Jobs:
    """Tasks, what counting needs of them, and the names of their leading offices by key."""

    jobs: dict[int, Job]
    bones: list[Bone]
    names: dict[str, str]


def jobs_of(rows: QuerySet[Task], offices: list[Charged]) -> Jobs:
    """All of the tasks, led by these offices: two queries, however many there are."""
    needs = defaultdict[int, list[int]](list)
    for task, after in links_of(rows):
        needs[task].append(after)
    led = leads(offices)
    raw = list(rows.order_by().values_list(*_FIELDS))
    parts = defaultdict[int, list[int]](list)
    for row in raw:
        if row[6] is not None:
            parts[row[6]].append(row[0])
    found, thin = {}, []
    for pk, text, begins, ends, state, done, parent, waiting_for, criterion, target, place in raw:
        start, end, finished, at = day(begins), day(ends), None, None
        if done is not None:
            at = moment(done)
        if state in FINISHED:
            finished = local_day(done) or end or date.min
        thin.append(Bone(pk, state, start, end, criterion, parent, at, place, target))
        # By position: named, two thousand of them take twice as long.
        found[pk] = Job(
            pk, text, start, end, state != _OPEN, finished, state == _DROPPED,
            tuple(needs[pk]) if pk in needs else (), tuple(parts[pk]) if pk in parts else (),
            tuple(led[pk]) if pk in led else (), waiting_for,
        )  # fmt: skip
    thin.sort(key=by_days)
    names: dict[str, str] = {}
    for each in offices:
        if each.leads:
            names.setdefault(each.key, each.name)
    return Jobs(found, thin, names)
