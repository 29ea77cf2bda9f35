"""A draft as its page shows it: each row with its rule or its problems, the form of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from dinhlang.law.explaining import describe
from dinhlang.law.library import Library
from dinhlang.law.sets import Indicator

from .models import Loading
from .sheet.columns import (
    BY_GROUP,
    BY_REGION,
    COMMON,
    CRITERION,
    FURTHER,
    INDICATOR,
    KINDS,
    Column,
    Row,
    text,
)
from .sheet.composed import Composed
from .sheet.decision import FIELDS, Field
from .sheet.problems import RowProblem


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the form of one row."""

    column: Column
    value: str
    problems: tuple[RowProblem, ...]
    choices: tuple[str, ...] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the draft; ``heads`` where a new criterion begins with it."""

    position: int
    line: int
    row: Row
    heads: str
    number: str
    name: str
    rule: str
    said: str
    problems: tuple[RowProblem, ...]
    dropped: bool
    only_heading: bool


@dataclass(frozen=True, slots=True)
class AboutView:
    """A field of the decision's form."""

    key: str
    field: Field
    value: str
    problems: tuple[RowProblem, ...]


@dataclass(slots=True)
class DraftPage:
    """Everything the page shows. ``editing`` is the position of the row whose form is open."""

    rows: list[RowView]
    about: list[AboutView]
    general: list[RowProblem]
    troubled: list[int]
    editing: int
    cells: list[Cell]
    more_cells: list[Cell]
    notes: list[str]
    troubles: list[str] = field(default_factory=list)

    @property
    def about_is_wrong(self) -> bool:
        """Whether something said of the decision is missing or wrong."""
        return any(one.problems for one in self.about)

    @property
    def first_troubled(self) -> int:
        """The first row that is wrong, 0 where none is."""
        return self.troubled[0] if self.troubled else 0


def page_of(loading: Loading, found: Composed, library: Library, editing: int = 0) -> DraftPage:
    """The draft read and laid out."""
    rows = _rows(loading.rows, found, library)
    if not 1 <= editing <= len(loading.rows) or not loading.is_open:
        editing = 0
    cells, more = _cells(loading.rows, editing, found) if editing else ([], [])
    about = [
        AboutView(
            key, each, str(loading.about.get(key) or ""),
            tuple(p for p in found.problems if not p.row and p.column == key),
        )
        for key, each in FIELDS.items()
    ]  # fmt: skip
    notes = [*filter(None, str(loading.about.get("notes") or "").split("\n")), *found.notes]
    return DraftPage(
        rows=rows,
        about=about,
        general=[p for p in found.problems if not p.row and p.column not in FIELDS],
        troubled=[one.position for one in rows if one.problems],
        editing=editing,
        cells=cells,
        more_cells=more,
        notes=notes,
    )


def _rows(rows: Sequence[Row], found: Composed, library: Library) -> list[RowView]:
    # The measures this table brings are not in the library yet; their names are needed already.
    law = library.plus(measures=found.measures.values()).at(_day(found))
    problems: dict[int, list[RowProblem]] = {}
    for problem in found.problems:
        problems.setdefault(problem.row, []).append(problem)
    shown, last = [], ""
    for at, row in enumerate(rows, 1):
        made: Indicator | None = found.made.get(at)
        number, title = text(row, "criterion").rstrip("."), text(row, "criterion_name")
        begins = bool(number or title) and (number or title) not in (last, "")
        heads = ". ".join(filter(None, (number, title))) if begins else ""
        last = number or title or last
        shown.append(
            RowView(
                position=at,
                line=int(row.get("line") or 0),
                row=row,
                heads=heads,
                number=made.number if made else text(row, "number"),
                name=made.name if made else text(row, "name"),
                rule=describe(made.requirement, law) if made else "",
                said=_said(row),
                problems=tuple(problems.get(at, ())),
                dropped=bool(row.get("dropped")),
                only_heading=made is None and not text(row, "name") and not _said(row),
            )
        )
    return shown


def _day(found: Composed) -> date:
    return found.about.valid_from if found.about is not None else timezone.localdate()


def _said(row: Row) -> str:
    """What the row says of its requirement, as it was written."""
    parts = [text(row, "kind"), text(row, "common")]
    for column in (*BY_GROUP, *BY_REGION):
        if words := text(row, column.key):
            parts.append(f"{column.heading}: {words}")
    return " · ".join(filter(None, parts))


def _cells(rows: Sequence[Row], editing: int, found: Composed) -> tuple[list[Cell], list[Cell]]:
    row = rows[editing - 1]
    problems = found.of_row(editing)
    with_regions = any(text(one, c.key) for one in rows for c in BY_REGION)
    cases = BY_REGION if with_regions else BY_GROUP
    first = (*CRITERION[:2], *INDICATOR, COMMON, *cases)

    def cell(column: Column) -> Cell:
        return Cell(
            column=column,
            value=text(row, column.key),
            problems=tuple(p for p in problems if p.column == column.key),
            choices=tuple(KINDS.values()) if column.key == "kind" else (),
            long=column.key in ("name", "exceptions", "evidence", "note"),
        )

    more = (CRITERION[2], *FURTHER)
    return [cell(one) for one in first], [cell(one) for one in more]
