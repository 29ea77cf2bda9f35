"""Taking back what a file wrote: new tasks go, changed ones are set back; all as changes told."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.db import transaction

from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, require
from dinhlang.people.models import User

from ..models import Task, TaskNote, WorkImport
from ..said import BadTask
from .errors import Conflict
from .import_known import MARKS
from .import_rows import CHANGED, NEW
from .importing import rows_of
from .tasks import remove
from .undoing import undo


@dataclass(slots=True)
class TakenBack:
    """How many lines were taken back, and why others stay, by the line of the file."""

    lines: int = 0
    stay: list[str] = field(default_factory=list)


def undo_write(user: User, pk: UUID) -> TakenBack:
    """Take back what the import wrote, line by line, as far as nobody built on it since.

    Sent again it does nothing more. Needs ``EDIT``. Raises ``AccessDenied``.
    """
    found: WorkImport = WorkImport.objects.select_related("place").get(pk=pk)
    require(user, Action.EDIT, found.place)
    told = TakenBack()
    if found.done_at is None:
        return told
    rows = [row for row in rows_of(found) if row.state in (NEW, CHANGED)]
    with transaction.atomic():
        # The last line first: parts before what they are part of.
        for row in reversed(rows):
            try:
                with transaction.atomic():
                    if row.state == NEW:
                        _remove(user, found, UUID(row.key))
                    else:
                        _set_back(user, found, row.pk, row.number)
            except AccessDenied:
                told.stay.append(f"Dòng {row.number}: bạn không có quyền bỏ việc này.")
            except (BadTask, Conflict) as bad:
                told.stay.append(f"Dòng {row.number}: {bad}")
            else:
                told.lines += 1
        counts = {"dòng": told.lines, "giữ lại": len(told.stay)}
        audit.record(user, "hoàn tác tệp công việc", found, found.place, counts)
    return told


def _remove(user: User, found: WorkImport, key: UUID) -> None:
    task = Task.objects.filter(key=key).first()
    if task is None or task.removed_at is not None:
        return
    if task.notes.filter(at__gt=found.done_at).exists():
        raise BadTask("việc này đã có người sửa tiếp nên giữ lại.")
    remove(user, task.pk, uuid5(found.pk, f"hoàn tác {key}"))


def _set_back(user: User, found: WorkImport, pk: int, number: int) -> None:
    marks = (*(f"{number}:{mark}" for mark in reversed(MARKS)), f"{number}:parent", str(number))
    for mark in marks:
        note = TaskNote.objects.filter(task=pk, key=uuid5(found.pk, mark)).first()
        if note is not None:
            undo(user, note.pk, uuid5(note.key, "hoàn tác"))
