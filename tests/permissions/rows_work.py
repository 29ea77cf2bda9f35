"""The rows of one task: those of its place and of its villages see it, who may edit changes it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dinhlang.work.models import Task
from dinhlang.work.services import tasks
from dinhlang.work.services.tasks import Said
from tests.permissions.rows_plans import KEY, edited, seen
from tests.permissions.table import Page
from tests.world import World


def a_task(world: World) -> Task:
    """A task of commune A that names no village."""
    said = Said(text="Đo đạc tuyến đường", lead=["Công chức Địa chính"])
    return tasks.create(world.people["leader"], world.places["a"], said, uuid4())


def task(world: World) -> list[Any]:
    """Its number."""
    return [a_task(world).pk]


NEEDS = {"a task": task}

PAGES = (
    # Thôn Đình Thượng is not named by this task; its head does not see it.
    Page("work:task", "get", seen(), "a task"),
    Page("work:task-tell", "post", edited(302, others=403), "a task", {"tt": "doing", "luot": KEY}),
)
