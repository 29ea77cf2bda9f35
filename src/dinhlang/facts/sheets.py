"""The entry sheet as an Excel file: out with what is known, in with what was filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, fold, format_number, nfc, parse_number

from .models import Source
from .periods import BadPeriod, Period
from .selectors.grid import SEXES, Line
from .texts import Typed

SHEET, HELP = "Số liệu", "Hướng dẫn"
COLUMNS = (
    ("Mã số liệu", 26), ("Số liệu", 54), ("Giới", 8), ("Đơn vị", 16), ("Số đạt", 12),
    ("Tổng số", 12), ("Giá trị", 14), ("Nguồn", 22), ("Kỳ trước", 14), ("Nơi có số liệu", 28),
)  # fmt: skip
HEADER_ROW = 3
MOST_ROWS, MOST_BYTES = 5000, 5 * 1024 * 1024
ADVICE = (
    "Chỉ điền các cột Số đạt, Tổng số, Giá trị và Nguồn. Không sửa cột Mã số liệu và cột Giới.",
    "Tỷ lệ: điền Số đạt và Tổng số; nếu chỉ biết phần trăm thì điền cột Giá trị (0 đến 100). "
    "Điền cả hai mà không khớp nhau thì dòng ấy không được nhập.",
    "Đạt/chưa đạt, có/không, mức: chọn trong danh sách của ô.",
    "Ô để trống là chưa có số liệu và không xóa số liệu đã có trong chương trình.",
    "Có thể xóa bớt dòng không cần; không đổi tên trang tính và dòng tiêu đề.",
)


class BadSheet(ValueError):
    """A file that is not a filled entry sheet; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet. ``number`` is its line in the file; ``error`` what is wrong with it."""

    number: int
    measure: str
    name: str
    sex: str
    value: str
    numerator: str
    denominator: str
    source: str
    error: str = ""

    @property
    def typed(self) -> Typed:
        """What stands in its boxes."""
        return Typed(self.value, self.numerator, self.denominator)

    def as_json(self) -> dict[str, Any]:
        """As kept with the import."""
        return asdict(self)


def workbook(unit: Unit, period: Period, lines: Sequence[Line]) -> bytes:
    """The sheet of these lines, with what is known already."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    fill = book.add_format({"bg_color": "#FFF8E1", "border": 1, "border_color": "#E0D6B8"})
    bold = book.add_format({"bold": True, "bg_color": "#E5F1EC", "border": 1, "text_wrap": True})
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, "Số liệu nông thôn mới", book.add_format({"bold": True, "size": 14}))
    sheet.write_string(1, 0, unit.title)
    sheet.write_string(1, 1, period.label)
    sheet.write_string(1, 2, period.code)
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW, column, name, bold)
    for at, line in enumerate(lines, HEADER_ROW + 1):
        _write_line(sheet, at, line, plain, fill)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    advice = book.add_worksheet(HELP)
    advice.set_column(0, 0, 110)
    for at, text in enumerate(ADVICE):
        advice.write_string(at, 0, text, plain)
    book.close()
    return out.getvalue()


def _write_line(sheet: Any, at: int, line: Line, plain: Any, fill: Any) -> None:
    typed = line.typed
    fixed = (line.measure.id, line.measure.name, line.sex_words, line.measure.unit)
    for column, text in enumerate(fixed):
        sheet.write_string(at, column, text, plain)
    for column, text in ((4, typed.numerator), (5, typed.denominator)):
        if line.in_parts:
            _write_box(sheet, at, column, text, fill)
    if not (line.in_parts and typed.numerator):
        _write_box(sheet, at, 6, typed.value, fill)
    sheet.write_string(at, 7, Source(line.source).label, fill)
    _write_box(sheet, at, 8, line.before_words, plain)
    sheet.write_string(at, 9, line.measure.office, plain)
    if line.choices:
        sheet.data_validation(at, 6, at, 6, {"validate": "list", "source": list(line.choices)})
    sheet.data_validation(at, 7, at, 7, {"validate": "list", "source": list(Source.labels)})


def _write_box(sheet: Any, at: int, column: int, text: str, form: Any) -> None:
    """A number as a number, so that Excel can reckon with it; else the words."""
    number = parse_number(text) if text else None
    if number is None:
        sheet.write_string(at, column, text, form)
    else:
        sheet.write_number(at, column, float(number), form)


def read(content: bytes, period: Period, names: Mapping[str, str]) -> list[Row]:
    """The filled lines of a sheet. ``names`` of the measures by id. Raises ``BadSheet``.

    Lines without any number are left out; a line that names no known measure has an error.
    """
    if len(content) > MOST_BYTES:
        raise BadSheet("Tệp lớn hơn 5 MB. Hãy dùng tệp mẫu tải từ trang này.")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = SHEET if SHEET in book.sheet_names else book.sheet_names[0]
        cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError):
        raise BadSheet("Không mở được tệp. Hãy gửi tệp Excel (.xlsx) theo mẫu.") from None
    at, columns = _header(cells)
    _same_period(cells[:at], period)
    if len(cells) > MOST_ROWS:
        raise BadSheet(f"Tệp có hơn {MOST_ROWS} dòng. Hãy chia thành nhiều tệp.")
    found = [_row(number, cells[number - 1], columns, names) for number in _after(at, cells)]
    rows = [row for row in found if row is not None]
    if not rows:
        raise BadSheet("Tệp chưa điền số nào. Hãy điền các cột Số đạt, Tổng số, Giá trị.")
    return _once(rows)


def _after(at: int, cells: Sequence[Sequence[Any]]) -> Iterable[int]:
    """The numbers, from 1, of the lines below the header, which is line ``at`` from 0."""
    return range(at + 2, len(cells) + 1)


def _header(cells: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    wanted = {fold(name): name for name, _ in COLUMNS}
    for at, line in enumerate(cells[:20]):
        keys = [fold(_text(cell)) for cell in line]
        there = {wanted[key]: i for i, key in enumerate(keys) if key in wanted}
        if {"Mã số liệu", "Giá trị"} <= set(there):
            return at, there
    raise BadSheet("Tệp không theo mẫu: thiếu dòng tiêu đề “Mã số liệu”, “Giá trị”.")


def _same_period(above: Sequence[Sequence[Any]], period: Period) -> None:
    for line in above:
        for cell in line:
            try:
                found = Period.of(_text(cell))
            except BadPeriod:
                continue
            if found != period:
                raise BadSheet(
                    f"Tệp này của kỳ “{found.label}”, trang đang mở là “{period.label}”. "
                    "Hãy chọn đúng kỳ rồi gửi lại."
                )


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "Đạt" if cell else "Chưa đạt"
    if isinstance(cell, float | int):
        return format_number(_decimal(cell))
    return clean_spaces(nfc(str(cell or "")))


def _decimal(number: float | int) -> Decimal:
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def _row(
    number: int, cells: Sequence[Any], columns: Mapping[str, int], names: Mapping[str, str]
) -> Row | None:
    def cell(name: str) -> str:
        at = columns.get(name)
        return _text(cells[at]) if at is not None and at < len(cells) else ""

    value, top, bottom = cell("Giá trị"), cell("Số đạt"), cell("Tổng số")
    if not (value or top or bottom):
        return None
    measure, error = cell("Mã số liệu"), ""
    if measure not in names:
        what = f"Không có mã số liệu “{measure[:60]}”." if measure else "Thiếu mã số liệu."
        error = f"{what} Hãy chép lại cột Mã số liệu từ tệp mẫu, hoặc tải tệp mẫu mới rồi điền."
    sexes = {fold(words): code for code, words in SEXES} | {"": ""}
    sex = sexes.get(fold(cell("Giới")))
    if sex is None:
        error, sex = f"Cột Giới phải là nam, nữ hoặc để trống, không phải “{cell('Giới')}”.", ""
    labels = {fold(each.label): each.value for each in Source} | {"": Source.TYPED.value}
    source = labels.get(fold(cell("Nguồn")))
    if source is None:
        error, source = (
            f"Nguồn “{cell('Nguồn')[:40]}” không có trong danh sách.",
            Source.TYPED.value,
        )
    name = names.get(measure) or cell("Số liệu")
    return Row(number, measure, name, sex, value, top, bottom, source, error)


def _once(rows: list[Row]) -> list[Row]:
    """A measure given twice is an error of its second line."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for row in rows:
        first = seen.setdefault((row.measure, row.sex), row.number)
        if first != row.number and not row.error:
            row = Row(**(asdict(row) | {"error": f"Số liệu này đã có ở dòng {first}."}))
        found.append(row)
    return found
