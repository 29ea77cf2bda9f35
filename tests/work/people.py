"""Offices with holders in commune A, for tests of who is told and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dinhlang.people.models import Grant, Office, OfficeHolding, User
from dinhlang.people.roles import Role
from dinhlang.places.models import Unit
from tests.world import World

LAND, CULTURE = "Công chức Địa chính - Xây dựng", "Công chức Văn hóa - Xã hội"
LONG_AGO = date(2020, 1, 1)


@dataclass
class Staff:
    """Commune A with two offices: ``holder`` has the first, ``other`` the second."""

    place: Unit
    land: Office
    culture: Office
    holder: User
    other: User


def an_officer(key: str, name: str, place: Unit) -> User:
    """An officer of the place, with an e-mail address."""
    user = User.objects.create(username=key, full_name=name, email=f"{key}@vidu.vn")
    Grant.objects.create(user=user, role=Role.OFFICER.value, place=place)
    return user


def staff_of(world: World) -> Staff:
    """The two offices of commune A with who holds them."""
    place = world.places["a"]
    land = Office.objects.create(place=place, title=LAND)
    culture = Office.objects.create(place=place, title=CULTURE)
    holder = an_officer("diachinh", "Địa Chính Mẫu", place)
    other = an_officer("vanhoa", "Văn Hóa Mẫu", place)
    OfficeHolding.objects.create(user=holder, office=land, start=LONG_AGO)
    OfficeHolding.objects.create(user=other, office=culture, start=LONG_AGO)
    return Staff(place, land, culture, holder, other)
