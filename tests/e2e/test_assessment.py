"""A commune's people at the board: what is met, why not, what is missing, and what stays kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from dinhlang.assessment.models import Assessment
from dinhlang.facts.models import Observation
from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.models import User
from dinhlang.plans.models import Plan
from dinhlang.web.demo.loading import load
from tests.assessment.small_law import DAY, SET, VILLAGES, enter, enter_all, small_law
from tests.e2e.test_reader_page import assert_fits
from tests.plans.living import a_plan
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
WIDTHS = (1440, 360)
ON = f"?ngay={DAY.isoformat()}"


@pytest.fixture
def sign_in(browser_page: OpenPage, settings: Any) -> SignIn:
    """``sign_in(user, width)`` is a page of a browser in which that person is signed in."""

    def enter_as(user: User, width: int = 1440) -> Page:
        page = browser_page(width)
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter_as


@pytest.fixture
def commune(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Commune A under the small law, with the numbers and the plan of 2030.

    Asked for before the site: its worker would read the plan at the same time.
    """
    monkeypatch.setattr(lawbook, "library", small_law)
    places = world.places
    enter_all(world.people["officer"], places["a"], [places["a1"], places["a2"]])
    enter_all(None, places["b"], [places["b1"]])
    enter(None, places["b"], "ty_le_duong_cung_hoa", parts=("12", "12"))
    a_plan(world.people["leader"], places["a"])
    return world


def board_of(world: World, place: str = "a", set_id: str = SET) -> str:
    return f"/tieu-chi/{world.places[place].pk}/{set_id}/{ON}"


def test_from_the_board_to_the_reason_and_back(commune: World, sign_in: SignIn) -> None:
    page = sign_in(commune.people["leader"])
    page.goto(board_of(commune))
    expect(page.locator(".reached")).to_contain_text("2/3 tiêu chí")
    expect(page.locator(".trend svg")).to_be_visible()
    roads = page.locator(".tile", has_text="Giao thông")
    expect(roads).to_contain_text("Chưa đạt 1/2")
    expect(roads).to_contain_text("trái với kế hoạch")
    roads.get_by_role("link", name="Giao thông").click()
    first = page.locator(".indicator").first
    expect(first.locator(".rule")).to_contain_text("98 %")
    expect(first.locator(".why-words")).to_contain_text("93,55 %")
    expect(first.locator(".used")).to_contain_text("chờ xác nhận")
    expect(page.locator(".below-table tbody tr")).to_have_count(2)
    first.get_by_role("link", name="Xem dòng").click()
    page.wait_for_url("**/van-ban#m*")
    page.go_back()
    page.get_by_role("link", name="4. Điện").click()
    expect(page.locator("h1")).to_contain_text("4. Điện")
    page.locator(".back a").click()
    expect(page.locator(".reached")).to_be_visible()


def test_another_day_and_another_set_are_one_choice_away(commune: World, sign_in: SignIn) -> None:
    page = sign_in(commune.people["leader"])
    page.goto(board_of(commune))
    page.locator("select[name=bo]").select_option(label="Xã thử 2033 (mẫu)")
    expect(page.locator(".about-set h2")).to_contain_text("Bộ tiêu chí thử sau")
    expect(page.locator(".set-notes")).to_contain_text("chưa có hiệu lực")
    page.locator("input[name=ngay]").fill("2031-06-30")
    page.locator("select[name=bo]").select_option(label="Xã thử 2028–2032 (mẫu)")
    expect(page.locator(".about-set")).to_contain_text("Sửa bởi 02/2031/QĐ-MẪU từ 01/01/2031")
    page.goto("/tieu-chi/")
    expect(page.locator(".where-part b")).to_have_text("Xã Làng Mẫu")


def test_a_number_that_is_missing_is_typed_where_the_page_leads(
    commune: World, sign_in: SignIn
) -> None:
    place = commune.places["a"]
    enter(commune.people["officer"], place, "thu_nhap")  # taken back
    page = sign_in(commune.people["officer"])
    page.goto(board_of(commune).replace(ON, f"10/{ON}"))
    gap = page.locator(".gaps li").first
    expect(gap).to_contain_text("Cơ quan thống kê")
    gap.get_by_role("link").click()
    page.wait_for_url(f"**/so-lieu/{place.pk}/**")
    expect(page.locator("body")).to_contain_text("Thu nhập bình quân đầu người")
    assert Observation.objects.filter(place=place, measure="thu_nhap").count() == 2


def test_the_leader_keeps_the_result_and_it_stays(commune: World, sign_in: SignIn) -> None:
    page = sign_in(commune.people["leader"])
    page.goto(board_of(commune))
    page.locator("input[name='ghi-chu']").fill("Kỳ IV, đã họp thống nhất")
    page.get_by_role("button", name="Chốt kết quả tự đánh giá").click()
    expect(page.locator("h1")).to_contain_text("tự đánh giá tại ngày 31/12/2030")
    kept = page.url
    officer = commune.people["officer"]
    enter(officer, commune.places["a"], "ty_le_duong_cung_hoa", parts=("12.4", "12.4"))
    page.goto(kept)
    expect(page.locator(".reached")).to_contain_text("2/3 tiêu chí")
    page.locator(".kept", has_text="Giao thông").locator("summary").click()
    expect(page.locator(".kept-list").first).to_contain_text("93,55 %")
    assert Assessment.objects.get().note == "Kỳ IV, đã họp thống nhất"
    assert Plan.objects.count() == 1


def test_the_province_compares_communes_and_opens_one(commune: World, sign_in: SignIn) -> None:
    page = sign_in(commune.people["province"])
    page.goto(f"/tieu-chi/bang/{commune.places['province'].pk}/{ON}")
    expect(page.locator(".matrix tbody tr")).to_have_count(2)
    page.locator("select[name='tieu-chi']").select_option("2")
    page.locator("select[name=tt]").select_option("not_met")
    expect(page.locator(".matrix tbody tr")).to_have_count(1)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel").click()
    assert taken.value.suggested_filename.startswith("bang-tieu-chi-an-mau")
    page.locator(".matrix tbody a.cell.no").first.click()
    expect(page.locator("h1")).to_contain_text("2. Giao thông")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_the_board_fits_the_screen(
    commune: World, sign_in: SignIn, width: int
) -> None:
    page = sign_in(commune.people["admin"], width)
    place, above = commune.places["a"].pk, commune.places["province"].pk
    addresses = (
        board_of(commune),
        board_of(commune).replace(ON, f"2/{ON}"),
        board_of(commune, "a1", VILLAGES),
        f"/tieu-chi/bang/{above}/{ON}",
        f"/tieu-chi/bang/{place}/{ON}",
        f"/tieu-chi/{place}/ban-chot/",
        "/tieu-chi/chon",
    )
    for address in addresses:
        page.goto(address)
        expect(page.locator(".criteria-tabs")).to_be_visible()
        assert_fits(page)


@pytest.fixture
def sample(transactional_db: None) -> dict[str, User]:
    """The people of the sample commune by name; loaded before the site and its worker run."""
    return {account.user.username: account.user for account in load(timezone.now())}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sample_commune_has_a_board_that_is_alive(
    sample: dict[str, User], sign_in: SignIn, picture: Picture, width: int
) -> None:
    page = sign_in(sample["lanhdao"], width)
    page.goto("/tieu-chi/")
    expect(page.locator(".tile")).to_have_count(10)
    expect(page.locator(".trend svg")).to_be_visible()
    # What the accepted plan says has reached the board, and what could not be is told.
    roads = page.locator(".tile", has_text="Hạ tầng kinh tế")
    expect(roads).to_contain_text("Công chức Địa chính")
    expect(roads).to_contain_text("trái với kế hoạch")
    expect(page.locator(".claimed").first).to_contain_text("ghi: đã đạt")
    expect(page.locator(".unmatched")).to_contain_text("không ghép được với bộ này vì")
    expect(page.locator(".unconfirmed").first).to_contain_text("dựa trên số chưa xác nhận")
    picture(page, "bang-tieu-chi")
    page.locator(".tile.edge-no h3 a").first.click()
    expect(page.locator(".indicator").first).to_be_visible()
    page.locator(".indicator.edge-left-no").first.scroll_into_view_if_needed()
    picture(page, "tieu-chi-vi-sao")
    page.go_back()
    page.get_by_role("button", name="Chốt kết quả tự đánh giá").click()
    expect(page.locator(".kept").first).to_be_visible()
    picture(page, "tieu-chi-ban-chot")

    page.goto("/tieu-chi/")
    page.goto(f"{page.url}xu-huong")
    last = page.locator(".plain-table tbody tr").nth(-3)
    day, criteria, indicators = (cell.inner_text() for cell in last.locator("td").all())
    last.locator("a").click()
    expect(page.locator(".known .is-on")).to_contain_text(f"như đã biết ngày {day}")
    expect(page.locator(".reached b")).to_have_text(criteria)
    expect(page.locator(".score-words b")).to_have_text(indicators)
    assert_fits(page)
    picture(page, "bang-tieu-chi-ngay-truoc")
    page.locator(".known a").click()
    expect(page.locator(".known .is-on")).to_contain_text("theo số liệu biết đến hôm nay")

    village = sign_in(sample["truongthon"], width)
    village.goto("/tieu-chi/")
    expect(village.locator("select[name=bo]")).to_contain_text("Thôn thông minh (mẫu)")
    expect(village.locator(".tile").first).to_be_visible()

    above = sign_in(sample["captren"], width)
    above.goto("/tieu-chi/")
    expect(above.locator(".matrix tbody tr")).to_have_count(4)
    if width < 1000:
        above.locator(".matrix").scroll_into_view_if_needed()
    picture(above, "tieu-chi-cac-xa")
