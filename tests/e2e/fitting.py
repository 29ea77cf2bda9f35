"""Whether a page fits the screen it is shown on."""

from __future__ import annotations

from playwright.sync_api import Page


def fits(page: Page) -> bool:
    """The page does not scroll sideways.

    Measured against the screen: on a phone ``innerWidth`` grows with what overflows.
    """
    page.wait_for_load_state()
    screen = page.viewport_size
    assert screen is not None
    return int(page.evaluate("document.documentElement.scrollWidth")) <= screen["width"]
