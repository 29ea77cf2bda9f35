"""The rows of plans: reviews belong to those who edit at the place, plans to those who see it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dinhlang.plans.models import Plan, Review
from dinhlang.plans.services import uploads
from tests.permissions.table import Page, answers, everybody
from tests.plans.living import a_plan, a_review, accepted, number_of, paper_file
from tests.world import World

KEY = "1f0e7d0c-3f7a-4d0e-9a59-6f7b1f1c2d3e"


def plan_of(world: World) -> Plan:
    """A plan of commune A, with two versions."""
    officer = world.people["leader"]
    plan = a_plan(officer, world.places["a"])
    accepted(officer, a_review(officer, world.places["a"], plan=plan), plan)
    return plan


def review_of(world: World) -> Review:
    """An upload of commune A that was read."""
    return a_review(world.people["officer"], world.places["a"])


def waiting(world: World) -> list[Any]:
    """An upload of commune A that waits to be read."""
    officer = world.people["officer"]
    return [uploads.upload(officer, world.places["a"], uuid4(), [paper_file()])[0].pk]


def an_item(world: World) -> list[Any]:
    """An item of a review."""
    review = review_of(world)
    return [review.pk, number_of(review, "tasks")]


NEEDS = {
    "a plan": lambda world: [plan_of(world).pk],
    "a section": lambda world: [plan_of(world).pk, "nhiem-vu"],
    "no such section": lambda world: [plan_of(world).pk, "khong-co"],
    "a version": lambda world: [plan_of(world).pk, 1],
    "two versions": lambda world: [plan_of(world).pk, 1, 2],
    "a plan as Word": lambda world: [plan_of(world).pk, "docx"],
    "a plan as something else": lambda world: [plan_of(world).pk, "exe"],
    "a review": lambda world: [review_of(world).pk],
    "a review as Word": lambda world: [review_of(world).pk, "docx"],
    "an upload that waits": waiting,
    "an item": an_item,
    "a kind": lambda world: [review_of(world).pk, "nhiem-vu"],
}

HERE = everybody(200, 302) | {"nobody": 403, "resident": 403}
"""What greets everybody who works anywhere; each sees only what is theirs."""


def seen(status: int = 200) -> dict[str, int]:
    """Those who see commune A: its people and those above it."""
    return answers(
        officer=status, leader=status, coordinator=status, province=status, admin=status,
        village_head=404, elsewhere=404,
    )  # fmt: skip


def edited(status: int, others: int = 404) -> dict[str, int]:
    """Those who may change commune A's papers."""
    return answers(
        officer=status, leader=status, coordinator=status, admin=status,
        province=others, village_head=404, elsewhere=404,
    )  # fmt: skip


PAGES = (
    Page("plans:today", "get", HERE),
    Page("plans:index", "get", HERE),
    Page("plans:upload", "post", HERE | dict.fromkeys(
        ("officer", "leader", "coordinator", "province", "elsewhere", "admin", "village_head"),
        422)),
    Page("plans:plan", "get", seen(), "a plan"),
    Page("plans:paper", "get", seen(), "a plan"),
    Page("plans:versions", "get", seen(), "a plan"),
    Page("plans:original", "get", seen(), "a version"),
    Page("plans:compare", "get", seen(), "two versions"),
    Page("plans:compare-xlsx", "get", seen(), "two versions"),
    Page("plans:put-to-work", "post", edited(302) | {"officer": 404}, "a plan"),
    Page("plans:put-leads", "post", edited(302) | {"officer": 404}, "a plan"),
    Page("plans:put-reports", "post", edited(302) | {"officer": 404}, "a plan"),
    Page("plans:section", "get", seen(), "a section"),
    Page("plans:section", "get", seen(404), "no such section"),
    Page("plans:section-xlsx", "get", seen(), "a section"),
    Page("plans:official", "get", seen(), "a plan"),
    Page("plans:official-file", "get", seen(), "a plan as Word"),
    Page("plans:official-file", "get", seen(404), "a plan as something else"),
    Page("plans:sheet", "get", seen(), "a plan"),
    Page("plans:sheet-file", "get", seen(), "a plan as Word"),
    Page("plans:corrected", "get", seen(404), "a plan"),  # its upload is no Word file
    Page("plans:review-official", "get", edited(200), "a review"),
    Page("plans:review-official", "get", edited(404), "an upload that waits"),
    Page("plans:review-official-file", "get", edited(200), "a review as Word"),
    Page("plans:review-sheet", "get", edited(200), "a review"),
    Page("plans:review-sheet-file", "get", edited(200), "a review as Word"),
    Page("plans:review-corrected", "get", edited(404), "a review"),  # no Word file
    Page("plans:review", "get", edited(200), "a review"),
    Page("plans:review", "get", edited(200), "an upload that waits"),
    Page("plans:review-progress", "get", edited(200), "an upload that waits"),
    Page("plans:review-stop", "post", edited(302), "an upload that waits"),
    Page("plans:review-again", "post", edited(302), "an upload that waits"),
    Page("plans:review-discard", "post", edited(302), "a review"),
    Page("plans:review-restore", "post", edited(302), "a review"),
    Page("plans:review-original", "get", edited(200), "a review"),
    Page("plans:review-item", "get", edited(200), "an item"),
    Page("plans:review-new", "get", edited(200), "a kind"),
    Page("plans:review-edit", "post", edited(200), "a review",
         {"key": KEY, "seen": "0", "verb": "change", "number": "1", "title": "Tên khác"}),
    Page("plans:review-edit", "post", edited(400), "a review", {"verb": "drop", "number": "10"}),
    Page("plans:review-accept", "post", edited(302) | {"officer": 403}, "a review", {"seen": "0"}),
)  # fmt: skip
