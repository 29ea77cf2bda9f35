"""The pages of support and contributions: what they show, save, hide, and how often they ask."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dinhlang.money.models import Beneficiary, Pledge, Policy, Receipt, SupportProposal
from dinhlang.money.services import beneficiaries, contributions, publishing
from dinhlang.people.models import AuditLine
from dinhlang.plans.models import Review
from dinhlang.plans.services import plans as accepting
from dinhlang.plans.services import uploads
from tests.money.giving import (
    TODAY,
    YEAR,
    a_household,
    a_pledge,
    a_policy,
    a_receipt,
    check,
    households,
    identity,
    pay,
    today_is,
)
from tests.world import World

pytestmark = pytest.mark.django_db
COUNTS = Path(__file__).parent / "support_query_counts.json"
NUMBER = "001099012345"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch)


def browser(world: World, who: str = "officer") -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


def text(client: Client, route: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(reverse(route, args=args), query)
    assert answer.status_code == status
    return str(answer.content.decode())


# --- Whole numbers and masked ones ----------------------------------------------------------------

SHOWING = ("money:policy", "money:signing-list", "money:beneficiary")


@pytest.mark.parametrize(("who", "whole"), [("officer", True), ("province", False)])
def test_whole_identity_numbers_are_only_for_those_who_may_change_them(
    world: World, who: str, whole: bool
) -> None:
    policy = a_policy(world)
    row = a_household(world, policy, identity=NUMBER)
    check(world, policy, [row])
    client = browser(world, who)
    for route in SHOWING:
        shown = text(client, route, row.pk if route.endswith("beneficiary") else policy.pk)
        assert (NUMBER in shown) == whole, route
        assert whole or "•••345" in shown, route


def test_who_sees_a_masked_number_cannot_look_for_its_digits(world: World) -> None:
    policy = a_policy(world)
    a_household(world, policy, "Lê Thị Kín", identity=NUMBER)
    assert "Lê Thị Kín" in text(browser(world), "money:policy", policy.pk, q="9901")
    assert "Lê Thị Kín" not in text(browser(world, "province"), "money:policy", policy.pk, q="9901")
    assert "Lê Thị Kín" in text(browser(world, "province"), "money:policy", policy.pk, q="le thi")


def test_the_list_to_sign_has_the_columns_the_sum_and_its_words(world: World) -> None:
    policy = a_policy(world)
    rows = households(world, policy, 3)
    check(world, policy, rows[:2])
    shown = text(browser(world), "money:signing-list", policy.pk)
    for words in ("Họ và tên", "Số định danh/ CCCD", "Địa chỉ", "Số tiền (đồng)", "Ký nhận",
                  "2.000.000", "Hai triệu đồng", identity(1)):  # fmt: skip
        assert words in shown
    assert identity(3) not in shown
    everybody = text(browser(world), "money:signing-list", policy.pk, muc="tat-ca")
    assert "3.000.000" in everybody


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_each_file_of_the_list_is_noted_without_anybodys_number(
    world: World, kind: str, start: bytes
) -> None:
    policy = a_policy(world, technical="")
    a_household(world, policy, identity=NUMBER)
    answer = browser(world).get(
        reverse("money:signing-list", args=[policy.pk]), {"dang": kind}
    )  # fmt: skip
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(start)
    line = AuditLine.objects.get(verb="xuất bảng kê hỗ trợ")
    assert json.loads(line.details) == {"dạng": kind, "số dòng": 1}


# --- The grid -------------------------------------------------------------------------------------


def send(client: Client, policy: Policy, *rows: Mapping[str, Any]) -> dict[str, Any]:
    answer = client.post(
        reverse("money:list-save", args=[policy.pk]), json.dumps({"rows": list(rows)}),
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 200
    return dict(answer.json())


def test_each_line_of_the_grid_is_good_or_refused_by_itself(world: World) -> None:
    policy, client = a_policy(world), browser(world)
    a_household(world, policy, "Đã có", identity=NUMBER)
    answer = send(
        client, policy,
        {"key": str(uuid4()), "name": "Mới", "group": "hộ nghèo", "quantity": "2"},
        {"key": str(uuid4()), "name": "Sai", "identity": "12"},
        {"key": str(uuid4()), "name": "Trùng", "identity": NUMBER},
    )  # fmt: skip
    good, wrong, double = answer["results"]
    assert (good["amount"], good["state"]) == ("2 triệu", "listed")
    assert wrong["field"] == "identity"
    assert double["double"]
    assert (answer["totals"]["count"], answer["totals"]["waiting"]) == ("2", "2")
    assert answer["totals"]["amount"] == answer["totals"]["waiting_amount"]


def test_a_line_sent_twice_is_one_row_and_a_change_of_it_stays(world: World) -> None:
    policy, client, key = a_policy(world), browser(world), str(uuid4())
    for _ in range(2):
        first = send(client, policy, {"key": key, "name": "Mới"})["results"][0]
    assert policy.beneficiaries.count() == 1
    changed = {"key": str(uuid4()), "pk": first["pk"], "seen": first["seen"], "name": "Mới hơn"}
    assert send(client, policy, changed)["results"][0]["seen"] == 1
    assert policy.beneficiaries.get().name == "Mới hơn"


def test_two_in_one_grid_line_the_second_is_told_and_may_write_again(world: World) -> None:
    policy = a_policy(world)
    row = a_household(world, policy, address="Xóm 1")
    base = {"pk": row.pk, "seen": 0, "name": row.name, "village": str(row.village_id),
            "group": row.group, "quantity": "1"}  # fmt: skip
    send(browser(world), policy, base | {"key": str(uuid4()), "address": "Xóm 2"})
    mine = base | {"key": str(uuid4()), "address": "Xóm 3"}
    answer = send(browser(world, "leader"), policy, mine)["results"][0]
    assert "Xóm 2" in answer["error"]
    again = mine | {"key": str(uuid4()), "seen": answer["seen"]}
    assert "error" not in send(browser(world, "leader"), policy, again)["results"][0]
    row.refresh_from_db()
    assert row.address == "Xóm 3"


@pytest.mark.parametrize("body", ["[]", '{"rows": 5}', '{"rows": [{}]}', '{"rows": [{"key": 1}]}'])
def test_what_is_no_grid_is_refused(world: World, body: str) -> None:
    answer = browser(world).post(
        reverse("money:list-save", args=[a_policy(world).pk]), body,
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 400


def test_without_a_script_the_page_is_a_form_that_keeps_what_was_typed(world: World) -> None:
    policy, client = a_policy(world), browser(world)
    row = a_household(world, policy, "Hộ cũ", identity=NUMBER)
    data = {
        "luot": str(uuid4()),
        f"name.{row.pk}": "Hộ cũ sửa", f"village.{row.pk}": str(row.village_id),
        f"identity.{row.pk}": NUMBER, f"seen.{row.pk}": "0", f"quantity.{row.pk}": "1",
        "name.moi1": "Hộ mới", "name.moi2": "Hộ trùng", "identity.moi2": NUMBER,
        "name.moi3": "", "village.moi3": "",
    }  # fmt: skip
    url = reverse("money:list-save", args=[policy.pk])
    answer = client.post(url, data)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Hộ trùng"' in shown
    assert "Trùng số định danh" in shown
    assert sorted(policy.beneficiaries.values_list("name", flat=True)) == ["Hộ cũ sửa", "Hộ mới"]
    client.post(url, data | {"double_reason.moi2": "hai công trình"})
    assert policy.beneficiaries.count() == 3


def test_ticked_rows_are_marked_and_the_refused_are_named(world: World) -> None:
    policy, client = a_policy(world), browser(world)
    good, bad = a_household(world, policy, identity=NUMBER), a_household(world, policy, "Không số")
    url = reverse("money:list-mark", args=[policy.pk])
    ticked = [good.pk, bad.pk]
    client.post(url, {"dong": ticked, "viec": "kiem-tra", "ngay": "1/6/2026"})
    answer = client.post(
        url, {"dong": ticked, "viec": "chi", "ngay": "2/6", "chung-tu": "PC 5"}, follow=True
    )
    shown = answer.content.decode()
    assert "Đã ghi chi 1 dòng" in shown
    assert "Chưa ghi được Không số: chưa có số định danh/CCCD" in shown
    good.refresh_from_db()
    assert (good.paper, str(good.paid_on)) == ("PC 5", "2026-06-02")
    client.post(url, {"dong": [good.pk], "viec": "huy-chi"})
    client.post(url, {"dong": [good.pk], "viec": "bo-kiem-tra"})
    good.refresh_from_db()
    assert (good.checked_on, good.paid_on) == (None, None)
    assert "Chưa tích dòng nào" in client.post(url, {"viec": "chi"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("", {"Chờ", "Đạt", "Chi", "Vướng"}), ("cho", {"Chờ", "Vướng"}), ("dat", {"Đạt"}),
        ("chi", {"Chi"}), ("vuong", {"Vướng"}),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_state(world: World, state: str, names: set[str]) -> None:
    policy = a_policy(world)
    rows = {
        name: a_household(world, policy, name, identity=identity(at))
        for at, name in enumerate(("Chờ", "Đạt", "Chi"), 1)
    }
    a_household(world, policy, "Vướng", group="hộ khá", identity=identity(9))
    check(world, policy, [rows["Đạt"], rows["Chi"]])
    pay(world, policy, [rows["Chi"]])
    shown = text(browser(world), "money:policy", policy.pk, muc=state)
    found = {name for name in ("Chờ", "Đạt", "Chi", "Vướng") if f'value="{name}"' in shown}
    assert found == names


def test_removing_offers_to_undo_and_undoing_restores(world: World) -> None:
    policy, client = a_policy(world), browser(world)
    row, pledge = a_household(world, policy), a_pledge(world)
    for route, restore, pk in (
        ("money:beneficiary-remove", "money:beneficiary-restore", row.pk),
        ("money:pledge-remove", "money:pledge-restore", pledge.pk),
        ("money:policy-remove", "money:policy-restore", policy.pk),
    ):
        answer = client.post(reverse(route, args=[pk]), follow=True)
        assert "Hoàn tác" in answer.content.decode()
        assert reverse(restore, args=[pk]) in answer.content.decode()
        client.post(reverse(restore, args=[pk]))
    assert Policy.objects.get().removed_at is None
    assert Beneficiary.objects.get().removed_at is None
    assert Pledge.objects.get().removed_at is None


def test_a_form_with_faults_keeps_what_was_typed_and_says_where(world: World) -> None:
    url = reverse("money:policy-new", args=[world.places["a"].pk])
    answer = browser(world).post(url, {"name": "Hỗ trợ nhà tiêu", "amount": "nhiều", "year": "26"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Hỗ trợ nhà tiêu"' in shown
    assert "Số tiền ghi như" in shown
    assert "Năm ghi bốn chữ số" in shown
    assert not Policy.objects.exists()


def test_money_and_days_are_typed_as_people_write_them(world: World) -> None:
    client, place = browser(world), world.places["a"].pk
    client.post(
        reverse("money:policy-new", args=[place]),
        {"name": "Hỗ trợ", "amount": "1,5 triệu", "basis": "NQ 1", "year": "2026",
         "total": "2 tỷ", "groups": "hộ nghèo\nhộ cận nghèo", "luot": str(uuid4())},
    )  # fmt: skip
    policy = Policy.objects.get()
    assert (policy.amount, policy.total) == (1_500_000, 2_000_000_000)
    assert policy.groups == ["hộ nghèo", "hộ cận nghèo"]
    client.post(
        reverse("money:pledge-new", args=[place]),
        {"giver": "Nhà", "kind": "people_labour", "quantity": "2,5", "price": "250.000",
         "due": "30/9", "nam": "2026"},
    )  # fmt: skip
    pledge = Pledge.objects.get()
    assert (pledge.amount, str(pledge.due), pledge.is_public) == (625_000, "2026-09-30", False)


def test_the_second_of_two_sees_both_and_chooses(world: World) -> None:
    pledge = a_pledge(world)
    url = reverse("money:pledge", args=[pledge.pk])
    form = {"giver": pledge.giver, "kind": "people_cash", "amount": "2 triệu",
            "purpose": "Làm đường", "is_public": "1", "luot-sua": "0"}  # fmt: skip
    browser(world).post(url, form | {"amount": "3 triệu"})
    second = browser(world, "leader").post(url, form | {"amount": "4 triệu", "note": "đã gọi"})
    shown = second.content.decode()
    assert second.status_code == 409
    assert "3 triệu" in shown
    assert 'value="4 triệu"' in shown
    assert 'value="đã gọi"' in shown
    after = form | {"amount": "4 triệu", "note": "đã gọi", "luot-sua": "1"}
    browser(world, "leader").post(url, after | {"chon.amount": "ho"})
    pledge.refresh_from_db()
    assert (pledge.amount, pledge.note) == (3_000_000, "đã gọi")
    browser(world, "leader").post(url, after | {"chon.amount": "toi", "luot-sua": "2"})
    pledge.refresh_from_db()
    assert pledge.amount == 4_000_000


# --- Receipts and the public ledger ---------------------------------------------------------------


def test_a_receipt_of_a_pledge_begins_with_what_is_left(world: World) -> None:
    pledge, client = a_pledge(world), browser(world)
    a_receipt(world, of=pledge, amount=500_000)
    place = pledge.place_id
    shown = text(client, "money:receipt-new", place, **{"dang-ky": pledge.pk, "nam": YEAR})
    assert 'value="1,5 triệu"' in shown
    answer = client.post(
        reverse("money:receipt-new", args=[place]),
        {"dang-ky": pledge.pk, "giver": pledge.giver, "kind": "people_cash", "day": "15/6/2026",
         "amount": "1,5 triệu", "nam": YEAR, "luot": str(uuid4())},
    )  # fmt: skip
    made = Receipt.objects.get(number=2)
    assert answer["Location"] == reverse("money:receipt", args=[made.pk])
    assert "Đã đủ" in text(client, "money:pledge", pledge.pk)


@pytest.mark.parametrize("name", ["phieu.pdf", "phieu.docx", "cam-on.pdf", "cam-on.docx"])
def test_a_receipt_and_its_thanks_go_out_and_are_noted(world: World, name: str) -> None:
    receipt = a_receipt(world)
    answer = browser(world).get(reverse("money:receipt-file", args=[receipt.pk, name]))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert data[:2] in (b"PK", b"%P")
    assert AuditLine.objects.filter(verb="xuất phiếu, thư đóng góp").count() == 1


def test_nobody_is_thanked_for_what_was_taken_back(world: World) -> None:
    receipt = a_receipt(world)
    back = contributions.cancel_receipt(
        world.people["officer"], receipt.pk, "nhầm", TODAY, uuid4()
    )  # fmt: skip
    for pk in (receipt.pk, back.pk):
        path = reverse("money:receipt-file", args=[pk, "cam-on.pdf"])
        assert browser(world).get(path).status_code == 404
    assert "Phiếu này đã được hủy" in text(browser(world), "money:receipt", receipt.pk)


def test_everybody_sees_only_what_was_published(world: World) -> None:
    place, stranger = world.places["a"], Client()
    a_receipt(world, "Người Nêu Tên", village=world.places["a1"].pk)
    a_receipt(world, "Người Giấu Mặt", is_public=False)
    assert stranger.get(reverse("money:public", args=[place.pk])).status_code == 404
    publishing.publish(world.people["leader"], place, YEAR, uuid4())
    a_receipt(world, "Đến Sau")
    shown = text(stranger, "money:public", place.pk)
    assert "Người Nêu Tên" in shown
    assert "Người đóng góp không nêu tên" in shown
    for hidden in ("Giấu Mặt", "Đến Sau", "Công Chức Mẫu", "Lãnh Đạo Mẫu"):
        assert hidden not in shown
    publishing.withdraw(world.people["leader"], place, YEAR)
    assert stranger.get(reverse("money:public", args=[place.pk])).status_code == 404


def test_a_village_has_no_public_ledger(world: World) -> None:
    path = reverse("money:public", args=[world.places["a1"].pk])
    assert Client().get(path).status_code == 404


# --- The five plans -------------------------------------------------------------------------------


def test_son_bang_proposes_a_million_a_household_for_its_groups_and_design(
    world: World, plans_dir: Path
) -> None:
    leader, place = world.people["leader"], world.places["a"]
    paper = plans_dir / "son-bang-2023.txt"
    sent = SimpleUploadedFile(paper.name, paper.read_bytes())
    review = uploads.upload(leader, place, uuid4(), [sent], None)[0]
    uploads.run(review.pk)
    review = Review.objects.get(pk=review.pk)
    accepting.accept(leader, review.pk, review.revision, None)
    proposal = SupportProposal.objects.get()
    assert (proposal.amount, proposal.per, proposal.basis) == (1_000_000, "hộ", "44/2021/NQ-HĐND")
    assert proposal.groups == [
        "hộ nghèo", "hộ cận nghèo", "gia đình thương binh, liệt sĩ",
        "gia đình có người khuyết tật",
    ]  # fmt: skip
    assert "3 bi" in proposal.technical
    client = browser(world)
    shown = text(client, "money:policies", place.pk, nam=2023)
    assert "chờ xác nhận" in shown
    form = text(client, "money:policy-new", place.pk, **{"de-xuat": proposal.pk, "nam": 2023})
    assert 'value="1 triệu"' in form
    client.post(
        reverse("money:policy-new", args=[place.pk]),
        {"de-xuat": proposal.pk, "name": "Hỗ trợ hệ thống xử lý nước thải", "kind": "nước thải",
         "basis": "Nghị quyết 44/2021/NQ-HĐND tỉnh", "amount": "1 triệu", "per": "hộ",
         "year": "2023", "nam": "2023", "groups": "\n".join(proposal.groups),
         "technical": proposal.technical, "luot": str(uuid4())},
    )  # fmt: skip
    policy = Policy.objects.get()
    proposal.refresh_from_db()
    assert proposal.policy == policy
    assert policy.origin_ref == proposal.origin_ref
    row = beneficiaries.add(
        world.people["officer"], policy.pk,
        beneficiaries.BeneficiarySaid(name="Hộ khá giả", identity=NUMBER, group="hộ khá"), uuid4(),
    )  # fmt: skip
    assert "không thuộc đối tượng" in text(client, "money:beneficiary", row.pk)


# --- How often they ask ---------------------------------------------------------------------------


def ask(world: World) -> dict[str, int]:
    place = world.places["a"].pk
    policy = Policy.objects.earliest("pk")
    pages = {
        "chính sách": reverse("money:policies", args=[place]),
        "một chính sách": reverse("money:policy", args=[policy.pk]),
        "bảng kê": reverse("money:signing-list", args=[policy.pk]) + "?muc=tat-ca",
        "một hộ": reverse("money:beneficiary", args=[Beneficiary.objects.earliest("pk").pk]),
        "đóng góp": reverse("money:contributions", args=[place]),
        "một đăng ký": reverse("money:pledge", args=[Pledge.objects.earliest("pk").pk]),
        "sổ thu": reverse("money:receipts", args=[place]),
        "một phiếu": reverse("money:receipt", args=[Receipt.objects.earliest("pk").pk]),
        "công khai": reverse("money:publish", args=[place]),
        "trang công khai": reverse("money:public", args=[place]),
    }
    client, found = browser(world), {}
    client.get(pages["chính sách"])  # a new session is noted
    for name, path in pages.items():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path, {"nam": YEAR} if "?" not in path else None)
            assert answer.status_code == 200, name
        found[name] = len(asked)
    return found


def fill(world: World, count: int, first: int) -> None:
    policy = a_policy(world, name=f"Chính sách {first}", kind=f"việc {first}")
    households(world, policy, count, first)
    earliest = Policy.objects.earliest("pk")
    households(world, earliest, count, first + 1000)
    for at in range(count):
        pledge = a_pledge(world, f"Nhà {first + at}", due=TODAY, village=world.places["a1"].pk)
        a_receipt(world, of=pledge)
    publishing.publish(world.people["leader"], world.places["a"], YEAR, uuid4())


def test_pages_ask_as_often_as_they_did_and_no_more_for_more_rows(world: World) -> None:
    fill(world, 2, 1)
    found = ask(world)
    fill(world, 9, 100)
    assert ask(world) == found
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert found == json.loads(COUNTS.read_text(encoding="utf-8"))
