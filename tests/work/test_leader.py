"""The leader's one page where its lists are cut: each says so and leads to the whole."""

from __future__ import annotations

import pytest
from django.test import Client

from dinhlang.work.selectors import overview
from tests.work.making import a_task
from tests.work.viewing import LAND, ago, leader, page
from tests.world import World

__all__ = ["leader"]

pytestmark = pytest.mark.django_db

CUT = {
    "late": ({"end": 5, "state": "doing"}, overview.MOST_LATE),
    "waiting": ({"end": -90, "state": "waiting", "waiting_for": "UBND tỉnh"},
                overview.MOST_WAITING),
    "handed": ({"end": 5, "state": "done"}, overview.MOST_WAITING),
}  # fmt: skip


@pytest.mark.parametrize("name", CUT)
def test_a_cut_list_says_how_much_it_shows_and_leads_to_all_of_it(
    name: str, world: World, leader: Client
) -> None:
    made, most = CUT[name]
    for number in range(most + 3):
        days = int(str(made["end"]))
        fields = {key: value for key, value in made.items() if key != "end"}
        a_task(world.places["a"], f"Việc số {number}.", lead=LAND, end=ago(days), **fields)
    body = page(leader, world, "lanh-dao")
    assert f"Ghi {most} trong {most + 3} việc." in body
    assert f"/lanh-dao?du={name}#" in body
    whole = page(leader, world, "lanh-dao", f"?du={name}")
    assert f"Ghi {most} trong" not in whole
    assert all(f"Việc số {number}." in whole for number in range(most + 3))
    assert "Trở lại bản một trang" in whole


def test_tasks_that_will_be_late_are_all_one_click_away(world: World, leader: Client) -> None:
    place = world.places["a"]
    before = a_task(place, "Đo đạc", lead=LAND, start=ago(60), end=ago(12), state="doing")
    for number in range(overview.MOST_COMING + 2):
        a_task(
            place, f"Việc sau {number}.", lead=LAND, start=ago(11), end=ago(-5), after=[before],
            state="doing",
        )  # fmt: skip
    assert "Ghi 6 trong 8 việc." in page(leader, world, "lanh-dao")
    whole = page(leader, world, "lanh-dao", "?du=coming")
    assert all(f"Việc sau {number}." in whole for number in range(8))


def test_more_offices_than_the_page_shows_are_told(world: World, leader: Client) -> None:
    for number in range(overview.MOST_OFFICES + 2):
        a_task(world.places["a"], "Việc", lead=f"Tổ công tác số {number}", end=ago(-3))
    assert "Ghi 8 trong 10 cơ quan, chức vụ." in page(leader, world, "lanh-dao")
