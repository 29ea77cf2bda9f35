"""Tasks follow their origin: what it newly says is taken, what people set here stays."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from dinhlang.work.models import Origin, Task
from dinhlang.work.services import following, tasks
from dinhlang.work.services.following import Followed, differences
from dinhlang.work.services.tasks import Said
from tests.world import World

PREFIX = "plan:7:"


def follow(world: World, *items: Followed) -> following.Outcome:
    return following.follow(world.people["leader"], world.places["a"], PREFIX, items, Origin.PLAN)


def item(number: int, **said: Any) -> Followed:
    values = {"text": f"Việc {number}", **said}
    return Followed(number=str(number), said=Said(**values), text="Kế hoạch 05, dòng 3")


def test_tasks_are_made_changed_withdrawn_and_come_back(world: World) -> None:
    first = follow(world, item(1), item(2, end=date(2030, 6, 30)))
    assert (first.made, first.changed, first.withdrawn) == (2, 0, 0)
    one, two = first.tasks["1"], first.tasks["2"]
    assert (one.origin, one.origin_ref, one.origin_text) == (
        "plan",
        "plan:7:1",
        "Kế hoạch 05, dòng 3",
    )
    tasks.tell(world.people["officer"], one.pk, uuid4(), "doing", "đang làm")
    second = follow(world, item(2, end=date(2030, 7, 31)))
    assert (second.made, second.changed, second.withdrawn) == (0, 1, 1)
    gone = Task.objects.get(pk=one.pk)
    assert gone.withdrawn_at is not None
    assert (gone.state, gone.notes.count()) == ("doing", 1)
    assert Task.objects.get(pk=two.pk).end == date(2030, 7, 31)
    third = follow(world, item(1), item(2, end=date(2030, 7, 31)))
    assert (third.made, third.changed, third.withdrawn) == (0, 1, 0)
    assert Task.objects.get(pk=one.pk).withdrawn_at is None


def test_following_the_same_again_changes_nothing(world: World) -> None:
    said = {"lead": ["Công an xã"], "villages": [world.places["a1"].pk], "end": date(2030, 6, 30)}
    follow(world, item(1, **said))
    again = follow(world, item(1, **said))
    assert (again.made, again.changed, again.withdrawn) == (0, 0, 0)
    assert Task.objects.get().revision == 0


def test_what_people_set_here_is_not_overwritten_and_the_difference_is_told(world: World) -> None:
    follow(world, item(1, end=date(2030, 6, 30), lead=["Công an xã"]))
    task = Task.objects.get()
    tasks.change(world.people["officer"], task.pk, uuid4(), 0, {"end": date(2030, 8, 31)})
    outcome = follow(world, item(1, end=date(2030, 7, 31), lead=["Đoàn xã"]))
    task.refresh_from_db()
    assert task.end == date(2030, 8, 31)
    assert [office.name for office in task.offices.all()] == ["Đoàn xã"]
    assert outcome.differing == [task]
    assert differences(task) == [("end", "2030-08-31", "2030-07-31")]
    # What the plan says nothing of is no difference.
    tasks.change(world.people["officer"], task.pk, uuid4(), 9, {"product": "Bản vẽ"})
    assert [name for name, _, _ in differences(task)] == ["end"]


def test_only_the_tasks_of_this_origin_are_touched(world: World) -> None:
    own = tasks.create(
        world.people["leader"], world.places["a"], Said(text="Khác"), uuid4(),
        origin=Origin.PLAN, origin_ref="plan:77:1",
    )  # fmt: skip
    follow(world, item(1))
    follow(world)
    assert Task.objects.get(pk=own.pk).withdrawn_at is None
    assert Task.objects.exclude(pk=own.pk).get().withdrawn_at is not None


def test_dates_that_would_cross_those_of_people_are_left_out(world: World) -> None:
    follow(world, item(1, start=date(2030, 1, 1), end=date(2030, 6, 30)))
    task = Task.objects.get()
    tasks.change(world.people["officer"], task.pk, uuid4(), 0, {"end": date(2030, 2, 28)})
    follow(world, item(1, start=date(2030, 5, 1), end=date(2030, 6, 30)))
    task.refresh_from_db()
    assert (task.start, task.end) == (date(2030, 1, 1), date(2030, 2, 28))
    assert [name for name, _, _ in differences(task)] == ["start", "end"]
