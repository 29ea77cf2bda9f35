"""Movements: only added, each with a paper and a day, never too much in silence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.money.models import Movement, Need, Source
from dinhlang.money.selectors.balance import debts, sheet
from dinhlang.money.services import balance
from dinhlang.people.access import AccessDenied
from tests.money.conftest import YEAR, MakeNeed, MakeSource
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)


@pytest.fixture
def pair(need: MakeNeed, source: MakeSource) -> tuple[Need, Source]:
    """A work of 6 and a source of 8 triệu đồng."""
    return need(is_works=True), source()


def write(world: World, pair: tuple[Need, Source], step: str, amount: int, **more: Any) -> Movement:
    """A movement of the officer's."""
    said: dict[str, Any] = {
        "need": pair[0].pk, "source": pair[1].pk, "step": step, "amount": amount, "day": DAY,
        "paper": "QĐ 1",
    }  # fmt: skip
    return balance.move(world.people["officer"], balance.Moved(**(said | more)), uuid4())


def test_a_movement_sent_twice_is_written_once(world: World, pair: tuple[Need, Source]) -> None:
    said = balance.Moved(need=pair[0].pk, source=pair[1].pk, step="allocated", amount=2_000_000,
                         day=DAY, paper="QĐ 1")  # fmt: skip
    key = uuid4()
    first = balance.move(world.people["officer"], said, key)
    assert balance.move(world.people["officer"], said, key) == first
    assert Movement.objects.count() == 1


def test_who_only_sees_does_not_write(world: World, pair: tuple[Need, Source]) -> None:
    said = balance.Moved(need=pair[0].pk, source=pair[1].pk, step="planned", amount=1_000_000,
                         day=DAY, paper="QĐ 1")  # fmt: skip
    with pytest.raises(AccessDenied):
        balance.move(world.people["province"], said, uuid4())


@pytest.mark.parametrize(
    ("step", "amount", "more", "words"),
    [
        ("sent", 1_000_000, {}, "chọn bước"),
        ("planned", 0, {}, "ghi số tiền"),
        ("planned", 1_000_000, {"paper": " "}, "văn bản"),
        ("planned", 1_000_000, {"source": None}, "chọn nguồn"),
        ("planned", -1_000_000, {}, "Không rút quá"),
        ("completed", 1_000_000, {}, "không ghi theo nguồn"),
        ("disbursed", 1_000_000, {"day": timezone.localdate() + timedelta(days=2)}, "sau hôm nay"),
    ],
)
def test_a_movement_that_cannot_be_is_refused(
    world: World, pair: tuple[Need, Source], step: str, amount: int, more: dict[str, Any],
    words: str,
) -> None:  # fmt: skip
    with pytest.raises(balance.BadRow, match=words):
        write(world, pair, step, amount, **more)
    assert not Movement.objects.exists()


@pytest.mark.parametrize(
    ("before", "step", "amount", "words"),
    [
        ([], "allocated", 9_000_000, "vượt"),
        ([("allocated", 5_000_000)], "allocated", 3_500_000, "vượt"),
        ([("allocated", 2_000_000)], "disbursed", 3_000_000, "vượt đã phân bổ"),
        ([("allocated", 2_000_000), ("disbursed", 1_000_000)], "settled", 2_000_000, "vượt"),
        (
            [("allocated", 2_000_000), ("disbursed", 2_000_000)],
            "allocated",
            -1_000_000,
            "nhiều hơn",
        ),
    ],
)
def test_too_much_is_written_only_with_a_reason_that_is_kept(
    world: World, pair: tuple[Need, Source], before: list[tuple[str, int]], step: str, amount: int,
    words: str,
) -> None:  # fmt: skip
    for earlier, size in before:
        write(world, pair, earlier, size)
    with pytest.raises(balance.TooMuch, match=words):
        write(world, pair, step, amount)
    assert Movement.objects.count() == len(before)
    assert (
        write(world, pair, step, amount, over_reason="Xã ứng trước").over_reason == "Xã ứng trước"
    )


def test_a_source_that_waits_for_its_condition_is_not_spent_in_silence(
    world: World, need: MakeNeed, source: MakeSource
) -> None:
    here = need(), source("Tỉnh", condition="được công nhận")
    write(world, here, "planned", 1_000_000)
    with pytest.raises(balance.TooMuch, match="chưa có"):
        write(world, here, "allocated", 1_000_000)


def test_money_of_another_year_is_carried_over_as_a_source_of_its_own(
    world: World, need: MakeNeed, source: MakeSource
) -> None:
    with pytest.raises(balance.BadRow, match="chuyển nguồn"):
        write(world, (need(), source(year=2025)), "planned", 1_000_000)


def test_undoing_writes_a_counter_entry_once_and_keeps_the_first(
    world: World, pair: tuple[Need, Source]
) -> None:
    done, officer = write(world, pair, "allocated", 2_000_000), world.people["officer"]
    with pytest.raises(balance.BadRow, match="lý do"):
        balance.undo_move(officer, done.pk, uuid4(), " ")
    counter = balance.undo_move(officer, done.pk, uuid4(), "ghi nhầm")
    assert balance.undo_move(officer, done.pk, uuid4(), "lần nữa") == counter
    assert (counter.amount, counter.undoes, counter.paper) == (-2_000_000, done, "QĐ 1")
    assert sheet(world.places["a"], YEAR).sums.allocated == 0
    with pytest.raises(balance.BadRow, match="bút toán đảo"):
        balance.undo_move(officer, counter.pk, uuid4(), "nữa")


def test_a_cell_is_brought_to_what_is_typed_unless_somebody_else_wrote_there(
    world: World, pair: tuple[Need, Source]
) -> None:
    officer = world.people["officer"]

    def typed(amount: int, seen: int) -> Movement | None:
        said = balance.Moved(need=pair[0].pk, source=pair[1].pk, step="planned", amount=amount,
                             day=DAY, paper="Dự kiến")  # fmt: skip
        return balance.set_cell(officer, said, seen, uuid4())

    first, second = typed(3_000_000, 0), typed(1_000_000, 3_000_000)
    assert first is not None and second is not None
    assert (first.amount, second.amount) == (3_000_000, -2_000_000)
    assert typed(1_000_000, 0) is None
    with pytest.raises(balance.Conflict) as caught:
        typed(5_000_000, 3_000_000)
    assert caught.value.revision == 1_000_000


def test_debt_is_what_is_accepted_and_not_paid_work_by_work(
    world: World, need: MakeNeed, source: MakeSource
) -> None:
    money = source()
    owing = need("Nhà đa năng", is_works=True), money
    paid = need("Rãnh", is_works=True), money
    earlier = need("Đường cũ", year=YEAR - 1, is_works=True), money
    for here, done, spent in ((owing, 3_000_000, 1_000_000), (paid, 1_000_000, 2_000_000)):
        write(world, here, "allocated", 2_000_000)
        write(world, here, "completed", done, source=None)
        write(world, here, "disbursed", spent)
    write(world, earlier, "completed", 500_000, source=None)
    found = debts(world.places["a"], YEAR)
    assert [each.owed for each in found] == [2_000_000, 500_000, 0]
    assert sheet(world.places["a"], YEAR).debt == 2_000_000


def test_only_works_have_accepted_value(world: World, need: MakeNeed, source: MakeSource) -> None:
    with pytest.raises(balance.BadRow, match="công trình"):
        write(world, (need(), source()), "completed", 1_000_000, source=None)
