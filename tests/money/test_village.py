"""The head of a village sees the money of that village, read only, and nothing of another."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dinhlang.money.selectors.village import of_village
from dinhlang.money.services import balance
from tests.money.conftest import YEAR, MakeNeed, MakeSource
from tests.money.giving import TODAY, a_pledge, a_receipt
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(world: World) -> Client:
    """A browser of the head of village A1."""
    browser = Client()
    browser.force_login(world.people["village_head"])
    return browser


@pytest.fixture
def books(world: World, need: MakeNeed, source: MakeSource) -> None:
    """Works of A1, of A2 and of the whole commune; gifts in A1 and A2."""
    first, second = world.places["a1"].pk, world.places["a2"].pk
    road = need("Đường ngõ Đình Thượng", 600_000_000, village=first, due=date(YEAR, 6, 30))
    need("Sân chơi Đình Thượng", 40_000_000, village=first)
    need("Nhà văn hóa Đình Hạ", 900_000_000, village=second)
    need("Trường học chung", 7_000_000_000)
    money = source("Ngân sách xã", 8_000_000_000)
    for step, amount in (("planned", 500), ("allocated", 500), ("disbursed", 320)):
        said = balance.Moved(
            need=road.pk, source=money.pk, step=step, amount=amount * 1_000_000,
            day=date(YEAR, 5, 5), paper="QĐ 1",
        )  # fmt: skip
        balance.move(world.people["officer"], said, uuid4())
    pledge = a_pledge(world, "Ông Góp", village=first, due=date(YEAR, 6, 1))
    a_receipt(world, of=pledge)
    a_receipt(world, "Bà Kín Tiếng", village=first, is_public=False)
    a_pledge(world, "Nhà Đình Hạ", village=second)
    a_receipt(world, "Nhà Đình Hạ", village=second)


def page(browser: Client, world: World, village: str = "a1", status: int = 200) -> str:
    answer = browser.get(f"/kinh-phi/thon/{world.places[village].pk}/{YEAR}/")
    assert answer.status_code == status
    return str(answer.content.decode())


def test_own_works_what_was_paid_and_what_people_gave_are_shown(
    head: Client, world: World, books: None
) -> None:
    found = of_village(world.people["village_head"], world.places["a1"], YEAR, TODAY)
    assert (found.amount, found.sums.allocated, found.sums.disbursed) == (
        640_000_000, 500_000_000, 320_000_000,
    )  # fmt: skip
    assert (found.given.promised, found.given.came, found.given.late) == (2_000_000, 1_000_000, 1)
    body = page(head, world)
    for words in ("Đường ngõ Đình Thượng", "320 triệu đồng", "Sân chơi", "Ông Góp", "30/06/2026"):
        assert words in body


def test_nothing_of_other_villages_of_the_commune_or_of_unnamed_givers(
    head: Client, world: World, books: None
) -> None:
    body = page(head, world)
    for words in ("Đình Hạ", "Trường học chung", "Ngân sách xã", "7 tỷ", "Bà Kín Tiếng",
                  "Kinh phí cả xã"):  # fmt: skip
        assert words not in body
    page(head, world, "a2", 404)
    page(head, world, "a", 404)
    assert head.get(f"/kinh-phi/{world.places['a'].pk}/{YEAR}/").status_code == 404


def test_who_does_not_see_the_village_gets_nothing_even_from_the_selector(
    world: World, books: None
) -> None:
    for who in ("elsewhere", "resident", "nobody"):
        found = of_village(world.people[who], world.places["a1"], YEAR, TODAY)
        assert (found.lines, found.gifts, found.given.came) == ([], [], 0)


def test_it_only_shows(head: Client, world: World, books: None) -> None:
    body = page(head, world)
    assert "<form" not in body.split("<main")[1]
    assert head.post(f"/kinh-phi/thon/{world.places['a1'].pk}/{YEAR}/").status_code == 405


def test_the_day_own_work_and_the_menu_lead_there(
    head: Client, world: World, client: Client
) -> None:
    address = f"/kinh-phi/thon/{world.places['a1'].pk}/"
    for start in ("/", "/viec/"):
        assert address in head.get(start).content.decode()
    assert address in head.get("/kinh-phi/").headers["Location"]
    client.force_login(world.people["officer"])
    assert address not in client.get("/").content.decode()


def test_the_commune_goes_on_to_the_whole_from_there(
    client: Client, world: World, books: None
) -> None:
    client.force_login(world.people["officer"])
    assert "Kinh phí cả xã" in page(client, world)


def test_more_rows_ask_no_more(head: Client, world: World, books: None, need: MakeNeed) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(head, world)
        return len(queries)

    before = asked()
    for number in range(6):
        need(f"Thêm {number}", 1_000_000, village=world.places["a1"].pk)
        a_receipt(world, f"Người {number}", village=world.places["a1"].pk)
    assert asked() <= before
