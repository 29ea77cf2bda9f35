"""Bringing in a filled workbook: read and kept first, written at once when it is confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold, format_money

from .. import boxes, sheets, typed
from ..models import MoneyImport, Movement, Need, Source, SourceKind, Step
from .fields import said_of
from .movements import move
from .rows import add_need, add_source, change_need, change_source
from .trouble import BadRow, Conflict

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass(slots=True)
class Row:
    """One line of a workbook: what came of reading it, and its boxes as they are written.

    ``number`` is its line in the file, ``seen`` the revision of the row it changes.
    """

    sheet: str
    number: int
    state: str
    label: str
    key: str = ""
    error: str = ""
    box: str = ""
    seen: int = 0
    boxes: dict[str, str] = field(default_factory=dict)

    @property
    def amount(self) -> str:
        """The amount as people say it; as it was typed where it cannot be read."""
        words = self.boxes.get("amount", "")
        try:
            found = typed.amount(words, negative=True)
        except typed.BadTyped:
            return words
        return "" if found is None else format_money(found)

    @property
    def column(self) -> str:
        """The title of the column that is wrong."""
        columns = sheets.COLUMNS[self.sheet]
        return next((each.title for each in columns if each.box == self.box), "")


class _Known:
    """What the lines of a file are held against."""

    def __init__(self, place: Unit, year: int) -> None:
        self.place, self.year = place, year
        live = {"place": place, "year": year, "removed_at": None}
        self.needs = list(Need.objects.filter(**live))
        self.sources = list(Source.objects.filter(**live))
        self.by_key: dict[str, Any] = {str(row.key): row for row in (*self.needs, *self.sources)}
        rows = Movement.objects.filter(need__place=place, need__year=year)
        self.moves = {str(row.key): row for row in rows}
        villages = Unit.objects.filter(parent=place, level=Level.VILLAGE, valid_to=None)
        self.villages = {fold(unit.full_name): unit.pk for unit in villages}
        self.villages |= {fold(unit.name): unit.pk for unit in villages}
        self.texts: dict[str, set[str]] = {sheets.NEEDS: set(), sheets.SOURCES: set()}
        self.counts: dict[str, int] = {}

    def key_of(self, sheet: str, identity: str) -> str:
        """The key of a line without one: the same for the same line of the same file."""
        name = f"dinhlang:money:{self.place.pk}:{self.year}:{sheet}:{fold(identity)}"
        self.counts[name] = self.counts.get(name, 0) + 1
        return str(uuid5(NAMESPACE_URL, f"{name}:{self.counts[name]}"))

    def find(self, rows: Iterable[Need | Source], letter: str, words: str) -> int | None:
        """The row that the ledger names by “N12 · …” or by its text alone."""
        match = re.match(rf"{letter}(\d+)\b", words)
        if match:
            return next((row.pk for row in rows if row.pk == int(match[1])), None)
        found = [row.pk for row in rows if fold(row.text) == fold(words)]
        return found[0] if len(found) == 1 else None


def bring_in(
    user: User, place: Unit, year: int, filename: str, content: bytes, submission: UUID
) -> MoneyImport:
    """Read a workbook and keep what it says, with its errors; nothing is written yet.

    Sent again it is the import it was. Raises ``AccessDenied``, ``sheets.BadSheet``.
    """
    require(user, Action.EDIT, place)
    before: MoneyImport | None = MoneyImport.objects.filter(submission=submission, by=user).first()
    if before is not None:
        return before
    known = _Known(place, year)
    rows = [_row(known, *line) for line in sheets.read(content)]
    with transaction.atomic():
        made: MoneyImport = MoneyImport.objects.create(
            submission=submission, place=place, year=year, filename=filename[:200],
            rows=[asdict(row) for row in rows], by=user, at=timezone.now(),
        )  # fmt: skip
        audit.record(
            user, "soát tệp kinh phí", made, place, {"file": made.filename, "rows": len(rows)}
        )
        return made


def rows_of(found: MoneyImport) -> list[Row]:
    """What the workbook says, line by line."""
    return [Row(**row) for row in found.rows]


def _row(known: _Known, sheet: str, number: int, said: dict[str, str]) -> Row:
    given = said.pop("key", "").strip()
    row = Row(sheet, number, WRONG, said.get("text") or said.get("need") or "", boxes=dict(said))
    if sheet == sheets.LEDGER:
        return _ledger_row(known, row, given)
    _translate(known, row)
    if row.error:
        return row
    form = _form(row, known.year)
    if form.troubles:
        row.box, row.error = next(iter(form.troubles.items()))
        return row
    if not form.values["text"]:
        row.box, row.error = "text", "Hãy ghi nội dung."
        return row
    known.texts[sheet].add(fold(row.boxes["text"]))
    existing = _existing(known, row, given)
    if existing is None:
        if given:
            row.box, row.error = "key", "Mã này không có trong năm này. Dòng mới để trống cột Mã."
            return row
        row.state = NEW
        return row
    row.key, row.seen = str(existing.key), existing.revision
    now = said_of(existing)
    same = all(now[name] == value for name, value in _values(row, form).items())
    row.state = SAME if same else CHANGED
    return row


def _existing(known: _Known, row: Row, given: str) -> Any:
    if given:
        return known.by_key.get(given)
    more = ("criterion", "village") if row.sheet == sheets.NEEDS else ("kind",)
    identity = "|".join(row.boxes.get(name, "") for name in ("text", *more))
    row.key = known.key_of(row.sheet, identity)
    if row.key in known.by_key:
        return known.by_key[row.key]
    rows: list[Any] = known.needs if row.sheet == sheets.NEEDS else known.sources
    for each in rows:
        shown = boxes.boxes_of(each)
        if fold("|".join(shown[name] for name in ("text", *more))) == fold(identity):
            return each
    return None


def _translate(known: _Known, row: Row) -> None:
    """What was chosen from lists, as the forms send it."""
    said = row.boxes
    if row.sheet == sheets.NEEDS:
        said["criterion"] = re.split(r"[.\s]\s|\.$|\s\(", said.get("criterion", ""))[0].strip()
        said["component"] = said.get("component", "").split(" ")[0]
        village = said.get("village", "")
        said["village"] = str(known.villages.get(fold(village)) or "")
        if village and not said["village"]:
            row.box, row.error = "village", f"Xã không có thôn “{village}”."
        said["is_works"] = "1" if said.get("is_works") else ""
        return
    kinds = {fold(str(label)): value for value, label in SourceKind.choices}
    kind = said.get("kind", "")
    said["kind"] = kinds.get(fold(kind), "" if kind else SourceKind.OTHER.value)
    if not said["kind"]:
        row.box, row.error = "kind", f"Không có loại nguồn “{kind}”. Hãy chọn trong danh sách."
    said["condition_is_work"] = "1" if said.get("condition_is_work") else ""


def _form(row: Row, year: int) -> boxes.Form:
    if row.sheet == sheets.NEEDS:
        return boxes.need_form(row.boxes, year)
    return boxes.source_form(row.boxes, year)


def _values(row: Row, form: boxes.Form) -> dict[str, Any]:
    """Only what the sheet has columns for: the task of a need is left alone."""
    named = {column.box for column in sheets.COLUMNS[row.sheet]}
    return {name: value for name, value in form.values.items() if name in named}


def _ledger_row(known: _Known, row: Row, given: str) -> Row:
    said = row.boxes
    row.label = f"{said.get('day', '')} {said.get('need', '')}".strip()
    steps = {fold(str(label)): value for value, label in Step.choices}
    said["step"] = steps.get(fold(said.get("step", "")), "")
    if not said["step"]:
        row.box, row.error = "step", "Hãy chọn bước trong danh sách."
        return row
    here = _named(known, said)
    for box, noun in (("need", sheets.NEEDS), ("source", sheets.SOURCES)):
        words = said.get(box, "")
        if words and here[box] is None and fold(words) not in known.texts[noun]:
            row.box, row.error = box, f"Không tìm thấy “{words[:60]}” trong năm {known.year}."
            return row
    form = boxes.move_form(said | {"need": str(here["need"] or 0)}, known.year)
    if form.troubles or not said.get("need"):
        row.box, row.error = next(iter(form.troubles.items()), ("need", "Hãy chọn nhu cầu."))
        return row
    if not form.values["paper"]:
        row.box, row.error = "paper", "Hãy ghi văn bản, chứng từ."
        return row
    named = ("day", "step", "need", "source", "amount", "paper")
    row.key = given or known.key_of(row.sheet, "|".join(said.get(name, "") for name in named))
    before = known.moves.get(row.key)
    if before is None:
        if given:
            row.box, row.error = "key", "Mã này không có trong sổ. Dòng mới để trống cột Mã."
            return row
        row.state = NEW
        return row
    now = (before.day, before.step, before.need_id, before.source_id, before.amount)
    wanted = (form.values["day"], said["step"], here["need"], here["source"], form.values["amount"])
    if now != wanted:
        row.box = "amount"
        row.error = "Khoản đã ghi sổ không sửa được. Hãy hủy trong Sổ phát sinh rồi ghi khoản mới."
        return row
    row.state = SAME
    return row


def _named(known: _Known, said: dict[str, str]) -> dict[str, int | None]:
    return {
        "need": known.find(known.needs, "N", said.get("need", "")),
        "source": known.find(known.sources, "V", said.get("source", "")),
    }


def write(user: User, pk: UUID) -> MoneyImport:
    """Write all lines that have no error, at once or not at all.

    A second call writes nothing more. Raises ``AccessDenied``, and ``BadRow`` with the line where
    something cannot be written any more.
    """
    with transaction.atomic():
        found: MoneyImport = (
            MoneyImport.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
        )
        require(user, Action.EDIT, found.place)
        if found.done_at is not None:
            return found
        counts = {NEW: 0, CHANGED: 0}
        rows = [row for row in rows_of(found) if row.state in counts]
        for row in rows:
            if row.sheet != sheets.LEDGER:
                _write(user, found, row)
        known = _Known(found.place, found.year)
        for row in rows:
            if row.sheet == sheets.LEDGER:
                _move(user, known, row)
            counts[row.state] += 1
        found.written, found.done_at = counts, timezone.now()
        found.save(update_fields=["written", "done_at"])
        return found


def _write(user: User, found: MoneyImport, row: Row) -> None:
    form = _form(row, found.year)
    values = _values(row, form)
    is_need = row.sheet == sheets.NEEDS
    try:
        if row.state == NEW and is_need:
            add_need(user, found.place, found.year, boxes.need_said(form), UUID(row.key))
        elif row.state == NEW:
            add_source(user, found.place, found.year, boxes.source_said(form), UUID(row.key))
        else:
            model: Any = Need if is_need else Source
            change: Any = change_need if is_need else change_source
            here = model.objects.get(key=row.key)
            change(user, here.pk, uuid5(found.pk, f"{row.sheet}:{row.number}"), row.seen, values)
    except (BadRow, Conflict) as bad:
        raise _at(row, str(bad)) from None


def _move(user: User, known: _Known, row: Row) -> None:
    here = _named(known, row.boxes)
    said = row.boxes | {"need": str(here["need"] or ""), "source": str(here["source"] or "")}
    form = boxes.move_form(said, known.year)
    try:
        if form.troubles:
            raise BadRow(next(iter(form.troubles.values())))
        move(user, boxes.moved(form), UUID(row.key))
    except BadRow as bad:
        raise _at(row, str(bad)) from None


def _at(row: Row, message: str) -> BadRow:
    return BadRow(f"Trang tính “{row.sheet}”, dòng {row.number}: {message} Chưa dòng nào được ghi.")
