"""Costs and months people type: read, saved once, never over somebody else's."""

from __future__ import annotations

from uuid import uuid4

import pytest

from dinhlang.assessment.planning.models import ItemEstimate
from dinhlang.assessment.planning.services import (
    BadLines,
    Line,
    read_cost,
    read_months,
    save_estimates,
)
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from tests.world import World

pytestmark = pytest.mark.django_db


def line(item: str = "nha_thi_dau", cost: str = "", months: str = "", **before: str) -> Line:
    return Line(
        item, f"Tên {item}", cost, months, before.get("cost_before", ""),
        before.get("months_before", ""),
    )  # fmt: skip


def kept(item: str = "nha_thi_dau") -> tuple[int | None, int | None]:
    row = ItemEstimate.objects.get(item=item)
    return row.cost, row.months


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("350 triệu", 350_000_000),
        ("1,2 tỷ đồng", 1_200_000_000),
        ("350.000.000", 350_000_000),
        ("0", 0),
        ("  ", None),
    ],
)
def test_a_cost_is_read_as_people_write_it(text: str, cost: int | None) -> None:
    assert read_cost(text) == cost


@pytest.mark.parametrize("text", ["nhiều", "-5 triệu", "20.000 tỷ", "5 triệu/tháng"])
def test_a_cost_that_cannot_be_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="Chi phí"):
        read_cost(text)


@pytest.mark.parametrize(("text", "months"), [("6", 6), ("12 tháng", 12), ("", None)])
def test_months_are_whole_numbers(text: str, months: int | None) -> None:
    assert read_months(text) == months


@pytest.mark.parametrize("text", ["1,5", "-1", "601", "lâu"])
def test_months_that_cannot_be_are_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="số nguyên, từ 0"):
        read_months(text)


def test_what_is_typed_is_kept_and_told_in_the_log(world: World) -> None:
    officer, place = world.people["officer"], world.places["a"]
    assert save_estimates(officer, place, uuid4(), [line(cost="350 triệu", months="6")]) == 1
    assert kept() == (350_000_000, 6)
    told = AuditLine.objects.get(verb="nhập chi phí, thời gian")
    assert told.place == place
    assert "350000000" in told.details


def test_a_form_sent_twice_changes_once(world: World) -> None:
    officer, place, key = world.people["officer"], world.places["a"], uuid4()
    save_estimates(officer, place, key, [line(cost="350 triệu")])
    assert save_estimates(officer, place, key, [line(cost="350 triệu")]) == 0
    assert AuditLine.objects.filter(verb="nhập chi phí, thời gian").count() == 1


def test_a_field_nobody_touched_leaves_what_others_wrote_meanwhile(world: World) -> None:
    place = world.places["a"]
    save_estimates(world.people["officer"], place, uuid4(), [line(cost="350 triệu")])
    untouched = line(cost="1 tỷ", cost_before="1 tỷ")
    assert save_estimates(world.people["leader"], place, uuid4(), [untouched]) == 0
    assert kept() == (350_000_000, None)


def test_an_estimate_can_be_taken_back(world: World) -> None:
    officer, place = world.people["officer"], world.places["a"]
    save_estimates(officer, place, uuid4(), [line(cost="350 triệu", months="6")])
    back = line(cost_before="350 triệu đồng", months_before="6")
    save_estimates(officer, place, uuid4(), [back])
    assert kept() == (None, None)


def test_one_wrong_line_saves_nothing_and_names_itself(world: World) -> None:
    lines = [line(cost="350 triệu"), line("cau_lac_bo", months="lâu")]
    with pytest.raises(BadLines) as caught:
        save_estimates(world.people["officer"], world.places["a"], uuid4(), lines)
    assert list(caught.value.messages) == ["cau_lac_bo"]
    assert not ItemEstimate.objects.exists()


@pytest.mark.parametrize("who", ["province", "elsewhere", "resident", "nobody", "village_head"])
def test_those_who_may_not_edit_there_save_nothing(world: World, who: str) -> None:
    with pytest.raises(AccessDenied):
        save_estimates(world.people[who], world.places["a"], uuid4(), [line(cost="1 tỷ")])
    assert not ItemEstimate.objects.exists()
