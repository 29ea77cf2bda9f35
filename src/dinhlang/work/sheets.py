"""The tasks of a place as an Excel file to fill: out with what is known and lists to choose from,
in again line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, fold, nfc

SHEET, LISTS, HELP = "Công việc", "Danh mục", "Hướng dẫn"
MOST_ROWS, MOST_BYTES = 3000, 5 * 1024 * 1024
SPARE = 200
"""Empty lines below the filled ones that have the lists, too."""
HEADER = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of its box, its title and width; ``list`` names what may be chosen."""

    box: str
    title: str
    width: int
    list: str = ""
    kind: str = "text"


KEY, SEEN, NUMBER = "key", "seen", "number"
COLUMNS = (
    Column(KEY, "Mã (không sửa)", 12), Column(SEEN, "Lần sửa (không sửa)", 8),
    Column(NUMBER, "Số việc", 9), Column("text", "Việc", 56),
    Column("lead", "Chủ trì", 30, "offices"), Column("partners", "Phối hợp", 30, "offices"),
    Column("villages", "Thôn", 22, "villages"),
    Column("criterion", "Tiêu chí, chỉ tiêu", 24, "criteria"), Column("product", "Sản phẩm", 28),
    Column("start", "Bắt đầu", 13, kind="day"), Column("end", "Hạn", 13, kind="day"),
    Column("cost", "Kinh phí (đồng)", 18, kind="money"), Column("remarks", "Ghi chú", 32),
    Column("state", "Trạng thái", 16, "states"), Column("why", "Chờ gì, lý do", 28),
    Column("done", "Ngày xong", 13, kind="day"), Column("after", "Sau việc", 20),
    Column("parent", "Thuộc việc", 20),
)  # fmt: skip
HIDDEN = frozenset({KEY, SEEN})
NOT_ENOUGH = HIDDEN | {NUMBER}
"""A line with nothing but these is an empty one."""
MANY_LINES = frozenset({"text", "remarks"})
ADVICE = (
    "Mỗi dòng là một việc. Việc mới: ghi vào dòng trống phía dưới. Bỏ trống dòng không cần.",
    "Nhiều cơ quan hoặc nhiều thôn trong một ô: cách nhau bằng dấu chấm phẩy (;).",
    "Ngày ghi như 30/6/2026. Tiền ghi bằng đồng (350000000) hoặc như “350 triệu”.",
    "Trạng thái chọn trong danh sách. “Đang chờ” và “Không làm nữa” phải ghi chờ gì, lý do.",
    "Sau việc: những việc phải xong trước. Thuộc việc: việc lớn mà dòng này là một phần.",
    "Hai cột ấy ghi số ở cột “Số việc”, hoặc “dòng 12”, hoặc đúng tên việc, cách nhau bằng (;).",
    "Việc mới có thể tự ghi một số ở cột “Số việc” (ví dụ M1) để dòng khác nhắc đến.",
    "Xóa một dòng khỏi tệp không xóa việc ấy.",
    "Hai cột ẩn bên trái để chương trình nhận ra việc đã có; đừng sửa hai cột ấy.",
    "Chương trình đọc và cho xem trước từng dòng; ô sai được chỉ rõ và chưa dòng nào được ghi.",
    "Gửi cùng một tệp hai lần không làm thay đổi gì thêm.",
)


def title(box: str) -> str:
    """The title of the column of that box."""
    return next(column.title for column in COLUMNS if column.box == box)


class BadSheet(ValueError):
    """A file that is not such a workbook; the message is for the user."""


def workbook(
    unit: Unit, rows: Sequence[Mapping[str, Any]], lists: Mapping[str, Sequence[str]]
) -> bytes:
    """The place's tasks (boxes by their names) with the lists to choose from."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    top = {"valign": "top"}
    styles = {
        "head": book.add_format(
            {**top, "bold": True, "bg_color": "#E5F1EC", "border": 1, "text_wrap": True}
        ),
        "text": book.add_format({**top, "text_wrap": True}),
        "money": book.add_format({**top, "num_format": "#,##0"}),
        "day": book.add_format({**top, "num_format": "dd/mm/yyyy", "align": "left"}),
        "title": book.add_format({"bold": True, "size": 14}),
    }
    _tasks(book, styles, unit, rows, lists)
    _lists(book, lists)
    advice = book.add_worksheet(HELP)
    advice.set_column(0, 0, 110)
    for at, text in enumerate(ADVICE):
        advice.write_string(at, 0, text, styles["text"])
    book.close()
    return out.getvalue()


def _tasks(
    book: Any, styles: Mapping[str, Any], unit: Unit, rows: Sequence[Mapping[str, Any]],
    lists: Mapping[str, Sequence[str]],
) -> None:  # fmt: skip
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, len(HIDDEN), "Danh sách công việc", styles["title"])
    sheet.write_string(1, 0, stamp(unit))
    sheet.write_string(1, len(HIDDEN), unit.title)
    order, last = list(lists), HEADER + len(rows) + SPARE
    for at, column in enumerate(COLUMNS):
        sheet.set_column(
            at, at, column.width, None, {"hidden": True} if column.box in HIDDEN else {}
        )
        sheet.write_string(HEADER, at, column.title, styles["head"])
        if values := lists.get(column.list):
            letter = chr(ord("A") + order.index(column.list))
            span = f"='{LISTS}'!${letter}$2:${letter}${len(values) + 1}"
            # Several names may stand in one box: what is not on the list is only remarked.
            rule = {"validate": "list", "source": span, "error_type": "information"}
            sheet.data_validation(HEADER + 1, at, last, at, rule)
        for line, row in enumerate(rows, HEADER + 1):
            _cell(sheet, line, at, row.get(column.box), styles[column.kind])
    sheet.freeze_panes(HEADER + 1, len(HIDDEN) + 1)


def _lists(book: Any, lists: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_worksheet(LISTS)
    for column, (name, values) in enumerate(lists.items()):
        sheet.write_string(0, column, name)
        for at, value in enumerate(values, 1):
            sheet.write_string(at, column, value)
    sheet.hide()


def _cell(sheet: Any, line: int, at: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(line, at, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, int):
        sheet.write_number(line, at, value, style)
    else:
        sheet.write_string(line, at, str(value), style)


def stamp(unit: Unit) -> str:
    """What a file says of the place whose tasks it holds."""
    return f"{unit.pk}|{unit.full_name}"


@dataclass(frozen=True, slots=True)
class Line:
    """A filled line: its number in the file (from 1), its boxes as typed, their columns."""

    number: int
    boxes: dict[str, str]
    columns: Mapping[str, int]

    def cell(self, box: str) -> str:
        """The name of a box's cell, as Excel has it: “J12”; the line alone where it has none."""
        at = self.columns.get(box)
        if at is None or at > 25:
            return f"dòng {self.number}"
        return f"{chr(ord('A') + at)}{self.number}"


@dataclass(frozen=True, slots=True)
class Given:
    """What a file holds: its filled lines, and the stamp of the place it was made for, if any."""

    lines: list[Line]
    stamp: str = ""


def read(content: bytes) -> Given:
    """The filled lines. Raises ``BadSheet``."""
    if len(content) > MOST_BYTES:
        raise BadSheet("Tệp lớn hơn 5 MB. Hãy dùng tệp mẫu tải từ trang này.")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        name = SHEET if SHEET in book.sheet_names else book.sheet_names[0]
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError):
        raise BadSheet("Không mở được tệp. Hãy gửi tệp Excel (.xlsx) theo mẫu.") from None
    found = list(_filled(cells))
    if not found:
        raise BadSheet("Tệp chưa có dòng nào được điền.")
    if len(found) > MOST_ROWS:
        raise BadSheet(f"Tệp có hơn {MOST_ROWS} việc. Hãy chia thành nhiều tệp.")
    return Given(found, _stamp(cells))


def _stamp(cells: Sequence[Sequence[Any]]) -> str:
    """The stamp stands in the second line; a file of another making has none."""
    said = str(cells[1][0]) if len(cells) > 1 and cells[1] else ""
    return said if "|" in said and said.partition("|")[0].isdigit() else ""


def _filled(cells: Sequence[Sequence[Any]]) -> Iterable[Line]:
    at, columns = _header(cells)
    for number in range(at + 2, len(cells) + 1):
        row = cells[number - 1]
        boxes = {box: _text(box, row[i]) if i < len(row) else "" for box, i in columns.items()}
        if any(value for box, value in boxes.items() if box not in NOT_ENOUGH):
            yield Line(number, boxes, columns)


def _header(cells: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    wanted = {fold(column.title): column.box for column in COLUMNS}
    for at, line in enumerate(cells[:20]):
        keys = [fold(_text("", cell)) for cell in line]
        there = {wanted[key]: i for i, key in enumerate(keys) if key in wanted}
        if {"text", "end"} <= set(there):
            return at, there
    raise BadSheet("Tệp không theo mẫu: thiếu dòng tiêu đề “Việc”, “Hạn”.")


def _text(box: str, cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    text = nfc(str("" if cell is None else cell))
    return text.strip() if box in MANY_LINES else clean_spaces(text.replace("\n", "; "))
