"""The secret calendar address: what it shows, to whom, and how it ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.people.models import AuditLine, Grant, Office, OfficeHolding
from dinhlang.work.models import CalendarFeed
from dinhlang.work.services import feeds
from tests.work.making import a_task
from tests.work.test_icalendar import events
from tests.world import World

pytestmark = pytest.mark.django_db

LAND = "Công chức Địa chính - Xây dựng"


@pytest.fixture
def token(world: World) -> str:
    """The address of the land officer of commune A."""
    office = Office.objects.create(place=world.places["a"], title=LAND)
    OfficeHolding.objects.create(user=world.people["officer"], office=office)
    return feeds.token_of(feeds.renew(world.people["officer"], uuid4()))


def shown(token: str) -> list[dict[str, str]]:
    """The events a calendar program reads, which signs in nowhere."""
    answer = Client().get(f"/lich/{token}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return events(answer.content)


def test_the_calendar_holds_the_persons_own_open_tasks_that_have_an_end(
    world: World, token: str
) -> None:
    place, day = world.places["a"], timezone.localdate() + timedelta(days=3)
    task = a_task(place, "Nộp hồ sơ; bản vẽ, dự toán", lead=LAND, end=day, product="Hồ sơ",
                  partners=["Công an xã"], villages=[world.places["a1"]], revision=4)  # fmt: skip
    a_task(place, "không hạn", lead=LAND)
    a_task(place, "đã xong", lead=LAND, end=day, state="done")
    a_task(place, "của người khác", lead="Công an xã", end=day)
    a_task(place, "đã xóa", lead=LAND, end=day, removed_at=timezone.now())
    (found,) = shown(token)
    assert found["SUMMARY"] == "Hạn: Nộp hồ sơ; bản vẽ, dự toán"
    assert found["DTSTART"] == f"{day:%Y%m%d}"
    assert found["UID"] == f"{task.key}@dinhlang"
    assert found["SEQUENCE"] == "4"
    assert "Sản phẩm: Hồ sơ" in found["DESCRIPTION"].split("\n")
    assert found["LOCATION"] == "Đình Thượng"
    assert found["URL"].endswith(f"/viec/{task.pk}")


def test_a_new_address_ends_the_old_one(world: World, token: str) -> None:
    fresh = feeds.token_of(feeds.renew(world.people["officer"], uuid4()))
    assert fresh != token
    assert Client().get(f"/lich/{token}.ics").status_code == 404
    assert Client().get(f"/lich/{fresh}.ics").status_code == 200


def test_a_renewal_sent_twice_is_done_once(world: World) -> None:
    browser, key = Client(), str(uuid4())
    browser.force_login(world.people["officer"])
    browser.post("/lich/dia-chi", {"luot": key})
    first = CalendarFeed.objects.get().number
    browser.post("/lich/dia-chi", {"luot": key})
    assert CalendarFeed.objects.get().number == first
    assert AuditLine.objects.filter(verb__contains="địa chỉ lịch").count() == 1


def test_an_address_taken_away_opens_nothing(world: World, token: str) -> None:
    browser = Client()
    browser.force_login(world.people["officer"])
    assert browser.post("/lich/thu-hoi").status_code == 302
    assert Client().get(f"/lich/{token}.ics").status_code == 404


def test_the_table_alone_opens_nothing(world: World, token: str) -> None:
    number = CalendarFeed.objects.get().number.hex
    for guess in (number, number + "0" * 32, token[:-1], token + "0", token.upper(), "x" * 64):
        assert Client().get(f"/lich/{guess}.ics").status_code == 404, guess


def test_the_address_ends_with_the_persons_right_to_work_here(world: World, token: str) -> None:
    user = world.people["officer"]
    yesterday = timezone.localdate() - timedelta(days=1)
    Grant.objects.filter(user=user).update(end=yesterday)
    assert Client().get(f"/lich/{token}.ics").status_code == 404
    Grant.objects.filter(user=user).update(end=None)
    user.is_active = False
    user.save()
    assert Client().get(f"/lich/{token}.ics").status_code == 404


def test_the_calendar_shows_no_more_than_the_persons_own_work(world: World, token: str) -> None:
    answer = Client().get(f"/lich/{token}.ics")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "sessionid" not in answer.cookies
    assert Client().get("/viec/").status_code == 302


def test_each_person_sees_their_own_address_alone(world: World, token: str) -> None:
    place = world.places["a"].pk
    browser = Client()
    browser.force_login(world.people["officer"])
    assert token in browser.get(f"/cong-viec/{place}/lich").content.decode()
    browser.force_login(world.people["leader"])
    assert token not in browser.get(f"/cong-viec/{place}/lich").content.decode()
