"""A list as rows and columns: the same on the page and in the workbook taken from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from dinhlang.vietnamese import fold

from .rendering.workbook import Value, formats, write

__all__ = ["Cell", "Column", "Row", "Table", "matching", "workbook"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows, and the value that Excel gets (the shown words where None is given).

    ``tone`` and ``icon`` make it a tag, ``href`` a link; ``missing`` says that nothing is there.
    """

    shown: str
    value: Value = None
    tone: str = ""
    icon: str = ""
    href: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and its width in characters; ``form`` is ``money``, ``number`` or ``main``."""

    name: str
    width: int = 16
    form: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether its cells stand right-aligned."""
        return self.form in ("money", "number")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, the number of its item, the line it was read from, and its group."""

    cells: tuple[Cell, ...]
    number: int = 0
    line: int = 0
    group: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``empty`` is said where it has no row."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(default=())
    empty: str = "Không có mục nào."

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows under their groups' names, in order."""
        found: list[tuple[str, list[Row]]] = []
        for row in self.rows:
            if not found or found[-1][0] != row.group:
                found.append((row.group, []))
            found[-1][1].append(row)
        return found


def matching(table: Table, text: str) -> Table:
    """The table with the rows in which every word of the text occurs, whatever the marks."""
    wanted = fold(text).split()
    if not wanted:
        return table
    kept = [
        row
        for row in table.rows
        if all(
            word in fold(" ".join([row.group, *(c.shown for c in row.cells)])) for word in wanted
        )
    ]
    return replace(table, rows=tuple(kept))


def workbook(title: str, tables: Iterable[Table], notes: Sequence[str] = ()) -> bytes:
    """The tables as an Excel workbook, a sheet each, with the title and the notes on top."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "comments": "Đình Làng"})
        forms = formats(book)
        for table in tables:
            _sheet(book.add_worksheet(table.name[:31]), forms, title, table, notes)
    return out.getvalue()


def _sheet(
    sheet: Any, forms: dict[str, Any], title: str, table: Table, notes: Sequence[str]
) -> None:
    sheet.write_string(0, 0, title, forms["title"])
    top = 1
    for top, note in enumerate(notes, start=1):
        sheet.write_string(top, 0, note)
    head = top + 1 + bool(notes)
    grouped = any(row.group for row in table.rows)
    columns = (Column("Nhóm", 16),) * grouped + table.columns + (Column("Dòng", 8),)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(head, place, column.name, forms["head"])
    last = head
    for last, row in enumerate(table.rows, start=head + 1):
        values: list[Value] = [row.group] * grouped
        values += [cell.shown if cell.value is None else cell.value for cell in row.cells]
        for place, (column, value) in enumerate(
            zip(columns, [*values, row.line or None], strict=True)
        ):
            form = column.form if column.form == "money" and isinstance(value, int) else ""
            write(sheet, last, place, value, form, forms)
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, max(last, head + 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def day(value: date | None) -> Cell:
    """A cell with a day, ``30/06/2024``."""
    return Cell(f"{value:%d/%m/%Y}", value) if value else Cell("")


def figure(shown: str, text: str | None) -> Cell:
    """A cell with a decimal number given as text."""
    return Cell(shown, Decimal(text) if text else None)
