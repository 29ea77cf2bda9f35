"""What of a plan becomes work: its tasks, and the roadmap where no task says the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dinhlang.papers.plan import Deadline, Plan, ScheduleEntry, Task
from dinhlang.papers.reading import read
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.plans import task_items
from dinhlang.plans.models import Plan as LivingPlan
from dinhlang.plans.models import PlanTask
from dinhlang.work import origins
from dinhlang.work.models import Task as WorkTask
from tests.plans.living import a_plan, a_review, accepted
from tests.plans.papers import small_plan
from tests.world import World


@pytest.mark.parametrize(
    ("entry", "first", "last"),
    [
        ({"period": "2023-Q2", "months": []}, date(2023, 4, 1), date(2023, 6, 30)),
        ({"period": "2023-Q2", "months": [5]}, date(2023, 5, 1), date(2023, 5, 31)),
        ({"period": "2023-Q1", "months": [1, 2]}, date(2023, 1, 1), date(2023, 2, 28)),
        ({"period": "2024-02"}, date(2024, 2, 1), date(2024, 2, 29)),
        ({"period": "2023"}, date(2023, 1, 1), date(2023, 12, 31)),
        ({"period": ""}, None, None), ({"period": "sau này"}, None, None),
        ({"period": "2023", "months": [13]}, date(2023, 1, 1), date(2023, 12, 31)),
        ({"period": "0203"}, None, None),
    ],
)  # fmt: skip
def test_a_line_of_the_roadmap_runs_over_its_months(
    entry: dict[str, Any], first: date | None, last: date | None
) -> None:
    assert task_items.span_of(entry) == (first, last)


@pytest.mark.parametrize(
    ("entry", "task", "end", "same"),
    [
        ("xong đường trục", "hoàn thành đường trục", "2030-06-30", True),
        ("hoàn thành đường trục", "Hoàn thành đường trục thôn Đông, thôn Tây", None, True),
        ("xong đường trục", "hoàn thành đường trục", "2030-09-30", False),
        ("xong đường trục", "hoàn thành nhà văn hóa", "2030-06-30", False),
        ("hoàn thành", "hoàn thành đường trục", None, False),
        ("xong đường trục và lắp đèn, làm nhà văn hóa", "hoàn thành đường trục", None, False),
    ],
)
def test_a_line_that_a_task_says_already_is_known(
    entry: str, task: str, end: str | None, same: bool
) -> None:
    line = {"text": entry, "period": "2030-Q2"}
    item = {"text": task, "deadline": {"end": end} if end else None}
    assert task_items.says_the_same(line, item) is same


def a_roadmap() -> Plan:
    """The small plan with a roadmap of three lines and one task of its own."""
    plan = small_plan()
    plan.tasks = [
        Task(text="hoàn thành đường trục", criteria=[2, 17], lines=(14, 14),
             deadline=Deadline(start="2030-07-01", end="2030-06-30", text="30/6")),
    ]  # fmt: skip
    plan.schedule = [
        ScheduleEntry(period="2030-Q2", text="xong đường trục", lines=(15, 15)),
        ScheduleEntry(
            period="2030-Q3",
            months=[8],
            text="lắp dụng cụ thể thao",
            completes=[6, 8],
            lines=(15, 15),
        ),
    ]
    return plan


def test_the_roadmap_becomes_work_where_no_task_says_the_same(world: World) -> None:
    plan = a_plan(world.people["leader"], world.places["a"], a_roadmap())
    road, sport, hedge = WorkTask.objects.filter(of_plan__plan=plan).order_by("pk")
    assert (road.text, road.criterion, road.target) == (
        "Hoàn thành đường trục", "2", "Hoàn thành các tiêu chí 2, 17",
    )  # fmt: skip
    # The paper has the dates the wrong way round; the deadline counts.
    assert (road.start, road.end) == (None, date(2030, 6, 30))
    assert (sport.text, sport.start, sport.end) == (
        "Lắp dụng cụ thể thao", date(2030, 8, 1), date(2030, 8, 31),
    )  # fmt: skip
    assert (sport.criterion, sport.target) == ("6", "Hoàn thành các tiêu chí 6, 8")
    assert sport.origin_text == "Kế hoạch 05/KH-UBND, dòng 15"
    # What no task says is told as a quantity: it is for the year.
    assert (hedge.text, hedge.target, hedge.end) == (
        "Trồng 1.200 m hàng rào xanh tại thôn Đông", "Khối lượng: 1.200 m", date(2030, 12, 31),
    )  # fmt: skip


def test_a_task_leads_back_to_its_line_of_the_paper(world: World) -> None:
    plan = a_plan(world.people["leader"], world.places["a"], a_roadmap())
    road = WorkTask.objects.filter(of_plan__plan=plan).earliest("pk")
    number = road.of_plan.number
    assert origins.address(road.origin_ref) == f"/ke-hoach/{plan.pk}/van-ban#m{number}"
    found = origins.source(road.origin_ref, world.people["officer"])
    assert found is not None
    assert ("Thời hạn", "30/6") in found.facts
    assert found.lines[0][0] == 14
    outside = origins.source(road.origin_ref, world.people["elsewhere"])
    assert outside is not None
    assert outside.address == ""
    for odd in ("plan:x:1", "plan:1", "khac:1:2", ""):
        assert origins.address(odd) == ""


def test_a_new_version_does_not_make_its_roadmap_twice(world: World) -> None:
    leader = world.people["leader"]
    plan = a_plan(leader, world.places["a"], a_roadmap())
    accepted(leader, a_review(leader, world.places["a"], a_roadmap(), plan), plan)
    assert PlanTask.objects.filter(plan=plan).count() == 3
    assert WorkTask.objects.filter(withdrawn_at=None).count() == 3


def paper_of(plans_dir: Path, name: str, leader: User, place: Unit) -> list[WorkTask]:
    """The tasks that one of the five plans becomes."""
    plan = a_plan(leader, place, read(plans_dir / f"{name}.txt"))
    return list(WorkTask.objects.filter(of_plan__plan=plan).order_by("start", "end", "pk"))


def test_the_roadmap_of_thach_loi_stands_by_month_with_what_it_completes(
    world: World, plans_dir: Path
) -> None:
    rows = paper_of(plans_dir, "thach-loi-2023", world.people["leader"], world.places["a"])
    roadmap = [
        (row.start, row.end, row.criterion, row.target) for row in rows if row.start is not None
    ]
    quarter = (date(2023, 1, 1), date(2023, 3, 31), "", "")
    assert roadmap == [
        quarter, quarter, quarter,
        (date(2023, 4, 1), date(2023, 4, 30), "", ""),
        (date(2023, 4, 1), date(2023, 6, 30), "", ""),
        (date(2023, 5, 1), date(2023, 6, 30), "5", ""),
        (date(2023, 7, 1), date(2023, 9, 30), "6", "Hoàn thành các tiêu chí 6, 8, 13"),
        (date(2023, 10, 1), date(2023, 12, 31), "10", "Hoàn thành các tiêu chí 10, 2, 17"),
    ]  # fmt: skip
    # The plan is of the advanced level; the national set of its year is known here.
    served = {row.criterion_set for row in rows if row.criterion}
    assert served == {"qd-318-2022/xa-nang-cao"}


@pytest.mark.parametrize(
    "name", ["phuc-hoa-2024", "hoa-cu-2024", "son-bang-2023", "thanh-dinh-2024"]
)
def test_every_plan_is_accepted_and_its_tasks_are_work(
    world: World, plans_dir: Path, name: str
) -> None:
    paper = read(plans_dir / f"{name}.txt")
    rows = paper_of(plans_dir, name, world.people["leader"], world.places["a"])
    current = LivingPlan.objects.get().current
    assert current is not None
    goals = task_items.goals(current.document)
    assert len(rows) == len(paper.tasks) + len(paper.schedule) + len(goals)
    for row in rows:
        assert row.text
        assert row.start is None or row.end is None or row.start <= row.end


def test_the_roadmap_of_a_plan_accepted_long_ago_becomes_work_when_asked(
    world: World, client: Client
) -> None:
    leader = world.people["leader"]
    plan = a_plan(leader, world.places["a"], a_roadmap())
    line = WorkTask.objects.get(of_plan__plan=plan, text="Lắp dụng cụ thể thao")
    # As it was before the room of work: only the tasks of the paper had a life.
    PlanTask.objects.filter(task=line).delete()
    WorkTask.objects.filter(pk=line.pk).delete()
    client.force_login(leader)
    address = f"/ke-hoach/{plan.pk}/lo-trinh"
    assert "Kế hoạch này còn 1 việc chưa có ở Công việc" in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(f"/ke-hoach/{plan.pk}/dua-thanh-viec").status_code == 302
    assert "Kế hoạch này còn" not in client.get(address).content.decode()
    assert WorkTask.objects.filter(of_plan__plan=plan).count() == 3
