"""When work comes again, and what is made of it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.people.access import AccessDenied
from dinhlang.work.models import Origin, Repeat, Task
from dinhlang.work.recurring import Time, times
from dinhlang.work.said import BadTask, Said
from dinhlang.work.services import repeats
from tests.world import World


def days(every: str, on: int, first: date, last: date) -> list[date]:
    return [time.due for time in times(every, on, first, last)]


@pytest.mark.parametrize(
    ("every", "on", "first", "last", "due"),
    [
        ("week", 4, date(2026, 11, 22), date(2026, 12, 10),
         [date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10)]),
        ("week", 7, date(2026, 11, 22), date(2026, 11, 22), [date(2026, 11, 22)]),
        ("month", 31, date(2027, 1, 1), date(2027, 4, 30),
         [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]),
        ("month", 20, date(2026, 11, 22), date(2027, 1, 31),
         [date(2026, 12, 20), date(2027, 1, 20)]),
        ("month", 29, date(2028, 2, 1), date(2028, 2, 29), [date(2028, 2, 29)]),
        ("quarter", 10, date(2026, 1, 1), date(2026, 12, 31),
         [date(2026, 3, 21), date(2026, 6, 20), date(2026, 9, 20), date(2026, 12, 21)]),
        ("half", 0, date(2026, 5, 1), date(2027, 1, 31), [date(2026, 6, 30), date(2026, 12, 31)]),
        ("half", 15, date(2026, 7, 1), date(2027, 6, 30), [date(2026, 12, 16), date(2027, 6, 15)]),
        ("year", 0, date(2026, 5, 1), date(2027, 12, 31), [date(2026, 12, 31), date(2027, 12, 31)]),
    ],
)  # fmt: skip
def test_times_fall_on_their_days(
    every: str, on: int, first: date, last: date, due: list[date]
) -> None:
    assert days(every, on, first, last) == due


def test_a_time_names_its_period() -> None:
    (week,) = times("week", 4, date(2027, 1, 1), date(2027, 1, 10))
    assert week == Time(date(2027, 1, 4), date(2027, 1, 7), "tuần 1/2027")
    assert [t.name for t in times("quarter", 0, date(2026, 4, 1), date(2026, 9, 30))] == [
        "quý II/2026", "quý III/2026",
    ]  # fmt: skip
    assert [t.name for t in times("half", 0, date(2026, 4, 1), date(2026, 12, 31))] == [
        "6 tháng đầu năm 2026", "6 tháng cuối năm 2026",
    ]  # fmt: skip
    assert week.told("Báo cáo {kỳ} gửi xã") == "Báo cáo tuần 1/2027 gửi xã"
    assert week.told("Báo cáo") == "Báo cáo (tuần 1/2027)"


def begun(world: World, **more: object) -> Repeat:
    today = timezone.localdate()
    wish = {"every": "month", "on": 31, "first": today.replace(day=1)} | more
    said = Said(text="Báo cáo {kỳ}", lead=["Kế toán"])
    return repeats.begin(world.people["leader"], world.places["a"], said, uuid4(), **wish)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_time_is_made_once_whoever_asks(world: World) -> None:
    row = begun(world)
    today = timezone.localdate()
    assert Task.objects.filter(series=row, end__month=today.month).count() == 1
    made = Task.objects.count()
    # Another worker that read the row before the first one wrote makes the same tasks.
    stale = Repeat.objects.get(pk=row.pk)
    stale.made_until = None
    repeats.make(stale, today)
    repeats.make_due(today)
    assert Task.objects.count() == made
    task = Task.objects.filter(series=row).earliest("end")
    assert task.origin == Origin.REPEAT and task.start == today.replace(day=1)
    assert [office.name for office in task.offices.all()] == ["Kế toán"]


@pytest.mark.django_db
def test_the_next_time_comes_a_week_before_it_begins(world: World) -> None:
    today = timezone.localdate()
    row = begun(world)
    # The first month that is not made yet, on whatever day of a month this runs.
    later = (today + timedelta(days=8 + 31)).replace(day=1)
    repeats.make(row, later - timedelta(days=8))
    first = Task.objects.count()
    repeats.make(row, later - timedelta(days=7))
    assert Task.objects.count() == first + 1


@pytest.mark.django_db
def test_a_changed_repeat_leaves_what_was_made_and_an_ended_one_makes_nothing(
    world: World,
) -> None:
    row, leader = begun(world), world.people["leader"]
    repeats.change(leader, row.pk, {"text": "Báo cáo mới", "end": date(2030, 1, 1)})
    assert "Báo cáo tháng" in Task.objects.earliest("end").text
    for _ in range(2):
        repeats.end(leader, row.pk)
    before = Task.objects.count()
    repeats.make_due(timezone.localdate() + timedelta(days=70))
    assert Task.objects.count() == before
    repeats.resume(leader, row.pk)
    row.refresh_from_db()
    repeats.make(row, timezone.localdate() + timedelta(days=40))
    assert Task.objects.filter(text__startswith="Báo cáo mới").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("wish", [{"every": "day"}, {"on": 32}, {"last": date(2001, 1, 1)}])
def test_what_cannot_repeat_is_refused(world: World, wish: dict[str, object]) -> None:
    with pytest.raises(BadTask):
        begun(world, **wish)
    assert not Repeat.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["officer", "village_head", "province", "elsewhere", "nobody"])
def test_only_who_decides_has_work_repeated(world: World, who: str) -> None:
    user, row = world.people[who], begun(world)
    said = Said(text="x")
    with pytest.raises(AccessDenied):
        repeats.begin(user, world.places["a"], said, uuid4(), every="week", on=1,
                      first=date(2030, 1, 1))  # fmt: skip
    with pytest.raises(AccessDenied):
        repeats.end(user, row.pk)
