"""A draft as its page shows it: each row with its rule or its problems, the form of one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from dinhlang.law.explaining import describe
from dinhlang.law.library import Library
from dinhlang.law.sets import CriteriaSet, Indicator

from .models import Loading, Origin
from .sheet.columns import (
    BY_GROUP,
    BY_REGION,
    COMMON,
    CRITERION,
    FURTHER,
    INDICATOR,
    KINDS,
    SHAPE,
    Column,
    Row,
    text,
)
from .sheet.composed import Composed
from .sheet.decision import FIELDS, LEVELS, SUBJECTS, Field, key_of
from .sheet.fitting import of_a_province
from .sheet.problems import RowProblem


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the form of one row."""

    column: Column
    value: str
    problems: tuple[RowProblem, ...]
    choices: tuple[tuple[str, str], ...] = ()
    empty: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the draft; ``heads`` where a new criterion begins with it. ``label`` is the row
    as the file counts, ``read`` what was understood from which words, ``answered`` the words of
    which somebody said that the requirement expresses them.
    """

    position: int
    label: str
    row: Row
    heads: str
    number: str
    name: str
    rule: str
    said: str
    problems: tuple[RowProblem, ...]
    dropped: bool
    only_heading: bool
    read: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutView:
    """A field of the decision's form."""

    key: str
    field: Field
    value: str
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to mend: where it stands (empty: of the file as a whole), and what it is."""

    href: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Replaceable:
    """A set that the new one may replace, of the same kind and place first."""

    set: CriteriaSet
    chosen: bool
    near: bool


@dataclass(slots=True)
class DraftPage:
    """Everything the page shows. ``editing`` is the position of the row whose form is open.

    ``by_hand``: a file written by hand, which is mended in the file.
    """

    rows: list[RowView]
    about: list[AboutView]
    general: list[RowProblem]
    troubled: list[int]
    editing: int
    cells: list[Cell]
    shape_cells: list[Cell]
    more_cells: list[Cell]
    notes: list[str]
    todo: list[Todo]
    replaceable: list[Replaceable]
    by_hand: bool = False
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
    labels = _labels(loading.rows)
    rows = _rows(loading.rows, labels, found, library)
    by_hand = loading.origin == Origin.YAML
    if not 1 <= editing <= len(loading.rows) or not loading.is_open or by_hand:
        editing = 0
    none: list[Cell] = []
    cells, shape, more = (
        _cells(loading.rows, editing, found, library) if editing else (none, none, none)
    )
    about = [
        AboutView(
            key, each, str(loading.about.get(key) or ""),
            tuple(p for p in found.problems if not p.row and p.column == key),
        )
        for key, each in FIELDS.items()
    ]  # fmt: skip
    return DraftPage(
        rows=rows,
        about=about,
        general=[p for p in found.problems if not p.row and p.column not in FIELDS],
        troubled=[one.position for one in rows if one.problems],
        editing=editing,
        cells=cells,
        shape_cells=shape,
        more_cells=more,
        notes=_notes(loading, found),
        todo=[_todo(each, labels) for each in found.problems],
        replaceable=_replaceable(loading, library),
        by_hand=by_hand,
    )


def _labels(rows: Sequence[Row]) -> list[str]:
    """How each row is called: by its line in the file, as the list of what to mend calls it."""
    found, last = [], ""
    for at, row in enumerate(rows, 1):
        line = str(row.get("line") or "")
        last = line or last
        found.append(line or (f"mới dưới {last}" if last else str(at)))
    return found


def _todo(problem: RowProblem, labels: Sequence[str]) -> Todo:
    if problem.row:
        column = f", {problem.heading}" if problem.heading else ""
        href = f"?sua={problem.row}#dong-{problem.row}"
        return Todo(href, f"Dòng {labels[problem.row - 1]}{column}", problem.what)
    if problem.heading:
        return Todo("#quyet-dinh", f"Quyết định, {problem.heading}", problem.what)
    return Todo("", f"Dòng {problem.line}" if problem.line else "", problem.what)


def _notes(loading: Loading, found: Composed) -> list[str]:
    said = [*filter(None, str(loading.about.get("notes") or "").split("\n")), *found.notes]
    number, issuer = (str(loading.about.get(key) or "") for key in ("number", "issuer"))
    if loading.place is None and of_a_province(number, issuer):
        said.append(
            f"{issuer or number} là văn bản của một tỉnh, còn bản này đang để áp dụng cả nước. "
            "Hãy đổi mục “Áp dụng ở” (tỉnh phải có mã chính thức ở mục Địa bàn)."
        )
    return said


def _replaceable(loading: Loading, library: Library) -> list[Replaceable]:
    """All sets, those of the same kind in the same place first."""
    chosen = set(re.split(r"[;,\s]+", str(loading.about.get("replaces") or "")))
    level = key_of(str(loading.about.get("level") or ""), LEVELS)
    subject = key_of(str(loading.about.get("subject") or ""), SUBJECTS)
    code = loading.place.code if loading.place is not None else ""
    found = [
        Replaceable(
            one, one.id in chosen,
            one.id in chosen
            or (
                one.level == level
                and (not subject or one.subject == subject)
                and (one.territory is None or one.territory.code == code)
            ),
        )
        for one in library.sets.values()
    ]  # fmt: skip
    found.sort(key=lambda each: -each.set.valid_from.toordinal())
    return found


def _rows(
    rows: Sequence[Row], labels: Sequence[str], found: Composed, library: Library
) -> list[RowView]:
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
                label=labels[at - 1],
                row=row,
                heads=heads,
                number=made.number if made else text(row, "number"),
                name=made.name if made else text(row, "name"),
                rule=describe(made.requirement, law) if made else "",
                said=_said(row),
                problems=tuple(problems.get(at, ())),
                dropped=bool(row.get("dropped")),
                only_heading=made is None and not text(row, "name") and not _said(row),
                read=tuple(found.read.get(at, ())),
                answered=tuple(row.get("answered") or ()),
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


def _cells(
    rows: Sequence[Row], editing: int, found: Composed, library: Library
) -> tuple[list[Cell], list[Cell], list[Cell]]:
    row = rows[editing - 1]
    problems = found.of_row(editing)
    with_regions = any(text(one, c.key) for one in rows for c in BY_REGION)
    cases = BY_REGION if with_regions else BY_GROUP
    choices = {
        "kind": ("Như ô ngưỡng ghi", tuple((words, words) for words in KINDS.values())),
        "other": ("Không", tuple((one.id, called(one)) for one in library.sets.values())),
        "children": ("Chính đơn vị được xét", (("thôn", "thôn"), ("xã", "xã"), ("huyện", "huyện"))),
    }

    def cell(column: Column) -> Cell:
        empty, listed = choices.get(column.key, ("", ()))
        value = text(row, column.key)
        if listed and value and value not in [each for each, _ in listed]:
            # What a file said in words of its own is not lost by opening the form.
            listed = (*listed, (value, value))
        return Cell(
            column=column,
            value=value,
            problems=tuple(p for p in problems if p.column == column.key),
            choices=listed,
            empty=empty,
            long=column.key in ("name", "exceptions", "evidence", "note", "parts", "other"),
        )

    first = (*CRITERION[:2], *INDICATOR, COMMON, *cases)
    more = (CRITERION[2], *FURTHER)
    shape, other = [cell(one) for one in SHAPE], [cell(one) for one in more]
    return [cell(one) for one in first], shape, other


def called(one: CriteriaSet) -> str:
    """A set in a list to choose from: its decision, its name, its province."""
    where = f" · tỉnh {one.territory.name}" if one.territory else ""
    return f"{one.decision.number or 'Chưa rõ số'} · {one.short}{where}"


def answers_of(loading: Loading) -> list[tuple[str, str, tuple[str, ...]]]:
    """What was answered: number and name of the indicator, and the words it was asked of."""
    return [
        (text(row, "number"), text(row, "name"), tuple(row["answered"]))
        for row in loading.rows
        if row.get("answered") and not row.get("dropped")
    ]
