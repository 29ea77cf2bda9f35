"""A task's history in words: who did what when, each field before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dinhlang.facts import catalogue, texts
from dinhlang.facts.models import Evidence
from dinhlang.places.models import Unit
from dinhlang.vietnamese import format_money

from ..models import Task, TaskNote, TaskState
from ..said import DAYS, LABELS, NUMBERS, OFFICES, shown_day
from ..showing import STATES, Look


@dataclass(frozen=True, slots=True)
class Changed:
    """One field before and after, in words; ``""`` where there was nothing."""

    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        """Whether it is better shown in two lines."""
        return len(self.before) + len(self.after) > 90


@dataclass(slots=True)
class Entry:
    """One thing somebody did; ``note`` is 0 for the making of the task itself."""

    who: str
    at: datetime
    note: int = 0
    verb: str = ""
    text: str = ""
    moved: tuple[Look, Look] | None = None
    changed: list[Changed] = field(default_factory=list)
    file: Evidence | None = None
    number: str = ""
    number_state: str = ""
    can_be_undone: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers in the history mean."""

    villages: Mapping[int, str]
    tasks: Mapping[int, str]


def history(task: Task) -> list[Entry]:
    """Everything that was done to the task, the latest first, its making last."""
    notes = list(
        task.notes.select_related("author", "evidence", "observation").order_by("-at", "-pk")
    )
    names = _names(notes)
    found = [_entry(note, names) for note in notes]
    made = Entry(
        who=str(task.created_by) if task.created_by else "Chương trình",
        at=task.created,
        verb=f"đưa vào từ {task.origin_text}" if task.origin_text else "tạo việc",
    )
    return [*found, made]


def _names(notes: Iterable[TaskNote]) -> Names:
    villages, tasks = set[int](), set[int]()
    for note in notes:
        for name, into in (("villages", villages), ("after", tasks)):
            for values in note.changes.get(name, ()):
                into.update(values)
        tasks.update(pk for pk in note.changes.get("parent", ()) if pk)
    return Names(
        dict(Unit.objects.filter(pk__in=villages).values_list("pk", "name")),
        dict(Task.objects.filter(pk__in=tasks).values_list("pk", "text")),
    )


def _entry(note: TaskNote, names: Names) -> Entry:
    changes = dict(note.changes)
    removed = changes.pop("removed", None)
    moved = None
    if note.before != note.after:
        moved = STATES[note.before], STATES[note.after]
    verb = ""
    if removed:
        verb = "xóa việc" if removed[1] else "khôi phục việc"
    elif moved:
        verb = "nghiệm thu" if note.after == TaskState.ACCEPTED else "chuyển trạng thái"
        if note.before in (TaskState.DONE, TaskState.ACCEPTED) and note.after == TaskState.DOING:
            verb = "trả lại việc"
    elif changes:
        verb = "sửa"
    elif note.evidence_id:
        verb = "đính kèm tệp"
    else:
        verb = "ghi chú"
    return Entry(
        who=str(note.author) if note.author else "Chương trình",
        at=note.at,
        note=note.pk,
        verb=verb,
        text=note.text,
        moved=moved,
        changed=[changed(name, pair, names) for name, pair in changes.items()],
        file=note.evidence,
        **_number(note),
        can_be_undone=bool(changes or moved) and not removed and note.author is not None,
    )


def _number(note: TaskNote) -> dict[str, str]:
    row = note.observation
    if row is None:
        return {}
    measure = catalogue.known().get(row.measure)
    name = measure.name if measure else row.measure
    value = texts.words(measure, row) if measure else ""
    state = "được thay bằng số mới" if row.superseded_at else row.get_state_display().lower()
    return {"number": f"{name}: {value}, {row.time.label.lower()}", "number_state": state}


def changed(name: str, pair: Iterable[Any], names: Names) -> Changed:
    """A field's change in words."""
    before, after = (words(name, value, names) for value in pair)
    return Changed(LABELS.get(name, name), before, after)


def words(name: str, value: Any, names: Names | None = None) -> str:
    """A plain value as people read it; empty for nothing."""
    if value in (None, "", []):
        return ""
    if name in DAYS or name == "done_on":
        return shown_day(value)
    if name == "parent":
        return str(names.tasks.get(value, "(đã xóa)") if names else value)[:80]
    if name == "cost":
        return format_money(int(value))
    if name in OFFICES:
        return "; ".join(value)
    if name == "state":
        return STATES[value].words if value in STATES else str(value)
    if name in NUMBERS:
        known = (names.villages if name == "villages" else names.tasks) if names else {}
        return "; ".join(str(known.get(each, "(đã xóa)"))[:80] for each in value)
    if name == "measure":
        measure = catalogue.known().get(value)
        return measure.name if measure else str(value)
    return str(value)


def names_for(values: Mapping[str, Iterable[Iterable[int]]]) -> Names:
    """The names behind the numbers of these fields (``villages``, ``after``)."""
    villages = {one for some in values.get("villages", ()) for one in some}
    tasks = {one for some in values.get("after", ()) for one in some}
    return Names(
        dict(Unit.objects.filter(pk__in=villages).values_list("pk", "name")),
        dict(Task.objects.filter(pk__in=tasks).values_list("pk", "text")),
    )
