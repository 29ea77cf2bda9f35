"""The rows of money: those who see commune A see its money, those who edit there write it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from dinhlang.money.models import Movement, Need, Source
from dinhlang.money.services import balance, importing
from tests.money.books import filled
from tests.permissions.table import Page, answers, everybody
from tests.world import World

YEAR = 2026
KEY = "7c1f0d5e-90a4-4cf4-8a53-6d7d1b9f0c11"


def need_of(world: World) -> Need:
    """A need of commune A."""
    said = balance.NeedSaid(text="Đường thôn", amount=6_000_000)
    return balance.add_need(world.people["officer"], world.places["a"], YEAR, said, uuid4())


def village_need_of(world: World) -> Need:
    """A need of commune A that names the village of its head."""
    said = balance.NeedSaid(text="Đường", amount=6_000_000, village=world.places["a1"].pk)
    return balance.add_need(world.people["officer"], world.places["a"], YEAR, said, uuid4())


def source_of(world: World) -> Source:
    """A conditional source of commune A."""
    said = balance.SourceSaid(text="Tỉnh hỗ trợ", amount=8_000_000, condition="đạt chuẩn")
    return balance.add_source(world.people["officer"], world.places["a"], YEAR, said, uuid4())


def movement_of(world: World) -> Movement:
    """A movement of commune A."""
    said = balance.Moved(
        need=need_of(world).pk, source=source_of(world).pk, step="planned", amount=1_000_000,
        day=date(YEAR, 1, 5), paper="QĐ 1",
    )  # fmt: skip
    return balance.move(world.people["officer"], said, uuid4())


def removed_need(world: World) -> list[Any]:
    """A need that was removed."""
    row = need_of(world)
    return [balance.remove(world.people["officer"], Need, row.pk, uuid4()).pk]


def removed_source(world: World) -> list[Any]:
    """A source that was removed."""
    row = source_of(world)
    return [balance.remove(world.people["officer"], Source, row.pk, uuid4()).pk]


def sheet_of(world: World) -> list[UUID]:
    """A workbook that was read and waits to be written."""
    officer, place = world.people["officer"], world.places["a"]
    return [importing.bring_in(officer, place, YEAR, "a.xlsx", filled(world, YEAR), uuid4()).pk]


def change_of(world: World) -> list[Any]:
    """What happened to a need: it was added."""
    return [need_of(world).history.latest("pk").pk]


NEEDS = {
    "a change": change_of,
    "a year": lambda world: [world.places["a"].pk, YEAR],
    "no such year": lambda world: [world.places["a"].pk, 1900],
    "a village": lambda world: [world.places["a1"].pk, YEAR],
    "another village": lambda world: [world.places["a2"].pk, YEAR],
    "a village's need": lambda world: [village_need_of(world).pk],
    "a need": lambda world: [need_of(world).pk],
    "a source": lambda world: [source_of(world).pk],
    "a movement": lambda world: [movement_of(world).pk],
    "a removed need": removed_need,
    "a removed source": removed_source,
    "a workbook": sheet_of,
}

HOME = everybody(302) | {"nobody": 403, "resident": 403, "province": 200, "admin": 200}
"""Those who work in a commune or village go to its money, the others choose one."""


def seen(status: int = 200) -> dict[str, int]:
    """Those who see commune A: its people and those above it."""
    return answers(
        officer=status, leader=status, coordinator=status, province=status, admin=status,
        village_head=404, elsewhere=404,
    )  # fmt: skip


def edited(status: int, province: int = 403) -> dict[str, int]:
    """Those who may write commune A's money; who only sees it is told so."""
    return seen(status) | {"province": province}


MOVE = {"step": "planned", "amount": "1 triệu", "day": "5/1/2026", "paper": "QĐ 1", "luot": KEY}
PAGES = (
    Page("money:home", "get", HOME),
    Page("money:overview", "get", seen(), "a year"),
    Page("money:overview", "get", seen(404), "no such year"),
    Page("money:overview", "get", seen(404), "a village"),
    Page("money:village", "get", seen() | {"village_head": 200}, "a village"),
    Page("money:village", "get", seen(), "another village"),
    Page("money:village", "get", seen(404), "a year"),
    Page("money:years", "get", seen(), "a year"),
    Page("money:needs", "get", seen(), "a year"),
    Page("money:sources", "get", seen(), "a year"),
    Page("money:requests", "get", seen(), "a year"),
    Page("money:removed", "get", seen(), "a year"),
    Page("money:matrix", "get", seen(), "a year"),
    Page("money:matrix-save", "post", edited(302), "a year", {"buoc": "planned"}),
    Page("money:matrix-save", "post", edited(422), "a year", {"buoc": "sent"}),
    Page("money:ledger", "get", seen(), "a year"),
    Page("money:ledger-add", "post", edited(422), "a year", MOVE | {"need": "0", "source": "0"}),
    Page("money:flow", "get", seen(), "a year"),
    Page("money:debts", "get", seen(), "a year"),
    Page("money:debts-propose", "post", edited(302), "a year", {"luot": KEY}),
    Page("money:workbook", "get", seen(), "a year"),
    Page("money:upload", "get", edited(200), "a year"),
    Page("money:upload", "post", edited(422), "a year"),
    Page("money:import", "get", edited(200, province=404), "a workbook"),
    Page("money:import-write", "post", edited(302, province=404), "a workbook"),
    Page("money:need-new", "get", edited(200), "a year"),
    Page("money:need-new", "post", edited(302), "a year",
         {"text": "Đường", "amount": "1 tỷ", "luot": KEY}),
    Page("money:source-new", "get", edited(200), "a year"),
    Page("money:source-new", "post", edited(302), "a year",
         {"text": "Nguồn", "kind": "commune", "amount": "1 tỷ", "luot": KEY}),
    Page("money:need", "get", seen(), "a need"),
    Page("money:need", "get", seen(), "a village's need"),
    Page("money:need-edit", "get", edited(200), "a need"),
    Page("money:need-edit", "post", edited(302), "a need",
         {"text": "Đường", "amount": "1 tỷ", "ban": "0", "luot": KEY}),
    Page("money:need-edit", "post", edited(422), "a need", {"text": "Đường", "amount": "nhiều"}),
    Page("money:need-remove", "post", edited(302), "a need", {"luot": KEY}),
    Page("money:need-restore", "post", edited(302), "a removed need", {"luot": KEY}),
    Page("money:need-settle", "post", edited(302), "a need", {"luot": KEY}),
    Page("money:source", "get", seen(), "a source"),
    Page("money:source-edit", "get", edited(200), "a source"),
    Page("money:source-edit", "post", edited(302), "a source",
         {"text": "Nguồn", "kind": "province", "amount": "1 tỷ", "ban": "0", "luot": KEY}),
    Page("money:source-remove", "post", edited(302), "a source", {"luot": KEY}),
    Page("money:source-restore", "post", edited(302), "a removed source", {"luot": KEY}),
    Page("money:source-settle", "post", edited(302), "a source", {"luot": KEY}),
    Page("money:source-condition", "post", edited(302), "a source",
         {"day": "1/6/2025", "paper": "QĐ 5", "luot": KEY}),
    Page("money:ledger-redo", "post", edited(302), "a movement"),
    Page("money:change-undo", "post", edited(302, province=404), "a change"),
    Page("money:import-undo", "post", edited(302, province=404), "a workbook"),
    Page("money:ledger-undo", "get", edited(200), "a movement"),
    Page("money:ledger-undo", "post", edited(302), "a movement", {"ly-do": "nhầm", "luot": KEY}),
)  # fmt: skip
