"""What is left undone goes on with its trail; nothing counts twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.people.access import AccessDenied
from dinhlang.work.models import Origin, TaskLink, TaskState
from dinhlang.work.services import carrying
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_task_goes_on_with_all_it_had(world: World) -> None:
    place, leader, key = world.places["a"], world.people["leader"], uuid4()
    today = timezone.localdate()
    first = a_task(place, "Đo đạc")
    task = a_task(place, "Đường thôn", lead="Địa chính", villages=[world.places["a1"]],
                  criterion="2", end=today - timedelta(days=3), state=TaskState.WAITING,
                  waiting_for="Sở trả lời", after=[first])  # fmt: skip
    follower = a_task(place, "Bàn giao", after=[task])
    new_end = today + timedelta(days=30)
    made = [carrying.carry(leader, [(task.pk, new_end)], key) for _ in range(2)]
    (new,) = {each.made for several in made for each in several}
    assert new is not None
    assert (new.text, new.end, new.criterion, new.origin) == (
        "Đường thôn", new_end, "2", Origin.CARRIED,
    )  # fmt: skip
    assert (new.state, new.waiting_for) == (TaskState.WAITING, "Sở trả lời")
    assert [office.name for office in new.offices.all()] == ["Địa chính"]
    assert list(new.villages.all()) == [world.places["a1"]]
    task.refresh_from_db()
    assert task.state == TaskState.DROPPED and "Chuyển sang kỳ sau" in task.reason
    assert carrying.trail(new) == [task]
    assert set(TaskLink.objects.filter(task=new).values_list("after", flat=True)) == {first.pk}
    assert TaskLink.objects.filter(task=follower, after=new).exists()


def test_carried_twice_it_remembers_both(world: World) -> None:
    leader, today = world.people["leader"], timezone.localdate()
    task = a_task(world.places["a"], "Đường thôn")
    at = task
    for days in (10, 20):
        ((carried),) = carrying.carry(leader, [(at.pk, today + timedelta(days=days))], uuid4())
        assert carried.made is not None
        at = carried.made
    assert [each.pk for each in carrying.trail(at)] == [task.pk, at.carried_from_id]


def test_each_row_is_done_or_refused_by_itself(world: World) -> None:
    place, leader, today = world.places["a"], world.people["leader"], timezone.localdate()
    done = a_task(place, "Xong", state=TaskState.DONE)
    left = a_task(place, "Còn")
    past = a_task(place, "Hạn cũ")
    rows = carrying.carry(
        leader,
        [(done.pk, today), (left.pk, today), (past.pk, today - timedelta(days=9))],
        uuid4(),
    )
    assert [bool(row.made) for row in rows] == [False, True, False]
    assert "đã xong" in rows[0].why and "từ hôm nay" in rows[2].why


@pytest.mark.parametrize("who", ["officer", "village_head", "province", "elsewhere"])
def test_only_who_decides_carries_over(world: World, who: str) -> None:
    task = a_task(world.places["a"], "Đường thôn")
    with pytest.raises(AccessDenied):
        carrying.carry(world.people[who], [(task.pk, timezone.localdate())], uuid4())
    task.refresh_from_db()
    assert task.state == TaskState.OPEN
