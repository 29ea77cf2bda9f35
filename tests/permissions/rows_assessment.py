"""The rows of the board: looking, and fixing a self-assessment of commune A."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from dinhlang.assessment import services
from tests.permissions.table import Page, answers
from tests.world import World

SET = "qd-318-2022/xa-ntm"
DAY = date(2024, 9, 30)
KEY = "0c6f2bb5-54f2-4c4a-8d0c-3a6f3a0f7d11"


def fixed(world: World) -> list[Any]:
    """A self-assessment of commune A."""
    leader = world.people["leader"]
    return [services.fix(leader, world.places["a"], SET, DAY, UUID(KEY)).pk]


NEEDS = {
    "commune A": lambda world: [world.places["a"].pk],
    "the province": lambda world: [world.places["province"].pk],
    "a set at commune A": lambda world: [world.places["a"].pk, SET],
    "no such set": lambda world: [world.places["a"].pk, "qd-0-0000/khong-co"],
    "a set of communes at a village": lambda world: [world.places["a1"].pk, SET],
    "a criterion at commune A": lambda world: [world.places["a"].pk, SET, "10"],
    "no such criterion": lambda world: [world.places["a"].pk, SET, "99"],
    "a fixed assessment": fixed,
}


def seen(status: int = 200, **others: int) -> dict[str, int]:
    """Those who see commune A: its people and those above it."""
    everybody = dict.fromkeys(("officer", "leader", "coordinator", "province", "admin"), status)
    return answers(**(everybody | {"village_head": 404, "elsewhere": 404} | others))


def above(status: int) -> dict[str, int]:
    """Those who see the whole province."""
    return seen(404, province=status, admin=status)


PAGES = (
    Page("assessment:home", "get", seen(302, village_head=302, elsewhere=302)),
    Page("assessment:choose", "get", seen(200, village_head=200, elsewhere=200)),
    Page("assessment:place", "get", seen(302), "commune A"),
    Page("assessment:matrix", "get", seen(), "commune A"),
    Page("assessment:matrix", "get", above(200), "the province"),
    Page("assessment:matrix-xlsx", "get", seen(), "commune A"),
    Page("assessment:assessments", "get", seen(), "commune A"),
    Page("assessment:board", "get", seen(), "a set at commune A"),
    Page("assessment:board", "get", seen(404), "no such set"),
    Page("assessment:board", "get", seen(404), "a set of communes at a village"),
    Page("assessment:board-xlsx", "get", seen(), "a set at commune A"),
    Page("assessment:trend", "get", seen(), "a set at commune A"),
    Page("assessment:criterion", "get", seen(), "a criterion at commune A"),
    Page("assessment:criterion", "get", seen(404), "no such criterion"),
    # Who may not decide at the place keeps nothing; who does not see it finds nothing.
    Page("assessment:fix", "post", seen(302, officer=403, province=403), "a set at commune A"),
    Page("assessment:fix", "post", seen(404, officer=403, province=403), "no such set"),
    Page("assessment:assessment", "get", seen(), "a fixed assessment"),
    Page("assessment:assessment-xlsx", "get", seen(), "a fixed assessment"),
)
