"""What the pages of commitments show, and what a leader hears of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db.models import Count, F, Q, QuerySet

from dinhlang.facts.models import Evidence
from dinhlang.people.access import restrict
from dinhlang.people.models import User
from dinhlang.places.models import Closure, Unit

from .. import origins
from ..models import UNFINISHED, Commitment, CommitmentNote, CommitmentState, Task
from ..moments import Standing, distance, standing
from ..services.commitments import LABELS
from . import views

TONES = {
    CommitmentState.PROPOSED: ("wait", "Chờ xác nhận", "?"),
    CommitmentState.OPEN: ("na", "Đang thực hiện", "→"),
    CommitmentState.KEPT: ("ok", "Đã thực hiện", "✓"),
    CommitmentState.BROKEN: ("no", "Không thực hiện được", "✗"),
    CommitmentState.DECLINED: ("na", "Không phải cam kết", "–"),
}
"""Tone, words and sign of each state."""
MOST = 300
MOST_TO_CHOOSE = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A commitment as a list shows it; ``near`` is empty where nothing is due any more."""

    row: Commitment
    tone: str
    words: str
    sign: str
    near: str
    near_tone: str
    tasks: int = 0
    unfinished: int = 0
    late: int = 0
    origin: str = ""
    key: UUID = field(default_factory=uuid4)


@dataclass(slots=True)
class Found:
    """The commitments of a place."""

    proposed: list[Line] = field(default_factory=list)
    running: list[Line] = field(default_factory=list)
    over: list[Line] = field(default_factory=list)
    removed: list[Commitment] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is none at all."""
        return not (self.proposed or self.running or self.over)


def seen(user: User, unit: Unit) -> QuerySet[Commitment]:
    """The commitments of the place, and of those below it, that the person may see."""
    below = Closure.objects.filter(ancestor=unit).values("descendant")
    rows: QuerySet[Commitment] = Commitment.objects.restrict(user)
    return rows.filter(Q(place=unit) | Q(place__in=below))


def of_place(user: User, unit: Unit, on: date) -> Found:
    """The commitments of the place by what is to be done with them."""
    found = Found()
    for row in _counted(seen(user, unit).filter(removed_at=None), on)[:MOST]:
        line = line_of(row, on)
        if row.state == CommitmentState.PROPOSED:
            found.proposed.append(line)
        elif row.state == CommitmentState.OPEN:
            found.running.append(line)
        else:
            found.over.append(line)
    found.running.sort(key=lambda each: (each.row.due or date.max, each.row.pk))
    # Proposals that the paper itself no longer has were not removed by anybody.
    removed = seen(user, unit).filter(removed_at__isnull=False, removed_by__isnull=False)
    found.removed = list(removed.select_related("removed_by").order_by("-removed_at")[:20])
    return found


def _counted(rows: QuerySet[Commitment], on: date) -> QuerySet[Commitment]:
    live = Q(tasks__removed_at=None, tasks__withdrawn_at=None)
    open_ones = live & Q(tasks__state__in=UNFINISHED)
    return rows.select_related("place").annotate(
        task_count=Count("tasks", filter=live, distinct=True),
        open_count=Count("tasks", filter=open_ones, distinct=True),
        late_count=Count("tasks", filter=open_ones & Q(tasks__end__lt=on), distinct=True),
    )


def line_of(row: Commitment, on: date) -> Line:
    """The commitment with its state and how near its day is, in words."""
    tone, words, sign = TONES[CommitmentState(row.state)]
    near, near_tone = "", "na"
    if row.state == CommitmentState.OPEN and row.due:
        near = distance(row.due, on)
        stand = standing(None, row.due, on)
        near_tone = (
            "no" if stand == Standing.LATE else "wait" if (row.due - on).days <= 30 else "na"
        )
    return Line(
        row, tone, words, sign, near, near_tone,
        getattr(row, "task_count", 0), getattr(row, "open_count", 0), getattr(row, "late_count", 0),
        origins.address(row.origin_ref) if row.origin_ref else "",
    )  # fmt: skip


def pressing(user: User, unit: Unit, on: date, days: int = 60) -> list[Line]:
    """The commitments for the leader's page: to confirm, overdue, or due within so many days."""
    near = Q(state=CommitmentState.OPEN) & (Q(due__lte=on + timedelta(days=days)) | Q(due=None))
    rows = seen(user, unit).filter(removed_at=None).filter(near | Q(state=CommitmentState.PROPOSED))
    found = [line_of(row, on) for row in _counted(rows, on)[:50]]
    return sorted(found, key=lambda line: (line.row.due or date.max, line.row.pk))


def notes_of(row: Commitment) -> list[tuple[CommitmentNote, list[str]]]:
    """What happened to it, the latest first, with the names of what was changed."""
    return [
        (note, [LABELS[name] for name in note.changes if name in LABELS])
        for note in row.notes.select_related("author")
    ]


def tasks_of(user: User, row: Commitment, on: date) -> list[tuple[Task, str]]:
    """The tasks that are done for it and that the person may see, with how near each is."""
    tasks = Task.objects.restrict(user).filter(commitments=row, removed_at=None)
    return [
        (task, distance(task.end, on) if task.end and task.is_unfinished else "")
        for task in tasks.order_by(F("end").asc(nulls_last=True), "pk").prefetch_related("offices")
    ]


def files_of(user: User, row: Commitment) -> list[Evidence]:
    """The files that prove it and that the person may see."""
    numbers = row.evidence.values("pk")
    return list(restrict(Evidence.objects.filter(pk__in=numbers), user).order_by("pk"))


def tasks_to_choose(
    user: User, unit: Unit, chosen: Collection[int], criteria: Collection[str] = ()
) -> list[Task]:
    """The tasks of the place that could be done for a commitment: the chosen first, then those of
    its criteria, then what is due soonest; no more than a page can show."""
    rows = views.of_unit(user, unit).filter(place=unit).only("text", "end")
    due = F("end").asc(nulls_last=True)
    open_ones = rows.filter(state__in=UNFINISHED)
    found = {task.pk: task for task in rows.filter(pk__in=list(chosen))}
    for some in (open_ones.filter(criterion__in=list(criteria)), open_ones):
        for task in some.order_by(due, "pk")[:MOST_TO_CHOOSE]:
            if len(found) < MOST_TO_CHOOSE + len(chosen):
                found.setdefault(task.pk, task)
    return list(found.values())


def files_to_choose(user: User, unit: Unit, chosen: Collection[int]) -> list[Evidence]:
    """The files of the place that could prove a commitment, the chosen first."""
    rows = restrict(Evidence.objects.filter(place=unit, set_aside_at=None), user)
    found = {row.pk: row for row in rows.filter(pk__in=list(chosen))}
    found.update({row.pk: row for row in rows.order_by("-pk")[:100]})
    return list(found.values())
