"""The workbook to fill: its lists hold what the columns take, and its help says what they want."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest
from python_calamine import CalamineWorkbook

from dinhlang.law.library import shipped
from dinhlang.lawbook import template
from dinhlang.lawbook.sheet.columns import COLUMNS, KINDS
from dinhlang.lawbook.sheet.decision import FIELDS, LEVELS, MODES, SUBJECTS


@pytest.fixture(scope="module")
def data() -> bytes:
    library = shipped()
    return template.workbook([], {}, library.measures, list(library.sets.values()), regions=True)


def choices(data: bytes, sheet: int) -> dict[str, list[str]]:
    """What each first cell of a drop-down offers."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(f"xl/worksheets/sheet{sheet}.xml").decode()
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        rows = book.get_sheet_by_name(template.HELP_SHEET).to_python(skip_empty_area=False)
    found = {}
    for cell, formula in re.findall(r'sqref="(\w+)[^"]*"[^>]*><formula1>(.*?)</formula1>', xml):
        first, last = map(int, re.findall(r"\$A\$(\d+)", unescape(formula)))
        found[cell] = [str(row[0]) for row in rows[first - 1 : last]]
    return found


def test_every_drop_down_offers_exactly_what_is_understood(data: bytes) -> None:
    library = shipped()
    table, decision = choices(data, 1), choices(data, 2)
    assert list(KINDS.values()) in table.values()
    assert sorted(library.measures) in [sorted(each) for each in table.values()]
    keys = list(FIELDS)
    for key, words in (("mode", MODES), ("level", LEVELS), ("subject", SUBJECTS)):
        assert decision[f"B{keys.index(key) + 1}"] == list(words.values())
    assert decision[f"B{keys.index('base') + 1}"] == list(library.sets)


def test_every_column_is_there_and_explained(data: bytes) -> None:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        (head, *_) = book.get_sheet_by_name("Tiêu chí").to_python()
        words = str(book.get_sheet_by_name(template.HELP_SHEET).to_python())
    assert head == [column.heading for column in COLUMNS]
    assert all(column.help and column.help in words for column in COLUMNS)


def test_the_same_contents_make_the_same_file(data: bytes) -> None:
    library = shipped()
    again = template.workbook([], {}, library.measures, list(library.sets.values()), regions=True)
    assert again == data
