"""The rows of places: looking, the villages of commune A, and bringing in lists."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from dinhlang.places.models import Import, ImportState
from tests.permissions.table import Page, answers, managers
from tests.world import World


def import_in(state: ImportState) -> Any:
    """Makes an import in this state, without a file."""

    def make(world: World) -> list[Any]:
        now = timezone.now()
        found = Import.objects.create(
            submission=uuid.uuid4(),
            kind="units",
            filename="a.csv",
            state=state,
            preview={"usable": 1},
            created=now,
            beat=now,
        )
        return [found.pk]

    return make


NEEDS = {
    "commune A": lambda world: [world.places["a"].pk],
    "a village of A": lambda world: [world.places["a1"].pk],
    "the other village of A": lambda world: [world.places["a2"].pk],
    "commune C": lambda world: [world.places["c"].pk],
    "a running import": import_in(ImportState.CHECKING),
    "a checked import": import_in(ImportState.CHECKED),
    "a sample": lambda world: ["don-vi"],
    "an unknown sample": lambda world: ["khong-co"],
}


def staff(status: int, **others: int) -> dict[str, int]:
    """The people of commune A and above; commune B's coordinator and A's villagers as said."""
    everybody = dict.fromkeys(("officer", "leader", "coordinator", "province", "admin"), status)
    return answers(**(everybody | {"village_head": status, "elsewhere": 404} | others))


def villagers(status: int, head: int = 403) -> dict[str, int]:
    """For changes in commune A: its coordinator and the administrator; others see and may not."""
    return answers(
        officer=403,
        leader=403,
        coordinator=status,
        province=403,
        admin=status,
        elsewhere=404,
        village_head=head,
    )


def administrator(status: int) -> dict[str, int]:
    """For what only the administrator finds."""
    return managers(404, 404, admin=status) | dict.fromkeys(
        ("village_head", "officer", "leader", "province"), 404
    )


IMPORTERS = managers(403, 403, admin=200)
NAME = {"loai": "thôn", "ten": "Đình Mới"}
DAY = {"ngay": "2026-01-01"}

PAGES = (
    Page("places:home", "get", staff(200, elsewhere=200)),
    Page("places:unit", "get", staff(200), "commune A"),
    Page("places:unit", "get", staff(200), "a village of A"),
    Page("places:unit", "get", staff(200, village_head=404), "the other village of A"),
    Page(
        "places:unit",
        "get",
        administrator(200),
        "commune C",
    ),
    Page("places:villages", "get", villagers(200), "commune A"),
    Page("places:village-add", "post", villagers(302), "commune A", NAME),
    Page("places:village-merge", "post", villagers(422), "commune A", NAME | DAY),
    Page("places:village-rename", "post", villagers(302), "a village of A", NAME | DAY),
    Page("places:village-rename", "post", villagers(422), "a village of A", NAME),
    Page("places:village-split", "post", villagers(422), "a village of A", {"ten": "Một"}),
    Page("places:village-move", "post", villagers(422), "a village of A", {"xa": "1"}),
    Page("places:village-remove", "post", villagers(302, 404), "the other village of A"),
    Page("places:imports", "get", IMPORTERS),
    Page("places:import-upload", "post", managers(403, 403, admin=422)),
    Page("places:import-sample", "get", IMPORTERS, "a sample"),
    Page("places:import-sample", "get", managers(403, 403, admin=404), "an unknown sample"),
    Page("places:import", "get", administrator(200), "a running import"),
    Page("places:import-progress", "get", administrator(200), "a running import"),
    Page("places:import-confirm", "post", administrator(302), "a checked import"),
    Page("places:import-stop", "post", administrator(302), "a running import"),
)
