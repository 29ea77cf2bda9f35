"""Fills an entry sheet as a person with Excel does."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import xlsxwriter
from python_calamine import CalamineWorkbook

from dinhlang.facts.sheets import SHEET


def fill(content: bytes, values: Mapping[str, tuple[str, str, str]], wrong: str = "") -> bytes:
    """The sheet with these boxes filled (number, whole, value), and one line that is wrong."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet(SHEET)
    for at, row in enumerate(rows):
        if row[0] in values:
            row[4:7] = values[row[0]]
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    if wrong:
        sheet.write(len(rows), 0, wrong)
        sheet.write(len(rows), 6, "12")
    made.close()
    return out.getvalue()
