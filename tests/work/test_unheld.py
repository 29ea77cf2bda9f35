"""Work given to an office that nobody holds: seen in every list, with what to do about it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.people.models import Grant, Office, OfficeHolding
from dinhlang.people.roles import Role
from dinhlang.work.models import StandIn, Task
from dinhlang.work.selectors import unheld
from dinhlang.work.selectors.tasks import kept
from tests.work.making import a_task
from tests.work.viewing import LAND, ago, cells, leader, officer, page, texts, today
from tests.world import World

MARK = '<span class="tag wait wv-unheld">'
__all__ = ("leader", "officer")


@pytest.fixture
def lost(world: World, officer: Client) -> Task:
    """A task of an office nobody holds, beside one of somebody's and one of nobody at all."""
    place = world.places["a"]
    Office.objects.create(place=place, title="Công chức Văn hóa")
    a_task(place, "Đo đất", lead=LAND)
    a_task(place, "Chưa giao")
    a_task(place, "Của hai nơi", lead=["Công chức Văn hóa", LAND])
    a_task(place, "Xong rồi", lead="Công chức Văn hóa", state="accepted")
    return a_task(place, "Tổ chức hội", lead="Công chức Văn hóa", end=ago(1))


def names(world: World) -> set[str]:
    found = unheld.of_rows(kept(), today()).tasks
    return set(Task.objects.filter(pk__in=found).values_list("text", flat=True))


@pytest.mark.django_db
def test_only_unfinished_work_none_of_whose_leads_is_held_is_nobodys(
    world: World, lost: Task
) -> None:
    assert names(world) == {"Tổ chức hội"}
    office = Office.objects.get(title="Công chức Văn hóa")
    now = timezone.now()
    stand_in = StandIn.objects.create(
        office=office, person=world.people["officer"], first=today(), last=today(), reason="ốm",
        by=world.people["leader"], at=now,
    )  # fmt: skip
    assert names(world) == set()
    StandIn.objects.filter(pk=stand_in.pk).update(ended_at=now)
    assert names(world) == {"Tổ chức hội"}
    OfficeHolding.objects.create(user=world.people["officer"], office=office, start=ago(-1))
    assert names(world) == {"Tổ chức hội"}
    OfficeHolding.objects.update(start=ago(9))
    assert names(world) == set()


@pytest.mark.django_db
def test_work_of_a_village_is_its_heads(world: World) -> None:
    place, villages = world.places["a"], (world.places["a1"], world.places["a2"])
    name = villages[0].name
    a_task(place, "của thôn", lead=f"Thôn {name}", villages=[villages[0]])
    a_task(place, "của trưởng thôn", lead=f"Trưởng thôn {name}", villages=[villages[0]])
    a_task(place, "không đánh dấu thôn", lead=f"Thôn {name}")
    a_task(place, "thôn không có trưởng", lead=f"Thôn {villages[1].name}", villages=[villages[1]])
    a_task(place, "các thôn", lead="Trưởng các thôn")
    everyone = {"của thôn", "của trưởng thôn", "không đánh dấu thôn", "thôn không có trưởng"}
    assert names(world) == everyone - {"của thôn", "của trưởng thôn"}
    Grant.objects.filter(role=Role.VILLAGE_HEAD.value).update(end=ago(1))
    assert names(world) == everyone | {"các thôn"}


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["co-quan", "thon", "tieu-chi", "bang"])
def test_every_list_marks_it_and_asks_for_it_alone(
    leader: Client, world: World, lost: Task, view: str
) -> None:
    assert page(leader, world, view).count(MARK) == 1
    alone = page(leader, world, view, "?co-quan=chua-ai-giu")
    assert "Tổ chức hội" in alone
    assert "Đo đất" not in alone
    assert "Chưa giao</a>" not in alone


@pytest.mark.django_db
def test_the_file_of_the_list_holds_what_the_filter_asks_for(
    leader: Client, world: World, lost: Task
) -> None:
    found = cells(leader, f"/cong-viec/{world.places['a'].pk}/co-quan.xlsx?co-quan=chua-ai-giu")
    assert "Tổ chức hội" in texts(found)
    assert "Đo đất" not in texts(found)


@pytest.mark.django_db
def test_the_tasks_page_says_what_to_do(world: World, lost: Task, client: Client) -> None:
    address = f"/viec/{lost.pk}"
    office = Office.objects.get(title="Công chức Văn hóa")
    client.force_login(world.people["coordinator"])
    shown = client.get(address).content.decode()
    assert "Chưa có ai giữ việc này" in shown
    assert f"/ban-giao/chuc-vu/{office.pk}" in shown
    assert f"/viec/{lost.pk}/giao-cho" in shown
    client.force_login(world.people["officer"])
    shown = client.get(address).content.decode()
    assert "Nhờ cán bộ tổng hợp cử người giữ Công chức Văn hóa" in shown
    OfficeHolding.objects.create(user=world.people["officer"], office=office)
    assert "Chưa có ai giữ" not in client.get(address).content.decode()


@pytest.mark.django_db
def test_a_name_that_is_no_office_becomes_another_name_of_one_in_one_click(
    world: World, officer: Client
) -> None:
    place = world.places["a"]
    task = a_task(place, "Đào ao", lead="Trạm khuyến nông")
    a_task(place, "Đào giếng", lead="Trạm khuyến nông")
    for address in (f"/viec/{task.pk}", f"/lam-thay/{place.pk}"):
        assert "Trạm khuyến nông" in officer.get(address).content.decode()
    assert "2 việc chưa xong" in officer.get(f"/lam-thay/{place.pk}").content.decode()
    office = Office.objects.get(title=LAND)
    answer = officer.post("/chuc-vu/ten-khac", {
        "chuc-vu": office.pk, "them": "Trạm khuyến nông", "ve": f"/viec/{task.pk}",
    })  # fmt: skip
    assert answer["Location"] == f"/viec/{task.pk}"
    assert "Chưa có ai giữ" not in officer.get(f"/viec/{task.pk}").content.decode()
    assert "chưa lập chức vụ" not in officer.get(f"/lam-thay/{place.pk}").content.decode()


@pytest.mark.django_db
def test_the_page_of_offices_counts_what_nobody_has(
    world: World, lost: Task, client: Client
) -> None:
    client.force_login(world.people["leader"])
    shown = client.get(f"/lam-thay/{world.places['a'].pk}").content.decode()
    assert "Chưa có ai, đang chủ trì 2 việc" in shown
