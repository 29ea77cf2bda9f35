"""Tables as a workbook."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from python_calamine import load_workbook

from dinhlang.papers.writing.sheet import to_xlsx
from dinhlang.papers.writing.tree import Column, Row, Table
from tests.papers.writing.making import paper


def rows(data: bytes | None, sheet: int = 0) -> list[list[object]]:
    assert data is not None
    return load_workbook(BytesIO(data)).get_sheet_by_index(sheet).to_python()


def test_each_table_is_a_sheet_named_by_what_stands_above_it() -> None:
    data = to_xlsx(paper(rows=2))
    assert data is not None
    assert load_workbook(BytesIO(data)).sheet_names == [
        "một nội dung.", "Khối lượng theo thôn", "Kinh phí"
    ]  # fmt: skip


def test_cells_are_those_on_paper_and_numbers_can_be_added() -> None:
    found = rows(to_xlsx(paper(rows=2)))
    assert found[2] == ["TT", "Nội dung", "Số tiền"]
    assert found[3] == ["Tiêu chí Giao thông", "", 17500.0]
    assert found[4] == [1.0, "Đường trục thôn số 1", 350.0]


def test_nothing_becomes_a_formula_and_leading_noughts_stay() -> None:
    table = Table(
        columns=(Column(title="A"), Column(title="B")), rows=(Row(cells=("=1+1", "007")),)
    )
    found = rows(to_xlsx(replace(paper(), blocks=(table,), annexes=())))
    assert found[3] == ["=1+1", "007"]


def test_a_paper_without_tables_has_no_workbook() -> None:
    assert to_xlsx(replace(paper(), blocks=(), annexes=())) is None
