"""Tasks from a template and from Excel, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from dinhlang.people.models import Office
from dinhlang.work import sheets
from dinhlang.work.models import Task
from tests.e2e.fitting import fits
from tests.work.making import OFFICES, a_task
from tests.work.test_importing import filled
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
WIDTHS = (360, 1440)


@pytest.fixture
def sign_in(browser_page: OpenPage, world: World, settings: Any) -> SignIn:
    """A page of a browser in which the coordinator of commune A is signed in."""

    def enter(width: int, **options: Any) -> Page:
        page = browser_page(width, **options)
        client = Client()
        client.force_login(world.people["coordinator"])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter


@pytest.mark.parametrize("width", WIDTHS)
def test_a_template_becomes_a_chain_of_tasks(
    world: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    for title in OFFICES[:3]:
        Office.objects.create(place=world.places["a"], title=title)
    page = sign_in(width)
    page.goto(f"/cong-viec/{world.places['a'].pk}/mau")
    page.get_by_role("link", name="Lập hồ sơ minh chứng một tiêu chí").click()
    page.get_by_label("Ngày phải xong").fill(f"28/6/{timezone.localdate().year + 1}")
    page.get_by_role("button", name="Tính ngày từng bước").click()
    page.get_by_label("Bước 3").uncheck()
    assert fits(page)
    picture(page, "mau-viec", full_page=True)
    page.get_by_role("button", name="Tạo việc").click()
    expect(page.get_by_text("Đã tạo việc và 4 bước từ mẫu.")).to_be_visible()
    assert Task.objects.get(parent=None).children.count() == 4


@pytest.mark.parametrize("width", WIDTHS)
def test_a_filled_file_is_seen_before_it_is_written(
    world: World, sign_in: SignIn, picture: Picture, tmp_path: Path, width: int
) -> None:
    task = a_task(world.places["a"], "Nạo vét kênh", lead=OFFICES[0])
    path = tmp_path / "cong-viec.xlsx"
    key = {sheets.KEY: str(task.key), sheets.SEEN: 0}
    path.write_bytes(filled([
        key | {"text": task.text, "lead": OFFICES[1], "end": "30/6/2030"},
        {"text": "Lát vỉa hè khu trung tâm", "lead": OFFICES[0], "end": "30/9/2030",
         "state": "Đang chờ", "why": "vốn đợt 2", "after": "Nạo vét kênh"},
        {"text": "Trồng cây bóng mát", "villages": "Thôn Không Có", "end": "31/2/2030"},
    ]))  # fmt: skip
    page = sign_in(width)
    page.goto(f"/cong-viec/{world.places['a'].pk}/nhap")
    assert fits(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_text("không có thôn")).to_be_visible()
    expect(page.get_by_text("Sau việc").first).to_be_visible()
    assert fits(page)
    picture(page, "nhap-viec", full_page=True)
    page.get_by_role("button", name="Thêm 1 việc, sửa 1 việc").click()
    expect(page.get_by_text("Đã thêm 1 việc, sửa 1 việc từ tệp Excel.")).to_be_visible()
    assert Task.objects.count() == 2
    assert Task.objects.get(state="waiting").needs.get().after == task


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_the_choice_of_files_speaks_vietnamese_in_a_browser_of_another_language(
    world: World, sign_in: SignIn, width: int, has_script: bool
) -> None:
    task = a_task(world.places["a"], "Nạo vét kênh", lead=OFFICES[0])
    page = sign_in(width, locale="en-US", java_script_enabled=has_script)
    page.goto(f"/viec/{task.pk}")
    box = page.locator(".file-box")
    expect(box.locator(".file-button")).to_be_visible()
    expect(box.locator(".file-button")).to_contain_text("Chọn tệp")
    files = page.get_by_label("Tệp, ảnh kèm theo")
    names = box.locator(".file-names")
    chosen = [{"name": f"ảnh kênh {at}.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
              for at in range(1, 6)]  # fmt: skip
    if not has_script:
        expect(names).to_be_hidden()
        return
    expect(names).to_have_text("Chưa chọn tệp nào")
    files.set_input_files(chosen)
    expect(names).to_have_text("ảnh kênh 1.jpg, ảnh kênh 2.jpg, ảnh kênh 3.jpg và 2 tệp nữa")
    assert fits(page)
    assert files.evaluate("input => getComputedStyle(input).opacity") == "0"
    with page.expect_file_chooser() as opened:
        box.locator(".file-line").click()
    opened.value.set_files(chosen[:1])
    expect(names).to_have_text("ảnh kênh 1.jpg")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_parts_of_work_stand_in_one_line_and_all_are_reached(
    world: World, sign_in: SignIn, width: int
) -> None:
    page = sign_in(width)
    page.goto(f"/cong-viec/{world.places['a'].pk}/co-quan")
    parts = page.get_by_role("navigation", name="Các phần của Công việc")
    box = parts.bounding_box()
    assert box is not None and box["height"] < 60
    if width > 1000:
        parts.get_by_text("Thêm", exact=True).click()
        expect(parts.get_by_role("link", name="Mẫu việc")).to_be_visible()
        page.keyboard.press("Escape")
        expect(parts.get_by_role("link", name="Mẫu việc")).to_be_hidden()
        parts.get_by_text("Thêm", exact=True).press("Enter")
    parts.get_by_role("link", name="Mẫu việc").click()
    expect(page.get_by_role("heading", name="Mẫu việc")).to_be_visible()
    assert fits(page)
    if width < 1000:
        link = parts.get_by_role("link", name="Mẫu việc").bounding_box()
        assert link is not None and link["x"] >= 0 and link["x"] + link["width"] <= width
