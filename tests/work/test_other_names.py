"""An office under other names: whose work it is, wherever names of offices are matched."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from dinhlang.meetings import services as meetings
from dinhlang.people import services as people
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine, Office, OfficeHolding
from dinhlang.work.models import Notice, TaskOffice
from dinhlang.work.selectors import covering, overview, standing_in
from dinhlang.work.selectors import reminders as told
from dinhlang.work.selectors.charged import charged
from dinhlang.work.selectors.groups import by_office
from dinhlang.work.selectors.tasks import Filter, kept, mine, of_place
from dinhlang.work.services import reminders
from tests.meetings.making import held
from tests.work.making import a_task
from tests.work.people import Staff, staff_of
from tests.work.viewing import ago, today
from tests.world import World

NAME = "Tổ Dồn điền đổi thửa"
"""Nothing in these words says that it is the land officer."""


@pytest.fixture
def staff(world: World) -> Staff:
    found = staff_of(world)
    people.name_office(world.people["officer"], found.land.pk, "", f"{NAME}\nĐịa chính xã")
    found.land.refresh_from_db()
    return found


def in_own_list(world: World, staff: Staff) -> bool:
    return [task.text for task in mine(staff.holder, today())] == ["Đo đất"]


def by_filter(world: World, staff: Staff) -> bool:
    key = TaskOffice.objects.get().key
    title = staff.land.keys[0]
    found = [of_place(staff.holder, staff.place, Filter(office=k), today()) for k in (key, title)]
    return [len(rows) for rows in found] == [1, 1]


def in_its_group(world: World, staff: Staff) -> bool:
    groups = by_office(kept(), charged(kept()), staff.place, today())
    return [group.name for group in groups if group.bones] == [staff.land.title]


def counted_as_its(world: World, staff: Staff) -> bool:
    rows = {each.office: each for each in covering.offices(staff.place, today())}
    return rows[staff.land].unfinished == 1 and len(covering.unfinished(staff.land)) == 1


def held_for_the_leader(world: World, staff: Staff) -> bool:
    page = overview.overview(kept(), charged(kept()), staff.place, today())
    return (page.unheld_count, page.unheld) == (0, []) and staff.land.title not in page.idle


def stood_in_for(world: World, staff: Staff) -> bool:
    return all(staff.land.title == post.office.title for post in standing_in.posts(
        staff.place, today()) if "to don dien doi thua" in post.keys)  # fmt: skip


def reminded(world: World, staff: Staff) -> bool:
    reminders.plan_all(timezone.now())
    return Notice.objects.filter(user=staff.holder).exists()


def in_zalo_text(world: World, staff: Staff) -> bool:
    groups = told.texts(world.people["leader"], staff.place, "co-quan", today(), "")
    return [group.name for group in groups] == [staff.land.title]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "looks",
    [in_own_list, by_filter, in_its_group, counted_as_its, held_for_the_leader, stood_in_for,
     reminded, in_zalo_text],
)  # fmt: skip
def test_work_given_under_another_name_is_the_offices(
    world: World, staff: Staff, looks: Callable[[World, Staff], bool]
) -> None:
    a_task(staff.place, "Đo đất", lead=NAME, end=ago(2))
    assert looks(world, staff)


@pytest.mark.django_db
def test_a_conclusion_that_names_the_office_otherwise_is_given_to_it(
    world: World, staff: Staff
) -> None:
    row = held(world)
    made = meetings.decide(
        world.people["officer"], row.pk, uuid4(), f"{NAME} hoàn thành đo đạc trước 30/6"
    )
    assert (made.lead, made.text) == (staff.land.title, "Hoàn thành đo đạc")


@pytest.mark.django_db
def test_names_are_merged_told_of_and_belong_to_one_office(world: World, staff: Staff) -> None:
    user, before = world.people["officer"], staff.land.other_names
    people.name_office(user, staff.land.pk, before, f"{before}\nTổ đo đạc")
    # A second person began with the same list: takes one out, adds another; the first one's stays.
    now = people.name_office(user, staff.land.pk, before, f"{NAME}; Cán bộ ruộng đất")
    assert now.names_also == [NAME, "Tổ đo đạc", "Cán bộ ruộng đất"]
    assert AuditLine.objects.filter(verb="ghi tên gọi khác").count() == 3
    with pytest.raises(ValidationError, match=staff.land.title):
        people.name_office(user, staff.culture.pk, "", "tổ đo đạc")
    with pytest.raises(ValidationError, match="đã là tên của"):
        people.name_office(user, staff.culture.pk, "", staff.land.title.upper())
    with pytest.raises(AccessDenied):
        people.name_office(world.people["village_head"], staff.land.pk, "", "Ai đó")


@pytest.mark.django_db
def test_the_pages_of_offices_take_other_names(world: World, staff: Staff, client: Client) -> None:
    client.force_login(world.people["officer"])
    page = f"/lam-thay/{staff.place.pk}"
    answer = client.get(page)
    assert "Địa chính xã" in answer.content.decode()
    client.post(f"/chuc-vu/{staff.culture.pk}/ten-khac",
                {"da-thay": "", "ten-khac": "Ban văn hóa\nBan văn hóa xã", "ve": page})  # fmt: skip
    client.post("/chuc-vu/ten-khac", {"chuc-vu": staff.culture.pk, "them": "Đài truyền thanh"})
    staff.culture.refresh_from_db()
    assert staff.culture.names_also == ["Ban văn hóa", "Ban văn hóa xã", "Đài truyền thanh"]
    client.force_login(world.people["coordinator"])
    assert "Đài truyền thanh" in client.get("/quan-tri/chuc-vu").content.decode()


@pytest.mark.django_db
def test_a_closed_or_empty_name_takes_nothing_from_others(world: World) -> None:
    place = world.places["a"]
    Office.objects.create(place=place, title="Văn phòng", other_names="")
    post = Office.objects.create(place=place, title="Công an xã", other_names="Trưởng công an")
    OfficeHolding.objects.create(user=world.people["officer"], office=post)
    a_task(place, "Trực đêm", lead="Trưởng công an")
    a_task(place, "In giấy", lead="Văn phòng UBND xã")
    assert [task.text for task in mine(world.people["officer"], today())] == ["Trực đêm"]
