"""One act on many tasks: each row is done or refused by itself, and one undo takes all back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from dinhlang.people.access import AccessDenied, Action
from dinhlang.people.models import User

from ..models import Task, TaskNote, TaskState
from ..said import BadTask
from .carrying import carry, take_back
from .errors import Conflict
from .states import tell
from .tasks import change, remove
from .undoing import undo

MOST = 300
ACTS = {
    "han": "Đặt hạn",
    "doi": "Dời hạn thêm số ngày",
    "chu-tri": "Giao chủ trì",
    "tieu-chi": "Gắn tiêu chí",
    "thon": "Đặt thôn",
    "trang-thai": "Đổi trạng thái",
    "chuyen-ky": "Chuyển sang kỳ sau, hạn mới",
    "xoa": "Xóa",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: ``why`` says why it stayed as it was, empty where it was done."""

    task: Task
    why: str = ""


def act(user: User, pks: Sequence[int], what: str, value: Any, key: UUID) -> list[Outcome]:
    """Do one thing to every task; sent again nothing more is done.

    ``value``: a day (han, chuyen-ky), days (doi), names of offices (chu-tri), set, criterion and
    indicator (tieu-chi), numbers of villages (thon), a state with a reason (trang-thai). Raises
    ``BadTask`` where too many are asked for or the act is unknown.
    """
    if what not in ACTS:
        raise BadTask("Hãy chọn việc cần làm với các dòng đã chọn.")
    if not 1 <= len(pks) <= MOST:
        raise BadTask(f"Hãy chọn từ 1 đến {MOST} việc.")
    rows = {
        row.pk: row
        for row in Task.objects.restrict(user, Action.EDIT)
        .filter(pk__in=list(pks), removed_at=None)
        .select_related("place")
    }
    found = []
    for pk in dict.fromkeys(pks):
        if pk in rows:
            found.append(_one(user, rows[pk], what, value, uuid5(key, str(pk))))
    return found


def _one(user: User, task: Task, what: str, value: Any, key: UUID) -> Outcome:
    try:
        with transaction.atomic():
            why = _verb(what)(user, task, value, key)
    except AccessDenied as denied:
        why = str(denied) or "Bạn không được làm điều này với việc này."
    except (BadTask, Conflict) as bad:
        why = str(bad)
    return Outcome(task, why)


Verb = Callable[[User, Task, Any, UUID], str]


def _verb(what: str) -> Verb:
    verbs: dict[str, Any] = {
        "han": lambda user, task, day, key: _changed(user, task, key, {"end": day}),
        "doi": _shift,
        "chu-tri": lambda user, task, names, key: _changed(user, task, key, {"lead": names}),
        "tieu-chi": _criterion,
        "thon": lambda user, task, numbers, key: _changed(user, task, key, {"villages": numbers}),
        "trang-thai": _state,
        "chuyen-ky": _carry,
        "xoa": _remove,
    }
    verb: Verb = verbs[what]
    return verb


def _changed(user: User, task: Task, key: UUID, changes: dict[str, Any]) -> str:
    change(user, task.pk, key, task.revision, changes)
    return ""


def _criterion(user: User, task: Task, said: Sequence[str], key: UUID) -> str:
    set_id, criterion, indicator = said
    # The list names criteria only; a task's set stays where the criterion's is not told.
    wanted = {"criterion": criterion, "indicator": indicator}
    return _changed(user, task, key, wanted | ({"criterion_set": set_id} if set_id else {}))


def _shift(user: User, task: Task, days: int, key: UUID) -> str:
    if task.end is None:
        return "Việc chưa có hạn để dời."
    # Asked again, the task has the later day already: the first note says from where.
    before = TaskNote.objects.filter(key=key, task=task).first()
    if before is not None:
        return ""
    later = timedelta(days=days)
    changes: dict[str, Any] = {"end": task.end + later}
    if task.start is not None:
        changes["start"] = task.start + later
    return _changed(user, task, key, changes)


def _state(user: User, task: Task, said: tuple[str, str], key: UUID) -> str:
    state, reason = said
    tell(
        user, task.pk, key, state,
        waiting_for=reason if state == TaskState.WAITING else "",
        reason=reason if state == TaskState.DROPPED else "",
    )  # fmt: skip
    return ""


def _carry(user: User, task: Task, end: date, key: UUID) -> str:
    ((outcome),) = carry(user, [(task.pk, end)], key)
    return outcome.why


def _remove(user: User, task: Task, value: Any, key: UUID) -> str:
    remove(user, task.pk, key)
    return ""


def undo_all(user: User, pks: Sequence[int], key: UUID) -> list[Outcome]:
    """Take back what ``act`` did with this key, as far as nobody built on it since."""
    found = []
    notes = {
        note.key: note
        for note in TaskNote.objects.filter(key__in=[uuid5(key, str(pk)) for pk in pks])
    }
    for pk in dict.fromkeys(pks):
        note = notes.get(uuid5(key, str(pk)))
        task = Task.objects.restrict(user, Action.EDIT).filter(pk=pk).first()
        if task is None:
            continue
        try:
            if note is not None:
                undo(user, note.pk, uuid5(key, f"hoàn tác {pk}"))
            elif take_back(user, pk, uuid5(key, str(pk))) is None:
                continue
        except (AccessDenied, BadTask, Conflict) as bad:
            found.append(Outcome(task, str(bad) or "Không hoàn tác được."))
        else:
            found.append(Outcome(task))
    return found
