"""The items of a plan as an Excel workbook: an overview, then one sheet for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

import xlsxwriter

from dinhlang.papers.plan import Deadline, Lines, Plan

from . import words
from .page import overview, title

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and ``money`` or ``wrap`` where needed."""

    name: str
    width: int
    form: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its columns, and how a plan fills it. ``Dòng`` is added at the end."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Plan], Iterable[tuple[Lines | None, Sequence[Value]]]]


def workbook(plan: Plan) -> bytes:
    """The workbook's bytes. Numbers are numbers, money is whole đồng, full dates are dates.

    Text is never taken for a formula, whatever it starts with.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title(plan), "comments": "Đình Làng"})
        forms = formats(book)
        _overview(book, forms, plan)
        for sheet in SHEETS:
            _fill(book.add_worksheet(sheet.name), forms, sheet, plan)
    return out.getvalue()


def formats(book: Any) -> dict[str, Any]:
    """The cell formats by name: plain, head, title, money, number, whole, date."""
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    return {
        "": book.add_format({**base, "text_wrap": True}),
        "head": book.add_format(
            {**base, "bold": True, "text_wrap": True, "bg_color": "#E5F1EC", "bottom": 1}
        ),
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "money": book.add_format({**base, "num_format": '#,##0 "đồng"'}),
        "number": book.add_format({**base, "num_format": "#,##0.######"}),
        "whole": book.add_format({**base, "num_format": "0"}),
        "date": book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"}),
    }


def _overview(book: Any, forms: dict[str, Any], plan: Plan) -> None:
    sheet = book.add_worksheet("Tổng quan")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, title(plan), forms["title"])
    row = 2
    for fact in overview(plan):
        sheet.write_string(row, 0, fact.label, forms["head"])
        sheet.write_string(row, 1, fact.value, forms[""])
        row += 1
    row += 1
    sheet.write_string(row, 0, "Loại mục", forms["head"])
    sheet.write_string(row, 1, "Số mục", forms["head"])
    for kind in SHEETS:
        row += 1
        sheet.write_string(row, 0, kind.name, forms[""])
        sheet.write_number(row, 1, sum(1 for _ in kind.rows(plan)), forms["whole"])
    sheet.set_landscape()


def _fill(sheet: Any, forms: dict[str, Any], kind: Sheet, plan: Plan) -> None:
    columns = (*kind.columns, Column("Từ dòng", 9), Column("Đến dòng", 9))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.name, forms["head"])
    last = 0
    for last, (lines, values) in enumerate(kind.rows(plan), start=1):
        first, final = lines or (None, None)
        for place, (column, value) in enumerate(zip(columns, (*values, first, final), strict=True)):
            write(sheet, last, place, value, column.form, forms)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def write(sheet: Any, row: int, place: int, value: Value, form: str, forms: dict[str, Any]) -> None:
    """Write a cell: numbers as numbers, days as days, text never as a formula."""
    if value is None or value == "":
        sheet.write_blank(row, place, None, forms[""])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, forms["date"])
    elif isinstance(value, int):
        sheet.write_number(row, place, value, forms[form or "whole"])
    elif isinstance(value, Decimal):
        sheet.write_number(row, place, value, forms["number"])
    else:
        sheet.write_string(row, place, value[:32_000], forms[""])


def _number(text: str | None) -> Value:
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _date(iso: str | None) -> Value:
    if not iso:
        return None
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return words.date(iso)


def _list(values: Iterable[object]) -> str:
    return "; ".join(str(value) for value in values)


def _due(deadline: Deadline | None) -> tuple[Value, Value, Value]:
    if deadline is None:
        return None, None, None
    return _date(deadline.start), _date(deadline.end), deadline.text


def _criteria(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for c in plan.criteria:
        level = words.LEVELS[c.level] if c.level else None
        status = words.STATUSES[c.status] if c.status else None
        yield c.lines, (c.number, c.name, level, status, _list(g.text for g in c.gaps))


def _targets(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for t in plan.targets:
        compare = "Có" if t.comparator == "yes" else words.COMPARATORS[t.comparator] or "="
        yield t.lines, (t.code, t.text, compare, _number(t.value), t.unit, t.criterion,
                        t.place, t.year, t.group, _list(t.exceptions))  # fmt: skip
    for g in plan.groups:
        of = f" trong {g.rule.of}" if g.rule.of else ""
        rule = f"Ít nhất {g.rule.at_least}{of}"
        yield g.lines, (None, g.name, rule, None, None, None, None, None, None,
                        _list(g.targets))  # fmt: skip


def _quantities(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for q in plan.quantities:
        yield q.lines, (q.text, _number(q.value), q.unit, q.place)


def _tasks(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for t in plan.tasks:
        yield t.lines, (t.text, _list(t.lead), _list(t.partners), *_due(t.deadline),
                        _list(t.criteria), _list(t.targets), _list(t.places))  # fmt: skip


def _duties(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for d in plan.duties:
        yield d.lines, (d.office, words.ROLES[d.role], d.text, _list(d.criteria))


def _schedule(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for s in plan.schedule:
        yield s.lines, (words.period(s.period), _list(s.months), s.text, _list(s.completes),
                        None, None)  # fmt: skip
    for place, wave in enumerate(plan.campaign.waves if plan.campaign else (), start=1):
        yield wave.lines, (f"Đợt {place}", None, None, None, _date(wave.start), _date(wave.end))


def _funding(plan: Plan) -> Iterable[tuple[Lines | None, Sequence[Value]]]:
    funding = plan.funding
    for n in funding.needs:
        yield n.lines, ("Nhu cầu", n.text, n.amount, None, n.criterion, None, None)
    for s in funding.sources:
        when = "có điều kiện" if s.conditional else None
        yield s.lines, ("Nguồn vốn", s.text, s.amount, None, None, when, None)
    for p in plan.support:
        yield p.lines, ("Chính sách hỗ trợ", p.text, p.amount, p.per, None, None, p.basis)
    said = funding.stated
    for name, amount, lines in (
        ("Tổng nhu cầu", said.needs, said.needs_lines),
        ("Tổng nguồn vốn", said.sources, said.sources_lines),
        ("Cân đối", said.balance, said.balance_lines),
    ):
        if amount is not None:
            yield lines, ("Số tổng trong văn bản", name, amount, None, None, None, None)


def _reports(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for r in plan.reporting:
        yield r.lines, (r.from_, r.to, words.PERIODS[r.period], words.due(r.due),
                        _list(r.channels))  # fmt: skip


def _bases(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for b in plan.legal_bases:
        where = "Căn cứ ban hành" if b.preamble else "Dẫn trong nội dung"
        yield b.lines, (b.kind, b.number, _date(b.date), b.issuer, b.title, where)


def _villages(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for v in plan.villages:
        goal = words.LEVELS[v.goal] if v.goal else None
        yield v.lines, (v.name, goal, words.STATUSES[v.status] if v.status else None)


def _movements(plan: Plan) -> Iterable[tuple[Lines, Sequence[Value]]]:
    for m in plan.movements:
        yield m.lines, (m.name,)


def _findings(plan: Plan) -> Iterable[tuple[Lines | None, Sequence[Value]]]:
    for f in plan.findings:
        lines = f.lines[0] if f.lines else None
        yield lines, (words.SEVERITIES[f.severity], f.code, f.message, f.advice, _list(f.quotes))


SHEETS = (
    Sheet("Tiêu chí", (Column("Số", 6), Column("Tên tiêu chí", 36), Column("Mức", 26),
          Column("Trạng thái", 16), Column("Còn thiếu", 60)), _criteria),
    Sheet("Chỉ tiêu", (Column("Mã", 8), Column("Chỉ tiêu", 60), Column("So sánh", 14),
          Column("Giá trị", 12), Column("Đơn vị", 20), Column("Tiêu chí", 9),
          Column("Nơi áp dụng", 20), Column("Năm", 7), Column("Thuộc nhóm", 24),
          Column("Ngoại trừ / gồm", 30)), _targets),
    Sheet("Khối lượng", (Column("Nội dung", 60), Column("Khối lượng", 14), Column("Đơn vị", 14),
          Column("Nơi làm", 24)), _quantities),
    Sheet("Nhiệm vụ", (Column("Nhiệm vụ", 60), Column("Chủ trì", 30), Column("Phối hợp", 30),
          Column("Từ ngày", 12), Column("Đến ngày", 12), Column("Thời hạn trong văn bản", 24),
          Column("Tiêu chí", 10), Column("Chỉ tiêu", 10), Column("Địa bàn", 20)), _tasks),
    Sheet("Phân công", (Column("Cơ quan, đơn vị", 40), Column("Vai trò", 18),
          Column("Nội dung", 60), Column("Tiêu chí", 12)), _duties),
    Sheet("Lộ trình", (Column("Thời gian", 16), Column("Tháng", 10), Column("Nội dung", 60),
          Column("Hoàn thành tiêu chí", 14), Column("Từ ngày", 12), Column("Đến ngày", 12)),
          _schedule),
    Sheet("Kinh phí", (Column("Loại", 22), Column("Nội dung", 60),
          Column("Số tiền", 24, "money"), Column("Tính trên", 16), Column("Tiêu chí", 9),
          Column("Ghi chú", 16), Column("Theo văn bản", 22)), _funding),
    Sheet("Báo cáo", (Column("Đơn vị báo cáo", 40), Column("Gửi", 30), Column("Kỳ", 18),
          Column("Hạn", 24), Column("Cách gửi", 20)), _reports),
    Sheet("Căn cứ", (Column("Loại", 16), Column("Số, ký hiệu", 20), Column("Ngày", 12),
          Column("Cơ quan", 30), Column("Về việc", 60), Column("Dẫn ở", 18)), _bases),
    Sheet("Thôn", (Column("Thôn, khu, bản", 30), Column("Mục tiêu", 30),
          Column("Trạng thái", 16)), _villages),
    Sheet("Phong trào", (Column("Phong trào, cuộc vận động", 80),), _movements),
    Sheet("Lỗi", (Column("Mức", 12), Column("Mã", 18), Column("Nội dung", 70),
          Column("Cách sửa", 50), Column("Trích văn bản", 50)), _findings),
)  # fmt: skip
