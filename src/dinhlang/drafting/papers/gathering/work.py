"""Tasks of a place: those of a period with their state then, and those that are late.

Notes that people write to each other (hand-overs, files read in, reminders to themselves) are no
results and no hindrances: nothing of them goes into a paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from dinhlang.assessment.showing import ZONE
from dinhlang.facts import catalogue, texts
from dinhlang.facts.models import Evidence
from dinhlang.papers.writing.composing.report import Period
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold
from dinhlang.work.models import UNFINISHED, Task, TaskNote, TaskState

from ..periods import before, following, told_on

Data = dict[str, Any]
SOON = 14
"""Days ahead that a reminder looks."""
FINISHED = (TaskState.DONE, TaskState.ACCEPTED)


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


# --- A period -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Known:
    """A task with what was noted of it."""

    task: Task
    notes: list[TaskNote] = field(default_factory=list)

    def state(self, on: date) -> str:
        """The state at the end of that day, which later notes may have left behind."""
        task, moment = self.task, _end(on)
        if task.state in FINISHED and task.done_at is not None and task.done_at <= moment:
            accepted = task.accepted_at is not None and task.accepted_at <= moment
            return TaskState.ACCEPTED if accepted else TaskState.DONE
        then = [note for note in self.notes if note.at <= moment]
        state = then[-1].after if then else self.notes[0].before if self.notes else task.state
        if state in FINISHED and task.done_at is not None and task.done_at > moment:
            return TaskState.OPEN
        return str(state)

    def is_late(self, on: date) -> bool:
        """Whether its end was over on the day, and it was not finished."""
        end = self.task.end
        return end is not None and end < on and self.state(on) in UNFINISHED

    def moved(self, first: date, on: date) -> bool:
        """Whether it was finished, accepted, or brought on within these days."""
        task, state = self.task, self.state(on)
        if state in FINISHED:
            days = [task.done_at, task.accepted_at if state == TaskState.ACCEPTED else None]
            return any(first <= timezone.localdate(day) <= on for day in days if day is not None)
        return any(
            first <= timezone.localdate(note.at) <= on and _tells(note) for note in self.notes
        )

    def waiting_for(self, on: date) -> str:
        """What it waited for at the end of that day, on one line."""
        said = ""
        for note in self.notes:
            if note.at <= _end(on) and "waiting_for" in note.changes:
                said = str(note.changes["waiting_for"][1] or "")
        if not said and self.task.state == TaskState.WAITING:
            said = self.task.waiting_for
        return " ".join(said.split())


def _end(on: date) -> datetime:
    return datetime.combine(on, time.max, ZONE)


def _tells(note: TaskNote) -> bool:
    """Whether the note moved the task: a state, what it waits for, a paper, a number."""
    return bool(
        note.before != note.after
        or note.evidence_id
        or note.observation_id
        or "waiting_for" in note.changes
    )


def of_period(place: Unit, period: Period) -> Data:
    """What moved, was due or is late in the period, what hinders, and what is due in the next.

    Everything is told as of the period's end, or of today where the period is not over: what is
    not due yet is not late. What was finished before the period is not told again. A report of a
    longer time than a week also names what runs through it.
    """
    on = told_on(period)
    known = _known(place, period)
    listed = [each for each in known if _belongs(each, period, on)]
    names = _people(place) if any(each.state(on) in _STOPPED for each in listed) else ()
    blocked: dict[str, str] = {}
    for each in listed:
        line = _hindrance(each, on, names)
        if line:
            blocked.setdefault(fold(line), line)
    work = [
        {"text": each.task.text, "lead": lead_of(each.task), "state": _result(each, on)}
        for each in listed
    ]
    return {
        "work": work,
        "tally": _tally(known, period, on),
        "blocked": list(blocked.values()),
        "following": _following(place, period),
    }


def _known(place: Unit, period: Period) -> list[_Known]:
    """The tasks that may be told of, with their notes; by end."""
    year = datetime.combine(date(period.start.year, 1, 1), time.min, ZONE)
    rows = _live(place).exclude(Q(state__in=FINISHED), Q(done_at__lt=year), Q(accepted_at__lt=year)
                                | Q(accepted_at=None))  # fmt: skip
    tasks = sorted(rows, key=lambda task: (task.end or date.max, task.pk))
    found = {task.pk: _Known(task) for task in tasks}
    notes = TaskNote.objects.filter(task__in=tasks).select_related("evidence", "observation")
    for note in notes.order_by("at", "pk"):
        found[note.task_id].notes.append(note)
    return list(found.values())


def _belongs(known: _Known, period: Period, on: date) -> bool:
    task, state = known.task, known.state(on)
    if known.moved(period.start, on):
        return True
    if state not in UNFINISHED:
        return False
    if task.end is not None and task.end < period.start:
        return True
    due = task.end is not None and period.start <= task.end <= period.end
    runs = task.start is not None and task.start <= on and (task.end or on) >= period.start
    return due or (runs and period.kind != "week")


_STOPPED = (TaskState.WAITING, TaskState.DROPPED)


def _hindrance(known: _Known, on: date, names: Iterable[str]) -> str:
    """The task and why it waits, or why it was given up; empty where nothing hinders it."""
    state = known.state(on)
    if state == TaskState.WAITING:
        why, words = known.waiting_for(on), "đang chờ"
    elif state == TaskState.DROPPED:
        why, words = " ".join(known.task.reason.split()), "không làm nữa"
    else:
        return ""
    # A paper to a higher office speaks of offices; who is meant stays within the commune.
    if any(name in why for name in names):
        why = ""
    text, why = known.task.text.rstrip(" .;"), _within(why)
    return f"{text} ({words}: {why.rstrip(' .;')})" if why else f"{text} ({words})"


def _within(words: str) -> str:
    """The words within a sentence: “Đã khảo sát” → “đã khảo sát”; “UBND tỉnh” stays."""
    return words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"


def _people(place: Unit) -> tuple[str, ...]:
    """The names of those who work at the place and in its villages."""
    here = Q(holdings__office__place=place) | Q(holdings__office__place__parent=place)
    rows = User.objects.filter(here | Q(grants__place=place) | Q(grants__place__parent=place))
    return tuple(name for name in set(rows.values_list("full_name", flat=True)) if name)


def _result(known: _Known, on: date) -> str:
    """How it stands, and by which papers and numbers: never what somebody noted."""
    state, task = known.state(on), known.task
    label = TaskState(state).label
    if known.is_late(on) and task.end is not None:
        return f"{label}, chậm {(on - task.end).days} ngày"
    if state not in FINISHED:
        return label
    then = [note for note in known.notes if note.at <= _end(on)]
    given = [_paper(note.evidence) for note in then if note.evidence is not None]
    given += [said for note in then if (said := _number(note))]
    if not given and task.product:
        given = [task.product]
    return f"{label}: {'; '.join(dict.fromkeys(given))}" if given else label


def _paper(row: Evidence) -> str:
    number = f" số {row.number}" if row.number else ""
    return f"{row.title}{number}{f' ngày {row.dated:%d/%m/%Y}' if row.dated else ''}"


def _number(note: TaskNote) -> str:
    row = note.observation
    if row is None or row.superseded_at is not None:
        return ""
    measure = catalogue.known().get(row.measure)
    value = texts.words(measure, row) if measure else ""
    return f"{measure.name} {value}" if measure and value else ""


def _tally(known: Sequence[_Known], period: Period, on: date) -> Data:
    """The tasks due in the year: finished and late by the day, and when the last period ended."""
    year, then = period.end.year, before(period)
    of_year = [
        each
        for each in known
        if each.task.end is not None and each.task.end.year == year
        and each.state(on) != TaskState.DROPPED
    ]  # fmt: skip
    return {
        "year": year,
        "total": len(of_year),
        "done": sum(each.state(on) in FINISHED for each in of_year),
        "done_before": sum(each.state(then) in FINISHED for each in of_year),
        "late": sum(each.is_late(on) for each in of_year),
        "late_before": sum(each.is_late(then) for each in of_year),
    }


def _following(place: Unit, period: Period) -> list[str]:
    coming = following(period)
    rows = _live(place).filter(state__in=UNFINISHED, end__gte=coming.start, end__lte=coming.end)
    return [
        said_with(task.text, lead_of(task), f"{task.end:%d/%m/%Y}")
        for task in sorted(rows, key=lambda task: (task.end or date.max, task.pk))
    ]


def said_with(text: str, lead: str, due: str) -> str:
    """The task with who leads it and its end: “… (Công chức Địa chính, hạn 30/11/2026)”."""
    inside = ", ".join(part for part in (lead, f"hạn {due}" if due else "") if part)
    return f"{text.rstrip(' .;')} ({inside})" if inside else text
