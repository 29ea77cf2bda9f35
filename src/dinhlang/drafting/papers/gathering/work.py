"""Tasks of a place: those of a period with their state then, and those that are late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from dinhlang.assessment.showing import ZONE
from dinhlang.papers.writing.composing.report import Period
from dinhlang.places.models import Unit
from dinhlang.work.models import UNFINISHED, Task, TaskNote, TaskState

from ..models import Paper
from ..periods import following

Data = dict[str, Any]
SOON = 14
"""Days ahead that a reminder looks."""


def _live(place: Unit) -> QuerySet[Task]:
    rows: QuerySet[Task] = Task.objects.filter(place=place, removed_at=None, withdrawn_at=None)
    return rows.prefetch_related("offices")


def lead_of(task: Task) -> str:
    """Who leads it, as the plan writes it; where nobody does, who is named."""
    offices = list(task.offices.all())
    leading = [each.name for each in offices if each.leads]
    return ", ".join(leading or [each.name for each in offices[:1]])


def late(place: Unit, on: date) -> list[Data]:
    """Unfinished tasks that are late on the day or end within two weeks, office by office."""
    rows = _live(place).filter(state__in=UNFINISHED, end__lte=on + timedelta(days=SOON))
    found = [
        {"text": task.text, "lead": lead_of(task), "due": f"{task.end:%d/%m/%Y}",
         "order": task.end.isoformat()}
        for task in rows
        if task.end is not None
    ]  # fmt: skip
    found.sort(key=lambda each: (not each["lead"], each["lead"], each["order"]))
    return [{key: value for key, value in each.items() if key != "order"} for each in found]


def of_period(place: Unit, period: Period) -> Data:
    """The tasks the period touches, what blocks, and what is due in the next period."""
    first = datetime.combine(period.start, time.min, ZONE)
    last = datetime.combine(period.end, time.max, ZONE)
    touched = TaskNote.objects.filter(at__gte=first, at__lte=last).values("task")
    rows = _live(place).filter(
        Q(pk__in=touched)
        | Q(start__lte=period.end, end__gte=period.start)
        | Q(start=None, end__gte=period.start, end__lte=period.end)
        | Q(state__in=UNFINISHED, end__lt=period.start)
    )
    tasks = sorted(rows, key=lambda task: (task.end or date.max, task.pk))
    notes = _notes(tasks)
    work, blocked = [], []
    for task in tasks:
        own = notes.get(task.pk, [])
        state = _state_at(task, own, last)
        said = [note.text for note in own if note.text and first <= note.at <= last]
        words = _words(task, state, period.end)
        if said:
            words = f"{words}. {said[-1]}"
        work.append({"text": task.text, "lead": lead_of(task), "state": words})
        if state == TaskState.WAITING:
            blocked.append(f"{task.text}: {said[-1]}" if said else task.text)
    return {"work": work, "blocked": blocked, "following": _following(place, period)}


def _notes(tasks: Sequence[Task]) -> dict[int, list[TaskNote]]:
    found: dict[int, list[TaskNote]] = {}
    for note in TaskNote.objects.filter(task__in=tasks).order_by("at", "pk"):
        found.setdefault(note.task_id, []).append(note)
    return found


def _state_at(task: Task, notes: Sequence[TaskNote], moment: datetime) -> str:
    """The state at that moment, which later notes may have left behind."""
    then = [note for note in notes if note.at <= moment]
    if then:
        return then[-1].after
    return notes[0].before if notes else task.state


def _words(task: Task, state: str, on: date) -> str:
    label = TaskState(state).label
    if state not in UNFINISHED or task.end is None or task.end >= on:
        return label
    return f"{label}, chậm {(on - task.end).days} ngày"


def _following(place: Unit, period: Period) -> list[str]:
    coming = following(period)
    rows = _live(place).filter(state__in=UNFINISHED, end__gte=coming.start, end__lte=coming.end)
    return [
        f"{task.text} ({lead_of(task)}, hạn {task.end:%d/%m/%Y})"
        if lead_of(task)
        else f"{task.text} (hạn {task.end:%d/%m/%Y})"
        for task in sorted(rows, key=lambda task: (task.end or date.max, task.pk))
    ]


def concluded(paper: Paper) -> Data:
    """What the last finished minutes of the place concluded, for the notice of it."""
    rows = Paper.objects.filter(
        place=paper.place, kind="bien-ban", finished_at__isnull=False, on__lte=paper.on
    )
    last: Paper | None = rows.order_by("-on", "-finished_at").first()
    if last is None:
        return {"minutes": "", "resolutions": []}
    values = last.document["values"]
    return {
        "minutes": last.about,
        "chair": values.get("chair", ""),
        "held": f"{last.on:%d/%m/%Y}",
        "resolutions": values.get("resolutions", []),
    }
