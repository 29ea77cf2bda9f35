"""The rows of templates of work."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from dinhlang.work.models import TaskTemplate
from dinhlang.work.said import Said
from dinhlang.work.services.tasks import break_down, create
from tests.permissions.table import Page, answers
from tests.world import World


def a_task_in_parts(world: World) -> list[Any]:
    """A task of commune A with a smaller one."""
    user = world.people["leader"]
    task = create(user, world.places["a"], Said(text="Làm đường"), uuid4())
    break_down(user, task.pk, [Said(text="Đo đạc")], uuid4())
    return [task.pk]


def a_template(world: World) -> list[Any]:
    """A template of commune A."""
    row = TaskTemplate.objects.create(
        place=world.places["a"], name="Mẫu", by=world.people["leader"], at=timezone.now(),
        steps=[{"text": "Đo đạc"}],
    )  # fmt: skip
    return [row.pk]


NEEDS = {
    "commune A": lambda world: [world.places["a"].pk],
    "commune A, ours": lambda world: [world.places["a"].pk, "ho-so-minh-chung"],
    "a task in parts": a_task_in_parts,
    "a template": a_template,
}


def who(status: int, **others: int) -> dict[str, int]:
    """Those of commune A; strangers find nothing."""
    base = {"officer": status, "leader": status, "coordinator": status, "admin": status}
    base |= {"province": 404, "village_head": 404, "elsewhere": 404}
    return answers(**(base | others))


PAGES = (
    Page("work:templates", "get", who(200, province=200), "commune A"),
    Page("work:template-apply", "get", who(200), "commune A, ours"),
    Page("work:template-apply", "post", who(422), "commune A, ours"),
    Page("work:template-save", "post", who(302, officer=404), "a task in parts"),
    Page("work:template-remove", "post", who(302, officer=404), "a template"),
    Page("work:template-restore", "post", who(302, officer=404), "a template"),
)
