"""A new installation in a real browser: the first administrator, an invitation, a first sign-in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from dinhlang.people import services
from dinhlang.people.access import Role
from dinhlang.people.models import AuditLine, User
from tests.e2e.fitting import fits
from tests.world import PASSWORD, World, populate

GOOD = "ruộng bậc thang 12"


@pytest.fixture
def world(transactional_db: None) -> World:
    """The places and people of the other tests, where a running site sees them."""
    cache.clear()
    return populate(World())


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/dang-nhap" not in url)


@pytest.mark.parametrize("width", [1440, 360])
def test_the_first_visitor_sets_the_installation_up(
    width: int, browser_page: Callable[..., Page], picture: Callable[..., None]
) -> None:
    page = browser_page(width)
    page.goto("/quan-tri")
    expect(page.get_by_role("heading", name="Bắt đầu dùng Đình Làng")).to_be_visible()
    picture(page, "bat-dau")
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Khởi Đầu")
    page.get_by_label("Tên đăng nhập").fill("quantri")
    page.get_by_label("Mật khẩu", exact=True).fill(GOOD)
    page.get_by_label("Nhập lại mật khẩu").fill(GOOD)
    page.get_by_role("button", name="Tạo người quản trị").click()
    expect(page.get_by_role("heading", name="Chuẩn bị để bắt đầu")).to_be_visible()
    assert fits(page)
    picture(page, "quan-tri-buoc-dau")
    assert User.objects.get().username == "quantri"


@pytest.mark.parametrize("width", [1440, 360])
def test_a_coordinator_invites_a_village_head_who_then_comes_in(
    width: int, world: World, browser_page: Callable[..., Page], picture: Callable[..., None]
) -> None:
    page = browser_page(width)
    sign_in(page, "coordinator")
    page.goto("/quan-tri/nguoi-dung")
    expect(page.get_by_text("Trưởng Thôn Mẫu")).to_be_visible()
    expect(page.get_by_text("Tổng Hợp Bên")).to_have_count(0)
    assert fits(page)
    picture(page, "nguoi-dung")
    page.get_by_role("link", name="Thêm người").click()
    page.get_by_label("Họ và tên").fill("Nguyễn Hoàng Phương Thảo Nguyên")
    page.get_by_label("Tên đăng nhập").fill("thon.dinhha")
    page.get_by_role("radio", name="Trưởng thôn").check()
    place = page.get_by_role("combobox", name="Địa bàn")
    place.fill("")
    with page.expect_response(lambda answer: "/quan-tri/dia-ban" in answer.url):
        place.press_sequentially("dinh ha")
    expect(page.locator("datalist option").first).to_have_attribute(
        "value", f"Thôn Đình Hạ, xã Làng Mẫu #{world.places['a2'].pk}"
    )
    place.fill("thôn Đình Hạ")
    page.get_by_role("textbox", name="Chức vụ").fill("Trưởng thôn")
    assert fits(page)
    picture(page, "them-nguoi", full_page=True)
    page.get_by_role("button", name="Lưu và lấy liên kết").click()
    words = page.get_by_label("Lời nhắn").input_value()
    assert fits(page)
    picture(page, "lien-ket")
    link = words.split()[-1]
    phone = browser_page(360)
    phone.goto(link)
    expect(phone.get_by_text("thon.dinhha")).to_be_visible()
    picture(phone, "dat-mat-khau")
    phone.get_by_label("Mật khẩu", exact=True).fill(GOOD)
    phone.get_by_label("Nhập lại mật khẩu").fill(GOOD)
    phone.get_by_role("button", name="Lưu mật khẩu").click()
    phone.get_by_role("link", name="Đăng nhập").last.click()
    sign_in(phone, "thon.dinhha", GOOD)
    phone.goto("/tai-khoan")
    expect(phone.locator("main").get_by_text("Trưởng thôn, thôn Đình Hạ").first).to_be_visible()
    assert fits(phone)
    picture(phone, "tai-khoan", full_page=True)
    phone.goto("/quan-tri")
    expect(phone.get_by_role("heading", name="Bạn không làm được việc này")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 360])
def test_an_administrator_looks_at_a_person_and_at_the_log(
    width: int, world: World, browser_page: Callable[..., Page], picture: Callable[..., None]
) -> None:
    admin, officer = world.people["admin"], world.people["officer"]
    title = "Công chức Địa chính - Nông nghiệp - Xây dựng và Môi trường"
    office = services.create_office(admin, world.places["a"], title)
    services.appoint(admin, officer, office)
    services.give(admin, officer, Role.VILLAGE_HEAD, world.places["a2"])
    page = browser_page(width)
    sign_in(page, "admin")
    page.goto(f"/quan-tri/nguoi-dung/{officer.pk}")
    expect(page.get_by_role("heading", name="Công Chức Mẫu", exact=True)).to_be_visible()
    page.get_by_text("Cấp thêm quyền").click()
    assert fits(page)
    picture(page, "mot-nguoi", full_page=True)
    page.goto("/quan-tri/chuc-vu")
    expect(page.get_by_text(title)).to_be_visible()
    assert fits(page)
    picture(page, "chuc-vu")
    page.goto("/quan-tri/nhat-ky")
    page.get_by_role("button", name="Kiểm tra toàn vẹn").click()
    expect(page.get_by_text("Nguyên vẹn", exact=True)).to_be_visible()
    assert fits(page)
    picture(page, "nhat-ky")
    page.goto("/quan-tri")
    picture(page, "quan-tri")


def test_two_clicks_on_the_button_make_one_person_with_a_working_link(
    world: World, browser_page: Callable[..., Page]
) -> None:
    page = browser_page(1440)
    sign_in(page, "coordinator")
    page.goto("/quan-tri/nguoi-dung/moi")
    page.get_by_label("Họ và tên").fill("Bấm Hai Lần")
    page.get_by_label("Tên đăng nhập").fill("hai.lan")
    page.get_by_role("radio", name="Công chức, cán bộ").check()
    page.get_by_role("button", name="Lưu và lấy liên kết").dblclick()
    page.wait_for_load_state("networkidle")
    link = page.get_by_label("Lời nhắn").input_value().split()[-1]
    assert User.objects.filter(full_name="Bấm Hai Lần").count() == 1
    assert AuditLine.objects.filter(verb="tạo tài khoản").count() == 1
    page.goto(link)
    expect(page.get_by_role("heading", name="Đặt mật khẩu")).to_be_visible()


def test_a_second_factor_is_set_up_in_the_browser(
    world: World, browser_page: Callable[..., Page], picture: Callable[..., None]
) -> None:
    page = browser_page(360)
    sign_in(page, "leader")
    page.goto("/tai-khoan/hai-lop")
    page.get_by_role("link", name="Bật xác thực hai lớp").click()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_alt_text("Mã QR để ứng dụng xác thực quét")).to_be_visible()
    assert page.locator("img.qr").evaluate("image => image.naturalWidth > 0")
    assert fits(page)
    picture(page, "hai-lop", full_page=True)
    page.get_by_label("Mã 6 số trên điện thoại").fill("000000")
    page.get_by_role("button", name="Bật").click()
    expect(page.get_by_text("Mã không đúng")).to_be_visible()
