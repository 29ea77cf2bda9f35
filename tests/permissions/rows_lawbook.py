"""The rows of criteria sets: read by all who work here, loaded and decided by who manages."""

from __future__ import annotations

from typing import Any

from dinhlang.lawbook.models import LawText
from dinhlang.people.models import User
from dinhlang.people.roles import Role
from tests.lawbook.loaded import a_draft, a_pending, an_approved
from tests.permissions.table import Page, answers, everybody
from tests.world import World

REAL = "qd-51-2025/xa-ntm"


def second(world: World) -> User:
    """Another administrator, who loads what the first decides on."""
    # Looked up, not remembered: what is made for one visitor is not there for the next.
    found = User.objects.filter(username="second").first()
    return found or world.add_person("second", "Người Thứ Hai", Role.ADMIN)


def waiting(world: World) -> LawText:
    """A national set that waits for the second person."""
    return a_pending(second(world))


def approved(world: World) -> LawText:
    """A national set that is law."""
    return an_approved(world.people["admin"], second(world))


def draft(world: World) -> list[Any]:
    """A national draft without a fault."""
    return [a_draft(second(world)).pk]


NEEDS = {
    "a shipped set": lambda world: [REAL],
    "no such set": lambda world: ["khong/co"],
    "a draft": draft,
    "a text that waits": lambda world: [waiting(world).pk],
    "an approved text": lambda world: [approved(world).pk],
}

READ = everybody(200, 302) | {"nobody": 403, "resident": 403}
"""Who works anywhere reads the law."""


def managing(status: int, otherwise: int = 403) -> dict[str, int]:
    """Who manages everything; a national set is nobody else's."""
    return answers(
        village_head=otherwise, officer=otherwise, leader=otherwise, coordinator=otherwise,
        province=otherwise, elsewhere=otherwise, admin=status,
    )  # fmt: skip


HIDDEN = {"otherwise": 404}
PASTED = {"cach": "new", "noi": "ca-nuoc", "dan": "Tên chỉ tiêu\tNhóm 1\nMột\tĐạt"}

PAGES = (
    Page("lawbook:sets", "get", READ),
    Page("lawbook:template", "get", READ),
    Page("lawbook:set", "get", READ, "a shipped set"),
    Page(
        "lawbook:set", "get",
        everybody(404, 302) | {"nobody": 403, "resident": 403}, "no such set",
    ),
    Page("lawbook:load", "get", managing(200)),
    Page("lawbook:upload", "post", managing(302), data=PASTED),
    Page("lawbook:draft", "get", managing(200, **HIDDEN), "a draft"),
    Page("lawbook:draft-row", "post", managing(302, **HIDDEN), "a draft", {"dong": "1"}),
    Page("lawbook:draft-about", "post", managing(302, **HIDDEN), "a draft", {"note": "x"}),
    Page("lawbook:draft-replace", "post", managing(422, **HIDDEN), "a draft"),
    Page("lawbook:draft-send", "post", managing(302, **HIDDEN), "a draft", {"ban": "1"}),
    Page("lawbook:draft-discard", "post", managing(302, **HIDDEN), "a draft"),
    Page("lawbook:draft-restore", "post", managing(302, **HIDDEN), "a draft"),
    Page("lawbook:draft-original", "get", managing(200, **HIDDEN), "a draft"),
    Page("lawbook:text", "get", managing(200, **HIDDEN), "a text that waits"),
    Page("lawbook:text", "get", READ, "an approved text"),
    Page("lawbook:text-approve", "post", managing(302, **HIDDEN), "a text that waits"),
    Page(
        "lawbook:text-return", "post", managing(302, **HIDDEN), "a text that waits",
        {"ly-do": "sai số"},
    ),
    Page("lawbook:text-withdraw", "post", managing(302, **HIDDEN), "a text that waits"),
    Page(
        "lawbook:text-withdraw", "post", managing(302), "an approved text", {"ly-do": "nhầm"}
    ),
)  # fmt: skip
