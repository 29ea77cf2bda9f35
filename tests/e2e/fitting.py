"""Whether a page fits the screen it is shown on."""

from __future__ import annotations

from playwright.sync_api import Page


def fits(page: Page) -> bool:
    """The page does not scroll sideways.

    Measured against the screen: on a phone ``innerWidth`` grows with what overflows.
    """
    screen = page.viewport_size
    assert screen is not None
    # Asked until there is a page: one that waits for a job loads itself anew.
    width = page.wait_for_function("() => document.documentElement?.scrollWidth").json_value()
    return int(width) <= screen["width"]
