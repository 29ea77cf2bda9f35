"""Made-up tables, as people fill, paste and write them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from docx import Document

from dinhlang.law.library import shipped
from dinhlang.lawbook.sheet.columns import Row
from dinhlang.lawbook.sheet.compose import compose
from dinhlang.lawbook.sheet.composed import Composed, Context

ABOUT: dict[str, str] = {
    "number": "07/2026/QĐ-MẪU", "issuer": "UBND tỉnh An Mẫu", "date": "05/01/2026",
    "title": "Ban hành bộ tiêu chí thử", "valid_from": "01/02/2026", "mode": "new",
    "set_title": "Bộ tiêu chí thử", "short": "Xã thử", "level": "ntm", "subject": "commune",
    "years": "2026 - 2030",
}  # fmt: skip

PASTED = """Số tiêu chí\tTên tiêu chí\tTên chỉ tiêu\tNhóm 1\tNhóm 2\tNhóm 3
1\tQuy hoạch\t1.1. Có quy hoạch chung được duyệt\tĐạt\tĐạt\tĐạt
2\tHạ tầng\t2.1. Tỷ lệ đường thôn được cứng hóa\t≥ 100%\t≥ 90%\t≥ 70%
\t\t2.2. Số nhà tạm\tKhông\tKhông\tKhông
3\tThu nhập\tThu nhập bình quân đầu người\t≥ 80\t≥ 75\tUBND cấp tỉnh quy định cụ thể
"""


def row(**cells: str) -> Row:
    """One row, of criterion 1 unless it says otherwise."""
    return {"criterion": "1", "criterion_name": "Hạ tầng", "name": "Tỷ lệ hộ dùng thử"} | cells


def read(rows: Sequence[Row], **said: str) -> Composed:
    """The table read against the law that is shipped."""
    return compose(rows, ABOUT | said, Context(shipped()))


def xlsx(lines: Sequence[Sequence[Any]], said: Mapping[str, str] | None = None) -> bytes:
    """A workbook with these rows, and a sheet of the decision where something is said."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tiêu chí")
        for at, line in enumerate(lines):
            for column, value in enumerate(line):
                sheet.write(at, column, value)
        if said:
            decision = book.add_worksheet("Quyết định")
            for at, (label, value) in enumerate(said.items()):
                decision.write(at, 0, label)
                decision.write(at, 1, value)
    return out.getvalue()


def docx(
    *tables: Sequence[Sequence[str]], merge: Sequence[tuple[int, int, int, int]] = ()
) -> bytes:
    """A Word file with these tables; ``merge`` joins cells (row, column, row, column) of each."""
    document = Document()
    document.add_paragraph("Số: 07/2026/QĐ-MẪU")
    document.add_paragraph("An Mẫu, ngày 05 tháng 01 năm 2026")
    for lines in tables:
        table = document.add_table(rows=len(lines), cols=max(len(line) for line in lines))
        table.style = "Table Grid"
        for at, line in enumerate(lines):
            for column, words in enumerate(line):
                table.cell(at, column).text = words
        for top, left, bottom, right in merge:
            words = table.cell(top, left).text
            joined = table.cell(top, left).merge(table.cell(bottom, right))
            joined.text = words
        document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
