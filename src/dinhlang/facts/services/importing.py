"""Bringing in a filled sheet: read and kept first, written at once when it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.law.sets import Measure
from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import catalogue, sheets
from ..models import SheetImport
from ..periods import Period
from .entries import BadEntry
from .lines import TypedLine, entry_of, save_all


def bring_in(
    user: User, place: Unit, period: Period, filename: str, content: bytes, submission: UUID
) -> SheetImport:
    """Read a filled sheet and keep what it says, with its errors; nothing is entered yet.

    Sent again it is the import it was. Raises ``AccessDenied``, ``sheets.BadSheet``.
    """
    require(user, Action.EDIT, place)
    before: SheetImport | None = SheetImport.objects.filter(submission=submission, by=user).first()
    if before is not None:
        return before
    measures = catalogue.known()
    names = {each.id: each.name for each in measures.values()}
    read = sheets.read(content, period, names)
    rows = [_checked(place, period, row, measures) for row in read]
    with transaction.atomic():
        made: SheetImport = SheetImport.objects.create(
            submission=submission, place=place, period=period.code, filename=filename[:200],
            rows=[row.as_json() for row in rows], by=user, at=timezone.now(),
        )  # fmt: skip
        audit.record(
            user, "soát tệp số liệu", made, place, {"file": made.filename, "rows": len(rows)}
        )
        return made


def _checked(
    place: Unit, period: Period, row: sheets.Row, measures: Mapping[str, Measure]
) -> sheets.Row:
    if row.error:
        return row
    try:
        entry_of(_line(place, period, row), measures)
    except (BadEntry, catalogue.BadContent) as bad:
        return replace(row, error=str(bad))
    return row


def _line(place: Unit, period: Period, row: sheets.Row, key: UUID | None = None) -> TypedLine:
    line = TypedLine(
        place=place, period=period, measure=row.measure, sex=row.sex, typed=row.typed,
        source=row.source,
    )  # fmt: skip
    return replace(line, key=key) if key else line


def rows_of(found: SheetImport) -> list[sheets.Row]:
    """What the sheet says, line by line."""
    return [sheets.Row(**row) for row in found.rows]


def write(user: User, pk: UUID) -> SheetImport:
    """Enter all lines of the sheet that have no error, at once or not at all.

    ``written`` counts those that changed something. A second call enters nothing more. Raises
    ``AccessDenied``, ``BadEntry``.
    """
    with transaction.atomic():
        found: SheetImport = (
            SheetImport.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
        )
        require(user, Action.EDIT, found.place)
        if found.done_at is not None:
            return found
        lines = [
            _line(found.place, found.time, row, uuid5(found.pk, f"{row.measure}.{row.sex}"))
            for row in rows_of(found)
            if not row.error
        ]
        keys = {line.key for line in lines}
        rows = save_all(user, lines)
        # A line that says what stands there already enters nothing.
        found.written, found.done_at = sum(row.key in keys for row in rows), timezone.now()
        found.save(update_fields=["done_at", "written"])
        return found
