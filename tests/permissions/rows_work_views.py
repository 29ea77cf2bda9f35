"""The rows of the views of work: those of a place are for its people and those above it."""

from __future__ import annotations

from typing import Any

from dinhlang.work.services import feeds
from tests.permissions.rows_plans import KEY, seen
from tests.permissions.table import Page, everybody
from tests.work.making import a_task
from tests.world import World


def a_place(world: World) -> list[Any]:
    """Commune A, with a task."""
    a_task(world.places["a"])
    return [world.places["a"].pk]


NEEDS = {
    "a place": a_place,
    "a province": lambda world: [world.places["province"].pk],
    "a task": lambda world: [a_task(world.places["a"]).pk],
    "a calendar address": lambda world: [
        feeds.token_of(feeds.renew(world.people["officer"], KEY))  # type: ignore[arg-type]
    ],
    "a guessed calendar address": lambda world: ["0" * 64],
}

HERE = everybody(200, 302) | {"nobody": 403, "resident": 403}
SENT_ON = everybody(302) | {"nobody": 403, "resident": 403}
MOVED = seen(302) | {"province": 403}
VIEWS = (
    *("offices", "villages", "criteria", "board", "calendar", "timeline", "roadmap", "leader"),
    *("offices-xlsx", "villages-xlsx", "criteria-xlsx", "board-xlsx", "calendar-xlsx"),
    *("timeline-xlsx", "roadmap-xlsx", "roadmap-docx", "leader-xlsx"),
)

PAGES = (
    Page("work:mine", "get", HERE),
    Page("work:mine-xlsx", "get", HERE),
    Page("work:home", "get", SENT_ON),
    Page("work:choose", "get", HERE),
    *(Page(f"work:{view}", "get", seen(), "a place") for view in VIEWS),
    # Work is that of communes and villages; a province looks at them one by one.
    Page("work:board", "get", seen(404), "a province"),
    Page("work:move", "post", MOVED, "a task", {"tt": "doing", "seen": "0", "luot": KEY}),
    Page("work:move-back", "post", seen(302), "a task"),
    Page("work:feed-renew", "post", SENT_ON),
    Page("work:feed-end", "post", SENT_ON),
    # Whoever has the address reads it: calendars on phones sign in nowhere.
    Page("work:feed", "get", everybody(200), "a calendar address"),
    Page("work:feed", "get", everybody(404), "a guessed calendar address"),
)
