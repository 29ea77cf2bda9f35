"""Work on a plan's tasks: their state and what people note on them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action
from dinhlang.people.models import User

from ..models import PlanTask, TaskNote, TaskState

LONGEST_NOTE = 4000


class BadNote(Exception):
    """What was sent says nothing or too much; the message is for the user."""


def tell(user: User, task_id: int, key: UUID, state: str, text: str = "") -> TaskNote | None:
    """Give a task a state, a note, or both; sent again with the same key it does nothing more.

    Returns None where neither was new. Raises ``AccessDenied`` where the person may not change
    the task, and ``BadNote``.
    """
    text = text.replace("\r\n", "\n").strip()
    if state not in TaskState.values:
        raise BadNote("Hãy chọn trạng thái của việc.")
    if len(text) > LONGEST_NOTE:
        raise BadNote(f"Ghi chú dài quá {LONGEST_NOTE} ký tự. Hãy rút gọn.")
    with transaction.atomic():
        if before := TaskNote.objects.filter(key=key, author=user, task=task_id).first():
            return before
        if not PlanTask.objects.restrict(user, Action.EDIT).filter(pk=task_id).exists():
            raise AccessDenied
        task = (
            PlanTask.objects.select_for_update(of=("self",))
            .select_related("plan__place")
            .get(pk=task_id)
        )
        if state == task.state and not text:
            return None
        now = timezone.now()
        note = TaskNote.objects.create(
            task=task, key=key, author=user, at=now, text=text, before=task.state, after=state
        )
        task.state, task.changed, task.changed_by = TaskState(state), now, user
        task.save(update_fields=["state", "changed", "changed_by"])
        audit.record(
            user, "cập nhật việc", task, task.plan.place,
            {"before": note.before, "after": note.after, "note": bool(text)},
        )  # fmt: skip
        return note
