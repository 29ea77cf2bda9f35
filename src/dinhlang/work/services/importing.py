"""Bringing in a filled list of tasks: read and kept first, written at once when confirmed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import sheets
from ..models import Task, TaskLink, TaskState, WorkImport
from ..said import FIELDS, BadTask, Plain, Said
from ..selectors import page
from ..selectors.tasks import villages_of
from ..showing import FINISHED
from . import import_links, import_rows, writing
from .accepting import accept
from .creating_many import Wanted, create_many
from .errors import Conflict
from .import_known import FROM_FILE, MARKS, Known, Node
from .import_rows import CHANGED, NEW, SAME, WRONG, Row
from .parts import move_under
from .states import tell
from .tasks import change

__all__ = ["CHANGED", "NEW", "SAME", "WRONG", "Row", "bring_in", "rows_of", "workbook", "write"]

LOCKED = (TaskState.ACCEPTED, TaskState.DROPPED)
"""These are given out only where all are asked for."""
TOLD = ("state", "waiting_for", "reason", "done_on")


def workbook(user: User, place: Unit, on: date, *, everything: bool = False) -> bytes:
    """The place's tasks that can still be changed, or all of them, to be filled.

    Raises ``AccessDenied``.
    """
    require(user, Action.EDIT, place)
    known = Known(user, place, on)
    wanted = [task for task in known.live.values() if everything or task.state not in LOCKED]
    wanted.sort(key=lambda task: (task.end or date.max, task.pk))
    lists = {
        "offices": page.office_names(place),
        "villages": [unit.title for unit in villages_of(place)],
        "criteria": known.criteria,
        "states": [
            state.label for state in TaskState if everything or state != TaskState.ACCEPTED
        ],
    }  # fmt: skip
    return sheets.workbook(place, [_boxes(known, task) for task in wanted], lists)


def _boxes(known: Known, task: Task) -> dict[str, Any]:
    now = known.now(task)
    named = f"{task.indicator} " if task.indicator else f"{task.criterion}. "
    words = next((each for each in known.criteria if each.startswith(named)), named.strip(" ."))
    return {
        sheets.KEY: str(task.key), sheets.SEEN: task.revision, sheets.NUMBER: task.pk,
        "text": task.text, "lead": "; ".join(now["lead"]), "partners": "; ".join(now["partners"]),
        "villages": "; ".join(known.villages[pk] for pk in now["villages"]),
        "criterion": words if task.criterion else "", "product": task.product,
        "start": task.start, "end": task.end, "cost": task.cost, "remarks": task.remarks,
        "state": task.get_state_display(), "why": now["waiting_for"] or now["reason"],
        "done": date.fromisoformat(now["done_on"]) if now["done_on"] else None,
        "after": "; ".join(str(pk) for pk in now["after"]), "parent": now["parent"],
    }  # fmt: skip


def bring_in(
    user: User, place: Unit, filename: str, content: bytes, submission: UUID
) -> WorkImport:
    """Read a file and keep what it says, with its errors; no task is written yet.

    Sent again it is the import it was. Raises ``AccessDenied``, ``sheets.BadSheet``.
    """
    require(user, Action.EDIT, place)
    before: WorkImport | None = WorkImport.objects.filter(submission=submission, by=user).first()
    if before is not None:
        return before
    rows = _read(Known(user, place, timezone.localdate()), sheets.read(content))
    name = filename.replace("\\", "/").rsplit("/", 1)[-1][:200] or "cong-viec.xlsx"
    with transaction.atomic():
        made: WorkImport = WorkImport.objects.create(
            submission=submission, place=place, filename=name, by=user, at=timezone.now(),
            rows=[asdict(row) for row in rows],
        )  # fmt: skip
        wrong = sum(row.state == WRONG for row in rows)
        audit.record(
            user, "soát tệp công việc", made, place,
            {"file": name, "rows": len(rows), "wrong": wrong},
        )  # fmt: skip
    return made


def _read(known: Known, given: sheets.Given) -> list[Row]:
    drafts = [import_rows.begin(known, line, given.stamp) for line in given.lines]
    import_links.resolve(known, drafts)
    import_rows.compare(known, drafts)
    import_links.check(known, drafts)
    # A task that stands in the file twice, under two offices, is one line of the preview.
    return [draft.row for draft in drafts if not draft.is_again]


def rows_of(found: WorkImport) -> list[Row]:
    """What the file says, line by line."""
    return [Row(**row) for row in found.rows]


def write(user: User, pk: UUID) -> WorkImport:
    """Write all lines that have no error, at once or not at all.

    A second call writes nothing more. Raises ``AccessDenied``, and ``BadTask`` with the line where
    something cannot be written any more.
    """
    with transaction.atomic():
        found: WorkImport = (
            WorkImport.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
        )
        require(user, Action.EDIT, found.place)
        if found.done_at is not None:
            return found
        rows = [row for row in rows_of(found) if row.state in (NEW, CHANGED)]
        writing.hold_links(found.place_id)
        _Writer(user, found, rows).write()
        counts = {state: sum(row.state == state for row in rows) for state in (NEW, CHANGED)}
        found.written, found.done_at = counts, timezone.now()
        found.save(update_fields=["written", "done_at"])
        audit.record(user, "ghi tệp công việc", found, found.place, counts)
        return found


class _Writer:
    """Writes the lines: tasks first, what is part of what with them, then links, then states."""

    def __init__(self, user: User, found: WorkImport, rows: list[Row]) -> None:
        self.user, self.found, self.rows = user, found, rows
        self.source = f"{FROM_FILE} “{found.filename}”"
        self.made: dict[str, Task] = {}

    def write(self) -> None:
        steps = (
            (self._as_given, self._fields),
            (self._as_given, self._parent),
            (self._in_order, self._state),
        )
        self._create_all()
        for rows, step in steps:
            for row in rows():
                try:
                    step(row)
                except (BadTask, Conflict) as bad:
                    raise BadTask(f"Dòng {row.number}: {bad} Chưa dòng nào được ghi.") from None
                except AccessDenied:
                    raise BadTask(
                        f"Dòng {row.number}: việc này không còn ở đây. Chưa dòng nào được ghi."
                    ) from None

    def _as_given(self) -> list[Row]:
        return self.rows

    def _in_order(self) -> list[Row]:
        """What goes on first; what is finished after all that it waits for."""
        needs: dict[Node, set[Node]] = {}
        rows = {self._pk(row): row for row in self.rows}
        for task, after in TaskLink.objects.filter(task__place=self.found.place_id).values_list(
            "task", "after"
        ):
            needs.setdefault(task, set()).add(after)
        parts = Task.objects.filter(place=self.found.place_id, parent__isnull=False)
        for part, whole in parts.values_list("pk", "parent"):
            needs.setdefault(whole, set()).add(part)
        order = import_links.in_order(needs)
        told = [pk for pk, row in rows.items() if "state" in row.values]
        told.sort(key=lambda pk: (rows[pk].values["state"] in FINISHED, order.get(pk, -1)))
        return [rows[pk] for pk in told]

    def _pk(self, row: Row) -> int:
        return self.made[row.key].pk if row.state == NEW else row.pk

    def _node(self, node: Node) -> int:
        return self.made[node].pk if isinstance(node, str) else node

    def _fields_of(self, row: Row) -> Plain:
        return {name: value for name, value in row.values.items() if name in FIELDS}

    def _create_all(self) -> None:
        """The new tasks, all at once: others wait for a moment only."""
        wanted = [
            Wanted(
                key=UUID(row.key), said=Said(**self._fields_of(row) | {"after": []}),
                parent=self._whole(row),
            )
            for row in self.rows
            if row.state == NEW
        ]  # fmt: skip
        if wanted:
            try:
                self.made = create_many(self.user, self.found.place, wanted, self.source)
            except BadTask as bad:
                raise BadTask(f"{bad} Chưa dòng nào được ghi.") from None

    def _whole(self, row: Row) -> Task | str | None:
        parent = row.values.get("parent")
        if parent is None or isinstance(parent, str):
            return parent
        try:
            return writing.locked(self.user, parent)
        except AccessDenied:
            raise BadTask(
                f"Dòng {row.number}: việc lớn không còn ở đây. Chưa dòng nào được ghi."
            ) from None

    def _fields(self, row: Row) -> None:
        plain = self._fields_of(row)
        if "after" in plain:
            plain["after"] = sorted(self._node(node) for node in plain["after"])
        if row.state == NEW:
            if plain.get("after"):
                writing.write(self.user, self.made[row.key], {"after": plain["after"]})
            return
        if "after" in plain:
            # Links to tasks that were removed are not in the file, and stay.
            gone = TaskLink.objects.filter(task=row.pk, after__removed_at__isnull=False)
            plain["after"] = sorted({*plain["after"], *gone.values_list("after", flat=True)})
        if set(plain) & set(row.writes):
            change(self.user, row.pk, uuid5(self.found.pk, str(row.number)), row.seen, plain)

    def _parent(self, row: Row) -> None:
        if row.state == CHANGED and "parent" in row.writes:
            node, key = row.values["parent"], uuid5(self.found.pk, f"{row.number}:parent")
            parent = self._node(node) if node is not None else None
            move_under(self.user, row.pk, parent, key, row.seen)

    def _state(self, row: Row) -> None:
        said, is_new = row.values, row.state == NEW
        if is_new and said["state"] == TaskState.OPEN:
            return
        if not is_new and not set(TOLD) & set(row.writes):
            return
        pk, state = self._pk(row), said["state"]
        first, second = (
            (uuid5(UUID(row.key), mark) if is_new else uuid5(self.found.pk, f"{row.number}:{mark}"))
            for mark in MARKS
        )
        day = date.fromisoformat(said["done_on"]) if said.get("done_on") else None
        accepted = state == TaskState.ACCEPTED
        tell(
            self.user, pk, first, TaskState.DONE if accepted else state,
            self.source if state in FINISHED else "", said["waiting_for"], said["reason"],
            seen=None if is_new else row.seen, done_on=day,
        )  # fmt: skip
        if accepted:
            accept(self.user, pk, second, text=f"Đã nghiệm thu trước khi nhập. {self.source}")
