"""Entering what was typed into the boxes of a grid: each line good or refused by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from dinhlang.law.sets import Measure
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import catalogue, texts
from ..models import Observation, Source
from ..periods import Period
from .entries import BadEntry, Conflict, Entry, record, record_many


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """One line as typed; ``seen`` and ``key`` as in ``Entry``."""

    place: Unit
    period: Period
    measure: str
    sex: str = ""
    typed: texts.Typed = field(default_factory=texts.Typed)
    source: str = Source.TYPED
    key: UUID = field(default_factory=uuid4)
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line: what stands there now, or why it was refused."""

    line: TypedLine
    row: Observation | None = None
    error: str = ""
    conflict: bool = False


def save_lines(user: User, lines: Sequence[TypedLine]) -> list[Outcome]:
    """Enter the lines, in order; a refused one keeps none of the others from being entered.

    Raises ``AccessDenied`` where the person may not enter numbers at one of the places.
    """
    outcomes: dict[int, Outcome] = {}
    good: dict[int, dict[int, Entry]] = {}
    measures = catalogue.known()
    for at, line in enumerate(lines):
        try:
            good.setdefault(line.place.pk, {})[at] = entry_of(line, measures)
        except (catalogue.BadContent, BadEntry) as bad:
            outcomes[at] = Outcome(line, error=str(bad))
    for entries in good.values():
        outcomes |= _save_place(user, lines, entries)
    return [outcomes[at] for at in range(len(lines))]


def _save_place(
    user: User, lines: Sequence[TypedLine], entries: dict[int, Entry]
) -> dict[int, Outcome]:
    """The lines of one place at once; where one is refused, each by itself."""
    place = lines[next(iter(entries))].place
    try:
        rows = record_many(user, place, list(entries.values()))
        return {at: Outcome(lines[at], row) for at, row in zip(entries, rows, strict=True)}
    except (BadEntry, ValidationError):
        pass
    found: dict[int, Outcome] = {}
    for at, entry in entries.items():
        try:
            found[at] = Outcome(lines[at], record(user, place, entry))
        except Conflict as conflict:
            found[at] = Outcome(lines[at], error=str(conflict), conflict=True)
        except BadEntry as bad:
            found[at] = Outcome(lines[at], error=str(bad))
    return found


def save_all(user: User, lines: Sequence[TypedLine]) -> list[Observation]:
    """Enter all lines or none. Raises ``AccessDenied``, ``BadEntry``, ``BadContent``."""
    measures = catalogue.known()
    with transaction.atomic():
        by_place: dict[int, list[TypedLine]] = {}
        for line in lines:
            by_place.setdefault(line.place.pk, []).append(line)
        return [
            row
            for several in by_place.values()
            for row in record_many(
                user, several[0].place, [entry_of(line, measures) for line in several]
            )
        ]


def entry_of(line: TypedLine, measures: Mapping[str, Measure]) -> Entry:
    """The entry that a typed line is. Raises ``BadContent``, ``BadEntry``.

    Where only the source was changed, note and last day of validity stay as they were.
    """
    measure = measures.get(line.measure)
    if measure is None:
        raise BadEntry(f"Chương trình không có số liệu “{line.measure}”.", line.measure)
    if line.source not in Source.values:
        raise BadEntry("Nguồn số liệu không đúng.", line.measure)
    content = texts.parse(measure, line.typed)
    catalogue.check(measure, sex=line.sex, **content)
    entry = Entry(
        measure=line.measure, period=line.period, sex=line.sex, source=line.source,
        key=line.key, seen=line.seen, **content,
    )  # fmt: skip
    before = standing(line)
    if before is None or not _same_content(entry, before):
        return entry
    return Entry(
        measure=line.measure, period=line.period, sex=line.sex, source=line.source,
        key=line.key, seen=line.seen, note=before.note, valid_to=before.valid_to, **content,
    )  # fmt: skip


def standing(line: TypedLine) -> Observation | None:
    """What stands in the books where the line would be entered."""
    found: Observation | None = Observation.objects.filter(
        place=line.place, measure=line.measure, sex=line.sex, superseded_at=None,
        start=line.period.start, end=line.period.end,
    ).first()  # fmt: skip
    return found


def _same_content(entry: Entry, row: Observation) -> bool:
    numbers = (row.value, row.numerator, row.denominator)
    return entry.content[:5] == (*numbers, row.yes, row.grade)
