"""Lists out as Excel and in again, with what is wrong said line by line."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from dinhlang.money import support_sheets
from dinhlang.money.models import Beneficiary, Pledge, SupportImport
from dinhlang.money.services import support_importing
from dinhlang.money.services.trouble import BadRow
from dinhlang.money.support_sheets import BENEFICIARIES, PLEDGES, BadSheet
from dinhlang.people.models import AuditLine
from tests.money.giving import YEAR, a_household, a_pledge, a_policy, a_receipt, identity, today_is
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch)


def a_file(columns: Any, rows: list[dict[str, Any]]) -> bytes:
    """A workbook somebody filled by hand: texts and numbers as given."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    for at, column in enumerate(columns):
        sheet.write(0, at, column.title)
    for line, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            if column.field in row:
                sheet.write(line, at, row[column.field])
    book.close()
    return out.getvalue()


def cells(data: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return book.get_sheet_by_name("Danh sách").to_python()


def test_a_list_is_read_line_by_line_and_written_when_confirmed(world: World) -> None:
    policy, officer = a_policy(world), world.people["officer"]
    a_household(world, policy, "Đã có", identity=identity(1))
    sent = a_file(
        BENEFICIARIES,
        [
            {"name": "Lê Thị Ba", "village": "Đình Thượng", "identity": "001099012345"},
            {"name": "Trần Văn Bốn", "village": "thôn đình hạ", "identity": 1099012346},
            {"name": "Sai thôn", "village": "Thôn Lạ"},
            {"name": "Sai số", "identity": "123"},
            {"name": "Trùng", "identity": identity(1)},
            {"name": "Trùng có lý do", "identity": identity(1), "double_reason": "hai công trình"},
            {"name": "Lê Thị Ba", "village": "Đình Thượng", "identity": "001099012345"},
            {"name": "Lượng lẻ", "quantity": 2.5},
        ],
    )
    found = support_importing.bring_in_list(officer, policy, "a.xlsx", sent, uuid4())
    errors = {row["number"]: row["error"] for row in found.rows}
    assert not errors[2]
    assert not errors[3]
    assert "Thôn Lạ" in errors[4]
    assert "12 chữ số" in errors[5]
    assert "Trùng số định danh" in errors[6]
    assert not errors[7]
    assert errors[8] == "Trùng với dòng 2 của tệp."
    assert not errors[9]
    assert policy.beneficiaries.count() == 1
    for _ in range(2):
        done = support_importing.write(officer, found.pk)
    assert done.written == 4
    rows = {row.name: row for row in policy.beneficiaries.all()}
    assert rows["Trần Văn Bốn"].identity == "001099012346"
    assert rows["Trần Văn Bốn"].village == world.places["a2"]
    assert rows["Lượng lẻ"].amount == 2_500_000
    assert "001099012345" not in str(SupportImport.objects.get().rows)


def test_one_form_is_one_import_and_what_went_out_comes_in_unchanged(world: World) -> None:
    officer, place = world.people["officer"], world.places["a"]
    a_pledge(world, village=world.places["a1"].pk)
    a_pledge(world, "Thôn", kind="people_labour", quantity=2500, price=250_000, is_public=False)
    browser = Client()
    browser.force_login(officer)
    out = browser.get(reverse("money:pledges-out", args=[place.pk]), {"nam": YEAR})
    data = b"".join(out.streaming_content)  # type: ignore[attr-defined]
    key = uuid4()
    found = [
        support_importing.bring_in_pledges(officer, place, YEAR, "b.xlsx", data, key)
        for _ in range(2)
    ]
    assert found[0] == found[1]
    assert all(row["old"] for row in found[0].rows)
    support_importing.write(officer, found[0].pk)
    assert Pledge.objects.count() == 2


def test_pledges_come_in_and_the_same_again_are_refused(world: World) -> None:
    officer, place = world.people["officer"], world.places["a"]
    sent = a_file(
        PLEDGES,
        [
            {"giver": "Nhà A", "kind": "tiền mặt", "amount": 2000000, "due": "30/9"},
            {"giver": "Nhà B", "kind": "ngày công", "quantity": "2,5", "price": "250.000",
             "is_public": "Không"},
            {"giver": "Nhà C", "kind": "vàng"},
            {"giver": "Nhà D", "kind": "tiền mặt", "amount": "nhiều"},
        ],
    )  # fmt: skip
    first = support_importing.bring_in_pledges(officer, place, YEAR, "c.xlsx", sent, uuid4())
    assert [bool(row["error"]) for row in first.rows] == [False, False, True, True]
    assert support_importing.write(officer, first.pk).written == 2
    labour = Pledge.objects.get(giver="Nhà B")
    assert (labour.amount, labour.unit, labour.is_public) == (625_000, "ngày công", False)
    again = support_importing.bring_in_pledges(officer, place, YEAR, "c.xlsx", sent, uuid4())
    assert [row["error"] for row in again.rows[:2]] == [
        "Đã có một đăng ký giống hệt của người này."
    ] * 2


def test_all_or_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    policy, officer = a_policy(world), world.people["officer"]
    sent = a_file(BENEFICIARIES, [{"name": "Một"}, {"name": "Hai", "identity": identity(5)}])
    found = support_importing.bring_in_list(officer, policy, "a.xlsx", sent, uuid4())
    # Meanwhile somebody else writes the second one down.
    a_household(world, policy, "Người khác", identity=identity(5))
    with pytest.raises(BadRow, match="Dòng 2"):
        support_importing.write(officer, found.pk)
    assert policy.beneficiaries.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"khong phai excel", "Không mở được"),
        (a_file(PLEDGES, []), "thiếu dòng tiêu đề"),
        (a_file(BENEFICIARIES, []), "chưa điền dòng nào"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(BadSheet, match=words):
        support_sheets.read(content, BENEFICIARIES)


def test_a_name_that_looks_like_a_formula_stays_a_name(world: World) -> None:
    policy = a_policy(world)
    a_household(world, policy, "=1+1")
    browser = Client()
    browser.force_login(world.people["officer"])
    out = browser.get(reverse("money:list-out", args=[policy.pk]))
    data = b"".join(out.streaming_content)  # type: ignore[attr-defined]
    assert any("=1+1" in row for row in cells(data))


def test_numbers_are_masked_in_the_file_of_who_may_only_look(world: World) -> None:
    policy = a_policy(world)
    a_household(world, policy, identity="001099012345")
    texts = {}
    for who in ("officer", "province"):
        browser = Client()
        browser.force_login(world.people[who])
        out = browser.get(reverse("money:list-out", args=[policy.pk]))
        texts[who] = str(cells(b"".join(out.streaming_content)))  # type: ignore[attr-defined]
    assert "001099012345" in texts["officer"]
    assert "001099012345" not in texts["province"]
    assert "•••345" in texts["province"]
    assert AuditLine.objects.filter(verb="xuất danh sách hỗ trợ").count() == 2


def test_the_template_offers_villages_and_groups_and_the_page_shows_the_lines(
    world: World,
) -> None:
    policy = a_policy(world)
    browser = Client()
    browser.force_login(world.people["officer"])
    out = browser.get(reverse("money:list-template", args=[policy.pk]))
    rows = cells(b"".join(out.streaming_content))  # type: ignore[attr-defined]
    assert rows[3][0] == "Họ và tên"
    sent = a_file(BENEFICIARIES, [{"name": "Mới"}, {"name": "Sai", "identity": "1"}])
    answer = browser.post(
        reverse("money:list-in", args=[policy.pk]),
        {"tep": SimpleUploadedFile("danh sách.xlsx", sent), "luot": str(uuid4())}, follow=True,
    )  # fmt: skip
    assert "1 dòng cần sửa" in answer.content.decode()
    assert "1 dòng sẽ ghi" in answer.content.decode()
    found = SupportImport.objects.get()
    browser.post(reverse("money:support-import-write", args=[found.pk]))
    assert Beneficiary.objects.get().name == "Mới"


def test_the_ledger_goes_out_with_its_numbers(world: World) -> None:
    a_receipt(world)
    browser = Client()
    browser.force_login(world.people["province"])
    out = browser.get(reverse("money:receipts-out", args=[world.places["a"].pk]), {"nam": YEAR})
    rows = cells(b"".join(out.streaming_content))  # type: ignore[attr-defined]
    assert rows[4][2] == "Gia đình Một"
    assert rows[4][8] == 500_000
