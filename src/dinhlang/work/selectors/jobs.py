"""The tasks of a place as the forecast wants them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from ..forecast import Job
from ..models import Task, TaskState
from ..showing import FINISHED
from .lines import Bone, Named, by_days, links_of, offices_of

_FIELDS = (
    *("pk", "text", "start", "end", "state", "done_at", "parent_id"),
    *("waiting_for", "criterion", "target", "place_id"),
)


@dataclass(frozen=True, slots=True)
class Jobs:
    """Tasks, what counting needs of them, and the names of their leading offices by key."""

    jobs: dict[int, Job]
    bones: list[Bone]
    names: dict[str, str]


def jobs_of(rows: QuerySet[Task]) -> Jobs:
    """All of the tasks: three queries, however many there are."""
    needs, leads = defaultdict[int, list[int]](list), defaultdict[int, list[str]](list)
    for task, after in links_of(rows):
        needs[task].append(after)
    offices = offices_of(rows, only_leads=True)
    for each in offices:
        leads[each.task].append(each.key)
    raw = list(rows.order_by().values_list(*_FIELDS))
    parts = defaultdict[int, list[int]](list)
    for row in raw:
        if row[6] is not None:
            parts[row[6]].append(row[0])
    found, thin = {}, []
    for pk, text, start, end, state, done_at, parent, waiting_for, *rest in raw:
        finished: date | None = None
        if state in FINISHED:
            finished = timezone.localtime(done_at).date() if done_at else end or date.min
        criterion, target, place = rest
        thin.append(Bone(pk, state, start, end, criterion, parent, done_at, place, target))
        found[pk] = Job(
            pk, text, start, end, begun=state != TaskState.OPEN, finished_on=finished,
            dropped=state == TaskState.DROPPED, needs=tuple(needs[pk]) if pk in needs else (),
            parts=tuple(parts[pk]) if pk in parts else (),
            leads=tuple(leads[pk]) if pk in leads else (), waiting_for=waiting_for,
        )  # fmt: skip
    thin.sort(key=by_days)
    return Jobs(found, thin, _names(offices))


def _names(offices: Iterable[Named]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in offices:
        found.setdefault(each.key, each.name)
    return found
