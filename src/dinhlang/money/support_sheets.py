"""Lists of support and contributions as Excel files: out as they stand, in line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from dinhlang.vietnamese import clean_spaces, fold, format_date, format_number, nfc

SHEET, HELP = "Danh sách", "Hướng dẫn"
HEADER_ROW = 3
MOST_ROWS, MOST_BYTES = 1000, 5 * 1024 * 1024
KEY = "Mã dòng"
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
    "strings_to_urls": False,
}  # fmt: skip


class BadSheet(ValueError):
    """A file that cannot be read as such a list; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its head, width; ``wanted`` must be there to be read."""

    field: str
    title: str
    width: int = 16
    wanted: bool = False
    money: bool = False


BENEFICIARIES = (
    Column("name", "Họ và tên", 26, wanted=True),
    Column("village", "Thôn", 18),
    Column("identity", "Số định danh/CCCD", 20),
    Column("address", "Địa chỉ", 28),
    Column("group", "Đối tượng", 26),
    Column("quantity", "Số lượng", 10),
    Column("note", "Ghi chú", 24),
    Column("double_reason", "Lý do nhận trùng", 26),
)
PLEDGES = (
    Column("giver", "Người đóng góp", 28, wanted=True),
    Column("village", "Thôn", 18),
    Column("kind", "Loại", 26, wanted=True),
    Column("amount", "Số tiền (đồng)", 16, money=True),
    Column("quantity", "Số lượng", 10),
    Column("unit", "Đơn vị", 10),
    Column("price", "Đơn giá (đồng)", 16, money=True),
    Column("purpose", "Mục đích", 30),
    Column("due", "Hẹn đến ngày", 14),
    Column("note", "Ghi chú", 24),
    Column("is_public", "Công khai tên", 12),
)
RECEIPTS = (
    Column("number", "Số phiếu", 10),
    Column("day", "Ngày", 12),
    Column("giver", "Người đóng góp", 28),
    Column("village", "Thôn", 18),
    Column("kind", "Loại", 26),
    Column("quantity", "Số lượng", 10),
    Column("unit", "Đơn vị", 10),
    Column("price", "Đơn giá (đồng)", 16, money=True),
    Column("amount", "Số tiền (đồng)", 16, money=True),
    Column("purpose", "Mục đích", 30),
    Column("source", "Nguồn vốn", 28),
    Column("cancels", "Hủy phiếu số", 12),
    Column("reason", "Lý do hủy", 24),
    Column("thanked", "Ngày cảm ơn", 12),
)
STATE = (
    Column("amount", "Số tiền (đồng)", 16, money=True),
    Column("checked", "Ngày kiểm tra đạt", 16),
    Column("paid", "Ngày chi", 12),
    Column("paper", "Chứng từ chi", 24),
)
ADVICE = {
    BENEFICIARIES: (
        "Mỗi hộ hoặc công trình một dòng. Bắt buộc: Họ và tên.",
        "Số định danh/CCCD ghi 12 chữ số, định dạng ô là Text để không mất số 0 đứng đầu.",
        "Thôn và Đối tượng chọn trong danh sách của ô. Số lượng bỏ trống là 1.",
        "Hộ đã có ở chính sách cùng loại sẽ bị báo trùng; nếu vẫn đúng thì ghi Lý do nhận trùng.",
        "Không sửa cột Mã dòng (đang ẩn): dòng đã có trong chương trình sẽ được bỏ qua.",
    ),
    PLEDGES: (
        "Mỗi khoản đăng ký một dòng. Bắt buộc: Người đóng góp, Loại.",
        "Tiền mặt ghi Số tiền. Ngày công, hiến đất, vật tư ghi Số lượng, Đơn vị, Đơn giá.",
        "Ngày ghi như 30/6 hoặc 30/6/2026. Công khai tên: ghi “Không” nếu không nêu tên.",
        "Không sửa cột Mã dòng (đang ẩn): dòng đã có trong chương trình sẽ được bỏ qua.",
    ),
}  # fmt: skip


def workbook(
    title: str, subtitle: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], *,
    choices: Mapping[str, Sequence[str]] | None = None, spare: int = 0,
) -> bytes:  # fmt: skip
    """The list as a workbook; ``rows`` hold texts or whole đồng, and ``key``.

    ``spare`` empty lines to fill, with drop-down lists of the ``choices``.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    text = book.add_format({"border": 1, "valign": "top", "text_wrap": True, "num_format": "@"})
    money = book.add_format({"border": 1, "valign": "top", "num_format": "#,##0"})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E5F1EC", "text_wrap": True})
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "size": 14}))
    sheet.write_string(1, 0, subtitle)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(HEADER_ROW, at, column.title, head)
    if spare:
        sheet.set_column(len(columns), len(columns), 12, None, {"hidden": True})
        sheet.write_string(HEADER_ROW, len(columns), KEY, head)
    line = HEADER_ROW
    for line, row in enumerate(rows, HEADER_ROW + 1):
        for at, column in enumerate(columns):
            _write(sheet, line, at, row.get(column.field), money if column.money else text)
        if spare:
            sheet.write_string(line, len(columns), str(row.get("key", "")))
    for empty in range(line + 1, line + 1 + spare):
        for at, column in enumerate(columns):
            sheet.write_blank(empty, at, None, money if column.money else text)
    for at, column in enumerate(columns):
        _validate(sheet, HEADER_ROW + 1, line + spare, at, (choices or {}).get(column.field))
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    _advice(book, columns)
    book.close()
    return out.getvalue()


def _write(sheet: Any, line: int, at: int, value: Any, form: Any) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(line, at, value, form)
    else:
        sheet.write_string(line, at, "" if value is None else str(value), form)


def _validate(sheet: Any, first: int, last: int, at: int, names: Sequence[str] | None) -> None:
    # Excel takes no list longer than 255 letters that is written into the cell's rule itself.
    if names and last >= first and sum(len(name) + 1 for name in names) <= 250:
        rule = {"validate": "list", "source": list(names), "error_type": "warning"}
        sheet.data_validation(first, at, last, at, rule)


def _advice(book: Any, columns: Sequence[Column]) -> None:
    lines = ADVICE.get(tuple(columns), ())
    if not lines:
        return
    sheet = book.add_worksheet(HELP)
    sheet.set_column(0, 0, 110)
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number there, what stands in it by field, and the key of its row."""

    number: int
    cells: dict[str, str]
    key: str = ""


def read(content: bytes, columns: Sequence[Column]) -> list[Line]:
    """The filled lines of a file by fields. Raises ``BadSheet``.

    An identity number that Excel took for a number gets its leading noughts back.
    """
    if len(content) > MOST_BYTES:
        raise BadSheet("Tệp lớn hơn 5 MB. Hãy dùng tệp mẫu tải từ trang này.")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        name = SHEET if SHEET in book.sheet_names else book.sheet_names[0]
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError):
        raise BadSheet("Không mở được tệp. Hãy gửi tệp Excel (.xlsx) theo mẫu.") from None
    at, there = _header(cells, columns)
    found = []
    for number in range(at + 1, len(cells)):
        line = {
            name: _text(cells[number][spot], name)
            for name, spot in there.items()
            if spot < len(cells[number])
        }
        key = line.pop(KEY, "")
        if any(line.values()):
            found.append(Line(number + 1, line, key))
    if len(found) > MOST_ROWS:
        raise BadSheet(f"Tệp có hơn {format_number(MOST_ROWS)} dòng. Hãy chia thành nhiều tệp.")
    if not found:
        raise BadSheet("Tệp chưa điền dòng nào.")
    return found


def _header(
    cells: Sequence[Sequence[Any]], columns: Sequence[Column]
) -> tuple[int, dict[str, int]]:  # fmt: skip
    titles = {fold(column.title): column.field for column in columns} | {fold(KEY): KEY}
    wanted = {column.field for column in columns if column.wanted}
    for at, line in enumerate(cells[:20]):
        keys = [fold(str(cell or "")) for cell in line]
        there = {titles[key]: spot for spot, key in enumerate(keys) if key in titles}
        if wanted <= set(there):
            return at, there
    names = ", ".join(f"“{column.title}”" for column in columns if column.wanted)
    raise BadSheet(f"Tệp không theo mẫu: thiếu dòng tiêu đề có cột {names}.")


def _text(cell: object, name: str) -> str:
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, datetime | date):
        return format_date(cell)
    if isinstance(cell, float | int):
        number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
        if name == "identity":
            digits = f"{int(number)}"
            return digits.zfill(12) if len(digits) in (10, 11) else digits
        return format_number(number)
    return clean_spaces(nfc(str(cell or "")))
