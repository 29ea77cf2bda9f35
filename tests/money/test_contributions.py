"""Pledges, receipts and their numbers, taking back, thanks, what is published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dinhlang.money.models import LedgerPublication, Pledge, Receipt
from dinhlang.money.selectors import contributions as selectors
from dinhlang.money.selectors import published
from dinhlang.money.services import contributions, publishing
from dinhlang.money.services.support_fields import ReceiptSaid
from dinhlang.money.services.trouble import BadRow, Conflict
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from tests.money.conftest import MakeSource
from tests.money.giving import TODAY, YEAR, a_pledge, a_receipt, today_is
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch)


def row(world: World, pledge: Pledge) -> selectors.PledgeRow:
    """The pledge with what came of it."""
    found = selectors.pledges(world.people["officer"], pledge.place, pledge.year).get(pk=pledge.pk)
    return selectors.row_of(found, TODAY)


def test_labour_is_worth_its_days_at_the_stated_price(world: World) -> None:
    pledge = a_pledge(world, kind="people_labour", quantity=7500, price=250_000)
    assert (pledge.amount, pledge.unit) == (1_875_000, "ngày công")
    a_receipt(world, of=pledge, quantity=2500)
    found = row(world, pledge)
    assert (found.came, found.came_words, found.state) == (625_000, "2,5 ngày công", "part")


def test_land_without_a_price_is_counted_by_its_metres(world: World) -> None:
    pledge = a_pledge(world, kind="people_land", quantity=120_000)
    assert pledge.amount == 0
    assert not row(world, pledge).done
    a_receipt(world, of=pledge, quantity=120_000)
    assert row(world, pledge).done


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"giver": "  "}, "giver"), ({"kind": "commune"}, "kind"), ({"amount": None}, "amount"),
        ({"kind": "people_kind", "quantity": 1000, "price": 5}, "unit"),
        ({"kind": "people_labour", "quantity": None}, "quantity"),
        ({"amount": -5}, "amount"), ({"village": 999_999}, "village"),
    ],
)  # fmt: skip
def test_a_pledge_that_cannot_be_says_which_box(
    world: World, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadRow) as bad:
        a_pledge(world, **more)
    assert bad.value.field == field
    assert not Pledge.objects.exists()


def test_numbers_run_on_within_the_place_and_year(world: World) -> None:
    numbers = [a_receipt(world).number for _ in range(3)]
    elsewhere = a_receipt(world, place="b").number
    last_year = a_receipt(world, day=date(YEAR - 1, 5, 1))
    assert numbers == [1, 2, 3]
    assert (elsewhere, last_year.number, last_year.year) == (1, 1, YEAR - 1)


def test_a_refused_receipt_takes_no_number(world: World) -> None:
    a_receipt(world)
    with pytest.raises(BadRow):
        a_receipt(world, day=TODAY + timedelta(days=1))
    with pytest.raises(BadRow):
        a_receipt(world, amount=0)
    assert a_receipt(world).number == 2


def test_the_same_form_twice_is_one_receipt(world: World) -> None:
    key = uuid4()
    said = ReceiptSaid(giver="Một", kind="people_cash", amount=1000, day=TODAY)
    made = [
        contributions.give_receipt(world.people["officer"], world.places["a"], said, key)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Receipt.objects.count() == 1


def test_a_receipt_is_taken_back_by_one_below_nought(world: World) -> None:
    pledge = a_pledge(world)
    first = a_receipt(world, of=pledge, amount=2_000_000)
    assert row(world, pledge).done
    officer = world.people["officer"]
    back = contributions.cancel_receipt(officer, first.pk, "ghi nhầm", TODAY, uuid4())
    assert (back.number, back.amount, back.cancels, back.reason) == (
        2, -2_000_000, first, "ghi nhầm",
    )  # fmt: skip
    assert row(world, pledge).came == 0
    with pytest.raises(BadRow, match="đã được hủy"):
        contributions.cancel_receipt(officer, first.pk, "lần nữa", TODAY, uuid4())
    with pytest.raises(BadRow, match="phiếu hủy"):
        contributions.cancel_receipt(officer, back.pk, "đổi ý", TODAY, uuid4())
    first.refresh_from_db()
    assert first.amount == 2_000_000


def test_taking_back_needs_a_reason_and_comes_once(world: World) -> None:
    receipt, officer, key = a_receipt(world), world.people["officer"], uuid4()
    with pytest.raises(BadRow, match="lý do"):
        contributions.cancel_receipt(officer, receipt.pk, " ", TODAY, key)
    made = {
        contributions.cancel_receipt(officer, receipt.pk, "nhầm", TODAY, key).pk for _ in range(2)
    }
    assert len(made) == 1
    assert Receipt.objects.count() == 2


def test_what_came_of_another_kind_is_no_receipt_of_the_pledge(world: World) -> None:
    pledge = a_pledge(world, kind="people_labour", quantity=1000, price=1000)
    with pytest.raises(BadRow, match="phiếu riêng"):
        a_receipt(world, of=pledge, kind="people_cash")


def test_a_pledge_of_which_something_came_stays(world: World) -> None:
    officer = world.people["officer"]
    pledge = a_pledge(world)
    receipt = a_receipt(world, of=pledge)
    with pytest.raises(BadRow, match="phiếu thu"):
        contributions.remove_pledge(officer, pledge.pk, uuid4())
    with pytest.raises(BadRow, match="loại"):
        contributions.change_pledge(
            officer, pledge.pk, uuid4(), 0,
            {"kind": "people_labour", "quantity": 1000, "price": 1, "unit": "ngày công"},
        )  # fmt: skip
    contributions.cancel_receipt(officer, receipt.pk, "nhầm", TODAY, uuid4())
    contributions.remove_pledge(officer, pledge.pk, uuid4())
    assert list(selectors.pledges(officer, pledge.place, YEAR)) == []
    contributions.restore_pledge(officer, pledge.pk, uuid4())
    assert len(selectors.pledges(officer, pledge.place, YEAR)) == 1


def test_two_people_change_one_pledge(world: World) -> None:
    pledge = a_pledge(world)
    officer, leader = world.people["officer"], world.people["leader"]
    contributions.change_pledge(officer, pledge.pk, uuid4(), 0, {"amount": 3_000_000})
    contributions.change_pledge(leader, pledge.pk, uuid4(), 0, {"note": "đã gọi"})
    pledge.refresh_from_db()
    assert (pledge.amount, pledge.note) == (3_000_000, "đã gọi")
    with pytest.raises(Conflict):
        contributions.change_pledge(leader, pledge.pk, uuid4(), 0, {"amount": 4_000_000})


def test_late_is_what_is_due_and_not_all_there(world: World) -> None:
    late = a_pledge(world, "Trễ", due=TODAY - timedelta(days=3))
    done = a_pledge(world, "Xong", due=TODAY - timedelta(days=3))
    a_pledge(world, "Còn hạn", due=TODAY)
    a_receipt(world, of=done, amount=2_000_000)
    found = selectors.pledge_rows(
        world.people["officer"], world.places["a"], YEAR, TODAY, state="tre"
    )
    assert [(each.row.pk, each.days_late) for each in found] == [(late.pk, 3)]
    summary = selectors.summary(world.people["officer"], world.places["a"], YEAR, TODAY)
    assert summary.late == 1


def test_the_text_for_a_group_names_nobody(world: World) -> None:
    due = TODAY - timedelta(days=3)
    a_pledge(world, "Gia đình bà Giấu", due=due, village=world.places["a1"].pk)
    rows = selectors.pledge_rows(world.people["officer"], world.places["a"], YEAR, TODAY)
    texts = selectors.reminders(world.people["officer"], world.places["a"], YEAR, TODAY)
    assert [name for name, _ in texts] == ["thôn Đình Thượng"]
    assert "Giấu" not in texts[0][1]
    assert "12/06/2026" in texts[0][1]
    assert "Giấu" in selectors.personal_reminder(rows[0])


def test_every_summary_adds_up(world: World) -> None:
    a_pledge(world, kind="people_labour", quantity=10_000, price=250_000)
    pledge = a_pledge(world, village=world.places["a1"].pk, purpose="")
    a_receipt(world, of=pledge)
    a_receipt(world, "Khách", kind="enterprise", amount=9_000_000)
    found = selectors.summary(world.people["officer"], world.places["a"], YEAR, TODAY)
    for several in (found.by_kind, found.by_village, found.by_purpose):
        assert sum(each.promised for each in several) == found.promised == 4_500_000
        assert sum(each.came for each in several) == found.came == 9_500_000


def test_a_receipt_counts_for_the_only_source_of_its_kind(world: World, source: MakeSource) -> None:
    cash = source("Dân góp", 50_000_000, kind="people_cash")
    receipt = a_receipt(world)
    assert receipt.source == cash
    assert selectors.came_by_source(world.places["a"], YEAR) == {cash.pk: 500_000}
    other = source("Dân góp khác", 1_000_000, kind="people_cash")
    assert a_receipt(world).source is None
    assert a_receipt(world, source=other.pk).source == other
    labour = source("Ngày công", 1_000_000, kind="people_labour")
    with pytest.raises(BadRow, match="cùng loại"):
        a_receipt(world, source=labour.pk)
    assert selectors.came_by_kind(world.places["a"], YEAR) == {"people_cash": 1_500_000}
    contributions.cancel_receipt(world.people["officer"], receipt.pk, "nhầm", TODAY, uuid4())
    assert selectors.came_by_source(world.places["a"], YEAR)[cash.pk] == 0


def test_thanks_are_noted_once(world: World) -> None:
    officer = world.people["officer"]
    receipt, undone = a_receipt(world), a_receipt(world)
    contributions.cancel_receipt(officer, undone.pk, "nhầm", TODAY, uuid4())
    done = contributions.thank(
        officer, world.places["a"], [receipt.pk, undone.pk], TODAY, uuid4()
    )  # fmt: skip
    assert [each.pk for each in done] == [receipt.pk]
    assert not contributions.thank(officer, world.places["a"], [receipt.pk], TODAY, uuid4())
    receipt.refresh_from_db()
    assert receipt.thanked_on == TODAY


# --- Publishing -----------------------------------------------------------------------------------


def test_only_who_decides_publishes_and_it_is_in_the_log(world: World) -> None:
    a_receipt(world)
    place = world.places["a"]
    for who in ("officer", "province", "elsewhere"):
        with pytest.raises(AccessDenied):
            publishing.publish(world.people[who], place, YEAR, uuid4())
    publishing.publish(world.people["leader"], place, YEAR, uuid4())
    assert AuditLine.objects.filter(verb="công khai sổ đóng góp").count() == 1


def test_nothing_that_came_after_is_shown_until_it_is_published_again(world: World) -> None:
    place, leader = world.places["a"], world.people["leader"]
    a_receipt(world)
    publishing.publish(leader, place, YEAR, uuid4())
    a_receipt(world, "Mới")
    current = published.current(place, YEAR)
    assert current is not None
    assert [each["number"] for each in published.shown(current)["rows"]] == [1]
    key = uuid4()
    for _ in range(2):
        publishing.publish(leader, place, YEAR, key)
    assert LedgerPublication.objects.count() == 2
    current = published.current(place, YEAR)
    assert current is not None
    assert len(published.shown(current)["rows"]) == 2


def test_a_name_that_is_not_to_be_shown_is_nowhere_and_goes_at_once(world: World) -> None:
    place, leader = world.places["a"], world.people["leader"]
    a_receipt(world, "Người Giấu Tên", is_public=False)
    shown = a_receipt(world, "Người Nêu Tên")
    publication = publishing.publish(leader, place, YEAR, uuid4())
    assert "Giấu" not in str(publication.data)
    names = [each["giver"] for each in published.shown(publication)["rows"]]
    assert names == [published.UNNAMED, "Người Nêu Tên"]
    contributions.show_name(world.people["officer"], shown.pk, False, uuid4())
    names = [each["giver"] for each in published.shown(publication)["rows"]]
    assert names == [published.UNNAMED] * 2


def test_what_was_taken_back_is_left_out_and_the_sums_agree(world: World) -> None:
    place = world.places["a"]
    kept, undone = a_receipt(world), a_receipt(world, amount=7_000_000)
    contributions.cancel_receipt(world.people["officer"], undone.pk, "nhầm", TODAY, uuid4())
    data = published.ledger_data(place, YEAR)
    assert [each["id"] for each in data["rows"]] == [kept.pk]
    for name in ("by_kind", "by_village", "by_purpose"):
        assert sum(sum_ for _, sum_ in data[name]) == data["total"] == 500_000
    came = selectors.summary(world.people["officer"], place, YEAR, TODAY).came
    assert came == data["total"]


def test_an_empty_year_is_not_published_and_a_withdrawn_one_not_shown(world: World) -> None:
    place, leader = world.places["a"], world.people["leader"]
    with pytest.raises(BadRow):
        publishing.publish(leader, place, YEAR, uuid4())
    a_receipt(world)
    publishing.publish(leader, place, YEAR, uuid4())
    assert publishing.withdraw(leader, place, YEAR) == 1
    assert published.current(place, YEAR) is None
    assert published.published_years(place) == []
