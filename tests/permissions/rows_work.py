"""The rows of one task: those of its place and of its villages see it, who may edit changes it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dinhlang.work.models import Task
from dinhlang.work.services import tasks
from dinhlang.work.services.tasks import Said
from tests.permissions.rows_plans import KEY, edited, seen
from tests.permissions.table import Page, answers
from tests.world import World


def a_task(world: World) -> Task:
    """A task of commune A that names no village."""
    said = Said(text="Đo đạc tuyến đường", lead=["Công chức Địa chính"])
    return tasks.create(world.people["leader"], world.places["a"], said, uuid4())


def task(world: World) -> list[Any]:
    """Its number."""
    return [a_task(world).pk]


def handed_in(world: World) -> list[Any]:
    """A task that waits for its acceptance."""
    row = a_task(world)
    tasks.tell(world.people["leader"], row.pk, uuid4(), "done")
    return [row.pk]


def removed(world: World) -> list[Any]:
    """A task that the leader removed."""
    row = a_task(world)
    tasks.remove(world.people["leader"], row.pk, uuid4())
    return [row.pk]


def a_note(world: World) -> list[Any]:
    """A change somebody made to a task."""
    row = a_task(world)
    tasks.change(world.people["leader"], row.pk, uuid4(), 0, {"product": "Bản vẽ"})
    return [row.notes.get().pk]


NEEDS = {
    "a task": task,
    "a part": lambda world: [a_task(world).pk, "viec"],
    "a task handed in": handed_in,
    "a removed task": removed,
    "a note": a_note,
    "the commune": lambda world: [world.places["a"].pk],
}


def decided(status: int) -> dict[str, int]:
    """Those who decide on others' work in commune A."""
    return answers(
        officer=404, leader=status, coordinator=status, province=404, admin=status,
        village_head=404, elsewhere=404,
    )  # fmt: skip


PAGES = (
    # Thôn Đình Thượng is not named by this task; its head does not see it.
    Page("work:task", "get", seen(), "a task"),
    Page("work:task-part", "get", edited(200), "a part"),
    Page("work:task-others", "get", edited(200), "a task"),
    Page("work:task-change", "post", edited(302), "a task",
         {"muc": "viec", "viec": "Tên khác", "seen": "0", "luot": KEY}),
    Page("work:task-settle", "post", edited(302), "a task",
         {"mine": '{"text": "Tên khác"}', "seen": "0", "luot": KEY}),
    Page("work:task-as-source", "post", edited(404), "a task", {"muc": "text", "luot": KEY}),
    Page("work:task-undo", "post", edited(302, others=403), "a note"),
    Page("work:task-link", "post", edited(302), "a task", {"tc": "", "luot": KEY}),
    Page("work:task-split", "post", edited(302), "a task", {"luot": KEY}),
    Page("work:task-put-together", "post", edited(302), "a task"),
    Page("work:task-tell", "post", edited(302, others=403), "a task", {"tt": "doing", "luot": KEY}),
    Page("work:task-accept", "get", decided(200), "a task handed in"),
    Page("work:task-accept", "post", decided(302), "a task handed in", {"luot": KEY}),
    Page("work:task-send-back", "post", decided(302), "a task handed in",
         {"luot": KEY, "ghi-chu": "Thiếu bản vẽ"}),
    Page("work:task-break-down", "post", edited(302), "a task",
         {"luot": KEY, "nho-viec": "Nhỏ", "nho-chu-tri": "", "nho-han": "", "nho-tien": ""}),
    # An officer removes only what they made themselves.
    Page("work:task-remove", "post", edited(302) | {"officer": 403}, "a task", {"luot": KEY}),
    Page("work:task-restore", "post", edited(302) | {"officer": 403}, "a removed task"),
    Page("work:add", "get", edited(200, others=403), "the commune"),
    Page("work:add", "post", edited(302, others=403), "the commune", {"luot": KEY, "viec": "Mới"}),
    Page("work:removed", "get", edited(200), "the commune"),
)  # fmt: skip
