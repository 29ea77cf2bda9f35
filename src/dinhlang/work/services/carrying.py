"""What a period left undone goes on in the next, with a trail back to where it began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.people.access import AccessDenied, Action
from dinhlang.people.models import User

from ..models import UNFINISHED, Origin, Task, TaskLink, TaskNote, TaskState
from ..said import BadTask, Said
from .states import tell
from .tasks import create, remove
from .undoing import undo
from .writing import values_of

MOST = 300
CARRIED = "Chuyển sang kỳ sau"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one task: the new one, or why it stayed as it was."""

    task: Task
    made: Task | None = None
    why: str = ""


def carry(user: User, wanted: Sequence[tuple[int, date]], key: UUID) -> list[Carried]:
    """Carry unfinished tasks over, each to its new end; sent again nothing more is made.

    The new task has everything of the old one and points back to it; the old one is dropped with
    the reason, so that no work counts twice. Each row is done or refused by itself. Raises
    ``BadTask`` where too many are asked for.
    """
    if len(wanted) > MOST:
        raise BadTask(f"Mỗi lần chuyển tối đa {MOST} việc.")
    return [_one(user, pk, end, uuid5(key, str(pk))) for pk, end in wanted]


def _one(user: User, pk: int, end: date, key: UUID) -> Carried:
    with transaction.atomic():
        rows = Task.objects.restrict(user, Action.REVIEW).select_related("place")
        task: Task | None = rows.filter(pk=pk, removed_at=None, withdrawn_at=None).first()
        if task is None:
            raise AccessDenied
        before: Task | None = task.carried_to.filter(removed_at=None).first()
        if before is not None:
            return Carried(task, before)
        if task.state not in UNFINISHED:
            return Carried(task, why="Việc đã xong hoặc đã thôi.")
        today = timezone.localdate()
        if end <= today - timedelta(days=1):
            return Carried(task, why="Hạn mới phải từ hôm nay trở đi.")
        values = values_of(task, Said.__dataclass_fields__)
        said = Said(**(values | {"start": None, "end": end}))
        made = create(
            user, task.place, said, key, origin=Origin.CARRIED,
            origin_ref=f"task:{task.pk}", carried_from=task, parent=task.parent,
            origin_text=task.origin_text or (f"Việc hạn {task.end:%d/%m/%Y}" if task.end else ""),
        )  # fmt: skip
        # Its state and what it waits for go on too; what was begun is not begun anew.
        if task.state != TaskState.OPEN:
            tell(
                user, made.pk, uuid5(key, "state"), task.state,
                waiting_for=task.waiting_for,
            )  # fmt: skip
        # What comes after the old one comes after the new one from now on.
        for link in task.needed_by.filter(task__removed_at=None):
            TaskLink.objects.get_or_create(task_id=link.task_id, after=made)
        tell(
            user,
            task.pk,
            uuid5(key, "old"),
            TaskState.DROPPED,
            reason=f"{CARRIED}: hạn {end:%d/%m/%Y}",
        )
        made.refresh_from_db()
        return Carried(task, made)


def take_back(user: User, pk: int, key: UUID) -> Task | None:
    """Undo the carrying-over of a task that ``carry`` did with this key, while nobody has worked
    on the new one: it goes, and the old one stands as before. None where there is none.

    Raises ``AccessDenied``, ``BadTask``, ``Conflict``.
    """
    key = uuid5(key, str(pk))
    with transaction.atomic():
        made = Task.objects.filter(key=key, carried_from=pk).first()
        note = TaskNote.objects.filter(task=pk, key=uuid5(key, "old")).first()
        if made is None or note is None:
            return None
        if made.removed_at is None:
            later = made.notes.exclude(key=uuid5(key, "state"))
            if later.exists() or made.children.filter(removed_at=None).exists():
                raise BadTask("Việc ở kỳ sau đã có người làm nên giữ lại.")
            remove(user, made.pk, uuid5(key, "hoàn tác"))
        return undo(user, note.pk, uuid5(key, "hoàn tác cũ"))


def trail(task: Task) -> list[Task]:
    """The tasks it was carried over from, the first one first."""
    found: list[Task] = []
    at = task.carried_from
    while at is not None and len(found) < 50:
        found.append(at)
        at = at.carried_from
    return found[::-1]
