"""A province with a code, its own folder for files, and a second person who manages there."""

from __future__ import annotations

from pathlib import Path

import pytest

from dinhlang.people.roles import Role
from tests.world import World, forget_attempts, world

__all__ = ["forget_attempts", "world"]


@pytest.fixture(autouse=True)
def private_folder(tmp_path: Path, settings: object) -> Path:
    """Each test has its own data folder."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def house(world: World) -> World:
    """The world with two administrators, and two people who manage the province of code 99."""
    province = world.places["province"]
    province.code = "99"
    province.save()
    world.add_person("second", "Quản Trị Thứ Hai", Role.ADMIN)
    world.add_person("office", "Điều Phối Tỉnh", Role.COORDINATOR, "province")
    world.add_person("chief", "Phó Điều Phối", Role.COORDINATOR, "province")
    return world
