"""Taking back one thing that was done to a task, where nobody built on it since."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from dinhlang.people.models import User

from ..models import Task, TaskNote, TaskState
from ..said import FIELDS, BadTask
from .parts import move_under
from .states import tell
from .tasks import change, restore
from .writing import locked, sent


def undo(user: User, note_id: int, key: UUID) -> Task:
    """Set back what this note changed, fields and state, as a change of its own.

    A field that somebody changed again since raises ``Conflict``, and nothing is set back; sent
    again with the same key it does nothing more. Acceptances are not undone but sent back. Raises
    ``AccessDenied``, ``BadTask``.
    """
    with transaction.atomic():
        note = TaskNote.objects.select_related("task").get(pk=note_id)
        if "removed" in note.changes:
            return restore(user, note.task_id)
        task = locked(user, note.task_id)
        if sent(user, task.pk, key):
            return task
        if TaskState.ACCEPTED in (note.before, note.after):
            raise BadTask("Nghiệm thu không hoàn tác được; hãy dùng “Trả lại”.")
        fields = {name: pair[0] for name, pair in note.changes.items() if name in FIELDS}
        if note.before != note.after:
            said = {name: pair[0] for name, pair in note.changes.items() if name not in FIELDS}
            tell(
                user, task.pk, key, note.before, f"Hoàn tác: trở lại {_words(note.before)}.",
                said.get("waiting_for", ""), said.get("reason", ""), seen=note.revision,
            )  # fmt: skip
        if fields:
            change(user, task.pk, key, note.revision, fields)
        if "parent" in note.changes:
            move_under(user, task.pk, note.changes["parent"][0], key, note.revision)
        task.refresh_from_db()
        return task


def _words(state: str) -> str:
    return f"“{TaskState(state).label}”"
