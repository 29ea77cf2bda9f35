"""Several people, and several taps of one, at the very same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from dinhlang.people.models import AuditLine
from dinhlang.work.models import Task, TaskLink, TaskNote
from dinhlang.work.services import tasks
from dinhlang.work.services.tasks import BadTask, Conflict, Said
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """What each gives, or the refusal it met, all begun together."""
    start = threading.Barrier(len(doings))
    found: list[Any] = [None] * len(doings)

    def run(place: int, doing: Callable[[], Any]) -> None:
        try:
            start.wait()
            found[place] = doing()
        except (BadTask, Conflict) as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def a_task(world: World, text: str = "Đo đạc") -> Task:
    return tasks.create(world.people["leader"], world.places["a"], Said(text=text), uuid4())


def test_a_double_tap_makes_one_task(world: World) -> None:
    key, person, place = uuid4(), world.people["leader"], world.places["a"]
    made = at_once(*[lambda: tasks.create(person, place, Said(text="Họp"), key).pk] * 4)
    assert len(set(made)) == 1
    assert Task.objects.count() == 1
    assert AuditLine.objects.filter(verb="thêm việc").count() == 1


def test_a_double_tap_changes_and_tells_once(world: World) -> None:
    task, person = a_task(world), world.people["leader"]
    change, told = uuid4(), uuid4()
    at_once(*[lambda: tasks.change(person, task.pk, change, 0, {"product": "Bản vẽ"})] * 3)
    at_once(*[lambda: tasks.tell(person, task.pk, told, "done", "xong")] * 3)
    assert TaskNote.objects.filter(task=task).count() == 2
    assert Task.objects.get(pk=task.pk).revision == 2


def test_of_two_changes_at_once_to_one_field_one_is_kept_and_the_other_told(world: World) -> None:
    task = a_task(world)

    def changes(who: str, end: date, **more: Any) -> Callable[[], Any]:
        values = {"end": end, **more}
        return lambda: tasks.change(world.people[who], task.pk, uuid4(), 0, values)

    found = at_once(
        changes("leader", date(2026, 3, 1), product="Bản vẽ"),
        changes("officer", date(2026, 4, 1), remarks="Gấp"),
    )
    refused = [each for each in found if isinstance(each, Conflict)]
    assert len(refused) == 1
    kept = Task.objects.get(pk=task.pk)
    [clash] = refused[0].clashes
    assert kept.end is not None
    assert {clash.theirs, clash.mine} == {"2026-03-01", "2026-04-01"}
    assert clash.theirs == kept.end.isoformat()
    assert set(refused[0].mine) in ({"end", "product"}, {"end", "remarks"})


def test_two_halves_of_a_circle_cannot_meet(world: World) -> None:
    one, two = a_task(world, "Một"), a_task(world, "Hai")
    person = world.people["leader"]
    found = at_once(
        lambda: tasks.change(person, one.pk, uuid4(), 0, {"after": [two.pk]}),
        lambda: tasks.change(person, two.pk, uuid4(), 0, {"after": [one.pk]}),
    )
    assert sum(isinstance(each, BadTask) for each in found) == 1
    assert TaskLink.objects.count() == 1


def test_accepted_and_taken_back_at_once_ends_in_one_of_both(world: World) -> None:
    task = a_task(world)
    tasks.tell(world.people["officer"], task.pk, uuid4(), "done")
    found = at_once(
        lambda: tasks.accept(world.people["leader"], task.pk, uuid4(), seen=1),
        lambda: tasks.tell(world.people["officer"], task.pk, uuid4(), "doing", "khoan", seen=1),
    )
    assert sum(isinstance(each, (BadTask, Conflict)) for each in found) == 1
    state = Task.objects.get(pk=task.pk).state
    assert state in ("accepted", "doing")
    assert TaskNote.objects.filter(task=task).latest("pk").after == state
