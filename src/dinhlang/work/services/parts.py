"""A task put under a bigger one it is a part of, or taken out of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from dinhlang.people.access import AccessDenied
from dinhlang.people.models import User

from .. import linking, merging
from ..models import Task, TaskLink, TaskState
from ..said import LABELS, BadTask
from .errors import Conflict
from .tasks import DEEPEST
from .writing import Deed, base_of, finish, hold_links, locked, refuse_way, sent


def move_under(user: User, task_id: int, parent_id: int | None, key: UUID, seen: int) -> Task:
    """Make the task a part of another one of its place; None takes it out of the one it is in.

    Sent again with the same key it does nothing more. Raises ``AccessDenied``, ``BadTask`` where
    the two would wait for each other or stand too deep, and ``Conflict`` where somebody else put
    it elsewhere since its author saw it at revision ``seen``.
    """
    with transaction.atomic():
        place = Task.objects.filter(pk=task_id).values_list("place", flat=True).first()
        if place is None:
            raise AccessDenied
        hold_links(place)
        task = locked(user, task_id)
        if sent(user, task_id, key):
            return task
        now = {"parent": task.parent_id}
        base = base_of(task, now, seen)
        merged = merging.merge(base.values, {"parent": parent_id}, now)
        if merged.clashes:
            clash = base.clash("parent", LABELS["parent"], parent_id, task.parent_id)
            raise Conflict([clash], {"parent": parent_id}, task.revision)
        if not merged.write:
            return task
        if task.state == TaskState.ACCEPTED:
            raise BadTask("Việc đã nghiệm thu nên không sửa được. Muốn sửa, hãy trả lại việc.")
        parent = _parent(user, task, parent_id)
        task.parent, task.position = parent, parent.children.count() if parent else 0
        finish(user, task, Deed(
            key=key, verb="chuyển việc nhỏ", before=task.state,
            changes={"parent": [now["parent"], parent_id]},
        ))  # fmt: skip
        return task


def _parent(user: User, task: Task, parent_id: int | None) -> Task | None:
    if parent_id is None:
        return None
    rows = Task.objects.restrict(user).filter(place=task.place_id, removed_at=None)
    parent: Task | None = rows.filter(pk=parent_id, withdrawn_at=None).first()
    if parent is None:
        raise BadTask("Việc lớn không còn ở đây. Hãy tải lại trang.", "parent")
    if parent.state == TaskState.ACCEPTED:
        raise BadTask("Việc lớn đã nghiệm thu nên không thêm việc nhỏ được.", "parent")
    inside = Task.objects.filter(place=task.place_id, removed_at=None, parent__isnull=False)
    above = dict(inside.values_list("pk", "parent")) | {task.pk: parent.pk}
    pairs = list(TaskLink.objects.filter(task__place=task.place_id).values_list("task", "after"))
    pairs += [(bigger, part) for part, bigger in above.items()]
    refuse_way(linking.circle(task.pk, linking.graph(pairs)))
    if max(linking.depth(pk, above) for pk in [*above, task.pk]) > DEEPEST:
        raise BadTask(f"Việc chia nhỏ nhiều nhất {DEEPEST} bậc.", "parent")
    return parent
