"""The way into the sample commune and the page of backups, as a person sees them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dinhlang.web.backup import archive, selectors
from tests.e2e.fitting import fits

Open = Callable[..., Page]


@pytest.fixture
def sample(transactional_db: None, tmp_path: Path, settings: Any) -> None:
    """The sample commune, where one click is enough to come in."""
    from dinhlang.web.demo.loading import load

    settings.BACKUP_DIR = tmp_path / "sao-luu"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMO = True
    load(timezone.now())


@pytest.mark.parametrize("width", [360, 1440])
def test_a_newcomer_is_in_a_commune_at_work_after_one_click(
    sample: None, browser_page: Open, picture: Callable[..., None], width: int
) -> None:
    page = browser_page(width)
    page.goto("/")
    expect(page.get_by_role("heading", name="Vào xem thử xã Làng Mẫu")).to_be_visible()
    expect(page.get_by_role("button", name="Vào xem")).to_have_count(8)
    assert fits(page)
    picture(page, "xem-thu", full_page=True)
    page.get_by_role("button", name="Vào xem với vai Cán bộ tổng hợp").click()
    page.wait_for_url("**/")
    expect(page.get_by_text("Lê Thị Mận").first).to_be_attached()
    expect(page.get_by_text("Dữ liệu mẫu")).to_be_visible()
    expect(page.get_by_text("Lắp đặt wifi miễn phí").first).to_be_visible()
    page.goto("/ke-hoach/")
    expect(page.get_by_role("heading", name="Kế hoạch", exact=True)).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1440])
def test_an_administrator_makes_a_backup_and_takes_it_away(
    sample: None, browser_page: Open, picture: Callable[..., None], width: int, tmp_path: Path
) -> None:
    page = browser_page(width)
    page.goto("/xem-thu")
    page.get_by_role("button", name="Vào xem với vai Quản trị").click()
    page.goto("/quan-tri")
    expect(page.get_by_text("Chưa có bản sao lưu nào.")).to_be_visible()
    page.get_by_role("link", name="Xem các bản sao lưu").click()
    page.get_by_role("button", name="Sao lưu ngay").click()
    expect(page.get_by_text("Sao lưu gần nhất: hôm nay")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("đã đọc lại", exact=False).first).to_be_visible()
    assert fits(page)
    picture(page, "sao-luu", full_page=True)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải về").first.click()
    kept = tmp_path / "mang-ve.zip"
    waiting.value.save_as(kept)
    assert archive.verify(kept).tables["plans.plan"].rows == 2
    assert len(selectors.archives()) == 1
