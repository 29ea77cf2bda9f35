"""Places are found, and each person sees theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dinhlang.people.access import Role
from dinhlang.places import selectors

from .conftest import DAY, Country

Person = Callable[..., Any]
BEFORE, NOW = date(2025, 6, 30), date(2026, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["Hòa Đông", "Hoà Đông", "hoa dong", "  HÒA   ĐÔNG ", "xã Hòa Đông", "Hòa Đông, An Mẫu"],
)
def test_a_name_is_found_in_any_spelling_and_the_current_one_first(
    country: Country, text: str
) -> None:
    assert selectors.find(text)[0] == country.commune


def test_what_it_belonged_to_tells_two_of_one_name_apart(country: Country) -> None:
    assert list(selectors.find("Hòa Đông, Bình Mẫu")) == [country.east]
    assert list(selectors.find("Hòa Đông, tỉnh An Mẫu")) == [country.commune]


def test_decomposed_letters_are_found_too(country: Country) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Hòa Giữa")
    assert list(selectors.find(text)) == [country.divided]


def test_a_code_used_twice_finds_both(country: Country) -> None:
    assert list(selectors.find("89001")) == [country.east, country.commune]


def test_a_unit_is_followed_through_its_succession(country: Country) -> None:
    shares = selectors.became(country.divided, NOW)
    assert {(share.unit, share.whole) for share in shares} == {
        (country.commune.pk, False),
        (country.other.pk, False),
    }
    shares = selectors.came_from(country.commune, BEFORE)
    assert {share.unit: share.whole for share in shares} == {
        country.east.pk: True,
        country.west.pk: True,
        country.divided.pk: False,
    }
    assert [share.unit for share in selectors.became(country.east, BEFORE)] == [country.east.pk]


def test_a_district_is_followed_through_its_communes(country: Country) -> None:
    assert list(selectors.successors_of_parts(country.district)) == [
        country.commune,
        country.other,
    ]


@pytest.mark.parametrize(
    ("role", "place", "seen", "hidden"),
    [
        (
            Role.VILLAGE_HEAD,
            "village",
            {"Tân Mẫu", "Hoà Đông", "An Mẫu", "Việt Nam"},
            {"Bến Mẫu", "Tây Mẫu", "Hòa Giữa"},
        ),
        (
            Role.OFFICER,
            "commune",
            {"Tân Mẫu", "Hoà Đông", "Hòa Đông", "Hòa Tây", "Hòa Giữa", "An Mẫu"},
            {"Bến Mẫu", "Tây Mẫu", "Bình Mẫu", "Cũ Mẫu"},
        ),
        (
            Role.PROVINCE,
            "province",
            {"Tân Mẫu", "Bến Mẫu", "Hoà Đông", "Tây Mẫu", "Hòa Đông", "Hòa Giữa"},
            {"Cũ Mẫu", "Bình Mẫu"},
        ),
        (Role.RESIDENT, "commune", set(), {"Hoà Đông", "Tân Mẫu", "An Mẫu"}),
        (Role.ADMIN, None, {"Cũ Mẫu", "Bình Mẫu", "Bến Mẫu", "Tân Mẫu"}, set()),
    ],
)
def test_each_role_sees_what_is_theirs_and_its_kin(
    country: Country,
    person: Person,
    role: Role,
    place: str | None,
    seen: set[str],
    hidden: set[str],
) -> None:
    user = person(role, getattr(country, place) if place else None)
    found = set(selectors.visible(user).values_list("name", flat=True))
    assert seen <= found
    assert not hidden & found


def test_a_list_is_of_its_day(country: Country, person: Person) -> None:
    admin = person(Role.ADMIN)

    def names(day: date) -> list[str]:
        return [unit.title for unit in selectors.listed(admin, day, "commune")]

    assert names(BEFORE) == ["Xã Hòa Đông", "Xã Hòa Giữa", "Xã Hòa Tây"]
    assert names(DAY) == ["Xã Hoà Đông", "Phường Tây Mẫu"]


@pytest.mark.parametrize(
    ("role", "place", "day", "level"),
    [
        (Role.ADMIN, None, NOW, "province"),
        (Role.OFFICER, "commune", NOW, "commune"),
        (Role.VILLAGE_HEAD, "village", NOW, "village"),
    ],
)
def test_the_list_opens_at_the_persons_own_level(
    country: Country, person: Person, role: Role, place: str | None, day: date, level: str
) -> None:
    user = person(role, getattr(country, place) if place else None)
    assert selectors.highest_level(user, day) == level
