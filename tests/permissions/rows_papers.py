"""The rows of papers made in the program: those of commune A see, its officers write."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from dinhlang.drafting.papers import services
from dinhlang.drafting.papers.services import Wish
from dinhlang.papers.writing.composing.forms import FORMS
from tests.permissions.table import Page, answers
from tests.world import World

DAY = date(2026, 11, 22)


def a_paper(world: World) -> list[Any]:
    """A notice of commune A that is being written."""
    wish = Wish("thong-bao", DAY)
    return [services.start(world.people["officer"], world.places["a"], wish, uuid4()).pk]


def with_table(world: World) -> list[Any]:
    """The decision on commune A's committee, which has a table."""
    wish = Wish("ban-chi-dao", DAY)
    return [services.start(world.people["officer"], world.places["a"], wish, uuid4()).pk]


def finished(world: World) -> list[Any]:
    """A notice of commune A that is finished."""
    return [services.finish(world.people["officer"], a_paper(world)[0]).pk]


def template(world: World) -> list[Any]:
    """A template of commune A."""
    content = FORMS["thong-bao"].template()
    user, place = world.people["leader"], world.places["a"]
    made = services.bring_in(user, place, "thong-bao", "a.docx", content, uuid4())
    return [place.pk, "thong-bao", made.pk]


NEEDS = {
    "commune A": lambda world: [world.places["a"].pk],
    "a village": lambda world: [world.places["a1"].pk],
    "a kind": lambda world: [world.places["a"].pk, "thong-bao"],
    "no such kind": lambda world: [world.places["a"].pk, "khong-co"],
    "a paper": a_paper,
    "a paper with a table": with_table,
    "a finished paper": finished,
    "a template": template,
}


def seen(status: int = 200, **others: int) -> dict[str, int]:
    """Those who see commune A: its people and those above it."""
    everybody = dict.fromkeys(("officer", "leader", "coordinator", "province", "admin"), status)
    return answers(**(everybody | {"village_head": 404, "elsewhere": 404} | others))


WRITTEN = seen(302, province=403)
DECIDED = seen(302, province=403, officer=403)

PAGES = (
    Page("drafting:papers:home", "get", seen(302, elsewhere=302, village_head=200, province=200,
                                             admin=200)),
    Page("drafting:papers:list", "get", seen(), "commune A"),
    Page("drafting:papers:list", "get", seen(404), "a village"),
    Page("drafting:papers:new", "get", seen(), "a kind"),
    Page("drafting:papers:new", "get", seen(404), "no such kind"),
    Page("drafting:papers:new", "post", WRITTEN, "a kind", {"ngay": DAY.isoformat()}),
    # Whoever may write and gives no day is told so.
    Page("drafting:papers:new", "post", seen(422, province=403), "a kind"),
    Page("drafting:papers:paper", "get", seen(), "a paper"),
    Page("drafting:papers:paper", "get", seen(), "a finished paper"),
    Page("drafting:papers:paper", "post", WRITTEN, "a paper", {"o.about": "Việc mới"}),
    Page("drafting:papers:word", "get", seen(), "a paper"),
    Page("drafting:papers:pdf", "get", seen(), "a paper"),
    Page("drafting:papers:xlsx", "get", seen(), "a paper with a table"),
    Page("drafting:papers:take", "post", WRITTEN, "a paper", {"o": "about"}),
    Page("drafting:papers:finish", "post", WRITTEN, "a paper"),
    Page("drafting:papers:copy", "post", WRITTEN, "a finished paper"),
    Page("drafting:papers:set-aside", "post", WRITTEN, "a paper"),
    Page("drafting:papers:templates", "get", seen(), "commune A"),
    Page("drafting:papers:template", "get", seen(), "a kind"),
    Page("drafting:papers:template", "get", seen(404), "no such kind"),
    Page("drafting:papers:template-ours", "get", seen(), "a kind"),
    Page("drafting:papers:template-ours-preview", "get", seen(), "a kind"),
    # Whoever may bring one in and brings none is told so.
    Page("drafting:papers:template-bring-in", "post",
         seen(422, province=403, officer=403), "a kind"),
    Page("drafting:papers:template-choose", "post", DECIDED, "a kind"),
    Page("drafting:papers:template-file", "get", seen(), "a template"),
    Page("drafting:papers:template-preview", "get", seen(), "a template"),
)  # fmt: skip
