"""Whose work it is: what is given to many, to an organisation or by name reaches its people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.people.access import Action
from dinhlang.people.models import Grant, Office, OfficeHolding, User
from dinhlang.people.roles import Role
from dinhlang.work.models import Notice, Task
from dinhlang.work.selectors.tasks import mine
from dinhlang.work.services import reminders
from tests.work.making import a_task
from tests.work.people import LONG_AGO, Staff, an_officer, staff_of
from tests.world import World

WOMEN = "Chủ tịch Hội Liên hiệp Phụ nữ"


@pytest.fixture
def staff(world: World) -> Staff:
    return staff_of(world)


@pytest.fixture
def women(world: World, staff: Staff) -> User:
    """Who presides over the women of commune A."""
    office = Office.objects.create(place=staff.place, title=WOMEN)
    user = an_officer("phunu", "Phụ Nữ Mẫu", staff.place)
    OfficeHolding.objects.create(user=user, office=office, start=LONG_AGO)
    return user


def texts(user: User) -> set[str]:
    return set(mine(user, timezone.localdate()).values_list("text", flat=True))


@pytest.mark.django_db
def test_work_of_many_of_an_organisation_or_by_name_is_in_each_ones_own_list(
    staff: Staff, women: User
) -> None:
    both = "Đồng chí Văn Hóa Mẫu và công chức địa chính"
    for lead in ("Hội Phụ nữ xã", "Các đoàn thể", "Các ngành", both):
        a_task(staff.place, lead, lead=lead)
    assert texts(women) == {"Hội Phụ nữ xã", "Các đoàn thể"}
    assert texts(staff.holder) == {"Các ngành", both}
    assert texts(staff.other) == {"Các ngành", both}


@pytest.mark.django_db
def test_work_of_all_villages_is_seen_by_each_head_and_changed_by_none(
    world: World, staff: Staff, client: Client
) -> None:
    head, places = world.people["village_head"], world.places
    shared = a_task(staff.place, "Báo cáo tuần", lead="Trưởng các thôn")
    a_task(staff.place, "Của thôn khác", lead="Trưởng các thôn", villages=[places["a2"]])
    a_task(staff.place, "Của công chức", lead="Công chức Văn hóa - Xã hội")
    a_task(places["b"], "Của xã bên", lead="Trưởng các thôn")
    assert texts(head) == {"Báo cáo tuần"}
    assert not Task.objects.restrict(head, Action.EDIT).filter(pk=shared.pk).exists()
    client.force_login(head)
    assert client.get(f"/viec/{shared.pk}").status_code == 200
    assert "Báo cáo tuần" in client.get("/viec/").content.decode()


@pytest.mark.django_db
def test_each_of_those_who_share_the_work_is_reminded(
    world: World, staff: Staff, women: User
) -> None:
    day = timezone.localdate()
    second = User.objects.create(username="thon2", full_name="Trưởng Thôn Hai")
    Grant.objects.create(user=second, role=Role.VILLAGE_HEAD.value, place=world.places["a2"])
    a_task(staff.place, "Báo cáo tuần", lead="Trưởng các thôn", end=day)
    a_task(staff.place, "Vận động", lead="Các đoàn thể", end=day)
    reminders.plan_all(timezone.now())
    told = {
        text.split(" – ")[0].removeprefix("Việc: "): set()
        for text in Notice.objects.values_list("text", flat=True)
    }
    for name, text in Notice.objects.values_list("user__username", "text"):
        told[text.split(" – ")[0].removeprefix("Việc: ")].add(name)
    assert told == {"Báo cáo tuần": {"village.head", "thon2"}, "Vận động": {"phunu"}}


@pytest.mark.django_db
def test_the_leader_counts_an_organisation_once_and_sees_what_nobody_holds(
    world: World, staff: Staff, women: User, client: Client
) -> None:
    a_task(staff.place, lead="Hội Liên hiệp Phụ nữ")
    a_task(staff.place, lead=WOMEN)
    a_task(staff.place, lead="Trạm khuyến nông", end=date.today() + timedelta(days=40))
    a_task(staff.place, lead=["Trạm khuyến nông", "Các ngành"])
    a_task(staff.place, lead="Đồng chí Văn Hóa Mẫu")
    client.force_login(world.people["leader"])
    answer = client.get(f"/cong-viec/{staff.place.pk}/lanh-dao")
    page = answer.context["page"]
    assert {row.name: row.open for row in page.loads}[WOMEN] == 2
    assert page.idle == []
    assert ([row.name for row in page.unheld], page.unheld_count) == (["Trạm khuyến nông"], 1)
    assert "Chưa có ai giữ" in answer.content.decode()
    OfficeHolding.objects.update(end=LONG_AGO)
    page = client.get(f"/cong-viec/{staff.place.pk}/lanh-dao").context["page"]
    assert page.unheld_count == 5
