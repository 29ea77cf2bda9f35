"""Leads that the plan names: two in one breath are two, missing ones are given by one key."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from dinhlang.papers import plan as p
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from dinhlang.plans.models import Plan
from dinhlang.plans.services import leads
from dinhlang.work.models import Task, TaskOffice
from dinhlang.work.services import bulk
from tests.plans.living import a_plan, task_of
from tests.plans.papers import at, small_plan
from tests.world import World

pytestmark = pytest.mark.django_db
BOTH = "Công an xã và Hội Nông dân xã"


def paper() -> p.Plan:
    """The small plan: its task is led by two in one breath, another names its criterion."""
    found = small_plan()
    found.tasks[0].lead = [BOTH]
    found.tasks[1].text = "Sửa lưới, hoàn thành tiêu chí Điện"
    found.duties = [
        p.Duty(office="Công chức Nông nghiệp", role="lead", roles=["lead"], criteria=[4],
               text="chủ trì", **at(14, "đường")),
    ]  # fmt: skip
    return found


@pytest.fixture
def plan(world: World) -> Plan:
    return a_plan(world.people["leader"], world.places["a"], paper())


def led(task: Task) -> list[str]:
    return [each.name for each in task.offices.order_by("pk") if each.leads]


def test_two_leads_in_one_breath_are_two_and_the_task_says_so(plan: Plan) -> None:
    task = task_of(plan)
    assert led(task) == ["Công an xã", "Hội Nông dân xã"]
    assert f"cùng chủ trì theo câu “{BOTH}”" in task.origin_text


def test_a_task_that_names_its_criterion_stands_under_it_with_its_keeper(plan: Plan) -> None:
    task = task_of(plan, 1)
    assert (task.criterion, led(task)) == ("4", ["Công chức Nông nghiệp"])
    assert "chủ trì theo phân công, dòng 14" in task.origin_text
    assert leads.lacking(plan) == []


@pytest.fixture
def long_ago(plan: Plan) -> Plan:
    """The plan as one accepted before such words were understood."""
    one, two = task_of(plan), task_of(plan, 1)
    TaskOffice.objects.filter(task__in=(one, two)).delete()
    TaskOffice.objects.create(task=one, name=BOTH, key="x", leads=True)
    return plan


def test_one_key_gives_the_missing_leads_and_another_takes_them_back(
    world: World, long_ago: Plan
) -> None:
    one, two = task_of(long_ago), task_of(long_ago, 1)
    user, key = world.people["leader"], uuid4()
    found = {each.task.pk: each.lead for each in leads.lacking(long_ago)}
    assert found == {
        one.pk: ("Công an xã", "Hội Nông dân xã"), two.pk: ("Công chức Nông nghiệp",)
    }  # fmt: skip
    assert len(leads.put(user, long_ago, key)) == 2
    assert leads.put(user, long_ago, key) == []
    assert (led(one), led(two)) == (["Công an xã", "Hội Nông dân xã"], ["Công chức Nông nghiệp"])
    assert AuditLine.objects.filter(verb=leads.NAME).count() == 1
    outcomes = bulk.undo_all(user, [one.pk, two.pk], key)
    assert [each.why for each in outcomes] == ["", ""]
    assert (led(one), led(two)) == ([BOTH], [])


def test_what_people_set_stays(world: World, long_ago: Plan) -> None:
    two = task_of(long_ago, 1)
    TaskOffice.objects.create(task=two, name="Công chức Tư pháp", key="y", leads=True)
    leads.put(world.people["leader"], long_ago, uuid4())
    assert led(two) == ["Công chức Tư pháp"]


@pytest.mark.parametrize("who", ["officer", "province", "village_head", "elsewhere"])
def test_only_who_decides_gives_them(world: World, long_ago: Plan, who: str) -> None:
    with pytest.raises(AccessDenied):
        leads.put(world.people[who], long_ago, uuid4())


def test_the_plan_s_page_offers_it_and_undoes_it(world: World, long_ago: Plan) -> None:
    client = Client()
    client.force_login(world.people["leader"])
    address = f"/ke-hoach/{long_ago.pk}"
    body = client.get(address).content.decode()
    assert "2 việc thiếu chủ trì, kế hoạch có nêu" in body
    key = str(uuid4())
    page = client.post(f"{address}/giao-chu-tri", {"luot": key}, follow=True).content.decode()
    assert "Đã giao chủ trì cho 2 việc" in page and f"nhieu/hoan-tac?luot={key}" in page
    assert "việc thiếu chủ trì" not in client.get(f"{address}/nhiem-vu").content.decode()
    again = client.post(f"{address}/giao-chu-tri", {"luot": str(uuid4())}, follow=True)
    assert "đã có chủ trì như kế hoạch nêu" in again.content.decode()
