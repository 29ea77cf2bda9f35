"""From the verdict to the standard in a browser: estimates, the two ways, what if, two sets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from dinhlang.assessment.planning.models import ItemEstimate
from dinhlang.lawbook import selectors as lawbook
from tests.assessment.planning.choice_law import SET, choice_law, enter_choices
from tests.e2e.test_reader_page import assert_fits
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
ON = "?ngay=2030-12-31"
WIDTHS = (360, 1440)


@pytest.fixture
def chosen(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Commune A with its numbers, under a law with choices."""
    monkeypatch.setattr(lawbook, "library", choice_law)
    enter_choices(world)
    return world


@pytest.fixture
def sign_in(browser_page: OpenPage, chosen: World, settings: Any) -> Callable[[int], Page]:
    """``sign_in(width)`` is a page of a browser in which the leader of commune A is signed in."""

    def enter(width: int) -> Page:
        page = browser_page(width)
        client = Client()
        client.force_login(chosen.people["leader"])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter


def at(world: World, page: str) -> str:
    return f"/tieu-chi/{world.places['a'].pk}/{SET}/{page}"


def estimate(page: Page, name: str, cost: str, months: str) -> None:
    """Types the cost and the months of one item; unfolds the others where it stands there."""
    row = page.locator(".estimate").filter(has_text=name)
    if not row.is_visible():
        page.locator(".estimate-others summary").first.click()
    row.locator("[name=chi-phi]").fill(cost)
    row.locator("[name=thang]").fill(months)


@pytest.mark.parametrize("width", WIDTHS)
def test_costs_and_months_typed_give_the_cheapest_and_the_fastest_way(
    sign_in: Callable[[int], Page], chosen: World, picture: Picture, width: int
) -> None:
    page = sign_in(width)
    page.goto(at(chosen, f"duong-ngan-nhat/{ON}"))
    expect(page.locator(".way")).to_have_count(1)
    expect(page.locator(".way")).to_contain_text("Cần thêm 8,42 triệu đồng/người/năm")
    assert_fits(page)

    estimate(page, "Có nhà thi đấu", "2 tỷ", "3")
    estimate(page, "Có câu lạc bộ", "100 triệu", "2")
    estimate(page, "Thu nhập bình quân", "nhiều", "24")
    estimate(page, "Có camera", "50 triệu", "1")
    page.get_by_role("button", name="Lưu và tính lại").click()
    expect(page.get_by_text("Chi phí ghi như")).to_be_visible()
    assert not ItemEstimate.objects.exists()

    wrong = page.locator(".estimate.is-wrong")
    expect(wrong.locator("[name=thang]")).to_have_value("24")
    wrong.locator("[name=chi-phi]").fill("500 triệu")
    page.get_by_role("button", name="Lưu và tính lại").click()
    expect(page.get_by_text("Kết quả ở trên đã tính lại")).to_be_visible()
    cheap, fast = page.locator(".way").nth(0), page.locator(".way").nth(1)
    expect(cheap).to_contain_text("550 triệu đồng")
    expect(cheap.locator(".way-next")).to_contain_text("đắt hơn 1,6 tỷ đồng")
    expect(fast).to_contain_text("2,15 tỷ đồng")
    expect(fast).to_contain_text("3 tháng")
    assert ItemEstimate.objects.count() == 4
    assert_fits(page)
    page.evaluate("scrollTo(0, 0)")
    picture(page, "duong-ngan-nhat")
    page.locator("#muc").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#muc').scrollIntoView()")
    picture(page, "duong-ngan-nhat-chi-phi")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_number_tried_shows_at_once_what_flips(
    sign_in: Callable[[int], Page], chosen: World, picture: Picture, width: int
) -> None:
    page = sign_in(width)
    page.goto(at(chosen, f"thu/{ON}"))
    result = page.locator("#ket-qua")
    expect(result).to_contain_text("Chưa thay đổi gì")
    page.get_by_label(re.compile("^Thu nhập bình quân")).fill("60")
    expect(result).to_contain_text("Tốt lên: 1 chỉ tiêu")
    page.get_by_label(re.compile("^Vùng")).select_option("DBSH")
    expect(result).to_contain_text("Xấu đi: 1 chỉ tiêu")
    assert_fits(page)
    picture(page, "thu-thay-doi")
    expect(page).to_have_url(re.compile("s-thu_nhap=60"))
    page.reload()
    expect(page.locator("#ket-qua")).to_contain_text("Xấu đi: 1 chỉ tiêu")
    expect(page.get_by_label(re.compile("^Thu nhập bình quân"))).to_have_value("60")


def test_a_rate_is_tried_with_a_slider(sign_in: Callable[[int], Page], chosen: World) -> None:
    page = sign_in(1440)
    page.goto(at(chosen, f"thu/{ON}"))
    page.locator("summary").filter(has_text="Nước sạch").click()
    slider = page.locator("input[type=range]").first
    expect(slider).to_have_value("92")
    slider.fill("80")
    expect(page.locator("#ket-qua")).to_contain_text("Xấu đi: 1 chỉ tiêu")
    expect(page.get_by_label(re.compile("^Tỷ lệ hộ dùng nước sạch"))).to_have_value("80")


@pytest.mark.parametrize("width", WIDTHS)
def test_two_sets_stand_side_by_side(
    sign_in: Callable[[int], Page], chosen: World, picture: Picture, width: int
) -> None:
    page = sign_in(width)
    page.goto(at(chosen, f"so-sanh/{ON}"))
    expect(page.locator(".compare-pair")).to_have_count(5)
    assert_fits(page)
    picture(page, "so-hai-bo")
    page.locator(".compare-filter a").filter(has_text="Chặt hơn").click()
    expect(page.locator(".compare-pair")).to_have_count(1)
    expect(page.locator(".compare-pair")).to_contain_text("đã đạt, sang bộ kia chưa đạt")
