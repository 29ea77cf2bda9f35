"""Lists as Excel files: what stands on the screen, as it stands there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its width in characters, and whether it is only for the program to read."""

    name: str
    width: int = 18
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: ``title`` and ``notes`` stand above the table. A row of one value is a heading."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an xlsx file. Days are days, numbers numbers, text never a formula."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        forms = _forms(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31]), forms, sheet)
    return out.getvalue()


def _forms(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    return {
        "": book.add_format({**base, "text_wrap": True}),
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "note": book.add_format({**base, "italic": True}),
        "head": book.add_format(
            {**base, "bold": True, "text_wrap": True, "bg_color": "#E5F1EC", "bottom": 1}
        ),
        "group": book.add_format({**base, "bold": True, "bg_color": "#F2F5F2"}),
        "date": book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"}),
        "number": book.add_format({**base, "num_format": "#,##0"}),
    }


def _write(page: Any, forms: dict[str, Any], sheet: Sheet) -> None:
    page.write_string(0, 0, sheet.title, forms["title"])
    head = 1
    for head, note in enumerate(sheet.notes, start=1):
        page.write_string(head, 0, note, forms["note"])
    head += 1
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width, None, {"hidden": column.is_hidden})
        page.write_string(head, at, column.name, forms["head"])
    for row, values in enumerate(sheet.rows, start=head + 1):
        if len(values) == 1:
            for at in range(len(sheet.columns)):
                page.write_string(row, at, "" if at else str(values[0] or ""), forms["group"])
            continue
        for at, value in enumerate(values):
            _cell(page, row, at, value, forms)
    last = max(head + len(sheet.rows), head + 1)
    page.freeze_panes(head + 1, 0)
    page.autofilter(head, 0, last, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)


def _cell(page: Any, row: int, at: int, value: Value, forms: dict[str, Any]) -> None:
    if value is None or value == "":
        page.write_blank(row, at, None, forms[""])
    elif isinstance(value, date):
        page.write_datetime(row, at, value, forms["date"])
    elif isinstance(value, int | Decimal):
        page.write_number(row, at, value, forms["number"])
    else:
        page.write_string(row, at, value, forms[""])
