"""Excel files to fill in: the headings, some rows as examples, and a word on each column."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter import Workbook

from . import successions, units

NAMES = {
    "don-vi": "Danh sách đơn vị",
    "thon": "Danh sách thôn, khu",
    "sap-xep": "Sáp nhập, chia tách",
}
_UNITS = (
    ("90", "An Mẫu", "tỉnh", "", "01/07/2025", ""),
    ("90001", "Làng Mẫu", "xã", "90", "01/07/2025", ""),
    ("90002", "Bình Mẫu", "phường", "90", "01/07/2025", ""),
)
_VILLAGES = (
    ("", "Đông", "thôn", "90001", "", ""),
    ("", "Tây", "thôn", "90001", "", ""),
    ("", "Khu 3", "", "90002", "", ""),
)
_SUCCESSIONS = (
    ("90011", "90001", "toàn bộ", "", "01/07/2025", ""),
    ("90012", "90001", "một phần", "x", "01/07/2025", ""),
    ("90012", "90002", "một phần", "", "01/07/2025", ""),
)
_ROWS = {"don-vi": _UNITS, "thon": _VILLAGES, "sap-xep": _SUCCESSIONS}


def workbook(kind: str) -> bytes:
    """The bytes of an .xlsx file. ``kind`` is a key of ``NAMES``."""
    columns = successions.COLUMNS if kind == "sap-xep" else units.COLUMNS
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    head = book.add_format({"bold": True, "bg_color": "#E5F1EC", "border": 1})
    # Text, so that Excel keeps the zeros in front of codes.
    text = book.add_format({"num_format": "@"})
    sheet.set_column(0, len(columns) - 1, 18, text)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.headings[0], head)
    for number, row in enumerate(_ROWS[kind], 1):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
