"""Hôm nay: what each person meets in the morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from dinhlang.papers.plan import Deadline, Due, Plan, ReportRule, Task
from dinhlang.people.models import Office, OfficeHolding, User
from dinhlang.people.offices import is_meant, office_key
from dinhlang.plans.selectors.today import Day, today
from dinhlang.work.models import Task as WorkTask
from dinhlang.work.services import tasks
from tests.plans.living import a_plan, a_review
from tests.plans.papers import small_plan
from tests.world import World

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2030, 6, 26, 8, 0, tzinfo=ZONE)  # thứ Tư


def task(text: str, end: str | None, lead: str, place: str = "") -> Task:
    deadline = Deadline(end=end, text=end) if end else None
    places = [place] if place else []
    return Task(text=text, lead=[lead], deadline=deadline, places=places, lines=(14, 14))


def busy_plan() -> Plan:
    """A plan with tasks around the morning, and a report every Thursday."""
    plan = small_plan()
    plan.tasks = [
        task("Việc quá hạn", "2030-06-01", "Công chức Địa chính"),
        task("Việc trong tuần", "2030-06-30", "cán bộ địa chính xã"),
        task("Việc về sau", "2030-12-31", "Công chức Địa chính"),
        task("Việc không hạn", None, "Công chức Địa chính"),
        task("Việc của người khác", "2030-06-27", "Hội Phụ nữ"),
        task("Việc của thôn", "2030-06-27", "Hội Phụ nữ", "thôn Đình Thượng"),
    ]
    plan.reporting = [
        ReportRule(from_="Các thôn", to="UBND xã", period="weekly",
                   due=Due(weekday=4, time="14:30"), lines=(15, 15)),
        ReportRule(from_="Công chức Địa chính", to="UBND xã", period="monthly", due=Due(day=25),
                   lines=(15, 15)),
        ReportRule(from_="Công an xã", to="UBND xã", period="ad-hoc", lines=(15, 15)),
    ]  # fmt: skip
    return plan


@pytest.fixture
def surveyor(world: World) -> User:
    """The officer of commune A, who holds the office the plan calls địa chính."""
    a_plan(world.people["leader"], world.places["a"], busy_plan())
    officer = world.people["officer"]
    office = Office.objects.create(place=world.places["a"], title="Công chức địa chính")
    OfficeHolding.objects.create(user=officer, office=office)
    return officer


def texts(day: Day) -> list[list[str]]:
    """The tasks of the day, by part."""
    return [[w.task.text for w in part] for part in (day.late, day.near, day.following)]


def test_an_officer_meets_the_tasks_of_the_offices_held_however_they_are_spelt(
    surveyor: User,
) -> None:
    day = today(surveyor, MORNING)
    assert day.is_own
    assert texts(day) == [
        ["Việc quá hạn"], ["Việc trong tuần"], ["Việc về sau", "Việc không hạn"],
    ]  # fmt: skip
    assert day.late[0].near == "quá hạn 25 ngày"
    assert day.near[0].near == "còn 4 ngày"


def test_reports_that_are_due_come_with_their_moment_own_ones_first(surveyor: User) -> None:
    day = today(surveyor, MORNING)
    assert [(r.item.data["from"], r.when, r.is_mine) for r in day.reports] == [
        ("Công chức Địa chính", "thứ Năm, 25/07/2030", True),
        ("Các thôn", "trước 14:30 ngày mai", False),
    ]


def test_the_clock_is_vietnams_whatever_zone_the_moment_comes_in(surveyor: User) -> None:
    late = datetime(2030, 6, 26, 20, 0, tzinfo=ZoneInfo("UTC"))  # 3 giờ sáng 27/6
    day = today(surveyor, late)
    assert day.now.date().isoformat() == "2030-06-27"
    assert "trước 14:30 hôm nay" in [report.when for report in day.reports]


def test_a_village_head_meets_the_villages_tasks_and_what_villages_must_report(
    world: World, surveyor: User
) -> None:
    day = today(world.people["village_head"], MORNING)
    assert texts(day) == [[], ["Việc của thôn"], []]
    assert [(r.item.data["from"], r.is_mine) for r in day.reports] == [("Các thôn", True)]
    assert day.versions == []


def test_a_leader_without_an_office_meets_all_tasks_of_the_commune(
    world: World, surveyor: User
) -> None:
    day = today(world.people["leader"], MORNING)
    assert not day.is_own
    # The plan's quantity is work for the year, too.
    assert [len(part) for part in texts(day)] == [1, 4, 3]


def test_people_of_other_communes_and_without_work_meet_nothing(
    world: World, surveyor: User
) -> None:
    for who in ("elsewhere", "resident", "nobody"):
        assert today(world.people[who], MORNING).is_quiet


def test_a_finished_task_is_no_longer_met_and_is_news(world: World, surveyor: User) -> None:
    late = WorkTask.objects.get(text="Việc quá hạn")
    tasks.tell(surveyor, late.pk, uuid4(), "done", "xong rồi")
    day = today(surveyor, MORNING)
    assert day.late == []
    now = timezone.now()
    assert [note.text for note in today(surveyor, now).notes] == ["xong rồi"]
    assert today(surveyor, now + timedelta(days=2)).notes == []


def test_a_plan_of_other_years_asks_for_no_report(surveyor: User) -> None:
    assert today(surveyor, MORNING.replace(year=2031)).reports == []


def test_a_read_upload_waits_for_the_leader_and_is_unfinished_for_the_officer(
    world: World,
) -> None:
    officer, leader = world.people["officer"], world.people["leader"]
    review = a_review(officer, world.places["a"])
    assert today(leader, MORNING).to_decide == [review]
    assert (today(officer, MORNING).to_decide, today(officer, MORNING).to_finish) == ([], [review])
    assert today(world.people["province"], MORNING).to_finish == []


@pytest.mark.parametrize(
    ("named", "held", "meant"),
    [
        ("Công chức TC-KT", "Công chức Tài chính - Kế toán", True),
        ("cán bộ VH-XH xã", "Công chức Văn hóa - Xã hội", True),
        ("UBND xã", "Ủy ban nhân dân xã", True),
        ("Hội Phụ nữ", "Hội Nông dân", False),
        ("Công chức", "Cán bộ", False),
        ("Công an xã", "Công chức Tài chính - Kế toán", False),
    ],
)
def test_an_office_is_known_by_any_of_its_names(named: str, held: str, meant: bool) -> None:
    assert is_meant(office_key(named), office_key(held)) is meant
