"""A task of several criteria is divided once, keeps what it was, and is put together again."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from dinhlang.people.access import AccessDenied
from dinhlang.work.models import Task
from dinhlang.work.services import splitting
from dinhlang.work.services.tasks import BadTask, tell
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db
LAW = "qd-318-2022/xa-ntm"


@pytest.fixture
def whole(world: World) -> Task:
    """A line of a roadmap that completes three criteria."""
    return a_task(
        world.places["a"], "Rà soát, hoàn thành các tiêu chí", lead=["Công chức Nông nghiệp"],
        villages=[world.places["a1"]], criterion="3", criterion_set=LAW, cost=90_000_000,
        target="Hoàn thành các tiêu chí 3, 4, 7", start=date(2030, 4, 1), end=date(2030, 6, 30),
    )  # fmt: skip


def test_each_criterion_gets_a_part_with_the_days_and_villages_of_the_whole(
    world: World, whole: Task
) -> None:
    user, key = world.people["officer"], uuid4()
    for _ in range(2):
        made = splitting.split(user, whole.pk, key)
    assert [(each.criterion, each.criterion_set) for each in made] == [
        ("3", LAW), ("4", LAW), ("7", LAW),
    ]  # fmt: skip
    assert made[1].text == "Hoàn thành tiêu chí 4. Điện"
    assert {(each.start, each.end) for each in made} == {(whole.start, whole.end)}
    assert {each.villages.get() for each in made} == {world.places["a1"]}
    leads = [[office.name for office in each.offices.all()] for each in made]
    assert leads == [["Công chức Nông nghiệp"]] * 3
    whole.refresh_from_db()
    assert (whole.cost, whole.target) == (90_000_000, "Hoàn thành các tiêu chí 3, 4, 7")
    assert not any(each.cost for each in made)
    assert splitting.left(whole) == [] and whole.children.count() == 3


def test_what_has_a_part_is_not_divided_again(world: World, whole: Task) -> None:
    a_task(world.places["a"], "Điện", criterion="4", criterion_set=LAW, parent=whole)
    made = splitting.split(world.people["officer"], whole.pk, uuid4())
    assert [each.criterion for each in made] == ["3", "7"]
    with pytest.raises(BadTask, match="đã có việc nhỏ riêng"):
        splitting.split(world.people["officer"], whole.pk, uuid4())


def test_a_task_of_one_criterion_is_not_divided(world: World) -> None:
    task = a_task(world.places["a"], criterion="2", criterion_set=LAW)
    assert splitting.shares(world.people["officer"], task) == []
    with pytest.raises(BadTask):
        splitting.split(world.people["officer"], task.pk, uuid4())


def test_put_together_takes_away_what_nobody_began(world: World, whole: Task) -> None:
    user, key = world.people["leader"], uuid4()
    made = splitting.split(user, whole.pk, key)
    tell(user, made[0].pk, uuid4(), "doing")
    assert splitting.put_together(user, whole.pk, key) == 2
    assert [each.pk for each in whole.children.filter(removed_at=None)] == [made[0].pk]
    assert splitting.put_together(user, whole.pk, key) == 0


def test_strangers_divide_nothing(world: World, whole: Task) -> None:
    for who in ("province", "elsewhere", "resident"):
        with pytest.raises((AccessDenied, Task.DoesNotExist)):
            splitting.split(world.people[who], whole.pk, uuid4())
    assert not whole.children.exists()


def test_the_page_offers_it_and_undoes_it(world: World, whole: Task) -> None:
    client = Client()
    client.force_login(world.people["leader"])
    assert "Chia mỗi tiêu chí một việc nhỏ" in client.get(f"/viec/{whole.pk}").content.decode()
    key = str(uuid4())
    page = client.post(f"/viec/{whole.pk}/chia-tieu-chi", {"luot": key}, follow=True)
    body = page.content.decode()
    assert "Đã chia thành 3 việc nhỏ" in body and f"/viec/{whole.pk}/ghep-lai?luot={key}" in body
    assert "Chia mỗi tiêu chí một việc nhỏ" not in body
    client.post(f"/viec/{whole.pk}/ghep-lai?luot={key}")
    assert not whole.children.filter(removed_at=None).exists()


def test_the_roadmap_leads_to_where_a_line_of_several_is_divided(world: World, whole: Task) -> None:
    client = Client()
    client.force_login(world.people["leader"])
    address = f"/cong-viec/{world.places['a'].pk}/lo-trinh?nam=2030"
    link = f'<a href="/viec/{whole.pk}#viec-nho">Chia mỗi tiêu chí một việc nhỏ</a>'
    assert link in client.get(address).content.decode()
    splitting.split(world.people["leader"], whole.pk, uuid4())
    answer = client.get(address)
    assert link not in answer.content.decode()
    # Each criterion is completed once, by its part.
    named = [each.number for each in answer.context["road"].quarters[1].completes]
    assert sorted(named) == ["3", "4", "7"]
