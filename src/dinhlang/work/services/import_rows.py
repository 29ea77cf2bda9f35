"""The lines of a file of tasks: what each says, cell by cell, and what it would change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dinhlang.people.access import Action, can
from dinhlang.vietnamese import fold, format_money

from .. import merging, said, sheets, typed
from ..models import Task, TaskState
from ..said import LABELS, BadTask, Plain
from ..showing import FINISHED
from .import_known import Known, Node
from .writing import base_of

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
STATES = {fold(state.label): state for state in TaskState} | {
    "xong": TaskState.DONE, "hoan thanh": TaskState.DONE, "da hoan thanh": TaskState.DONE,
    "chua xong": TaskState.DOING, "cho": TaskState.WAITING, "vuong mac": TaskState.WAITING,
    "khong lam": TaskState.DROPPED, "nghiem thu": TaskState.ACCEPTED,
}  # fmt: skip
"""The states by the words of our lists, and by others that people write."""
BOXES = {
    "criterion_set": "criterion", "indicator": "criterion", "waiting_for": "why", "reason": "why",
    "done_on": "done",
}  # fmt: skip
"""The box of a field, where it is called otherwise."""


@dataclass(slots=True)
class Row:
    """One line of a file: what came of reading it.

    ``errors`` are pairs of a cell (“J12”) and what is wrong there; ``told`` says of each changed
    field its label, what it is and what it would be. ``seen`` is the revision the file was made
    from, ``values`` the fields to write, plain; other tasks in them are numbers, or keys where the
    task is yet to be made. ``writes`` names the fields of a task that is there which change.
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
    writes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A line being read: ``final`` are the links and the state its task would end with."""

    line: sheets.Line
    row: Row
    task: Task | None = None
    values: Plain = field(default_factory=dict)
    final: Plain = field(default_factory=dict)
    is_again: bool = False

    @property
    def node(self) -> Node:
        """How other lines name its task."""
        return self.task.pk if self.task is not None else self.row.key

    def wrong(self, box: str, message: str) -> None:
        """The line cannot be written, for what stands in that box."""
        self.row.state = WRONG
        self.row.errors.append([self.line.cell(BOXES.get(box, box)), message])


def begin(known: Known, line: sheets.Line, stamp: str) -> Draft:
    """The line with its cells read and its task found; nothing is compared yet."""
    row = Row(line.number, WRONG, line.boxes.get("text", "")[:200])
    draft = Draft(line, row)
    given = line.boxes.get(sheets.KEY, "")
    if given and given not in known.tasks and stamp not in ("", sheets.stamp(known.place)):
        # The file was made of another place: its tasks become tasks of this one, each once.
        given, row.key = "", known.own_key(given)
    task = known.tasks.get(given or row.key)
    draft.values = _values(known, draft, task)
    if given and task is None:
        message = "Mã này không phải của việc nào ở đây. Việc mới thì để trống cột Mã."
        draft.wrong(sheets.KEY, message)
    if row.errors:
        return draft
    if not given:
        row.key = row.key or known.key_of(draft.values["text"], draft.values.get("villages", []))
        task = known.tasks.get(row.key)
    else:
        row.key = given
    draft.task = task
    if task is not None:
        # A line without a key made this task before: what the file said then is what it saw.
        row.pk, row.seen = task.pk, _seen(line, task) if given else known.brought.get(task.pk, 0)
    return draft


def _seen(line: sheets.Line, task: Task) -> int:
    words = line.boxes.get(sheets.SEEN, "")
    return min(int(words), task.revision) if words.isdecimal() else task.revision


def compare(known: Known, drafts: list[Draft]) -> None:
    """Say of each line without errors whether it is new, changes something or nothing."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        row, task = draft.row, draft.task
        if row.errors:
            continue
        first = seen.setdefault(row.key, draft)
        if first is not draft:
            # Our lists show a task under each of its offices and villages.
            draft.is_again = first.values == draft.values and task is not None
            if draft.is_again:
                row.state = SAME
            else:
                draft.wrong("text", f"Việc này đã có ở dòng {first.line.number} của tệp.")
        elif task is not None:
            _compare(known, draft, task)
        elif same := known.alike.get((fold(draft.values["text"]), draft.values.get("end") or "")):
            message = f"Đã có việc như thế (số {same.pk}). Hãy tải tệp mới để sửa việc ấy."
            draft.wrong("text", message)
        else:
            _new(known, draft)


def _new(known: Known, draft: Draft) -> None:
    row, values = draft.row, draft.values
    if values.get("state") == TaskState.ACCEPTED and not can(
        known.user, Action.REVIEW, known.place
    ):
        draft.wrong("state", "Chỉ lãnh đạo, cán bộ tổng hợp mới ghi được việc đã nghiệm thu.")
        return
    row.state, row.values = NEW, values
    draft.final = {"after": [], "parent": None, "state": TaskState.OPEN} | values
    row.told = [
        [LABELS[name], "", words_of(known, name, values[name])]
        for name in ("lead", "end", "state", "waiting_for", "reason", "done_on", "after", "parent")
        if values.get(name) and values[name] != TaskState.OPEN
    ]


def _compare(known: Known, draft: Draft, task: Task) -> None:
    """What the line would change of a task that is there."""
    row, values = draft.row, dict(draft.values)
    if task.pk not in known.live:
        message = "Việc này đã bị xóa hoặc đã rút khỏi kế hoạch trong chương trình."
        draft.wrong("text", message)
        return
    whole = known.now(task)
    if values.get("state") == whole["state"] and values.get("done_on") is None:
        values.pop("done_on", None)
    now = {name: whole[name] for name in values}
    base = base_of(task, now, row.seen)
    merged = merging.merge(base.values, values, now)
    for name in merged.clashes:
        clash = base.clash(name, LABELS[name], values[name], now[name])
        there = words_of(known, name, now[name]) or "để trống"
        message = f"{clash.who or 'Người khác'} đã sửa {LABELS[name]} thành “{there}” sau khi tải."
        draft.wrong(name if name in draft.line.columns else BOXES.get(name, "criterion"), message)
    draft.final = whole | merged.write
    if not merged.write:
        row.state = WRONG if row.errors else SAME
        return
    if task.state == TaskState.ACCEPTED:
        draft.wrong("text", "Việc đã nghiệm thu nên không sửa được.")
    elif merged.write.get("state") == TaskState.ACCEPTED:
        draft.wrong("state", "Việc này nghiệm thu ở trang của việc, kèm sản phẩm.")
    if not row.errors:
        row.state, row.values, row.writes = CHANGED, values, list(merged.write)
        row.told = [
            [LABELS[name], words_of(known, name, now[name]), words_of(known, name, value)]
            for name, value in merged.write.items()
            if name != "criterion_set"
        ]


def words_of(known: Known, name: str, value: Any) -> str:
    """A plain value in words."""
    if name in said.DAYS or name == "done_on":
        return said.shown_day(value)
    if name == "cost":
        return format_money(value) if value is not None else ""
    if name == "villages":
        return "; ".join(known.villages.get(pk, str(pk)) for pk in value)
    if name == "after":
        return "; ".join(known.words.get(each, str(each))[:80] for each in value)
    if name == "parent":
        return known.words.get(value, "")[:80] if value else ""
    if name == "state":
        return TaskState(value).label
    return "; ".join(value) if isinstance(value, list) else str(value)


def _values(known: Known, draft: Draft, task: Task | None) -> Plain:
    """The fields that the line says, plain; each wrong cell goes to the errors of the row."""
    line = draft.line
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
            draft.wrong(box, str(bad))
    if not draft.row.errors:
        try:
            said.check_together(found)
        except BadTask as bad:
            draft.wrong("end", str(bad))
    try:
        found |= _state(known, line, known.now(task) if task is not None else None)
    except BadTask as bad:
        draft.wrong(bad.field, str(bad))
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


def _state(known: Known, line: sheets.Line, now: Plain | None) -> Plain:
    """The state with what belongs to it; nothing where the line does not say it.

    Raises ``BadTask`` with the box at fault.
    """
    words = line.boxes.get("state", "")
    why, day = line.boxes.get("why", ""), line.boxes.get("done", "")
    there = now or {"state": TaskState.OPEN, "waiting_for": "", "reason": "", "done_on": None}
    state = STATES.get(fold(words)) if words else TaskState(there["state"])
    if state is None:
        allowed = ", ".join(f"“{each.label}”" for each in TaskState)
        raise BadTask(f"Trạng thái ghi một trong: {allowed}.", "state")
    if not words and not why and not day:
        return {}
    found: Plain = {"state": state.value, "waiting_for": "", "reason": ""}
    name = {TaskState.WAITING: "waiting_for", TaskState.DROPPED: "reason"}.get(state)
    if name is not None:
        kept = there[name] if state == there["state"] else ""
        found[name] = why if "why" in line.columns else kept
        if not found[name]:
            what = "chờ ai, chờ việc gì" if name == "waiting_for" else "lý do không làm nữa"
            raise BadTask(f"Hãy ghi {what}.", "why")
        if len(found[name]) > said.LONGEST["product"]:
            raise BadTask("Chờ gì, lý do dài quá 300 ký tự. Hãy rút gọn.", "why")
    elif why and why not in (there["waiting_for"], there["reason"]):
        raise BadTask("Chỉ ghi ô này khi trạng thái là “Đang chờ” hoặc “Không làm nữa”.", "why")
    return found | _done(known.on, state, day, there["done_on"])


def _done(on: date, state: TaskState, words: str, there: str | None) -> Plain:
    try:
        day = typed.day("done_on", words, on)
    except BadTask as bad:
        raise BadTask(str(bad), "done") from None
    if state not in FINISHED:
        if day is not None and day.isoformat() != there:
            raise BadTask("Chỉ ghi ngày xong khi việc đã xong.", "done")
        return {}
    if day is not None and day > on:
        raise BadTask("Ngày xong không thể sau hôm nay.", "done")
    return {"done_on": day.isoformat() if day else None}
