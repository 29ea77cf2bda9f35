"""The Excel workbook, opened again with another library."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from dinhlang.papers.plan import Document, Plan
from dinhlang.plans.rendering.items import KINDS
from dinhlang.plans.rendering.workbook import workbook
from tests.plans.papers import small_plan


@pytest.fixture(scope="module")
def data() -> bytes:
    return workbook(small_plan())


def rows(data: bytes, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by heading."""
    head, *body = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python()
    return [dict(zip(head, row, strict=True)) for row in body]


def test_there_is_an_overview_and_one_sheet_for_each_kind(data: bytes) -> None:
    names = CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names
    assert names == ["Tổng quan", *(kind.name for kind in KINDS)]


def test_money_is_whole_dong_as_a_number(data: bytes) -> None:
    need, source, support, total = rows(data, "Kinh phí")
    assert need["Số tiền"] == 4_200_000_000
    assert (source["Số tiền"], source["Ghi chú"]) == (1_500_000_000, "có điều kiện")
    assert (support["Số tiền"], support["Tính trên"]) == (1_000_000, "hộ")
    assert (total["Nội dung"], total["Số tiền"], total["Từ dòng"]) == (
        "Tổng nhu cầu", 4_300_000_000, 18,
    )  # fmt: skip


def test_full_dates_are_dates(data: bytes) -> None:
    task = rows(data, "Nhiệm vụ")[0]
    assert task["Đến ngày"] == date(2030, 6, 30)
    assert task["Từ ngày"] == ""
    assert rows(data, "Căn cứ")[0]["Ngày"] == date(2030, 1, 2)


def test_values_are_numbers_with_their_unit_beside_them(data: bytes) -> None:
    target = rows(data, "Chỉ tiêu")[0]
    assert (target["So sánh"], target["Giá trị"], target["Đơn vị"]) == ("≥", 95, "%")
    assert rows(data, "Khối lượng")[0]["Khối lượng"] == 1200


def test_every_row_says_its_lines(data: bytes) -> None:
    for kind in KINDS:
        for row in rows(data, kind.name):
            assert 1 <= row["Từ dòng"] <= row["Đến dòng"]


def test_text_that_looks_like_a_formula_stays_text(data: bytes) -> None:
    assert rows(data, "Nhiệm vụ")[1]["Nhiệm vụ"] == "=2+3 là dòng bắt đầu bằng dấu bằng"
    with ZipFile(BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert sheets
        assert not any(b"<f>" in package.read(name) for name in sheets)


def test_heads_are_frozen_and_filtered(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as package:
        for number in range(2, len(KINDS) + 2):
            sheet = package.read(f"xl/worksheets/sheet{number}.xml")
            assert b'state="frozen"' in sheet
            assert b"<autoFilter" in sheet


def test_an_empty_plan_gives_a_workbook_with_empty_sheets() -> None:
    assert rows(workbook(Plan(document=Document())), "Nhiệm vụ") == []
