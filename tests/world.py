"""A small country with three communes, and people in every role, for tests of who sees what.

A ``conftest.py`` that wants it imports the fixtures: ``from tests.world import world``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache as once

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from dinhlang.people.models import Grant, User
from dinhlang.people.roles import Role
from dinhlang.places.models import Closure, Unit

PASSWORD = "cây đa bến nước"


@once
def hashed() -> str:
    """The password as it is kept; hashing is slow on purpose, so it is done once."""
    return make_password(PASSWORD)


@dataclass
class World:
    """Places by short name, and people by what they are."""

    places: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def add_place(self, key: str, level: str, kind: str, name: str, above: str = "") -> Unit:
        parent = self.places.get(above)
        unit = Unit(level=level, kind=kind, name=name, parent=parent, valid_from=date(2020, 1, 1))
        unit.fill_keys()
        unit.save()
        chain, depth = unit, 0
        while chain is not None:
            Closure.objects.create(ancestor=chain, descendant=unit, depth=depth)
            chain, depth = chain.parent, depth + 1
        self.places[key] = unit
        return unit

    def add_person(self, key: str, name: str, role: Role | None, place: str = "") -> User:
        user = User(username=key.replace("_", "."), full_name=name)
        user.password = hashed()
        user.save()
        if role is not None:
            Grant.objects.create(user=user, role=role.value, place=self.places.get(place))
        self.people[key] = user
        return user


def populate(made: World) -> World:
    """Two provinces; commune A with villages A1 and A2, commune B with B1, commune C far away."""
    made.add_place("country", "country", "nước", "Việt Nam")
    made.add_place("province", "province", "tỉnh", "An Mẫu", "country")
    made.add_place("other_province", "province", "tỉnh", "Bình Lạ", "country")
    made.add_place("a", "commune", "xã", "Làng Mẫu", "province")
    made.add_place("b", "commune", "xã", "Làng Bên", "province")
    made.add_place("c", "commune", "xã", "Làng Xa", "other_province")
    made.add_place("a1", "village", "thôn", "Đình Thượng", "a")
    made.add_place("a2", "village", "thôn", "Đình Hạ", "a")
    made.add_place("b1", "village", "thôn", "Bến Đò", "b")
    made.add_person("admin", "Quản Trị Mẫu", Role.ADMIN)
    made.add_person("leader", "Lãnh Đạo Mẫu", Role.LEADER, "a")
    made.add_person("coordinator", "Tổng Hợp Mẫu", Role.COORDINATOR, "a")
    made.add_person("officer", "Công Chức Mẫu", Role.OFFICER, "a")
    made.add_person("village_head", "Trưởng Thôn Mẫu", Role.VILLAGE_HEAD, "a1")
    made.add_person("province", "Cấp Tỉnh Mẫu", Role.PROVINCE, "province")
    made.add_person("resident", "Người Dân Mẫu", Role.RESIDENT, "a")
    made.add_person("elsewhere", "Tổng Hợp Bên", Role.COORDINATOR, "b")
    made.add_person("nobody", "Chưa Có Việc", None)
    return made


@pytest.fixture
def world(db: None) -> World:
    """The world as ``populate`` makes it."""
    return populate(World())


VISITORS = (
    *("anonymous", "nobody", "resident", "village_head", "officer", "leader", "coordinator"),
    *("province", "elsewhere", "admin"),
)
"""Who comes to a page: one person a role in commune A, and the coordinator of commune B."""


@pytest.fixture(autouse=True)
def forget_attempts() -> None:
    """Counts of failed sign-ins do not reach from one test into the next."""
    cache.clear()
