"""The tasks below a place are found as ``restrict`` finds them, whoever asks."""

from __future__ import annotations

import pytest

from dinhlang.people.access import Action, one_look, places_below, restrict
from dinhlang.work.models import Task
from dinhlang.work.policies import at, below
from tests.work.making import a_task
from tests.world import World


@pytest.mark.parametrize(
    "who", ["admin", "leader", "officer", "village_head", "province", "elsewhere", "nobody"]
)
@pytest.mark.parametrize("action", list(Action))
def test_the_tasks_of_a_place_are_those_that_restrict_leaves(
    who: str, action: Action, world: World
) -> None:
    places = world.places
    for name in ("a", "a1", "a2", "b"):
        a_task(places[name], f"việc của {name}")
        a_task(places[name], f"việc của {name} ở thôn khác", villages=[places["a1"]])
    user = world.people[who]
    for name in ("a", "a1", "b", "province"):
        here = Task.objects.filter(place__in=places_below(places[name]).values("pk"))
        wanted = {task.text for task in restrict(here, user, action)}
        assert {t.text for t in below(Task.objects.all(), user, places[name], action)} == wanted
        own = restrict(Task.objects.filter(place=places[name]), user, action)
        of_it = {task.text for task in own}
        with one_look():
            assert {t.text for t in below(Task.objects.all(), user, places[name], action)} == wanted
            assert {t.text for t in at(Task.objects.all(), user, places[name], action)} == of_it
