"""Columns read as text say the same as the objects that the driver makes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import timezone as now

from dinhlang.work.models import Task, TaskOffice
from dinhlang.work.selectors.charged import charged, leads, only, spellings
from dinhlang.work.selectors.lines import bones, villages_of
from dinhlang.work.selectors.plain import day, local_day, moment
from tests.work.making import a_task
from tests.world import World

MOMENTS = [
    datetime(2024, 6, 13, 16, 59, 59, 999999, tzinfo=UTC),
    datetime(2024, 6, 13, 17, 0, tzinfo=UTC),
    datetime(2024, 2, 29, 0, 0, 0, 1000, tzinfo=UTC),
    datetime(2024, 1, 1, 3, 0, tzinfo=timezone(timedelta(hours=7))),
]


@pytest.mark.parametrize("at", MOMENTS, ids=str)
def test_a_task_read_plainly_has_the_days_and_the_moment_that_were_written(
    at: datetime, world: World
) -> None:
    task = a_task(
        world.places["a"], state="done", done_at=at, start=date(2024, 2, 29), end=date(2025, 12, 31)
    )
    [bone] = bones(Task.objects.filter(pk=task.pk))
    assert (bone.start, bone.end, bone.done_at) == (task.start, task.end, at)
    assert bone.place == task.place_id


def test_days_that_are_not_set_stay_none(world: World) -> None:
    a_task(world.places["a"])
    [bone] = bones(Task.objects.all())
    assert (bone.start, bone.end, bone.done_at) == (None, None, None)
    assert (day(None), moment(None), local_day(None)) == (None, None, None)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2024-06-13 16:59:59", date(2024, 6, 13)),
        ("2024-06-13 17:00:00", date(2024, 6, 14)),
        ("2024-06-13 17:00:00.5+00", date(2024, 6, 14)),
        ("2024-06-13 16:59:59.999999+00", date(2024, 6, 13)),
    ],
)
def test_the_day_of_a_moment_is_that_of_vietnam(said: str, at: date) -> None:
    assert local_day(said) == at
    assert moment(said) == moment(f"{said.removesuffix('+00')}+00:00")
    assert now.localtime(moment(said)).date() == at


def test_offices_are_a_row_a_spelling_with_the_tasks_that_it_leads_or_helps(world: World) -> None:
    place, land = world.places["a"], "Công chức Địa chính"
    first = a_task(place, "một", lead=[land, "UBND xã"], partners=["Công an xã"])
    second = a_task(place, "hai", lead=land, partners=["Ủy ban nhân dân xã"])
    a_task(place, "ba", lead="Ủy ban nhân dân xã")
    fourth = a_task(place, "bốn")
    found = charged(Task.objects.all())
    assert [each.name for each in found][:2] == [land, "UBND xã"]
    told = {
        (each.key, each.name, each.leads, pk) for each in found for pk in each.tasks
    }  # fmt: skip
    assert told == set(TaskOffice.objects.values_list("key", "name", "leads", "task_id"))
    assert spellings(found)["uy ban nhan dan xa"] == "Ủy ban nhân dân xã"
    led = leads(found)
    assert sorted(led[first.pk]) == ["cong chuc dia chinh", "uy ban nhan dan xa"]
    assert fourth.pk not in led
    kept = only(found, {second.pk})
    assert {(each.name, *each.tasks) for each in kept} == {
        (land, second.pk), ("Ủy ban nhân dân xã", second.pk),
    }  # fmt: skip
    assert charged(Task.objects.none()) == []


def test_villages_come_with_the_tasks_that_name_them(world: World) -> None:
    place, a1, a2 = (world.places[name] for name in ("a", "a1", "a2"))
    both = a_task(place, "một", villages=[a1, a2])
    one = a_task(place, "hai", villages=[a2])
    a_task(place, "ba")
    found = villages_of(Task.objects.all())
    assert {village: sorted(tasks) for village, tasks in found.items()} == {
        a1.pk: [both.pk], a2.pk: [both.pk, one.pk],
    }  # fmt: skip
