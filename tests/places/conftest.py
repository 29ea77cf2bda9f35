"""A small country, people in it, and where the real country's lists lie."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dinhlang.people.access import Role
from dinhlang.people.models import Grant, User
from dinhlang.places import services
from dinhlang.places.models import (
    Level,
    Succession,
    SuccessionKind,
    SuccessionPart,
    Unit,
)

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2025, 7, 1)


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The real country's lists: ``DINHLANG_DATA``, else ``../shared/data``."""
    folder = Path(os.environ.get("DINHLANG_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "units-2026.csv").is_file():
        pytest.skip(f"the country's lists are not part of the repository and not at {folder}")
    return folder


@dataclass
class Country:
    """Two old communes of a district that became one new commune; a third one was divided."""

    root: Unit
    old_province: Unit
    district: Unit
    east: Unit
    west: Unit
    divided: Unit
    province: Unit
    commune: Unit
    other: Unit
    village: Unit
    neighbour: Unit


def succeed(new: Unit, *olds: tuple[Unit, bool, bool]) -> None:
    """Record what a new unit was made of: (old, whole, main)."""
    succession = Succession.objects.create(day=new.valid_from, kind=SuccessionKind.MERGE)
    for old, whole, main in olds:
        SuccessionPart.objects.create(
            succession=succession,
            old=old,
            new=new,
            extent="whole" if whole else "part",
            main=main,
        )


@pytest.fixture
def country(db: None) -> Country:
    """The small country."""
    root = services.ensure_country()
    old_province = services.add_unit(Level.PROVINCE, "tỉnh", "Cũ Mẫu", root, code="89")
    district = services.add_unit(Level.DISTRICT, "huyện", "Bình Mẫu", old_province, code="899")
    east, west, divided = (
        services.add_unit(Level.COMMUNE, "xã", name, district, code=code)
        for name, code in (("Hòa Đông", "89001"), ("Hòa Tây", "89002"), ("Hòa Giữa", "89003"))
    )
    services.close_units([old_province, district, east, west, divided], DAY)
    province = services.add_unit(Level.PROVINCE, "tỉnh", "An Mẫu", root, code="90", first_day=DAY)
    commune = services.add_unit(
        Level.COMMUNE, "xã", "Hoà Đông", province, code="89001", first_day=DAY
    )
    other = services.add_unit(
        Level.COMMUNE, "phường", "Tây Mẫu", province, code="90002", first_day=DAY
    )
    succeed(commune, (east, True, False), (west, True, False), (divided, False, True))
    succeed(other, (divided, False, False))
    village = services.add_unit(Level.VILLAGE, "thôn", "Tân Mẫu", commune, first_day=DAY)
    neighbour = services.add_unit(Level.VILLAGE, "khu", "Bến Mẫu", other, first_day=DAY)
    return Country(
        root,
        old_province,
        district,
        east,
        west,
        divided,
        province,
        commune,
        other,
        village,
        neighbour,
    )


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """``person(role, place)``: somebody with that role there; no place is everywhere."""

    def make(role: Role | None, place: Unit | None = None) -> User:
        user = User.objects.create(username=f"nguoi{User.objects.count()}", full_name="Người Mẫu")
        if role is not None:
            Grant.objects.create(user=user, role=role, place=place)
        return user

    return make
