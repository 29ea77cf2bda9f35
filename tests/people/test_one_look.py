"""What one page looks up of rights: once, and the same as if it asked each time."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from dinhlang.people import access
from dinhlang.people.access import (
    Action,
    allowed_places,
    can,
    can_anywhere,
    held_roles,
    is_everywhere,
    one_look,
    places_below,
    restrict,
)
from dinhlang.people.middleware import RequestName
from dinhlang.people.models import AuditLine, Grant, Office, User
from dinhlang.places.models import Unit
from tests.world import World

WHO = ("admin", "leader", "officer", "village_head", "province", "elsewhere", "nobody")


def answers(user: User, world: World) -> object:
    """Everything that may be asked of one person's rights."""
    return [
        (
            action,
            is_everywhere(user, action),
            can_anywhere(user, action),
            sorted(unit.pk for unit in allowed_places(user, action)),
            {name: can(user, action, place) for name, place in world.places.items()},
            can(user, action, None),
            [sorted(row.pk for row in restrict(rows, user, action)) for rows in (
                Unit.objects.all(), Office.objects.all(), User.objects.all(),
                AuditLine.objects.all(),
            )],
        )
        for action in Action
    ]  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_in_one_look_every_right_is_the_same_as_asked_each_time(who: str, world: World) -> None:
    user = world.people[who]
    asked_each_time = answers(user, world), held_roles(user)
    with one_look():
        assert (answers(user, world), held_roles(user)) == asked_each_time


@pytest.mark.parametrize("who", WHO)
def test_whoever_reaches_very_many_places_sees_the_same_ones(
    who: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = world.people[who]
    asked_each_time = answers(user, world)
    monkeypatch.setattr(access, "FEW", 1)
    with one_look():
        assert answers(user, world) == asked_each_time


def test_grants_and_places_are_read_once_in_a_look(world: World) -> None:
    user, place = world.people["officer"], world.places["a1"]
    with one_look():
        answers(user, world)
        with CaptureQueriesContext(connection) as queries:
            assert can(user, Action.EDIT, place)
            assert not can(user, Action.EDIT, world.places["b"])
            assert not is_everywhere(user, Action.VIEW)
            assert held_roles(user)
        assert [query["sql"] for query in queries] == []


def test_places_below_a_place_are_itself_and_its_villages(world: World) -> None:
    place = world.places["a"]
    expected = {"Làng Mẫu", "Đình Thượng", "Đình Hạ"}
    assert {unit.name for unit in places_below(place)} == expected
    with one_look():
        assert {unit.name for unit in places_below(place)} == expected


def test_a_look_ends_with_its_page_and_one_that_changes_something_has_none(world: World) -> None:
    user, place = world.people["nobody"], world.places["a"]
    seen: list[tuple[str | None, bool, bool]] = []

    def page(request: HttpRequest) -> HttpResponse:
        before = can(user, Action.EDIT, place)
        grant = Grant.objects.create(user=user, role="officer", place=place)
        seen.append((request.method, before, can(user, Action.EDIT, place)))
        grant.delete()
        return HttpResponse()

    site = RequestName(page)
    site(RequestFactory().get("/"))
    site(RequestFactory().post("/"))
    Grant.objects.create(user=user, role="officer", place=place)
    assert can(user, Action.EDIT, place)
    assert seen == [("GET", False, False), ("POST", False, True)]
