"""Bringing in a filled list of tasks: read and kept first, written at once when confirmed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.law.sets import CriteriaSet
from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, format_money

from .. import merging, said, sheets, typed
from ..models import Task, TaskState, WorkImport
from ..said import LABELS, BadTask, Plain, Said
from ..selectors import page, serving
from ..selectors.tasks import live, villages_of
from .errors import Conflict
from .tasks import change, create
from .writing import base_of

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
LOCKED = (TaskState.ACCEPTED, TaskState.DROPPED)
"""These are not given out to be filled."""


@dataclass(slots=True)
class Row:
    """One line of a file: what came of reading it.

    ``errors`` are pairs of a cell (“J12”) and what is wrong there; ``told`` says of each changed
    field its label, what it is and what it would be. ``seen`` is the revision the file was made
    from, ``values`` the fields to write, plain.
    """

    number: int
    state: str
    label: str
    key: str = ""
    pk: int = 0
    seen: int = 0
    values: Plain = field(default_factory=dict)
    told: list[list[str]] = field(default_factory=list)
    errors: list[list[str]] = field(default_factory=list)


class Known:
    """What a place's file is made of and held against."""

    def __init__(self, user: User, place: Unit, on: date) -> None:
        self.user, self.place, self.on = user, place, on
        self.uses: Counter[str] = Counter()
        self.seen: dict[str, int] = {}

    @cached_property
    def sets(self) -> list[CriteriaSet]:
        """The sets in force here; the one that most of the tasks serve comes first."""
        rows = live(self.user).filter(place=self.place).exclude(criterion_set="").order_by()
        used = Counter(rows.values_list("criterion_set", flat=True))
        found = serving.sets_of(self.place, self.on)
        return sorted(found, key=lambda each: -used[each.id])

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """All tasks of the place that the person may change, by key, removed ones too."""
        rows = Task.objects.restrict(self.user, Action.EDIT).filter(place=self.place)
        found = rows.prefetch_related("offices", "villages")
        return {str(task.key): task for task in found}

    @cached_property
    def alike(self) -> dict[tuple[str, str], Task]:
        """The living tasks by their words and end."""
        return {
            (fold(task.text), task.end.isoformat() if task.end else ""): task
            for task in self.tasks.values()
            if task.removed_at is None and task.withdrawn_at is None
        }

    @cached_property
    def villages(self) -> dict[int, str]:
        """The villages here by number, and those that tasks name."""
        found = {unit.pk: unit.title for unit in villages_of(self.place)}
        for task in self.tasks.values():
            found |= {unit.pk: unit.title for unit in task.villages.all()}
        return found

    @cached_property
    def named(self) -> dict[str, int]:
        """Numbers of villages by any way of writing their names."""
        units = Unit.objects.filter(pk__in=list(self.villages))
        found: dict[str, int] = {}
        for unit in units:
            for name in (unit.title, unit.full_name, unit.name):
                found.setdefault(fold(name), unit.pk)
        return found

    @cached_property
    def criteria(self) -> list[str]:
        """The criteria of the first set and their indicators, as they stand in the list."""
        found = []
        for criterion in self.sets[0].criteria if self.sets else ():
            found.append(f"{criterion.number}. {criterion.name}"[:240])
            found += [f"{one.number} {one.name}"[:240] for one in criterion.indicators]
        return found

    def key_of(self, text: str, villages: Sequence[int]) -> str:
        """The key of a line without one: the same for the same line of a file sent again."""
        name = f"dinhlang:work:{self.place.pk}:{fold(text)}:{sorted(villages)}"
        self.uses[name] += 1
        return str(uuid5(NAMESPACE_URL, f"{name}:{self.uses[name]}"))

    def now(self, task: Task) -> Plain:
        """The fields of the task that a file has, plain; nothing more is asked."""
        offices = sorted(task.offices.all(), key=lambda each: each.pk)
        plain: Plain = {name: getattr(task, name) for name in ("text", "product", "remarks")}
        plain |= {name: getattr(task, name) for name in ("criterion_set", "criterion")}
        plain |= {"indicator": task.indicator, "cost": task.cost}
        for name in said.DAYS:
            day = getattr(task, name)
            plain[name] = day.isoformat() if day else None
        plain["lead"] = [each.name for each in offices if each.leads]
        plain["partners"] = [each.name for each in offices if not each.leads]
        plain["villages"] = sorted(unit.pk for unit in task.villages.all())
        return plain


def workbook(user: User, place: Unit, on: date) -> bytes:
    """The place's tasks that can still be changed, to be filled. Raises ``AccessDenied``."""
    require(user, Action.EDIT, place)
    known = Known(user, place, on)
    open_tasks = [
        task for task in known.tasks.values()
        if task.removed_at is None and task.withdrawn_at is None and task.state not in LOCKED
    ]  # fmt: skip
    open_tasks.sort(key=lambda task: (task.end or date.max, task.pk))
    lists = {
        "offices": page.office_names(place),
        "villages": [unit.title for unit in villages_of(place)],
        "criteria": known.criteria,
    }
    return sheets.workbook(place, [_boxes(known, task) for task in open_tasks], lists)


def _boxes(known: Known, task: Task) -> dict[str, Any]:
    now = known.now(task)
    named = f"{task.indicator} " if task.indicator else f"{task.criterion}. "
    words = next((each for each in known.criteria if each.startswith(named)), named.strip(" ."))
    return {
        sheets.KEY: str(task.key), sheets.SEEN: task.revision, "text": task.text,
        "lead": "; ".join(now["lead"]), "partners": "; ".join(now["partners"]),
        "villages": "; ".join(known.villages[pk] for pk in now["villages"]),
        "criterion": words if task.criterion else "", "product": task.product,
        "start": task.start, "end": task.end, "cost": task.cost, "remarks": task.remarks,
        "state": task.get_state_display(),
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
    known = Known(user, place, timezone.localdate())
    rows = [_row(known, line) for line in sheets.read(content)]
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


def rows_of(found: WorkImport) -> list[Row]:
    """What the file says, line by line."""
    return [Row(**row) for row in found.rows]


def _row(known: Known, line: sheets.Line) -> Row:
    row = Row(line.number, WRONG, line.boxes.get("text", "")[:200])
    given = line.boxes.get(sheets.KEY, "")
    task = known.tasks.get(given)
    values = _values(known, line, row, task)
    if given and task is None:
        message = "Mã này không phải của việc nào ở đây. Việc mới thì để trống cột Mã."
        row.errors.append([line.cell(sheets.KEY), message])
    if row.errors:
        return row
    if not given:
        row.key = known.key_of(values["text"], values.get("villages", []))
        task = known.tasks.get(row.key)
    else:
        row.key = given
    first = known.seen.setdefault(row.key, line.number)
    if first != line.number:
        row.errors.append([line.cell("text"), f"Việc này đã có ở dòng {first} của tệp."])
    elif task is not None:
        # A line without a key made this task before: what the file said then is what it saw.
        _compare(known, line, row, task, values, _seen(line, task) if given else 0)
    elif same := known.alike.get((fold(values["text"]), values.get("end") or "")):
        message = f"Đã có việc như thế (số {same.pk}). Hãy tải tệp mới để sửa việc ấy."
        row.errors.append([line.cell("text"), message])
    else:
        row.state, row.values = NEW, values
    return row


def _seen(line: sheets.Line, task: Task) -> int:
    words = line.boxes.get(sheets.SEEN, "")
    return min(int(words), task.revision) if words.isdecimal() else task.revision


def _compare(
    known: Known, line: sheets.Line, row: Row, task: Task, values: Plain, seen: int
) -> None:
    """What the line would change of a task that is there."""
    row.pk, row.seen = task.pk, seen
    if task.removed_at is not None or task.withdrawn_at is not None:
        message = "Việc này đã bị xóa hoặc đã rút khỏi kế hoạch trong chương trình."
        row.errors.append([line.cell("text"), message])
        return
    now = known.now(task)
    now = {name: now[name] for name in values}
    base = base_of(task, now, seen)
    merged = merging.merge(base.values, values, now)
    for name in merged.clashes:
        clash = base.clash(name, LABELS[name], values[name], now[name])
        there = _words(known, name, now[name]) or "để trống"
        message = f"{clash.who or 'Người khác'} đã sửa {LABELS[name]} thành “{there}” sau khi tải."
        box = name if name in line.columns else "criterion"
        row.errors.append([line.cell(box), message])
    if not merged.write:
        row.state = WRONG if row.errors else SAME
        return
    if task.state == TaskState.ACCEPTED:
        row.errors.append([line.cell("text"), "Việc đã nghiệm thu nên không sửa được."])
    if not row.errors:
        row.state, row.values = CHANGED, values
        row.told = [
            [LABELS[name], _words(known, name, now[name]), _words(known, name, value)]
            for name, value in merged.write.items()
            if name != "criterion_set"
        ]


def _words(known: Known, name: str, value: Any) -> str:
    if name in said.DAYS:
        return said.shown_day(value)
    if name == "cost":
        return format_money(value) if value is not None else ""
    if name == "villages":
        return "; ".join(known.villages.get(pk, str(pk)) for pk in value)
    return "; ".join(value) if isinstance(value, list) else str(value)


def _values(known: Known, line: sheets.Line, row: Row, task: Task | None) -> Plain:
    """The fields that the line says, plain; each wrong cell goes to the errors of the row."""
    readers: dict[str, Callable[[str], Plain]] = {
        "text": lambda words: {"text": words},
        "lead": lambda words: {"lead": typed.offices([words])},
        "partners": lambda words: {"partners": typed.offices([words])},
        "villages": lambda words: {"villages": _villages(known, words)},
        "criterion": lambda words: _criterion(known, words, task),
        "product": lambda words: {"product": words},
        "start": lambda words: {"start": typed.day("start", words, known.on)},
        "end": lambda words: {"end": typed.day("end", words, known.on)},
        "cost": lambda words: {"cost": typed.cost(words)},
        "remarks": lambda words: {"remarks": words},
    }
    found: Plain = {}
    for box, read in readers.items():
        # A column that somebody took out of the file says nothing.
        if box not in line.columns:
            continue
        try:
            found |= said.cleaned(read(line.boxes.get(box, "")))
        except BadTask as bad:
            row.errors.append([line.cell(box), str(bad)])
    if not row.errors:
        try:
            said.check_together(found)
        except BadTask as bad:
            row.errors.append([line.cell("end"), str(bad)])
    return found


def _villages(known: Known, words: str) -> list[int]:
    found = []
    for name in re.split(r"[;,]", words):
        if not name.strip():
            continue
        pk = known.named.get(fold(name.strip()))
        if pk is None:
            raise BadTask(f"{known.place.title} không có thôn “{name.strip()[:60]}”.")
        found.append(pk)
    return found


def _criterion(known: Known, words: str, task: Task | None) -> Plain:
    """Set, criterion and indicator that “2.1 Tỷ lệ …” names. Raises ``BadTask``."""
    if not words:
        return {"criterion_set": "", "criterion": "", "indicator": ""}
    number = words.split()[0].rstrip(".,:")
    if task is not None and task.criterion and number == (task.indicator or task.criterion):
        return {"criterion_set": task.criterion_set, "criterion": task.criterion,
                "indicator": task.indicator}  # fmt: skip
    for law in known.sets:
        for criterion in law.criteria:
            if number == criterion.number:
                return {"criterion_set": law.id, "criterion": number, "indicator": ""}
            if number in [one.number for one in criterion.indicators]:
                return {"criterion_set": law.id, "criterion": criterion.number,
                        "indicator": number}  # fmt: skip
    raise BadTask(f"Bộ tiêu chí đang dùng không có “{words[:60]}”. Hãy chọn trong danh sách.")


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
        counts = {NEW: 0, CHANGED: 0}
        for row in rows_of(found):
            if row.state in counts:
                _write(user, found, row)
                counts[row.state] += 1
        found.written, found.done_at = counts, timezone.now()
        found.save(update_fields=["written", "done_at"])
        audit.record(user, "ghi tệp công việc", found, found.place, counts)
        return found


def _write(user: User, found: WorkImport, row: Row) -> None:
    try:
        if row.state == NEW:
            create(
                user, found.place, Said(**row.values), UUID(row.key),
                origin_text=f"Tệp Excel “{found.filename}”",
            )  # fmt: skip
        else:
            change(user, row.pk, uuid5(found.pk, str(row.number)), row.seen, row.values)
    except (BadTask, Conflict) as bad:
        raise BadTask(f"Dòng {row.number}: {bad} Chưa dòng nào được ghi.") from None
    except AccessDenied:
        raise BadTask(
            f"Dòng {row.number}: việc này không còn ở đây. Chưa dòng nào được ghi."
        ) from None
