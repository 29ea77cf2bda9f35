"""The workbook out and in: line by line, nothing half written, twice the same."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from dinhlang.money import sheets
from dinhlang.money.models import MoneyImport, Movement, Need, RowChange, Source
from dinhlang.money.services import balance, importing
from tests.money.books import as_it_goes_out, book, filled
from tests.money.conftest import YEAR, MakeNeed, MakeSource
from tests.money.making import year_of_money
from tests.world import World

pytestmark = pytest.mark.django_db


def bring(world: World, content: bytes) -> MoneyImport:
    return importing.bring_in(
        world.people["officer"], world.places["a"], YEAR, "kinh phí.xlsx", content, uuid4()
    )


def states(found: MoneyImport) -> list[str]:
    return [row.state for row in importing.rows_of(found)]


def errors(found: MoneyImport) -> list[tuple[str, int, str, str]]:
    return [
        (row.sheet, row.number, row.column, row.error)
        for row in importing.rows_of(found)
        if row.error
    ]


def test_the_workbook_comes_back_as_it_went_out_without_any_change(world: World) -> None:
    year_of_money(world, YEAR)
    content = as_it_goes_out(world, YEAR)
    found = bring(world, content)
    assert errors(found) == []
    assert set(states(found)) == {"same"}
    assert len(states(found)) == 6 + 5 + Movement.objects.count()


def test_lists_to_choose_from_stand_in_the_workbook(world: World) -> None:
    year_of_money(world, YEAR)
    opened = CalamineWorkbook.from_filelike(BytesIO(as_it_goes_out(world, YEAR)))
    assert opened.sheet_names == [
        sheets.NEEDS, sheets.SOURCES, sheets.LEDGER, sheets.LISTS, sheets.HELP,
    ]  # fmt: skip
    lists = opened.get_sheet_by_name(sheets.LISTS).to_python()
    words = {str(cell) for row in lists for cell in row}
    assert {"Thôn Đình Hạ", "1.2 Hạ tầng kinh tế - xã hội", "Đã giải ngân"} <= words
    assert any(word.startswith("N") and "Nhà đa năng" in word for word in words)


def test_good_lines_are_written_once_and_wrong_ones_are_told_with_their_cell(world: World) -> None:
    found = bring(world, filled(world, YEAR))
    assert not Need.objects.exists()
    assert errors(found) == [(sheets.NEEDS, 3, "Thôn", "Xã không có thôn “Không Có”.")]
    officer = world.people["officer"]
    for _ in range(2):
        done = importing.write(officer, found.pk)
    assert done.written == {"new": 2, "changed": 0}
    need, source = Need.objects.get(), Source.objects.get()
    assert (need.amount, need.village, need.is_works) == (85_000_000, world.places["a1"], True)
    assert (source.kind, source.amount) == ("enterprise", 150_000_000)


def test_the_same_file_again_changes_nothing(world: World) -> None:
    content = filled(world, YEAR)
    importing.write(world.people["officer"], bring(world, content).pk)
    again = bring(world, content)
    assert sorted(states(again)) == ["same", "same", "wrong"]
    importing.write(world.people["officer"], again.pk)
    assert (Need.objects.count(), Source.objects.count(), RowChange.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    ("sheet", "said", "column", "words"),
    [
        ("needs", {"text": "Đường", "amount": "nhiều"}, "Số tiền (đồng)", "Số tiền ghi như"),
        ("needs", {"text": "Đường", "amount": 5}, "Số tiền (đồng)", "ghi cả đơn vị"),
        ("needs", {"amount": 5_000_000, "note": "x"}, "Nội dung", "ghi nội dung"),
        ("needs", {"text": "Đường", "amount": 5_000_000, "due": "31/2"}, "Cần trước ngày",
         "Ngày ghi như"),
        ("needs", {"key": str(uuid4()), "text": "Đường", "amount": 5_000_000}, "Mã (không sửa)",
         "không có trong năm"),
        ("sources", {"text": "Vay", "kind": "Vay nóng"}, "Loại nguồn", "Không có loại nguồn"),
        ("ledger", {"need": "Đường", "amount": 1_000_000}, "Bước", "chọn bước"),
        ("ledger", {"step": "Dự kiến", "need": "N999", "amount": 1_000_000, "day": "1/3"},
         "Nhu cầu", "Không tìm thấy"),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_named(
    world: World, sheet: str, said: dict[str, object], column: str, words: str
) -> None:
    [(_, number, where, error)] = errors(bring(world, book(**{sheet: [said]})))
    assert (number, where) == (2, column)
    assert words in error


def test_movements_name_needs_and_sources_by_their_words_or_numbers(
    world: World, need: MakeNeed, source: MakeSource
) -> None:
    here, money = need(is_works=True), source()
    lines: list[dict[str, object]] = [
        {"day": "5/1", "step": "Đã phân bổ", "need": sheets.need_name(here),
         "source": "ngân sách xã", "amount": 2_000_000, "paper": "QĐ 1"},
        {"day": "5/2", "step": "Đã giải ngân", "need": "đường thôn",
         "source": sheets.source_name(money), "amount": 1_000_000, "paper": "PC 1"},
    ]  # fmt: skip
    found = bring(world, book(ledger=lines))
    assert errors(found) == []
    importing.write(world.people["officer"], found.pk)
    assert list(Movement.objects.values_list("step", "amount")) == [
        ("allocated", 2_000_000), ("disbursed", 1_000_000),
    ]  # fmt: skip
    again = bring(world, book(ledger=lines))
    assert states(again) == ["same", "same"]


def test_a_movement_that_stands_is_not_changed_by_a_file(
    world: World, need: MakeNeed, source: MakeSource
) -> None:
    year_of_money(world, YEAR)
    row = Movement.objects.filter(step="planned")[0]
    line = {
        "key": str(row.key), "day": f"{row.day:%d/%m/%Y}", "step": "Dự kiến",
        "need": sheets.need_name(row.need), "source": sheets.source_name(row.source),
        "amount": row.amount + 1, "paper": row.paper,
    }  # fmt: skip
    [(*_, error)] = errors(bring(world, book(ledger=[line])))
    assert "không sửa được" in error


def test_nothing_is_half_written_when_one_line_is_refused(
    world: World, need: MakeNeed, source: MakeSource
) -> None:
    need(), source("Ngân sách xã", 1_000_000)
    content = book(
        needs=[{"text": "Khác", "amount": 3_000_000}],
        ledger=[{"day": "5/1", "step": "Đã phân bổ", "need": "Đường thôn",
                 "source": "Ngân sách xã", "amount": 2_000_000, "paper": "QĐ 1"}],
    )  # fmt: skip
    found = bring(world, content)
    with pytest.raises(balance.BadRow, match=r"dòng 2: .*vượt.*Chưa dòng nào được ghi"):
        importing.write(world.people["officer"], found.pk)
    assert Need.objects.count() == 1
    assert not Movement.objects.exists()


def test_a_row_somebody_changed_after_the_reading_stops_the_writing(
    world: World, need: MakeNeed
) -> None:
    row = need()
    line: dict[str, object] = {"key": str(row.key), "text": row.text, "amount": 9_000_000}
    found = bring(world, book(needs=[line]))
    assert states(found) == ["changed"]
    balance.change_need(world.people["leader"], row.pk, uuid4(), 0, {"amount": 7_000_000})
    with pytest.raises(balance.BadRow, match="vừa sửa cùng chỗ này"):
        importing.write(world.people["officer"], found.pk)
    row.refresh_from_db()
    assert row.amount == 7_000_000


@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04xxxx"])
def test_what_is_no_workbook_is_refused(world: World, content: bytes) -> None:
    with pytest.raises(sheets.BadSheet, match="Không mở được"):
        bring(world, content)
