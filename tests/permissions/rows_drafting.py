"""The rows of yearly plans: they are drafted by those who edit at the commune."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from dinhlang.drafting import services
from dinhlang.drafting.models import Draft
from tests.permissions.rows_plans import HERE, edited
from tests.permissions.table import Page
from tests.world import World

SET = "qd-318-2022/xa-ntm"
KEY = "5a1e4c1c-8c58-4b8e-9a53-0a5c1d4f6b21"


def draft_of(world: World) -> Draft:
    """A draft of commune A by the national set, of which nothing is known there."""
    today = timezone.localdate()
    start = services.Start(
        year=today.year + 1,
        set_id=SET,
        on=today,
        until=today.replace(year=today.year + 1, month=11, day=30),
        goals=frozenset({"10"}),
    )
    key = UUID(KEY) if not Draft.objects.filter(key=KEY).exists() else uuid4()
    return services.begin(world.people["officer"], world.places["a"], key, start)


def at_draft(world: World) -> list[Any]:
    """Commune A and a draft of it."""
    return [world.places["a"].pk, draft_of(world).pk]


NEEDS = {
    "commune A": lambda world: [world.places["a"].pk],
    "village A1": lambda world: [world.places["a1"].pk],
    "a draft": at_draft,
    "a draft at another place": lambda world: [world.places["b"].pk, draft_of(world).pk],
    "a draft as Word": lambda world: [*at_draft(world), "docx"],
    "a draft as something else": lambda world: [*at_draft(world), "exe"],
}
# Who edits one commune is sent to it at once.
CHOICE = HERE | dict.fromkeys(("officer", "leader", "coordinator", "elsewhere"), 302)

PAGES = (
    Page("drafting:home", "get", CHOICE),
    Page("drafting:drafts", "get", edited(200), "commune A"),
    Page("drafting:drafts", "get", edited(404), "village A1"),
    Page("drafting:new", "get", edited(200), "commune A"),
    Page("drafting:new", "post", edited(422), "commune A", {"nam": "2030", "bo": SET}),
    Page("drafting:new", "post", edited(422), "commune A", {"nam": "2030", "loai": "cap-do"}),
    Page("drafting:new", "post", edited(422), "commune A", {"nam": "2030", "loai": "chien-dich"}),
    Page("drafting:draft", "get", edited(200), "a draft"),
    Page("drafting:draft", "get", edited(404), "a draft at another place"),
    Page(
        "drafting:save", "post", edited(302), "a draft", {"was.r0.partners": "", "r0.partners": "A"}
    ),
    Page("drafting:save", "post", edited(422), "a draft", {"was.r0.cost": "", "r0.cost": "A"}),
    Page("drafting:checks", "get", edited(200), "a draft"),
    Page("drafting:paper", "get", edited(200), "a draft"),
    Page("drafting:paper-file", "get", edited(200), "a draft as Word"),
    Page("drafting:paper-file", "get", edited(404), "a draft as something else"),
    Page("drafting:discard", "post", edited(302), "a draft"),
    Page("drafting:restore", "post", edited(302), "a draft"),
)
