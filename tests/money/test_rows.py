"""Needs and sources: added once, changed with merging, removed and restored, each told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dinhlang.money.models import Need, RowChange, Source
from dinhlang.money.selectors.balance import sheet
from dinhlang.money.services import balance
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from tests.money.conftest import YEAR, MakeNeed, MakeSource
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_adds_once(world: World) -> None:
    key, said = uuid4(), balance.NeedSaid(text="Đường", amount=1_000_000)
    officer, place = world.people["officer"], world.places["a"]
    first = balance.add_need(officer, place, YEAR, said, key)
    assert balance.add_need(officer, place, YEAR, said, key) == first
    assert Need.objects.count() == RowChange.objects.count() == 1
    assert AuditLine.objects.filter(verb="thêm nhu cầu").count() == 1


@pytest.mark.parametrize("who", ["province", "elsewhere", "village_head", "resident"])
def test_only_who_edits_at_the_place_adds(world: World, who: str) -> None:
    said = balance.SourceSaid(text="Nguồn")
    with pytest.raises(AccessDenied):
        balance.add_source(world.people[who], world.places["a"], YEAR, said, uuid4())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " "}, "Hãy ghi nội dung"),
        ({"amount": -1}, "Số tiền từ 0"),
        ({"amount": 10**15}, "Số tiền từ 0"),
        ({"component": "9.9"}, "Không có nội dung thành phần"),
        ({"village": 999_999}, "không thuộc xã"),
        ({"task": 999_999}, "không thuộc xã"),
        ({"text": "x" * 501}, "dài quá 500"),
    ],
)
def test_a_need_that_cannot_be_is_refused(need: MakeNeed, said: dict[str, Any], words: str) -> None:
    with pytest.raises(balance.BadRow, match=words):
        need(**said)


def test_a_share_of_an_auction_gives_the_amount_and_must_agree_with_it(source: MakeSource) -> None:
    row = source("Đấu giá", None, kind="land", share_percent=Decimal(15), share_of=60 * 10**9)
    assert row.amount == 9 * 10**9
    with pytest.raises(balance.BadRow, match="không khớp"):
        source("Đấu giá", 8 * 10**9, kind="land", share_percent=Decimal(15), share_of=60 * 10**9)


def test_two_people_who_change_different_fields_are_merged(world: World, need: MakeNeed) -> None:
    row = need()
    seen = balance.said_of(row)
    balance.change_need(world.people["leader"], row.pk, uuid4(), 0, seen | {"amount": 7_000_000})
    found = balance.change_need(
        world.people["officer"], row.pk, uuid4(), 0, seen | {"due": date(YEAR, 6, 30)}
    )
    assert (found.amount, found.due) == (7_000_000, date(YEAR, 6, 30))


def test_two_people_who_change_one_field_both_keep_their_value_and_nothing_is_written(
    world: World, need: MakeNeed
) -> None:
    row = need()
    balance.change_need(world.people["leader"], row.pk, uuid4(), 0, {"amount": 7_000_000})
    with pytest.raises(balance.Conflict) as caught:
        balance.change_need(
            world.people["officer"], row.pk, uuid4(), 0, {"amount": 8_000_000, "note": "Khác"}
        )
    [difference] = caught.value.differences
    assert (difference.seen, difference.theirs, difference.mine) == (
        6_000_000, 7_000_000, 8_000_000,
    )  # fmt: skip
    assert caught.value.who == "Lãnh Đạo Mẫu"
    row.refresh_from_db()
    assert (row.amount, row.note) == (7_000_000, "")
    decided = {"amount": caught.value.revision}
    chosen = balance.change_need(
        world.people["officer"], row.pk, uuid4(), 0, {"amount": 8_000_000, "note": "Khác"}, decided
    )
    assert (chosen.amount, chosen.note) == (8_000_000, "Khác")


def test_choosing_in_a_conflict_leaves_what_others_changed_besides(
    world: World, need: MakeNeed
) -> None:
    row = need()
    seen = balance.said_of(row)
    leader, officer = world.people["leader"], world.people["officer"]
    balance.change_need(leader, row.pk, uuid4(), 0, {"amount": 7_000_000, "note": "Thêm sân"})
    mine = seen | {"amount": 8_000_000}
    with pytest.raises(balance.Conflict) as caught:
        balance.change_need(officer, row.pk, uuid4(), 0, mine)
    balance.change_need(leader, row.pk, uuid4(), 1, {"amount": 9_000_000})
    decided = {"amount": caught.value.revision}
    with pytest.raises(balance.Conflict):
        balance.change_need(officer, row.pk, uuid4(), 0, mine, decided)
    chosen = balance.change_need(officer, row.pk, uuid4(), 0, mine, {"amount": 2})
    assert (chosen.amount, chosen.note) == (8_000_000, "Thêm sân")


def test_a_change_sent_twice_changes_once(world: World, need: MakeNeed) -> None:
    row, key = need(), uuid4()
    for _ in range(2):
        found = balance.change_need(world.people["officer"], row.pk, key, 0, {"amount": 5_000_000})
    assert (found.revision, RowChange.objects.filter(need=row).count()) == (1, 2)


def test_a_conditional_source_counts_only_once_its_condition_is_met(
    world: World, source: MakeSource
) -> None:
    row = source("Tỉnh hỗ trợ", 2_000_000, condition="được công nhận")
    found = sheet(world.places["a"], YEAR)
    assert (found.source, found.usable, found.conditional) == (2_000_000, 0, 2_000_000)
    leader, day = world.people["leader"], date(2025, 6, 1)
    with pytest.raises(balance.BadRow, match="văn bản"):
        balance.meet_condition(leader, row.pk, uuid4(), day)
    balance.meet_condition(leader, row.pk, uuid4(), day, "QĐ 5/QĐ-UBND")
    assert sheet(world.places["a"], YEAR).usable == 2_000_000
    balance.meet_condition(leader, row.pk, uuid4(), None)
    assert sheet(world.places["a"], YEAR).usable == 0


def test_a_request_counts_nowhere_until_it_is_granted(world: World, source: MakeSource) -> None:
    row = source("Hỗ trợ phần thiếu", 9_000_000, asked_of="UBND tỉnh")
    found = sheet(world.places["a"], YEAR)
    assert (found.source, found.usable, found.requested) == (0, 0, 9_000_000)
    balance.meet_condition(
        world.people["leader"], row.pk, uuid4(), date(2025, 6, 1), "QĐ 5/QĐ-UBND"
    )
    found = sheet(world.places["a"], YEAR)
    assert (found.source, found.usable, found.requested) == (9_000_000, 9_000_000, 0)


def test_what_is_removed_counts_nowhere_and_comes_back_as_it_was(
    world: World, need: MakeNeed
) -> None:
    row, officer = need(), world.people["officer"]
    balance.remove(officer, Need, row.pk, uuid4())
    assert sheet(world.places["a"], YEAR).need == 0
    with pytest.raises(balance.BadRow, match="đã bị xóa"):
        balance.change_need(officer, row.pk, uuid4(), 1, {"amount": 1_000_000})
    balance.restore(officer, Need, row.pk, uuid4())
    assert sheet(world.places["a"], YEAR).need == 6_000_000


def test_a_row_with_money_written_to_it_is_not_removed(
    world: World, need: MakeNeed, source: MakeSource
) -> None:
    row, money, officer = need(), source(), world.people["officer"]
    said = balance.Moved(
        need=row.pk, source=money.pk, step="allocated", amount=1_000_000,
        day=date(2025, 1, 5), paper="QĐ 1",
    )  # fmt: skip
    done = balance.move(officer, said, uuid4())
    for model, pk in ((Need, row.pk), (Source, money.pk)):
        with pytest.raises(balance.BadRow, match="đã có khoản ghi sổ"):
            balance.remove(officer, model, pk, uuid4())
    with pytest.raises(balance.BadRow, match="đã phân bổ"):
        balance.change_source(officer, money.pk, uuid4(), 0, {"amount": 999_999})
    balance.undo_move(officer, done.pk, uuid4(), "ghi nhầm")
    assert balance.remove(officer, Need, row.pk, uuid4()).removed_at is not None
