"""The rows of what is done to many tasks, and of what repeats."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from dinhlang.work.said import Said
from dinhlang.work.services import repeats
from tests.permissions.table import Page, answers
from tests.world import World

KEY = "1f8a0f4e-1c7c-4b3c-9a35-70d5b81b6a12"


def a_repeat(world: World) -> list[Any]:
    """Work of commune A that comes again."""
    row = repeats.begin(
        world.people["leader"], world.places["a"], Said(text="Báo cáo"), uuid4(), every="week",
        on=4, first=date(2030, 1, 1),
    )  # fmt: skip
    return [row.pk]


NEEDS = {"commune A": lambda world: [world.places["a"].pk], "a repeat": a_repeat}


def seen(status: int = 200) -> dict[str, int]:
    """Those who see commune A."""
    return answers(
        officer=status, leader=status, coordinator=status, province=status, admin=status,
        village_head=404, elsewhere=404,
    )  # fmt: skip


WRITTEN = seen() | {"province": 404}
DECIDED = seen(302) | {"province": 404, "officer": 404}
NEW = {"viec": "Báo cáo", "bao-lau": "week", "thu": "4", "luot": KEY}
PAGES = (
    Page("work:many", "get", WRITTEN, "commune A"),
    Page("work:many", "post", seen(422) | {"province": 404}, "commune A"),
    Page("work:many-undo", "post", seen(302) | {"province": 404}, "commune A"),
    Page("work:words", "get", WRITTEN, "commune A"),
    Page("work:words", "post", seen(422) | {"province": 404}, "commune A"),
    Page("work:repeats", "get", seen(), "commune A"),
    Page("work:repeats", "post", seen(302) | {"province": 403, "officer": 403}, "commune A", NEW),
    Page("work:repeat-end", "post", DECIDED, "a repeat"),
    Page("work:repeat-resume", "post", DECIDED, "a repeat"),
)
