"""The tables of a paper as a workbook: a sheet a table, the cells as on paper."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import xlsxwriter

from dinhlang.vietnamese import parse_number

from .tree import Block, Heading, Paper, Table, plain

_BAD = re.compile(r"[\[\]:*?/\\]")
_PLAIN_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?|-?\d+(?:,\d+)?")

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def to_xlsx(paper: Paper) -> bytes | None:
    """The bytes of a workbook; None where the paper has no table.

    Numbers are numbers, so that Excel adds them; everything else is text and never a formula.
    """
    tables = _tables(paper)
    if not tables:
        return None
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    forms = {
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True,
                                 "valign": "vcenter"}),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "strong": book.add_format({"border": 1, "bold": True, "text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True}),
    }  # fmt: skip
    used: set[str] = set()
    for title, table in tables:
        _sheet(book, _name(title, used), title, table, forms)
    book.close()
    return out.getvalue()


def _tables(paper: Paper) -> list[tuple[str, Table]]:
    found: list[tuple[str, Table]] = []
    parts: list[tuple[str, tuple[Block, ...]]] = [(paper.kind or paper.about, paper.blocks)]
    parts += [(annex.title, annex.blocks) for annex in paper.annexes]
    for title, blocks in parts:
        for block in blocks:
            if isinstance(block, Heading):
                title = plain(block.text)
            elif isinstance(block, Table):
                found.append((title, block))
    return found


def _name(title: str, used: set[str]) -> str:
    name = _BAD.sub(" ", title).strip("' ")[:28] or "Bảng"
    number = 2
    fresh = name
    while fresh.lower() in used:
        fresh, number = f"{name[:26]} {number}", number + 1
    used.add(fresh.lower())
    return fresh


def _sheet(book: Any, name: str, title: str, table: Table, forms: dict[str, Any]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, forms["title"])
    if table.unit:
        sheet.write_string(1, 0, table.unit)
    total = sum(column.share for column in table.columns)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, max(6, 100 * column.share / total))
        sheet.write_string(2, at, column.title, forms["head"])
    sheet.freeze_panes(3, 0)
    for line, row in enumerate(table.rows, 3):
        form = forms["strong" if row.strong else "cell"]
        cells = [row.cells[0], *[""] * (row.span - 1), *row.cells[1:]]
        cells += [""] * (len(table.columns) - len(cells))
        for at, words in enumerate(cells):
            _write(sheet, line, at, words, form)
        if row.span > 1:
            sheet.merge_range(line, 0, line, row.span - 1, row.cells[0], form)


def _write(sheet: Any, line: int, at: int, words: str, form: Any) -> None:
    number = parse_number(words) if _PLAIN_NUMBER.fullmatch(words) else None
    if number is None or (len(words) > 1 and words[0] == "0" and "," not in words):
        sheet.write_string(line, at, words, form)
    else:
        sheet.write_number(line, at, float(number), form)
