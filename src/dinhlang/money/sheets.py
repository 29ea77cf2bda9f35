"""A year's money as an Excel file: out with what is known and lists to choose from, in again."""

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

from . import criteria
from .models import Movement, Need, Source, SourceKind, Step
from .programme import NEW
from .selectors.balance import Sheet

NEEDS, SOURCES, LEDGER, LISTS, HELP = (
    "Nhu cầu", "Nguồn vốn", "Sổ phát sinh", "Danh mục", "Hướng dẫn",
)  # fmt: skip
MOST_ROWS, MOST_BYTES = 10_000, 5 * 1024 * 1024
SPARE = 200
"""Empty lines below the filled ones that have the lists, too."""
YES = "Có"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of its box, its title and width; ``list`` names what may be chosen."""

    box: str
    title: str
    width: int
    list: str = ""
    kind: str = "text"


COLUMNS: dict[str, tuple[Column, ...]] = {
    NEEDS: (
        Column("key", "Mã (không sửa)", 12), Column("text", "Nội dung", 48),
        Column("criterion", "Tiêu chí", 34),
        Column("component", "Nội dung thành phần", 22, "parts"),
        Column("village", "Thôn", 18, "villages"),
        Column("amount", "Số tiền (đồng)", 18, kind="money"),
        Column("due", "Cần trước ngày", 14, kind="day"),
        Column("is_works", "Công trình xây dựng", 12, "yes"), Column("paper", "Văn bản", 26),
        Column("note", "Ghi chú", 30),
    ),
    SOURCES: (
        Column("key", "Mã (không sửa)", 12), Column("text", "Nội dung", 44),
        Column("kind", "Loại nguồn", 34, "kinds"),
        Column("amount", "Số tiền (đồng)", 18, kind="money"),
        Column("share_percent", "Tỷ lệ để lại (%)", 10),
        Column("share_of", "Tổng tiền đấu giá (đồng)", 20, kind="money"),
        Column("condition", "Điều kiện", 28),
        Column("condition_is_work", "Điều kiện là việc có ngày", 14, "yes"),
        Column("expected", "Dự kiến có ngày", 14, kind="day"),
        Column("asked_of", "Đề nghị với", 24), Column("carried_from", "Chuyển nguồn từ năm", 12),
        Column("paper", "Văn bản", 26), Column("note", "Ghi chú", 30),
    ),
    LEDGER: (
        Column("key", "Mã (không sửa)", 12), Column("day", "Ngày", 13, kind="day"),
        Column("step", "Bước", 30, "steps"), Column("need", "Nhu cầu", 48, "needs"),
        Column("source", "Nguồn vốn", 40, "sources"),
        Column("amount", "Số tiền (đồng)", 18, kind="money"),
        Column("paper", "Văn bản, chứng từ", 28), Column("note", "Ghi chú", 26),
        Column("over_reason", "Lý do ghi vượt (nếu có)", 26),
    ),
}  # fmt: skip
ADVICE = (
    "Số tiền ghi bằng đồng (17500000000) hoặc như khi nói: “17,5 tỷ”, “350 triệu”.",
    "Ngày ghi như 30/6/2026. Dòng mới: để trống cột Mã. Không sửa cột Mã của dòng đã có.",
    "Sổ phát sinh chỉ thêm: khoản đã ghi không sửa trong tệp, hãy hủy trong chương trình.",
    "Rút bớt một khoản: ghi số tiền âm. Khối lượng hoàn thành không ghi nguồn vốn.",
    "Gửi cùng một tệp hai lần không làm thay đổi gì thêm.",
    "Chương trình đọc và cho xem trước từng dòng; dòng sai được chỉ rõ và chưa dòng nào được ghi.",
)


class BadSheet(ValueError):
    """A file that is not such a workbook; the message is for the user."""


def need_name(row: Need) -> str:
    """How the ledger names a need: “N12 · Mở rộng đường”."""
    return f"N{row.pk} · {row.text}"[:250]


def source_name(row: Source) -> str:
    """How the ledger names a source: “V3 · Ngân sách xã”."""
    return f"V{row.pk} · {row.text}"[:250]


def workbook(
    unit: Unit, found: Sheet, movements: Iterable[Movement], villages: Sequence[Unit]
) -> bytes:
    """The year's needs, sources and movements, each sheet with its lists."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E5F1EC", "border": 1,
                                 "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "money": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "title": book.add_format({"bold": True, "size": 14}),
    }  # fmt: skip
    lists = _lists(found, villages)
    titles = criteria.Laws.of(unit, found.year).titles(each.need for each in found.needs)
    needs = [_need(each.need, titles.get(each.need.pk, ("", ""))[1]) for each in found.needs]
    _sheet(book, formats, NEEDS, unit, found.year, needs, lists)
    _sheet(book, formats, SOURCES, unit, found.year, [_source(e.source) for e in found.sources],
           lists)  # fmt: skip
    _sheet(book, formats, LEDGER, unit, found.year, [_movement(e) for e in movements], lists)
    _write_lists(book, lists)
    advice = book.add_worksheet(HELP)
    advice.set_column(0, 0, 110)
    for at, text in enumerate(ADVICE):
        advice.write_string(at, 0, text, formats["text"])
    book.close()
    return out.getvalue()


def _lists(found: Sheet, villages: Sequence[Unit]) -> dict[str, list[str]]:
    return {
        "parts": [f"{each.code} {each.name}" for each in NEW.components],
        "villages": [each.title for each in villages],
        "yes": [YES],
        "kinds": [str(label) for label in SourceKind.labels],
        "steps": [str(label) for label in Step.labels],
        "needs": [need_name(each.need) for each in found.needs],
        "sources": [source_name(each.source) for each in found.sources],
    }


def _write_lists(book: Any, lists: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_worksheet(LISTS)
    for column, (name, values) in enumerate(lists.items()):
        sheet.write_string(0, column, name)
        for at, value in enumerate(values, 1):
            sheet.write_string(at, column, value)
    sheet.hide()


def _sheet(
    book: Any, formats: Mapping[str, Any], name: str, unit: Unit, year: int,
    rows: Sequence[Mapping[str, Any]], lists: Mapping[str, Sequence[str]],
) -> None:  # fmt: skip
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 1, f"{name} năm {year}", formats["title"])
    sheet.write_string(1, 1, unit.title)
    order = list(lists)
    last = HEADER + len(rows) + SPARE
    for at, column in enumerate(COLUMNS[name]):
        hidden = {"hidden": True} if column.box == "key" else {}
        sheet.set_column(at, at, column.width, None, hidden)
        sheet.write_string(HEADER, at, column.title, formats["head"])
        if column.list and lists[column.list]:
            letter = chr(ord("A") + order.index(column.list))
            span = f"='{LISTS}'!${letter}$2:${letter}${len(lists[column.list]) + 1}"
            rule = {"validate": "list", "source": span, "error_type": "warning"}
            sheet.data_validation(HEADER + 1, at, last, at, rule)
        for line, row in enumerate(rows, HEADER + 1):
            _cell(sheet, line, at, row.get(column.box), formats[column.kind])
    sheet.freeze_panes(HEADER + 1, 2)


HEADER = 3


def _cell(sheet: Any, line: int, at: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(line, at, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), style)
    # Beyond 15 digits Excel rounds; so much money is written as text.
    elif isinstance(value, int) and abs(value) < 10**15:
        sheet.write_number(line, at, value, style)
    else:
        sheet.write_string(line, at, str(value), style)


def _need(row: Need, criterion: str) -> dict[str, Any]:
    part = next((each for each in NEW.components if each.code == row.component), None)
    return {
        "key": str(row.key), "text": row.text, "criterion": criterion,
        "component": f"{part.code} {part.name}" if part else "",
        "village": row.village.title if row.village else "", "amount": row.amount,
        "due": row.due, "is_works": YES if row.is_works else "", "paper": row.paper,
        "note": row.note,
    }  # fmt: skip


def _source(row: Source) -> dict[str, Any]:
    percent = row.share_percent
    return {
        "key": str(row.key), "text": row.text, "kind": SourceKind(row.kind).label,
        "amount": row.amount,
        "share_percent": format(percent.normalize(), "f").replace(".", ",") if percent else "",
        "share_of": row.share_of, "condition": row.condition,
        "condition_is_work": YES if row.condition_is_work else "", "expected": row.expected,
        "asked_of": row.asked_of, "carried_from": row.carried_from, "paper": row.paper,
        "note": row.note,
    }  # fmt: skip


def _movement(row: Movement) -> dict[str, Any]:
    return {
        "key": str(row.key), "day": row.day, "step": Step(row.step).label,
        "need": need_name(row.need), "source": source_name(row.source) if row.source else "",
        "amount": row.amount, "paper": row.paper, "note": row.note,
        "over_reason": row.over_reason,
    }  # fmt: skip


Line = tuple[str, int, dict[str, str]]
"""The sheet, the number of the line in the file (from 1), and its boxes as typed."""


def read(content: bytes) -> list[Line]:
    """The filled lines of the three sheets. Raises ``BadSheet``."""
    if len(content) > MOST_BYTES:
        raise BadSheet("Tệp lớn hơn 5 MB. Hãy dùng tệp mẫu tải từ trang này.")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        there = [name for name in COLUMNS if name in book.sheet_names]
        cells = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in there
        }
    except (CalamineError, IndexError, ValueError, OSError):
        raise BadSheet("Không mở được tệp. Hãy gửi tệp Excel (.xlsx) theo mẫu.") from None
    if not there:
        raise BadSheet(f"Tệp không có trang tính “{NEEDS}”, “{SOURCES}” hay “{LEDGER}”.")
    if sum(map(len, cells.values())) > MOST_ROWS:
        raise BadSheet(f"Tệp có hơn {MOST_ROWS} dòng. Hãy chia thành nhiều tệp.")
    found = [line for name in there for line in _lines(name, cells[name])]
    if not found:
        raise BadSheet("Tệp chưa có dòng nào được điền.")
    return found


def _lines(name: str, cells: Sequence[Sequence[Any]]) -> Iterable[Line]:
    at, columns = _header(name, cells)
    for number in range(at + 2, len(cells) + 1):
        row = cells[number - 1]
        boxes = {box: _text(row[i]) if i < len(row) else "" for box, i in columns.items()}
        if any(value for box, value in boxes.items() if box != "key"):
            yield name, number, boxes


def _header(name: str, cells: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    wanted = {fold(column.title): column.box for column in COLUMNS[name]}
    for at, line in enumerate(cells[:20]):
        keys = [fold(_text(cell)) for cell in line]
        there = {wanted[key]: i for i, key in enumerate(keys) if key in wanted}
        if len(there) >= 3 and "amount" in there:
            return at, there
    raise BadSheet(f"Trang tính “{name}” thiếu dòng tiêu đề theo mẫu.")


def _text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return clean_spaces(nfc(str("" if cell is None else cell)))
