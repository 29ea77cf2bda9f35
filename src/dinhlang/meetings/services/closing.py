"""Closing minutes, taking that back for a moment, opening them again later; all with its trail."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.vietnamese import clean_spaces, nfc
from dinhlang.work.models import Task, TaskState
from dinhlang.work.services import tasks

from ..models import Closing, Meeting
from .common import BadMeeting
from .deciding import task_of

UNDO = timedelta(minutes=5)
"""How long a closing can be taken back without a word; the page offers it for a minute."""
LONGEST_WHY = 300


def _held(user: User, pk: int) -> Meeting:
    row: Meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
    )
    require(user, Action.REVIEW, row.place)
    return row


def _said(why: str) -> str:
    words = clean_spaces(nfc(why))
    if len(words) > LONGEST_WHY:
        raise BadMeeting(f"Lý do dài quá {LONGEST_WHY} ký tự, hãy viết gọn lại.")
    return words


def close(user: User, pk: int, why: str = "") -> Meeting:
    """Close the minutes: they no longer change, and decisions marked so go out as tasks.

    ``why`` is asked for where the day of the meeting has not come. Needs ``REVIEW``. Twice is
    once. Raises ``AccessDenied``, ``BadMeeting``.
    """
    with transaction.atomic():
        row, words = _held(user, pk), _said(why)
        if row.state == Meeting.State.CLOSED:
            return row
        day = timezone.localdate(row.at)
        if day > timezone.localdate() and not words:
            raise BadMeeting(
                f"Biên bản ghi họp ngày {day:%d/%m/%Y}, ngày ấy chưa tới. Hãy sửa ngày họp, "
                "hoặc ghi vì sao chốt trước."
            )
        left = row.decisions.filter(removed_at=None, task=None, is_task=True)
        made = list(left.select_related("item__task"))
        for decision in made:
            decision.meeting = row
            task_of(user, decision)
        now = timezone.now()
        row.state, row.closed_at, row.closed_by = Meeting.State.CLOSED, now, user
        # Minutes closed on the day itself tell when it ended; later ones leave it to be written.
        if row.at <= now and day == timezone.localdate():
            row.ended_at = now
        row.save(update_fields=["state", "closed_at", "closed_by", "ended_at"])
        Closing.objects.create(
            meeting=row, closed_at=now, closed_by=user, why=words, made=[each.pk for each in made]
        )
        told = {"kết luận thành việc": len(made), "lý do chốt trước": words}
        audit.record(
            user, "chốt biên bản họp", row, row.place, {n: v for n, v in told.items() if v}
        )
        return row


def undo_close(user: User, pk: int) -> list[Task]:
    """Take a closing back that was just made: the tasks it made go with it.

    Returns those that stay since somebody worked on them. Raises ``AccessDenied``, ``BadMeeting``
    where it is too long ago.
    """
    with transaction.atomic():
        row = _held(user, pk)
        last = row.closings.first()
        if row.state != Meeting.State.CLOSED or last is None:
            return []
        if timezone.now() - last.closed_at > UNDO:
            raise BadMeeting("Biên bản chốt đã lâu; hãy mở lại và ghi lý do.")
        return _open(user, row, last, "Hoàn tác chốt", keep=False, verb="hoàn tác chốt biên bản")


def reopen(user: User, pk: int, why: str, *, keep: bool) -> list[Task]:
    """Open closed minutes again, with who, when and why kept; they are closed anew later.

    ``keep``: the tasks they made stay as they are. Else those of the last closing on which nobody
    has worked are withdrawn, and come back, as the decision then says, at the next one. No decision
    ever has two tasks. Returns the tasks that stay though they were to go. Needs ``REVIEW``. Raises
    ``AccessDenied``, ``BadMeeting``.
    """
    with transaction.atomic():
        row, words = _held(user, pk), _said(why)
        if row.state != Meeting.State.CLOSED:
            return []
        if not words:
            raise BadMeeting("Hãy ghi vì sao mở lại biên bản.")
        last = row.closings.first()
        if last is None:
            # Closed before closings were kept.
            made = list(row.decisions.exclude(task=None).values_list("pk", flat=True))
            last = Closing.objects.create(
                meeting=row, closed_at=row.closed_at or timezone.now(),
                closed_by=row.closed_by or user, made=made,
            )  # fmt: skip
        return _open(user, row, last, words, keep=keep, verb="mở lại biên bản họp")


def _open(
    user: User, row: Meeting, last: Closing, why: str, *, keep: bool, verb: str
) -> list[Task]:
    stay, gone = (list[Task](), 0) if keep else _withdraw(user, row, last)
    last.reopened_at, last.reopened_by, last.reopened_why = timezone.now(), user, why
    last.kept = keep
    last.save(update_fields=["reopened_at", "reopened_by", "reopened_why", "kept"])
    if row.ended_at == row.closed_at:
        row.ended_at = None
    row.state, row.closed_at, row.closed_by = Meeting.State.HELD, None, None
    row.save(update_fields=["state", "closed_at", "closed_by", "ended_at"])
    told = {"lý do": why, "việc": "giữ nguyên" if keep else f"rút {gone}, giữ {len(stay)}"}
    audit.record(user, verb, row, row.place, told)
    return stay


def _withdraw(user: User, row: Meeting, last: Closing) -> tuple[list[Task], int]:
    """Withdraws the tasks of the closing that nobody touched; those that stay, and how many go."""
    stay, gone = [], 0
    rows = row.decisions.filter(pk__in=last.made).exclude(task=None).select_related("task")
    for decision in rows:
        task = decision.task
        if task is None:
            continue
        if task.removed_at is None and _is_touched(task, last):
            stay.append(task)
            continue
        if task.removed_at is None:
            tasks.remove(user, task.pk, uuid5(uuid4(), str(task.pk)))
            gone += 1
        decision.task = None
        decision.save(update_fields=["task"])
    return stay, gone


def _is_touched(task: Task, last: Closing) -> bool:
    if task.state != TaskState.OPEN or task.children.filter(removed_at=None).exists():
        return True
    return bool(task.notes.filter(at__gt=last.closed_at).exists())
