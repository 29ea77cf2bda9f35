"""The ground every page stands on, seen from a browser: fonts, policy, and the tests' own eyes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

LETTERS = "Xã Đình Làng đạt chuẩn nông thôn mới: ế ở ữ ỵ Ằ Ộ Ỹ ₫ %"
RUN_INLINE = """() => {
    const script = document.createElement("script");
    script.textContent = "document.documentElement.dataset.ran = 'yes'";
    document.body.append(script);
    const cell = document.createElement("p");
    cell.setAttribute("style", "position: fixed");
    document.body.append(cell);
    return [document.documentElement.dataset.ran ?? "no", getComputedStyle(cell).position];
}"""
LOADED = """async (family) => {
    const faces = await document.fonts.load(`16px "${family}"`, "%s");
    return faces.map((face) => face.status);
}"""


@pytest.mark.parametrize("family", ["Be Vietnam Pro", "Tinos"])
def test_vietnamese_letters_come_from_our_own_fonts(
    browser_page: Callable[..., Page], family: str
) -> None:
    page = browser_page(1440)
    page.goto("/")
    statuses = page.evaluate(LOADED % LETTERS, family)
    assert len(statuses) >= 2, "one file of plain letters and one of Vietnamese letters"
    assert set(statuses) == {"loaded"}


def test_the_browser_itself_refuses_inline_scripts_and_styles(browser: Browser, site: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(site)
    ran, position = page.evaluate(RUN_INLINE)
    page.close()
    assert ran == "no"
    assert position == "static"
    assert sum("Content Security Policy" in text for text in said) == 2


@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_is_wider_than_the_screen(browser_page: Callable[..., Page], width: int) -> None:
    page = browser_page(width)
    for path in ("/", "/huong-dan", "/khong-co-trang-nay"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
