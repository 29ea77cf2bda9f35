"""The workbook that is filled from a decision: table, decision, instructions with lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from dinhlang.law.sets import CriteriaSet, Measure
from dinhlang.vietnamese import sort_key

from .importing.reading import DECISION_SHEET, TABLE_SHEET
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
from .sheet.decision import FIELDS
from .sheet.measuring import KIND_WORDS

HELP_SHEET = "Hướng dẫn"
EMPTY_ROWS = 200
STEPS = (
    "1. Điền trang “Quyết định”: số, ngày, nơi ban hành, ngày có hiệu lực, cách nạp.",
    "2. Điền trang “Tiêu chí”: mỗi chỉ tiêu một dòng, đúng như bảng trong quyết định. Số và tên "
    "tiêu chí chỉ cần ghi ở dòng đầu của tiêu chí.",
    "3. Ngưỡng ghi như trong văn bản: ≥ 95% · 70 - 90% · Đạt · UBND cấp tỉnh quy định. Ngưỡng khác "
    "nhau theo nhóm xã hoặc theo vùng thì ghi ở cột của nhóm hoặc vùng đó.",
    "Đòi hỏi khác cũng ghi như trong văn bản: Giảm liên tục 03 năm · Ít nhất 01 trong 03 nội dung: "
    "(a) …; (b) …; (c) … · ≥ 80% số thôn · cao hơn 10% so với xã nông thôn mới nâng cao · thấp hơn "
    "bình quân chung của huyện · Năm 2026: ≥ 70; năm 2027: ≥ 75 · Không (trừ hộ bảo trợ xã hội); "
    "hoặc chọn ở cột Kiểu yêu cầu rồi ghi các cột Bộ tiêu chí khác, Các nội dung, Liên tục…",
    "4. Chỗ quyết định không nói rõ thì chọn “Chưa nạp”, không tự đặt số.",
    "5. Lưu tệp, vào Tiêu chí → Bộ tiêu chí → Nạp bộ tiêu chí, chọn tệp. Chương trình soát từng "
    "dòng và chỉ ra chỗ phải sửa.",
    "6. Xem phần thay đổi so với bộ đang có rồi trình duyệt. Người thứ hai đối chiếu với văn bản "
    "và duyệt; từ ngày có hiệu lực, bộ tiêu chí được dùng để đánh giá.",
)
MODE_HELP = (
    "Bộ mới: quyết định ban hành một bộ tiêu chí riêng, ví dụ bộ của tỉnh.",
    "Nạp đủ bộ đã có: điền phần còn thiếu của một bộ chương trình đã có, theo đúng quyết định đó.",
    "Sửa đổi, bổ sung bộ đã có: quyết định sửa một phần; dòng không ghi trong bảng thì giữ nguyên.",
)


def workbook(
    rows: Sequence[Row],
    said: Mapping[str, str],
    measures: Mapping[str, Measure],
    sets: Sequence[CriteriaSet],
    *,
    regions: bool = False,
) -> bytes:
    """The workbook with these rows and words already in it.

    ``regions``: with the seven columns by region besides those by commune group.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    columns = (
        *CRITERION, *INDICATOR, COMMON, *BY_GROUP, *(BY_REGION if regions else ()), *SHAPE,
        *FURTHER,
    )  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": "Bộ tiêu chí nông thôn mới", "comments": "Đình Làng",
                # The same contents are the same file, whenever they are written.
                "created": datetime(2026, 1, 1),
            }
        )  # fmt: skip
        forms = _formats(book)
        table = book.add_worksheet(TABLE_SHEET)
        decision = book.add_worksheet(DECISION_SHEET)
        help_sheet = book.add_worksheet(HELP_SHEET)
        lists = _help(help_sheet, forms, columns, measures, sets)
        _table(table, forms, columns, rows, lists)
        _decision(decision, forms, said, lists)
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
    grid = {**base, "border": 1, "border_color": "#cbd4ce"}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False}),
        "head": book.add_format(
            {**grid, "bold": True, "bg_color": "#e5f1ec", "valign": "vcenter", "align": "center"}
        ),
        "cell": book.add_format({**grid, "num_format": "@"}),
        "middle": book.add_format({**grid, "num_format": "@", "align": "center"}),
        "label": book.add_format({**grid, "bold": True, "bg_color": "#f6f7f4"}),
        "text": book.add_format(base),
        "faint": book.add_format({**base, "font_color": "#4b5c56", "italic": True}),
        "code": book.add_format({**grid, "font_name": "Consolas", "font_size": 10}),
    }


def _table(
    sheet: Any, forms: dict[str, Any], columns: Sequence[Column], rows: Sequence[Row],
    lists: Mapping[str, str],
) -> None:  # fmt: skip
    narrow = {"criterion", "number", "at_least", "unit", "kind", "both_sexes", "common"}
    narrow |= {column.key for column in (*BY_GROUP, *BY_REGION)}
    sheet.set_row(0, 48)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.heading, forms["head"])
        if column.help:
            sheet.write_comment(0, at, column.help, {"x_scale": 2, "font_size": 10})
    for number, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            form = forms["middle" if column.key in narrow else "cell"]
            sheet.write_string(number, at, text(row, column.key), form)
    last = len(rows) + EMPTY_ROWS
    for at, column in enumerate(columns):
        form = forms["middle" if column.key in narrow else "cell"]
        for number in range(len(rows) + 1, len(rows) + 41):
            sheet.write_blank(number, at, None, form)
        if column.key in ("kind", "measure", "other"):
            rule = {
                "validate": "list",
                "source": lists["base" if column.key == "other" else column.key],
                "error_type": "stop" if column.key == "kind" else "information",
                "error_title": "Không có trong danh sách",
                "error_message": "Hãy chọn trong danh sách, hoặc xem trang Hướng dẫn.",
            }  # fmt: skip
            sheet.data_validation(1, at, last, at, rule)
    sheet.freeze_panes(1, 5)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _decision(
    sheet: Any, forms: dict[str, Any], said: Mapping[str, str], lists: Mapping[str, str]
) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 70)
    for at, (key, each) in enumerate(FIELDS.items()):
        label = each.label + (" *" if each.needed else "")
        sheet.write_string(at, 0, label, forms["label"])
        sheet.write_string(at, 1, said.get(key, ""), forms["cell"])
        sheet.write_string(at, 2, each.help, forms["faint"])
        if key in lists:
            sheet.data_validation(at, 1, at, 1, {"validate": "list", "source": lists[key]})
    sheet.write_string(len(FIELDS) + 1, 0, "* phải ghi", forms["faint"])


def _help(
    sheet: Any, forms: dict[str, Any], columns: Sequence[Column],
    measures: Mapping[str, Measure], sets: Sequence[CriteriaSet],
) -> dict[str, str]:  # fmt: skip
    """Writes the instructions; returns where the lists to choose from stand."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 4, 22)
    sheet.write_string(0, 0, "Cách điền bảng tiêu chí", forms["title"])
    row = 2
    for words in (*STEPS, *MODE_HELP):
        sheet.merge_range(row, 0, row, 1, words, forms["text"])
        sheet.set_row(row, 17 * (1 + len(words) // 110) + 1)
        row += 1
    row = _pairs(sheet, forms, row + 1, ("Cột", "Ghi gì"), [(c.heading, c.help) for c in columns])
    lists: dict[str, str] = {}

    def listed(key: str, head: tuple[str, str], pairs: Sequence[tuple[str, str]]) -> None:
        """A list to choose from. A range: the words have commas in them."""
        nonlocal row
        last = row + 2 + max(len(pairs), 1)
        lists[key] = f"='{HELP_SHEET}'!$A${row + 3}:$A${last}"
        row = _pairs(sheet, forms, row + 1, head, pairs)

    listed("kind", ("Kiểu yêu cầu", ""), [(words, "") for words in KINDS.values()])
    for key, each in FIELDS.items():
        if each.choices:
            listed(key, (each.label, ""), [(words, "") for words in each.choices.values()])
    known = [(one.id, f"{one.title} ({one.decision.number or 'chưa rõ số'})") for one in sets]
    listed("base", ("Mã bộ tiêu chí", "Tên bộ"), known)
    by_name = sorted(measures.values(), key=lambda one: sort_key(one.name))
    described = [" · ".join(filter(None, (m.name, KIND_WORDS[m.kind], m.unit))) for m in by_name]
    listed(
        "measure", ("Mã số liệu đã có", "Tên · loại · đơn vị"),
        [(one.id, said) for one, said in zip(by_name, described, strict=True)],
    )  # fmt: skip
    return lists


def _pairs(
    sheet: Any, forms: dict[str, Any], row: int, head: tuple[str, str],
    pairs: Sequence[tuple[str, str]],
) -> int:  # fmt: skip
    """A small table of two columns; returns the first free row below."""
    sheet.write_string(row, 0, head[0], forms["head"])
    sheet.write_string(row, 1, head[1], forms["head"])
    for at, (left, right) in enumerate(pairs, row + 1):
        sheet.write_string(at, 0, left, forms["code"] if "Mã" in head[0] else forms["label"])
        sheet.write_string(at, 1, right, forms["cell"])
    return row + 1 + len(pairs)
