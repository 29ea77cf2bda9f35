"""The rows of the shortest way, of what if, and of two sets, at commune A."""

from __future__ import annotations

from typing import Any

from tests.permissions.rows_assessment import SET, seen
from tests.permissions.table import Page, answers
from tests.world import World


def at_a(world: World) -> list[Any]:
    """Commune A with a set for communes."""
    return [world.places["a"].pk, SET]


NEEDS = {
    "a set at commune A": at_a,
    "no such set": lambda world: [world.places["a"].pk, "qd-0-0000/khong-co"],
}
OTHER = {"voi": "qd-318-2022/xa-nang-cao"}
ONE_LINE = {
    "muc": ["nha_thi_dau_da_nang"],
    "ten": ["Nhà thi đấu"],
    "chi-phi": ["2 tỷ"],
    "thang": ["6"],
    "chi-phi-cu": [""],
    "thang-cu": [""],
}
SAVING = answers(
    officer=302, leader=302, coordinator=302, admin=302, province=403, elsewhere=404,
    village_head=404,
)  # fmt: skip

PAGES = (
    Page("assessment:shortest", "get", seen(), "a set at commune A"),
    Page("assessment:shortest", "get", seen(404), "no such set"),
    Page("assessment:shortest-save", "post", SAVING, "a set at commune A", ONE_LINE),
    Page("assessment:shortest-xlsx", "get", seen(), "a set at commune A"),
    Page("assessment:what-if", "get", seen(), "a set at commune A"),
    Page("assessment:compare", "get", seen(), "a set at commune A"),
    Page("assessment:compare-xlsx", "get", seen(), "a set at commune A", OTHER),
)
