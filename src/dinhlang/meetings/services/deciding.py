"""Decisions: taken apart into who, what, until when; marked as work or not; made tasks once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.models import Office, User
from dinhlang.people.offices import office_key
from dinhlang.places.models import Level, Unit
from dinhlang.work.models import Origin, Task
from dinhlang.work.said import Said as TaskSaid
from dinhlang.work.selectors.unheld import called
from dinhlang.work.services import tasks
from dinhlang.work.services.writing import Deed, finish, values_of

from ..models import Decision, Meeting
from ..splitting import Parts, split
from .common import DECISION_TEXT, MOST_DECISIONS, BadMeeting, changed, opened, tidy


def decide(
    user: User, pk: int, key: UUID, line: str, item: int | None = None, *, as_task: bool = False
) -> Decision:
    """Write down a decision, taken apart into who, what, until when; the same key is the same one.

    Of several villages named as who does it each has a decision of its own (``siblings``); the
    first is returned. ``as_task``: it is work, whatever the words look like. Raises ``Closed``,
    ``BadMeeting``, ``AccessDenied``.
    """
    with transaction.atomic():
        row = opened(user, pk)
        before: Decision | None = row.decisions.filter(key=key).first()
        if before is not None:
            return before
        words = tidy("decision", line)
        if not words:
            raise BadMeeting("Hãy ghi kết luận.")
        parts = taken_apart(row, words)
        if not (parts.is_work or as_task):
            # What was only agreed on stands in the minutes word for word.
            parts = Parts(words[:1].upper() + words[1:], is_work=False)
        leads = parts.villages if len(parts.villages) > 1 else (parts.lead,)
        if row.decisions.filter(removed_at=None).count() + len(leads) > MOST_DECISIONS:
            raise BadMeeting(f"Một cuộc họp ghi tối đa {MOST_DECISIONS} kết luận.")
        last = row.decisions.aggregate(last=Max("position"))["last"]
        about = row.items.filter(pk=item).first() if item else None
        made = [
            Decision.objects.create(
                key=uuid5(key, str(at)) if at else key, meeting=row, item=about,
                position=(0 if last is None else last + 1) + at, text=parts.text[:DECISION_TEXT],
                lead=lead[:200], partners=parts.partners[:400], end=parts.end,
                is_task=parts.is_work or as_task, together=key if len(leads) > 1 else None,
            )
            for at, lead in enumerate(leads)
        ]  # fmt: skip
        audit.record(user, "ghi kết luận họp", row, row.place, {"kết luận": words[:300]})
        return made[0]


def taken_apart(row: Meeting, words: str) -> Parts:
    """The parts of a decision of this meeting; days are reckoned from the meeting's own."""
    here = Office.objects.filter(place=row.place, closed_on=None)
    villages = villages_of(row.place).values_list("kind", "name")
    offices = [(office.title, office.keys) for office in here]
    return split(words, offices, timezone.localdate(row.at), list(villages))


def villages_of(place: Unit) -> Any:
    """The villages of the place that exist today."""
    return Unit.objects.filter(parent=place, level=Level.VILLAGE, valid_to=None)


def siblings(row: Decision) -> list[Decision]:
    """The decisions that one line became: this one, or one a village."""
    if row.together is None:
        return [row]
    return list(Decision.objects.filter(meeting=row.meeting_id, together=row.together))


def change_decision(
    user: User,
    pk: int,
    seen: int,
    values: Mapping[str, Any],
    base: Mapping[str, Any] | None = None,
) -> Decision:
    """Change a decision that is no task yet; ``base`` is what the form showed.

    What others changed since stays. Raises ``Overtaken`` where both changed the same,
    ``BadMeeting``, ``Closed``.
    """
    with transaction.atomic():
        row = _decision(user, pk)
        if row.task_id is not None:
            raise BadMeeting("Kết luận này đã thành việc; hãy sửa ở trang của việc.")
        mine = _cleaned(values)
        if "text" in mine and not mine["text"]:
            raise BadMeeting("Hãy ghi kết luận.")
        wanted = changed(row, mine, seen, _cleaned(base) if base else None)
        told = {n: [str(getattr(row, n) or ""), str(v or "")] for n, v in wanted.items()}
        if not told:
            return row
        for name, value in wanted.items():
            setattr(row, name, value)
        row.revision += 1
        row.save()
        audit.record(user, "sửa kết luận họp", row.meeting, row.meeting.place, told)
        return row


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: tidy("decision" if name == "text" else name, str(values[name] or ""))
        for name in ("text", "lead", "partners", "product")
        if name in values
    }
    if "end" in values:
        found["end"] = values["end"]
    return found


def mark(user: User, pk: int, is_task: bool) -> Decision:
    """Say whether a decision goes out as a task when the minutes are closed. Twice is once."""
    with transaction.atomic():
        row = _decision(user, pk)
        if row.is_task != is_task:
            row.is_task = is_task
            row.save(update_fields=["is_task"])
            told = {"kết luận": row.text[:300], "thành việc khi chốt": "có" if is_task else "không"}
            audit.record(user, "chọn kết luận thành việc", row.meeting, row.meeting.place, told)
        return row


def remove_decision(user: User, pk: int) -> Decision:
    """Take a decision out; its task, where it has one, stays. ``restore_decision`` undoes it."""
    return _decision_removed(user, pk, timezone.now())


def restore_decision(user: User, pk: int) -> Decision:
    """Undo ``remove_decision``."""
    return _decision_removed(user, pk, None)


def _decision_removed(user: User, pk: int, when: datetime | None) -> Decision:
    with transaction.atomic():
        row = _decision(user, pk)
        if (row.removed_at is None) != (when is None):
            row.removed_at = when
            row.save(update_fields=["removed_at"])
            verb = "bỏ kết luận họp" if when else "lấy lại kết luận họp"
            audit.record(user, verb, row.meeting, row.meeting.place, {"kết luận": row.text[:300]})
        return row


def _decision(user: User, pk: int) -> Decision:
    row: Decision = Decision.objects.select_related("meeting__place", "item").get(pk=pk)
    row.meeting = opened(user, row.meeting_id)
    row.refresh_from_db(fields=["text", "lead", "partners", "product", "end", "task", "revision",
                                "is_task", "removed_at"])  # fmt: skip
    return row


def make_task(user: User, pk: int) -> Task:
    """The task of a decision, made once. Raises ``BadMeeting``, ``Closed``, ``AccessDenied``."""
    with transaction.atomic():
        return task_of(user, _decision(user, pk))


def task_of(user: User, row: Decision) -> Task:
    """The decision's task; where it has none it is made, or the one withdrawn before comes back."""
    if row.task is not None:
        return row.task
    meeting, about = row.meeting, row.item.task if row.item else None
    leads = [each.strip() for each in row.lead.split(";") if each.strip()]
    said = TaskSaid(
        text=row.text, product=row.product, end=row.end, lead=leads,
        partners=[each for each in row.partners.split(",") if each.strip()],
        villages=_named(meeting.place, leads),
        criterion_set=about.criterion_set if about else "",
        criterion=about.criterion if about else "",
    )  # fmt: skip
    key = uuid5(row.key, "việc")
    made: Task | None = Task.objects.select_for_update(of=("self",)).filter(key=key).first()
    if made is None:
        made = tasks.create(
            user, meeting.place, said, key, origin=Origin.MEETING,
            origin_ref=f"meeting:{meeting.pk}:{row.pk}", origin_text=_origin(meeting),
        )  # fmt: skip
    else:
        _brought_back(user, made, said)
    row.task = made
    row.save(update_fields=["task"])
    return made


def _origin(meeting: Meeting) -> str:
    return f"Kết luận họp ngày {timezone.localtime(meeting.at):%d/%m/%Y}: {meeting.title}"


def _brought_back(user: User, task: Task, said: TaskSaid) -> None:
    """The task that reopened minutes had withdrawn, as the decision says it now."""
    if task.removed_at is not None:
        task.removed_at, task.removed_by = None, None
        finish(user, task, Deed(key=uuid4(), verb="khôi phục việc", before=task.state,
                                changes={"removed": [True, False]}))  # fmt: skip
    wanted = {name: value for name, value in said.plain().items()
              if name in ("text", "product", "end", "lead", "partners", "villages")}  # fmt: skip
    now = values_of(task, wanted.keys())
    changes = {name: [now[name], value] for name, value in wanted.items() if now[name] != value}
    if changes:
        tasks.apply(user, task, Deed(key=uuid4(), verb="sửa việc", before=task.state,
                                     changes=changes))  # fmt: skip


def _named(place: Unit, leads: list[str]) -> list[int]:
    """The villages that the leads are, or whose heads they are: the work is theirs."""
    if not leads:
        return []
    keys = {office_key(each) for each in leads}
    rows = villages_of(place).values_list("pk", "kind", "name")
    return [pk for pk, kind, name in rows if keys & called(kind, name)]
