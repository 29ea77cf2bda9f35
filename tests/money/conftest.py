"""The small country, and needs and sources of commune A."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from dinhlang.money.models import Need, Source
from dinhlang.money.services import balance
from tests.world import World, forget_attempts, world

__all__ = ["forget_attempts", "world"]

YEAR = 2026
MakeNeed = Callable[..., Need]
MakeSource = Callable[..., Source]


@pytest.fixture(autouse=True)
def private_folder(tmp_path: Path, settings: Any) -> None:
    """Each test has its own data folder."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def need(world: World) -> MakeNeed:
    """``need("Đường thôn", 6_000_000, …)`` adds a need of commune A's year."""

    def make(
        text: str = "Đường thôn", amount: int = 6_000_000, year: int = YEAR, **more: Any
    ) -> Need:
        said = balance.NeedSaid(text=text, amount=amount, **more)
        return balance.add_need(world.people["officer"], world.places["a"], year, said, uuid4())

    return make


@pytest.fixture
def source(world: World) -> MakeSource:
    """``source("Ngân sách xã", 8_000_000, …)`` adds a source of commune A's year."""

    def make(
        text: str = "Ngân sách xã", amount: int | None = 8_000_000, year: int = YEAR, **more: Any
    ) -> Source:
        said = balance.SourceSaid(text=text, amount=amount, **({"kind": "commune"} | more))
        return balance.add_source(world.people["officer"], world.places["a"], year, said, uuid4())

    return make
