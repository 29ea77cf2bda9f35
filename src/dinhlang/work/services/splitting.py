"""A task that completes several criteria, divided: one part a criterion, the whole kept above."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.joined import each_of
from dinhlang.people.models import User

from ..models import Task, TaskState
from ..said import BadTask, Said
from ..showing import criteria_served
from .tasks import MOST_PARTS, break_down, remove
from .templates import owners_of


@dataclass(frozen=True, slots=True)
class Share:
    """A criterion that gets a part of its own; ``why`` says where its lead comes from."""

    number: str
    name: str
    lead: tuple[str, ...]
    why: str = ""

    @property
    def text(self) -> str:
        """What the part is called."""
        return f"Hoàn thành tiêu chí {self.number}" + (f". {self.name}" if self.name else "")


def left(task: Task) -> list[str]:
    """The criteria of a task of several that no part of it serves yet; empty for others."""
    numbers = criteria_served(task.criterion, task.target)
    if len(numbers) < 2:
        return []
    rows = task.children.filter(removed_at=None, withdrawn_at=None)
    parts = rows.exclude(state=TaskState.DROPPED).values_list("criterion", "target")
    served = {number for own, target in parts for number in criteria_served(own, target)}
    return [number for number in numbers if number not in served]


def shares(user: User, task: Task) -> list[Share]:
    """The parts that are proposed, in the order the task names its criteria."""
    law = lawbook.library().sets.get(task.criterion_set)
    names = {each.number: each.name for each in law.criteria} if law else {}
    numbers = left(task)[:MOST_PARTS]
    if not numbers:
        return []
    own = tuple(each.name for each in task.offices.order_by("pk") if each.leads)
    charged, found = owners_of(user, task.place, task.criterion_set, numbers), []
    for number in numbers:
        owner = charged.get(number)
        # Who leads the whole leads its parts, unless a paper charges somebody with the criterion.
        if owner is not None and (owner.address or not own):
            lead, _ = each_of([owner.office])
            found.append(Share(number, names.get(number, ""), tuple(lead), owner.source))
        else:
            found.append(Share(number, names.get(number, ""), own))
    return found


def split(user: User, task_id: int, key: UUID) -> list[Task]:
    """Make a part for each criterion without one, with the days of the whole.

    The whole stays with its words, money, files and history. Sent again with the same key the
    parts are those made before. Raises ``AccessDenied``, ``BadTask``.
    """
    with transaction.atomic():
        before = list(Task.objects.filter(key__in=_keys(key)).order_by("position"))
        if before and all(each.parent_id == task_id for each in before):
            return before
        task = Task.objects.restrict(user).select_related("place").get(pk=task_id)
        wanted = shares(user, task)
        if not wanted:
            raise BadTask("Mỗi tiêu chí của việc này đã có việc nhỏ riêng.")
        parts = [
            Said(text=each.text, criterion_set=task.criterion_set, criterion=each.number,
                 lead=list(each.lead), start=task.start, end=task.end)
            for each in wanted
        ]  # fmt: skip
        return break_down(user, task_id, parts, key)


def _keys(key: UUID) -> list[UUID]:
    return [uuid5(key, str(at)) for at in range(MOST_PARTS)]


def put_together(user: User, task_id: int, key: UUID) -> int:
    """Take away the parts that ``split`` made with this key; returns how many that were.

    A part that somebody began stays. Raises ``AccessDenied``.
    """
    with transaction.atomic():
        made = Task.objects.filter(key__in=_keys(key), parent=task_id, removed_at=None)
        untouched = [each for each in made.order_by("pk") if each.state == TaskState.OPEN]
        for each in untouched:
            remove(user, each.pk, uuid5(key, f"ghép lại {each.pk}"))
        return len(untouched)
