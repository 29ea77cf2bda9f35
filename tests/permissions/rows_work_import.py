"""The rows of tasks that come in from Excel."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from dinhlang.work.models import WorkImport
from tests.permissions.table import Page, answers
from tests.world import World


def an_import(world: World) -> list[Any]:
    """A file of commune A that was read."""
    made = WorkImport.objects.create(
        submission=uuid4(), place=world.places["a"], filename="viec.xlsx", at=timezone.now(),
        by=world.people["leader"],
    )  # fmt: skip
    return [made.pk]


NEEDS = {"commune A": lambda world: [world.places["a"].pk], "an import": an_import}


def written(status: int) -> dict[str, int]:
    """Those who change the work of commune A."""
    return answers(
        officer=status, leader=status, coordinator=status, admin=status, province=404,
        village_head=404, elsewhere=404,
    )  # fmt: skip


PAGES = (
    Page("work:import", "get", written(200), "commune A"),
    Page("work:import", "post", written(422), "commune A"),
    Page("work:import-sheet", "get", written(200), "commune A"),
    Page("work:import-preview", "get", written(200), "an import"),
    Page("work:import-write", "post", written(302), "an import"),
    Page("work:import-undo", "post", written(302), "an import"),
)
