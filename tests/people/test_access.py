"""Who sees what: a village head the village, an officer the commune, a province all below."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dinhlang.people.access import (
    AccessDenied,
    Action,
    Role,
    allowed_places,
    can,
    require,
    restrict,
    roles_allowing,
    today,
    works_here,
)
from dinhlang.people.models import Grant, Office, User
from dinhlang.people.policies import givable_roles
from dinhlang.people.roles import ALLOWED, EXPLANATIONS, LABELS
from dinhlang.places.models import Unit
from tests.world import World

EVERYWHERE = {
    *("Việt Nam", "An Mẫu", "Bình Lạ", "Làng Mẫu", "Làng Bên", "Làng Xa"),
    *("Đình Thượng", "Đình Hạ", "Bến Đò"),
}
SEES = {
    "admin": EVERYWHERE,
    "leader": {"Làng Mẫu", "Đình Thượng", "Đình Hạ"},
    "coordinator": {"Làng Mẫu", "Đình Thượng", "Đình Hạ"},
    "officer": {"Làng Mẫu", "Đình Thượng", "Đình Hạ"},
    "village_head": {"Đình Thượng"},
    "province": {"An Mẫu", "Làng Mẫu", "Làng Bên", "Đình Thượng", "Đình Hạ", "Bến Đò"},
    "elsewhere": {"Làng Bên", "Bến Đò"},
    "resident": set[str](),
    "nobody": set[str](),
}


def names(units: object) -> set[str]:
    return {unit.name for unit in units}  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", SEES)
def test_each_person_sees_exactly_these_places_and_none_of_the_others(
    who: str, world: World
) -> None:
    seen = names(allowed_places(world.people[who], Action.VIEW))
    assert seen == SEES[who]
    assert {place.name for place in world.places.values() if place.name not in seen} == (
        EVERYWHERE - SEES[who]
    )


@pytest.mark.parametrize("who", SEES)
@pytest.mark.parametrize("action", list(Action))
def test_asking_for_one_place_and_listing_all_places_agree(
    who: str, action: Action, world: World
) -> None:
    person = world.people[who]
    listed = names(allowed_places(person, action))
    assert {place.name for place in world.places.values() if can(person, action, place)} == listed
    assert names(restrict(Unit.objects.all(), person, action)) == listed


@pytest.mark.parametrize(
    ("who", "action", "may"),
    [
        ("leader", Action.REVIEW, True),
        ("leader", Action.MANAGE, False),
        ("coordinator", Action.MANAGE, True),
        ("officer", Action.EDIT, True),
        ("officer", Action.REVIEW, False),
        ("province", Action.VIEW, True),
        ("province", Action.EDIT, False),
        ("village_head", Action.EDIT, False),
        ("resident", Action.VIEW, False),
        ("admin", Action.MANAGE, True),
    ],
)
def test_what_each_role_may_do_in_the_commune(
    who: str, action: Action, may: bool, world: World
) -> None:
    assert can(world.people[who], action, world.places["a"]) is may


def test_strangers_nobody_and_locked_accounts_see_nothing(world: World) -> None:
    locked = world.people["admin"]
    locked.is_active = False
    for person in (None, locked):
        assert not allowed_places(person, Action.VIEW).exists()
        assert not can(person, Action.VIEW, None)
        assert not works_here(person)


@pytest.mark.parametrize(
    ("start", "end", "open_today"),
    [
        (0, 0, True),
        (-5, None, True),
        (None, 5, True),
        (1, None, False),
        (None, -1, False),
        (-9, -1, False),
    ],
)
def test_a_grant_counts_from_its_first_to_its_last_day(
    start: int | None, end: int | None, open_today: bool, world: World
) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else today() + timedelta(days=offset)

    person, place = world.people["nobody"], world.places["b"]
    Grant.objects.create(
        user=person, role=Role.OFFICER.value, place=place, start=day(start), end=day(end)
    )
    assert can(person, Action.VIEW, place) is open_today


def test_the_same_question_can_be_asked_of_another_day(world: World) -> None:
    person, place = world.people["nobody"], world.places["b"]
    Grant.objects.create(
        user=person, role="officer", place=place, start=date(2024, 1, 1), end=date(2024, 6, 30)
    )
    assert can(person, Action.EDIT, place, on=date(2024, 6, 30))
    assert not can(person, Action.EDIT, place, on=date(2024, 7, 1))
    assert names(allowed_places(person, Action.VIEW, on=date(2024, 1, 1))) == {
        "Làng Bên",
        "Bến Đò",
    }


def test_several_grants_add_up_and_do_not_mix(world: World) -> None:
    person = world.people["village_head"]
    Grant.objects.create(user=person, role="province", place=world.places["b"])
    assert names(allowed_places(person, Action.VIEW)) == {"Đình Thượng", "Làng Bên", "Bến Đò"}
    assert names(allowed_places(person, Action.EDIT)) == {"Đình Thượng"}


def test_a_refusal_tells_what_to_do(world: World) -> None:
    with pytest.raises(AccessDenied, match="đề nghị người quản trị"):
        require(world.people["officer"], Action.MANAGE, world.places["a"])


def test_rows_are_restricted_by_the_place_their_model_names(world: World) -> None:
    for key in ("a", "a1", "b"):
        Office.objects.create(place=world.places[key], title=f"Chức ở {key}")
    seen = restrict(Office.objects.all(), world.people["officer"], Action.VIEW)
    assert {office.title for office in seen} == {"Chức ở a", "Chức ở a1"}
    assert restrict(Office.objects.all(), world.people["admin"], Action.VIEW).count() == 3
    assert not restrict(Office.objects.all(), world.people["resident"], Action.VIEW).exists()


MANAGES = {
    "admin": {
        *("admin", "leader", "coordinator", "officer", "village.head", "province", "resident"),
        *("elsewhere", "nobody"),
    },
    "coordinator": {"leader", "coordinator", "officer", "village.head", "resident"},
    "elsewhere": {"elsewhere"},
    "leader": set[str](),
    "province": set[str](),
}


@pytest.mark.parametrize("who", MANAGES)
def test_each_manager_manages_exactly_these_people(who: str, world: World) -> None:
    managed = restrict(User.objects.all(), world.people[who], Action.MANAGE)
    assert {person.username for person in managed} == MANAGES[who]


def test_nobody_manages_somebody_with_more_rights_than_their_own(world: World) -> None:
    officer = world.people["officer"]
    managed = restrict(User.objects.all(), world.people["coordinator"], Action.MANAGE)
    assert officer in managed
    Grant.objects.create(user=officer, role="officer", place=world.places["b"])
    assert officer not in managed.all()


def test_every_role_has_its_name_its_meaning_and_its_actions() -> None:
    for role in Role:
        assert LABELS[role] and EXPLANATIONS[role] and role in ALLOWED
    assert roles_allowing(Action.MANAGE) == [Role.ADMIN, Role.COORDINATOR]


def test_a_coordinator_gives_no_role_above_their_own(world: World) -> None:
    assert Role.ADMIN not in givable_roles(world.people["coordinator"])
    assert Role.ADMIN in givable_roles(world.people["admin"])
    assert givable_roles(world.people["leader"]) == []
