"""The rows of meetings: those who see commune A see them, those who edit there hold them."""

from __future__ import annotations

from typing import Any

from dinhlang.meetings import services
from tests.meetings.making import a_meeting, decided, held, point
from tests.permissions.table import Page, answers
from tests.world import World

KEY = "b0b54f4e-8f7c-4b3c-9a35-70d5b81b6a11"


def removed(world: World) -> list[Any]:
    """A meeting that was removed."""
    row = a_meeting(world)
    services.set_aside(world.people["officer"], row.pk)
    return [row.pk]


def closed(world: World) -> list[Any]:
    """Minutes that were just closed."""
    return [services.close(world.people["leader"], held(world).pk).pk]


NEEDS = {
    "closed minutes": closed,
    "commune A": lambda world: [world.places["a"].pk],
    "a meeting": lambda world: [a_meeting(world).pk],
    "a removed meeting": removed,
    "minutes": lambda world: [held(world).pk],
    "a paper": lambda world: [held(world).pk, "bien-ban"],
    "a point": lambda world: [point(held(world)).pk],
    "a decision": lambda world: [decided(world, held(world)).pk],
}
HOME = answers(officer=302, leader=302, coordinator=302, province=302, admin=302, elsewhere=302,
               village_head=302) | {"nobody": 403, "resident": 403}  # fmt: skip


def seen(status: int = 200) -> dict[str, int]:
    """Those who see commune A: its people and those above it."""
    return answers(
        officer=status, leader=status, coordinator=status, province=status, admin=status,
        village_head=404, elsewhere=404,
    )  # fmt: skip


WRITTEN = seen(302) | {"province": 404}
DECIDED = WRITTEN | {"officer": 404}
NEW = {"ten": "Họp", "ngay": "25/12/2030", "gio": "8:00", "luot": KEY}
PAGES = (
    Page("meetings:home", "get", HOME),
    Page("meetings:place", "get", seen(), "commune A"),
    Page("meetings:new", "get", seen() | {"province": 404}, "commune A"),
    Page("meetings:new", "post", WRITTEN, "commune A", NEW),
    Page("meetings:meeting", "get", seen(), "a meeting"),
    Page("meetings:change", "get", seen() | {"province": 404}, "a meeting"),
    Page("meetings:change", "post", WRITTEN, "a meeting", NEW | {"luot-sua": "0"}),
    Page("meetings:point-add", "post", WRITTEN, "a meeting", {"nd": "Mới", "luot": KEY}),
    Page("meetings:order", "post", WRITTEN, "a meeting"),
    Page("meetings:open", "post", WRITTEN, "a meeting"),
    Page("meetings:decide", "post", WRITTEN, "minutes", {"kl": "Làm", "luot": KEY}),
    Page("meetings:close", "post", DECIDED, "minutes"),
    Page("meetings:close-undo", "post", DECIDED, "closed minutes"),
    Page("meetings:reopen", "post", DECIDED, "closed minutes", {"ly-do": "x", "viec": "giu"}),
    Page("meetings:decision-mark", "post", WRITTEN, "a decision"),
    Page("meetings:remove", "post", WRITTEN, "a meeting"),
    Page("meetings:restore", "post", WRITTEN, "a removed meeting"),
    Page("meetings:paper", "post", WRITTEN, "a paper"),
    Page("meetings:point-change", "post", WRITTEN, "a point", {"nd": "Khác", "luot-sua": "0"}),
    Page("meetings:point-write", "post", WRITTEN, "a point", {"goc": "", "ghi": "Một"}),
    Page("meetings:point-remove", "post", WRITTEN, "a point"),
    Page("meetings:point-restore", "post", WRITTEN, "a point"),
    Page("meetings:decision-change", "post", WRITTEN, "a decision",
         {"kl": "Khác", "luot-sua": "0"}),
    Page("meetings:decision-task", "post", WRITTEN, "a decision"),
    Page("meetings:decision-remove", "post", WRITTEN, "a decision"),
    Page("meetings:decision-restore", "post", WRITTEN, "a decision"),
)  # fmt: skip
