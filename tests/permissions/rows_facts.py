"""The rows of numbers and evidence: seen by those of the place, changed by those who work there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from dinhlang.facts import services
from dinhlang.facts.models import SheetImport
from dinhlang.facts.periods import Period
from tests.permissions.table import Page, answers, everybody
from tests.world import World

MEASURE = "ty_le_duong_xa_cung_hoa"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def commune(world: World) -> list[Any]:
    """Commune A."""
    return [world.places["a"].pk]


def a_number(world: World) -> list[Any]:
    """A number of commune A that was entered."""
    entry = services.Entry(measure=MEASURE, period=Period.of("2024"), value=Decimal(50))
    services.record(world.people["officer"], world.places["a"], entry)
    return [world.places["a"].pk, MEASURE, "2024"]


def no_measure(world: World) -> list[Any]:
    """A number that nobody measures."""
    return [world.places["a"].pk, "khong_co", "2024"]


def evidence(world: World) -> Any:
    """A picture of commune A."""
    sent = services.Sent(name="ảnh.png", content=PNG)
    return services.add(world.people["officer"], world.places["a"], sent)


def link(world: World) -> list[Any]:
    """What the picture proves."""
    target = services.Target(place=world.places["a"], measure=MEASURE, year=2024)
    return [services.attach(world.people["officer"], evidence(world), target).pk]


def attribute(world: World) -> list[Any]:
    """What commune A is."""
    said = services.Said(name="group", value="1", valid_from=date(2024, 1, 1))
    return [services.describe_place(world.people["leader"], world.places["a"], said).pk]


def sheet(world: World) -> list[Any]:
    """A filled sheet of commune A that waits to be written."""
    user = world.people["officer"]
    made = SheetImport.objects.create(
        submission=uuid4(), place=world.places["a"], period="2024", filename="a.xlsx", by=user,
        at=user.created,
    )  # fmt: skip
    return [made.pk]


NEEDS = {
    "commune A": commune,
    "a number": a_number,
    "no measure": no_measure,
    "evidence": lambda world: [evidence(world).pk],
    "a link": link,
    "an attribute": attribute,
    "a sheet": sheet,
}

SEEN = answers(
    officer=200, leader=200, coordinator=200, province=200, admin=200,
    village_head=404, elsewhere=404,
)  # fmt: skip

NOWHERE = SEEN | {who: 404 for who, status in SEEN.items() if status == 200}


def changed(status: int, above: int = 403) -> dict[str, int]:
    """Those who work in commune A; the province sees and may not, the others see nothing."""
    return (
        SEEN
        | dict.fromkeys(("officer", "leader", "coordinator", "admin"), status)
        | {"province": above}
    )


def decided(status: int) -> dict[str, int]:
    """Those who decide in commune A."""
    return changed(status) | {"officer": 403}


HERE = everybody(302, 302) | {"nobody": 403, "resident": 403}
"""Who has a place of their own is sent there; administrators and the province choose."""
CELL = {"cells": [{"key": str(uuid4()), "measure": MEASURE, "period": "2024", "c": "50"}]}

PAGES = (
    Page("facts:home", "get", HERE | {"admin": 200, "province": 200}),
    Page("facts:grid", "get", SEEN, "commune A"),
    Page("facts:save", "post", changed(302), "commune A", {"ky": "2024"}),
    Page("facts:villages", "get", SEEN, "commune A"),
    Page("facts:template", "get", SEEN, "commune A"),
    Page("facts:upload", "get", changed(200), "commune A"),
    Page("facts:upload", "post", changed(422), "commune A"),
    Page("facts:import", "get", changed(200, 404), "a sheet"),
    Page("facts:import-write", "post", changed(302, 404), "a sheet"),
    Page("facts:waiting", "get", SEEN, "commune A"),
    Page("facts:confirm", "post", decided(302), "commune A"),
    Page("facts:place", "get", SEEN, "commune A"),
    Page("facts:describe", "post", decided(422), "commune A"),
    Page("facts:take-back", "post", decided(302), "an attribute"),
    Page("facts:cell", "get", SEEN, "a number"),
    Page("facts:cell", "get", NOWHERE, "no measure"),
    Page("facts:cell", "post", changed(302), "a number", {"c": "60"}),
    Page("facts:evidence-home", "get", HERE | {"admin": 200}),
    Page("facts:evidence", "get", SEEN, "commune A"),
    Page("facts:evidence-upload", "post", changed(422), "commune A"),
    Page("facts:paper", "get", SEEN, "evidence"),
    Page("facts:paper", "post", changed(302), "evidence", {"ten": "Ảnh đường thôn"}),
    Page("facts:paper-file", "get", SEEN, "evidence"),
    Page("facts:paper-thumbnail", "get", SEEN, "evidence"),
    Page("facts:paper-attach", "post", changed(302), "evidence", {"so-lieu": MEASURE}),
    Page("facts:paper-set-aside", "post", changed(302), "evidence"),
    Page("facts:paper-detach", "post", changed(302), "a link"),
)  # fmt: skip
