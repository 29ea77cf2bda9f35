"""How far a task has come: what each state needs, and who may say it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.facts.models import Evidence
from dinhlang.people.access import AccessDenied, restrict
from dinhlang.people.models import User
from dinhlang.vietnamese import clean_spaces, nfc

from ..models import UNFINISHED, Task, TaskNote, TaskState
from ..said import LABELS, BadTask
from .errors import Clash, Conflict
from .writing import Deed, finish, locked, sent

LONGEST_NOTE = 4000
LONGEST_WORDS = 300
NOON = time(12)


def note_text(text: str) -> str:
    """A remark as it is kept. Raises ``BadTask``."""
    found = nfc(text).replace("\r\n", "\n").replace("\x00", "").strip()
    if len(found) > LONGEST_NOTE:
        raise BadTask(f"Ghi chú dài quá {LONGEST_NOTE} ký tự. Hãy rút gọn.", "note")
    return found


def _words(text: str, name: str) -> str:
    found = clean_spaces(nfc(text))
    if len(found) > LONGEST_WORDS:
        raise BadTask(f"{LABELS[name]} dài quá {LONGEST_WORDS} ký tự. Hãy rút gọn.", name)
    return found


def tell(
    user: User,
    task_id: int,
    key: UUID,
    state: str,
    text: str = "",
    waiting_for: str = "",
    reason: str = "",
    *,
    evidence: int | None = None,
    seen: int | None = None,
    done_on: date | None = None,
) -> TaskNote | None:
    """Give a task a state, a remark, a file (the number of an evidence), or any of them.

    ``waiting_for`` is needed for WAITING, ``reason`` for DROPPED, and for DONE a file or a word on
    the product where the task names one. Sent again with the same key it does nothing more;
    returns None where nothing was new. With ``seen`` (the revision its author saw) a state that
    somebody else changed since raises ``Conflict``. ``done_on`` is the day on which it was done,
    for DONE, where that was before today. Raises ``AccessDenied``, ``BadTask``.
    """
    text = note_text(text)
    waiting_for, reason = _words(waiting_for, "waiting_for"), _words(reason, "reason")
    if state not in TaskState.values:
        raise BadTask("Hãy chọn trạng thái của việc.", "state")
    with transaction.atomic():
        task = locked(user, task_id)
        if before := sent(user, task_id, key):
            return before
        file = _file(user, evidence)
        if seen is not None:
            _refuse_overtaken(task, state, seen)
        old = TaskState(task.state)
        changes = _move(task, TaskState(state), text, waiting_for, reason, file)
        changes |= _done_on(task, done_on)
        if old == state and not changes and not text and file is None:
            return None
        deed = Deed(
            key=key, verb="cập nhật việc", before=old, text=text, changes=changes, evidence=file
        )
        return finish(user, task, deed)


def _file(user: User, evidence: int | None) -> Evidence | None:
    if evidence is None:
        return None
    found: Evidence | None = restrict(
        Evidence.objects.filter(pk=evidence, set_aside_at=None), user
    ).first()
    if found is None:
        raise AccessDenied("Không tìm thấy tệp này trong kho minh chứng.")
    return found


def _refuse_overtaken(task: Task, state: str, seen: int) -> None:
    if state == task.state:
        return
    since = task.notes.filter(revision__gt=seen).select_related("author").order_by("revision")
    moved = [note for note in since if note.before != note.after]
    if moved and moved[0].before != task.state:
        last = moved[-1]
        clash = Clash(
            "state", LABELS["state"], moved[0].before, task.state, state, str(last.author or ""),
            f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}",
        )  # fmt: skip
        raise Conflict([clash], {"state": state}, task.revision)


def _move(
    task: Task, state: TaskState, text: str, waiting_for: str, reason: str, file: Evidence | None
) -> dict[str, list[Any]]:
    """Bring the locked task into the state; returns the other fields that this changed."""
    old = TaskState(task.state)
    if state != old:
        _check_step(task, old, state)
    wanted = {"waiting_for": "", "reason": ""}
    if state == TaskState.WAITING:
        wanted["waiting_for"] = waiting_for or _kept(task, old, state, "waiting_for")
        wanted["waiting_for"] = wanted["waiting_for"] or text[:LONGEST_WORDS]
        if not wanted["waiting_for"]:
            raise BadTask("Hãy ghi đang chờ ai, chờ việc gì.", "waiting_for")
    if state == TaskState.DROPPED:
        wanted["reason"] = reason or _kept(task, old, state, "reason") or text[:LONGEST_WORDS]
        if not wanted["reason"]:
            raise BadTask("Hãy ghi lý do không làm nữa.", "reason")
    if state == TaskState.DONE and old != state:
        _check_product(task, text, file)
    changes = {}
    for name, value in wanted.items():
        if getattr(task, name) != value:
            changes[name] = [getattr(task, name), value]
            setattr(task, name, value)
    if state != old:
        task.state = state
        task.done_at = timezone.now() if state == TaskState.DONE else None
    return changes


def _done_on(task: Task, day: date | None) -> dict[str, list[Any]]:
    """Let a finished task have been done on that day; what this changed."""
    if day is None or task.done_at is None or task.state != TaskState.DONE:
        return {}
    if day > timezone.localdate():
        raise BadTask("Ngày xong không thể sau hôm nay.", "done_on")
    now = timezone.localdate(task.done_at)
    if now == day:
        return {}
    task.done_at = timezone.make_aware(datetime.combine(day, NOON))
    return {"done_on": [now.isoformat(), day.isoformat()]}


def _kept(task: Task, old: TaskState, state: TaskState, name: str) -> str:
    return str(getattr(task, name)) if old == state else ""


def _check_step(task: Task, old: TaskState, state: TaskState) -> None:
    if state == TaskState.ACCEPTED:
        raise BadTask("Nghiệm thu là việc của lãnh đạo, cán bộ tổng hợp: hãy bấm “Nghiệm thu”.")
    if old == TaskState.ACCEPTED:
        raise BadTask("Việc đã nghiệm thu. Muốn làm tiếp, người nghiệm thu phải trả lại.")
    if state == TaskState.DONE:
        refuse_before_others(task)


def refuse_before_others(task: Task) -> None:
    """Raises ``BadTask`` where something that must be finished first is not."""
    open_ones = unfinished_before(task)
    if open_ones:
        told = "; ".join(f"“{text[:80]}”" for text in open_ones[:3])
        raise BadTask(f"Chưa xong được: còn phải xong trước {told}.", "state")


def unfinished_before(task: Task) -> list[str]:
    """The words of the tasks it waits for: those before it and those it is made of."""
    live = Task.objects.filter(removed_at=None, withdrawn_at=None, state__in=UNFINISHED)
    before = live.filter(needed_by__task=task)
    inside = live.filter(parent=task)
    return [*before.values_list("text", flat=True), *inside.values_list("text", flat=True)]


def _check_product(task: Task, text: str, file: Evidence | None) -> None:
    """Where a product is named, a file or a word must say that it was handed in."""
    if not task.product or text or file is not None:
        return
    if not has_product(task.notes.all()):
        raise BadTask(
            f"Việc này phải giao sản phẩm: {task.product}. Hãy đính kèm tệp hoặc ghi đã giao gì.",
            "note",
        )


def has_product(notes: Iterable[TaskNote]) -> bool:
    """Whether any of the notes brought a file."""
    return any(note.evidence_id is not None for note in notes)
