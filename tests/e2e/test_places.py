"""What people do with places: bring lists in, look a place up, keep its villages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from dinhlang.people.models import Grant, User
from dinhlang.people.roles import Role
from dinhlang.places.models import Unit
from tests.e2e.fitting import fits

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]
Picture = Callable[..., None]

BEFORE = """Mã,Tên,Loại,Mã cấp trên
88,Bình Mẫu,Tỉnh,
881,Bình Giang,Huyện,88
88001,Hòa Thượng,Xã,881
88002,Hòa Hạ,Xã,881
88003,Cẩm Mẫu,Thị trấn,881
88004,,Xã,881
"""
AFTER = """Mã,Tên,Loại,Mã cấp trên
90,An Mẫu,Tỉnh,
88001,Hoà Bình Giang,Xã,90
90002,Cẩm Mẫu,Phường,90
90003,Sông Mẫu,Xã,90
90004,Đồi Mẫu,Xã,90
"""
ARROWS = """Mã cũ,Mã mới,Phạm vi,Phần chính
88001,88001,toàn bộ,
88002,88001,một phần,x
88002,90002,một phần,
88003,90002,toàn bộ,
"""
RINGS = {
    "88001": [[0, 0], [4, -1], [6, 2], [5, 5], [2, 6], [-1, 3]],
    "90002": [[4, -1], [9, -2], [10, 3], [6, 2]],
    "90003": [[6, 2], [10, 3], [9, 8], [2, 6], [5, 5]],
    "90004": [[-1, 3], [2, 6], [9, 8], [1, 11], [-6, 7], [-5, 1], [0, 0]],
}


def shapes() -> str:
    """Four made-up communes side by side, somewhere in the hills."""

    def feature(code: str) -> dict[str, Any]:
        ring = [[105.5 + x / 80, 21.5 + y / 90] for x, y in RINGS[code]]
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}

    return json.dumps({"type": "FeatureCollection", "features": [feature(code) for code in RINGS]})


def signed_in(
    open_page: OpenPage, settings: Any, role: Role, place: Unit | None, width: int
) -> Page:
    """A page of a browser in which somebody with this role is signed in."""
    name = f"{role.value.replace('_', '.')}{width}"
    user = User.objects.create(username=name, full_name="Nguyễn Thị Thanh Mẫu")
    Grant.objects.create(user=user, role=role.value, place=place)
    client = Client()
    client.force_login(user)
    page = open_page(width)
    page.goto("/doc-thu/")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": page.url.split("/doc-thu")[0]}]
    )
    return page


def send(page: Page, kind: str, name: str, text: str, **days: str) -> None:
    """Send a file on the import page and wait until it was checked."""
    page.goto("/dia-ban/nhap")
    page.get_by_label("Tệp này là").select_option(kind)
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    for label, day in days.items():
        page.locator(f"input[name={label}]").fill(day)
    page.get_by_role("button", name="Soát tệp").click()
    expect(page.get_by_role("heading", name="Sẽ nhập")).to_be_visible(timeout=60_000)


def confirm(page: Page) -> None:
    """Confirm, and wait until it is written."""
    page.get_by_role("button", name="Xác nhận nhập").click()
    expect(page.get_by_role("heading", name="Đã nhập")).to_be_visible(timeout=60_000)


def no_wider_than_the_screen(page: Page) -> None:
    assert fits(page)


def bring_everything(page: Page) -> None:
    """The four lists of the made-up country, the first one with a wrong row."""
    send(page, "units", "don-vi-truoc.csv", BEFORE, den_ngay="2025-07-01")
    expect(page.get_by_text("Chưa có tên.")).to_be_visible()
    page.get_by_label("Bỏ qua các dòng lỗi").check()
    confirm(page)
    send(page, "units", "don-vi-moi.csv", AFTER, tu_ngay="2025-07-01")
    confirm(page)
    send(page, "successions", "sap-xep.csv", ARROWS, tu_ngay="2025-07-01")
    confirm(page)
    send(page, "boundaries", "ranh-gioi.geojson", shapes())
    confirm(page)


@pytest.mark.parametrize("width", [1440, 360])
def test_lists_come_in_and_a_place_shows_its_past(
    browser_page: OpenPage, settings: Any, picture: Picture, width: int
) -> None:
    page = signed_in(browser_page, settings, Role.ADMIN, None, width)
    page.goto("/dia-ban/nhap")
    no_wider_than_the_screen(page)
    picture(page, "nhap-danh-sach")
    send(page, "units", "don-vi-truoc.csv", BEFORE, den_ngay="2025-07-01")
    no_wider_than_the_screen(page)
    picture(page, "soat-danh-sach")
    page.get_by_role("button", name="Bỏ, không nhập").click()
    expect(page.get_by_role("heading", name="Nhập danh sách")).to_be_visible()
    assert not Unit.objects.filter(code="88").exists()
    bring_everything(page)

    page.goto("/dia-ban/")
    page.get_by_label("Tên hoặc mã").fill("hoà thượng")
    page.get_by_role("button", name="Xem").click()
    no_wider_than_the_screen(page)
    picture(page, "tim-dia-ban")
    page.get_by_role("link", name="Xã Hòa Thượng").click()
    expect(page.get_by_text("Đã trở thành")).to_be_visible()
    no_wider_than_the_screen(page)
    page.locator(".kin").get_by_role("link", name="Xã Hoà Bình Giang").click()
    expect(page.get_by_role("heading", name="Được lập từ")).to_be_visible()
    expect(page.locator(".kin > li")).to_have_count(2)
    expect(page.locator(".map path.near")).to_have_count(3)
    no_wider_than_the_screen(page)
    picture(page, "mot-xa", full_page=True)
    page.locator(".map a", has_text="Phường Cẩm Mẫu").click()
    expect(page.get_by_role("heading", name="Phường Cẩm Mẫu")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 360])
def test_villages_are_kept_by_the_commune(
    browser_page: OpenPage, settings: Any, picture: Picture, width: int
) -> None:
    from dinhlang.places import services
    from dinhlang.places.models import Level

    province = services.add_unit(Level.PROVINCE, "tỉnh", "An Mẫu", services.ensure_country())
    commune = services.add_unit(Level.COMMUNE, "xã", "Làng Mẫu", province, code="90001")
    page = signed_in(browser_page, settings, Role.COORDINATOR, commune, width)
    page.goto(f"/dia-ban/{commune.pk}")
    page.get_by_role("link", name="Sửa thôn, khu").click()
    for name in ("Đình Thượng", "Đình Hạ", "Bến Đò và Chợ Mới của xã Hòa Bình cũ"):
        expect(page.locator("#ten-moi")).to_be_focused()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Đã thêm thôn {name}.")).to_be_visible()
    no_wider_than_the_screen(page)
    picture(page, "thon", full_page=True)

    page.get_by_label("Thôn Đình Thượng").check()
    page.get_by_label("Thôn Đình Hạ").check()
    page.get_by_label("Tên thôn mới").fill("Bến Đò và Chợ Mới của xã Hòa Bình cũ")
    page.get_by_role("button", name="Nhập thôn").click()
    expect(page.get_by_role("alert")).to_contain_text("đã có thôn Bến Đò")
    expect(page.get_by_label("Thôn Đình Hạ")).to_be_checked()
    page.get_by_label("Tên thôn mới").fill("Đình Làng")
    page.get_by_role("button", name="Nhập thôn").click()
    expect(page.get_by_text(re.compile("Đã nhập 2 thôn thành thôn Đình Làng"))).to_be_visible()

    row = page.locator("li", has=page.get_by_label("Thôn Đình Làng"))
    row.get_by_text("Đổi tên").click()
    row.get_by_label("Tên", exact=True).fill("Trung Tâm")
    row.get_by_label("Chỉ sửa lỗi").check()
    no_wider_than_the_screen(page)
    row.get_by_role("button", name="Lưu tên").click()
    expect(page.get_by_text("Đã sửa thôn Đình Làng thành thôn Trung Tâm.")).to_be_visible()
    names = set(commune.children.filter(valid_to=None).values_list("name", flat=True))
    assert names == {"Trung Tâm", "Bến Đò và Chợ Mới của xã Hòa Bình cũ"}
