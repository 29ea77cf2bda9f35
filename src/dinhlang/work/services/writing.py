"""How a task's rows are read and written: the small steps that every service is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from dinhlang.facts.models import Evidence, Observation
from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, allowed_places, can
from dinhlang.people.models import User
from dinhlang.people.offices import office_key
from dinhlang.places.models import Closure, Unit
from dinhlang.vietnamese import fold

from .. import linking
from ..models import Task, TaskLink, TaskNote, TaskOffice
from ..said import DAYS, NUMBERS, OFFICES, BadTask, Plain
from .errors import Clash

SENT_ELSEWHERE = "Lần gửi này đã dùng cho việc khác. Hãy tải lại trang rồi làm lại."


def locked(user: User, task_id: int, action: Action = Action.EDIT) -> Task:
    """The task, held until the transaction is over. Raises ``AccessDenied``."""
    rows = Task.objects.restrict(user, action).filter(pk=task_id, removed_at=None)
    if not rows.exists():
        raise AccessDenied
    held = Task.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    found: Task = held.get(pk=task_id)
    return found


def hold_links(place: int) -> None:
    """Let nobody else link tasks of the place until the transaction is over.

    Two halves of a circle cannot meet then. Taken before any task is held, so that nobody waits
    for somebody who waits for them.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=place)


def sent(user: User, task_id: int, key: UUID) -> TaskNote | None:
    """What this very form did before. Raises ``BadTask`` where it was for something else."""
    note: TaskNote | None = TaskNote.objects.filter(key=key).first()
    if note is not None and (note.task_id != task_id or note.author_id != user.pk):
        raise BadTask(SENT_ELSEWHERE)
    return note


def values_of(task: Task, names: Collection[str]) -> Plain:
    """These fields of the task as they are now, plain."""
    found: Plain = {}
    offices = list(task.offices.order_by("pk")) if set(OFFICES) & set(names) else []
    for name in names:
        if name in OFFICES:
            found[name] = [each.name for each in offices if each.leads == (name == "lead")]
        elif name == "villages":
            found[name] = sorted(task.villages.values_list("pk", flat=True))
        elif name == "after":
            found[name] = sorted(task.needs.values_list("after", flat=True))
        else:
            value = getattr(task, name)
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found


@dataclass(frozen=True, slots=True)
class Base:
    """What an author saw: ``values`` at that revision, and the later notes that changed them."""

    values: Plain
    notes: Mapping[str, TaskNote]

    def clash(self, name: str, label: str, mine: Any, now: Any) -> Clash:
        """The field both changed, and who the other is."""
        note = self.notes.get(name)
        return Clash(
            field=name,
            label=label,
            before=self.values[name],
            theirs=now,
            mine=mine,
            who=str(note.author) if note and note.author else "",
            when=f"{timezone.localtime(note.at):%H:%M %d/%m/%Y}" if note else "",
        )


def base_of(task: Task, now: Plain, seen: int) -> Base:
    """The fields of ``now`` as they were at revision ``seen``, told by the notes since."""
    values, notes = dict(now), dict[str, TaskNote]()
    if seen >= task.revision:
        return Base(values, notes)
    since = TaskNote.objects.filter(task=task, revision__gt=seen).select_related("author")
    for note in since.order_by("revision", "pk"):
        if "state" in now and note.before != note.after:
            values["state"] = values["state"] if "state" in notes else note.before
            notes["state"] = note
        for name, (before, _) in note.changes.items():
            if name in now:
                if name not in notes:
                    values[name] = before
                notes[name] = note
    return Base(values, notes)


def write(user: User | None, task: Task, plain: Plain) -> None:
    """Give the task these fields; the caller saves its row. Raises ``BadTask``."""
    for name, value in plain.items():
        if name in DAYS:
            setattr(task, name, date.fromisoformat(value) if value else None)
        elif name not in OFFICES and name not in NUMBERS:
            setattr(task, name, value)
    if set(OFFICES) & set(plain):
        _write_offices(task, values_of(task, OFFICES) | plain)
    if "villages" in plain:
        task.villages.set(villages(task.place, plain["villages"]))
    if "after" in plain:
        _write_links(user, task, plain["after"])


def _write_offices(task: Task, wanted: Plain) -> None:
    led = {office_key(name) for name in wanted["lead"]}
    rows = [(True, name) for name in wanted["lead"]]
    # Who leads is no partner of their own.
    rows += [(False, name) for name in wanted["partners"] if office_key(name) not in led]
    task.offices.all().delete()
    TaskOffice.objects.bulk_create(
        TaskOffice(task=task, name=name, key=office_key(name), leads=leads) for leads, name in rows
    )


def villages(place: Unit, wanted: Collection[int]) -> list[Unit]:
    """The villages of the place with these numbers. Raises ``BadTask`` for any other."""
    below = Closure.objects.filter(ancestor=place, descendant__in=list(wanted)).values("descendant")
    found = list(Unit.objects.filter(pk__in=below))
    if len(found) != len(set(wanted)):
        raise BadTask(f"Chỉ chọn được thôn thuộc {place.full_name}.", "villages")
    return found


def _write_links(user: User | None, task: Task, wanted: list[int]) -> None:
    now = set(task.needs.values_list("after", flat=True))
    added, dropped = set(wanted) - now, now - set(wanted)
    if added:
        hold_links(task.place_id)
        rows = Task.objects.filter(place=task.place_id, pk__in=added, removed_at=None)
        if user is not None:
            rows = rows.restrict(user)
        if rows.count() != len(added):
            raise BadTask("Việc phải làm trước không có ở đây.", "after")
        refuse_circle(task, added)
    task.needs.filter(after__in=dropped).delete()
    TaskLink.objects.bulk_create(TaskLink(task=task, after_id=each) for each in sorted(added))


def refuse_circle(task: Task, added: Iterable[int]) -> None:
    """Raises ``BadTask`` where the task would have to wait for itself."""
    pairs = list(TaskLink.objects.filter(task__place=task.place_id).values_list("task", "after"))
    # A task made of smaller ones is finished after them.
    inside = Task.objects.filter(place=task.place_id, removed_at=None, parent__isnull=False)
    pairs += list(inside.values_list("parent", "pk"))
    pairs += [(task.pk, each) for each in added]
    refuse_way(linking.circle(task.pk, linking.graph(pairs)))


def refuse_way(way: Sequence[int]) -> None:
    """Raises ``BadTask`` with the tasks of the circle in words, where there is one."""
    if way:
        names = dict(Task.objects.filter(pk__in=way).values_list("pk", "text"))
        told = " → ".join(f"“{names.get(pk, '')[:60]}”" for pk in way)
        raise BadTask(f"Không đặt được: các việc sẽ chờ nhau thành vòng ({told}).", "after")


def fill_search_key(task: Task) -> None:
    """Set the key by which the task is found, from its words."""
    names = task.offices.values_list("name", flat=True)
    words = (task.text, task.product, task.target, task.remarks, task.origin_text, *names)
    task.search_key = fold(" ".join(filter(None, words)))[:4000]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is noted of one act on a task; ``verb`` goes to the audit log."""

    key: UUID
    verb: str
    before: str
    text: str = ""
    changes: Mapping[str, list[Any]]
    evidence: Evidence | None = None
    observation: Observation | None = None


def finish(user: User | None, task: Task, deed: Deed) -> TaskNote:
    """Save the task's row with its new revision, the note and the audit line."""
    now = timezone.now()
    if deed.changes or deed.before != task.state:
        task.revision += 1
    task.changed, task.changed_by = now, user
    fill_search_key(task)
    task.save()
    note: TaskNote = TaskNote.objects.create(
        task=task, key=deed.key, author=user, at=now, text=deed.text, before=deed.before,
        after=task.state, changes=dict(deed.changes), revision=task.revision,
        evidence=deed.evidence, observation=deed.observation,
    )  # fmt: skip
    details: dict[str, Any] = {"note": bool(deed.text)}
    if deed.before != task.state:
        details["state"] = [deed.before, task.state]
    details.update({name: list(pair) for name, pair in deed.changes.items() if _is_short(pair)})
    details["fields"] = sorted(deed.changes)
    audit.record(user, deed.verb, task, task.place, details)
    return note


def _is_short(pair: Iterable[Any]) -> bool:
    return all(not isinstance(value, str) or len(value) <= 200 for value in pair)


def may_make_here(user: User, place: Unit, named: Collection[int]) -> bool:
    """Whether the person may make tasks of the place: all, or only those of own villages."""
    if can(user, Action.EDIT, place):
        return True
    wanted = set(named)
    own = allowed_places(user, Action.EDIT).filter(pk__in=wanted)
    inside = Closure.objects.filter(ancestor=place, descendant__in=wanted)
    return bool(wanted) and own.count() == len(wanted) == inside.count()
