"""The pages of reminders, leave, hand-over and commitments, as a person uses them."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dinhlang.people.models import User
from dinhlang.work.models import (
    Commitment,
    CommitmentState,
    HandOver,
    Notice,
    ReminderRule,
    ReminderSettings,
    StandIn,
    Webhook,
)
from dinhlang.work.services import commitments, covering, reminders, webhooks
from tests.work.making import a_task
from tests.work.people import CULTURE, LAND, Staff, staff_of
from tests.world import World

pytestmark = pytest.mark.django_db
COUNTS = Path(__file__).parent / "query_counts_reminders.json"


@pytest.fixture
def staff(world: World) -> Staff:
    """Commune A with its offices."""
    return staff_of(world)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def many(staff: Staff, world: World, count: int) -> None:
    """So many tasks, notices, commitments, stand-ins and hand-overs."""
    today, leader = timezone.localdate(), world.people["leader"]
    coordinator = world.people["coordinator"]
    for number in range(count):
        due = today + timedelta(days=number % 5 - 2)
        task = a_task(
            staff.place, f"Việc {number}", lead=LAND, end=due, villages=[world.places["a1"]]
        )
        promise = commitments.Promise(
            text=f"Hứa {number}", due=due, to_whom="tỉnh", tasks=[task.pk]
        )
        commitments.add(leader, staff.place, promise, uuid4())
        day = today + timedelta(days=StandIn.objects.count())
        covering.add_stand_in(leader, staff.culture, staff.holder, day, day, "ốm", uuid4())
        webhooks.add(coordinator, staff.place, uuid4(), f"https://vidu.vn/{number}", ["task.state"])
    reminders.plan_place(staff.place, today, timezone.now())


def pages(staff: Staff) -> dict[str, str]:
    place, one = staff.place.pk, Commitment.objects.earliest("pk")
    return {
        "thông báo": "/thong-bao/",
        "số chưa đọc": "/thong-bao/so",
        "cách nhắc riêng tôi": "/nhac-viec/cua-toi",
        "cách nhắc": f"/nhac-viec/{place}",
        "lời nhắn theo cơ quan": f"/nhac-viec/{place}/zalo",
        "lời nhắn theo thôn": f"/nhac-viec/{place}/zalo?nhom=thon",
        "đã nhắc": f"/nhac-viec/{place}/da-nhac",
        "chức vụ": f"/lam-thay/{place}",
        "bàn giao": f"/ban-giao/chuc-vu/{staff.land.pk}",
        "cam kết": f"/cam-ket/{place}",
        "một cam kết": f"/cam-ket/{place}/{one.pk}",
        "thêm cam kết": f"/cam-ket/{place}/them",
    }


def test_no_page_asks_more_of_the_database_for_more_rows(staff: Staff, world: World) -> None:
    client = browser(world.people["coordinator"])
    many(staff, world, 2)
    found: dict[str, int] = {}
    for name, address in pages(staff).items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200, name
        found[name] = len(asked)
    many(staff, world, 7)
    for name, address in pages(staff).items():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= found[name], name
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts_reminders.json"
    assert {name: count for name, count in found.items() if count > kept[name]} == {}


def test_planning_asks_as_little_for_many_tasks_as_for_few(staff: Staff, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            reminders.plan_place(staff.place, timezone.localdate(), timezone.now())
        return len(queries)

    for number in range(3):
        a_task(staff.place, f"Việc {number}", lead=LAND, end=timezone.localdate())
    few = asked()
    for number in range(150):
        a_task(staff.place, f"Việc nữa {number}", lead=LAND, end=timezone.localdate())
    assert asked() <= few + 3, "some more only for writing what is new"


def test_opening_a_notice_reads_it_and_goes_to_its_task(staff: Staff) -> None:
    task = a_task(staff.place, lead=LAND, end=timezone.localdate())
    reminders.plan_place(staff.place, timezone.localdate(), timezone.now())
    client = browser(staff.holder)
    assert client.get("/thong-bao/so").json() == {"chua_doc": 1}
    notice = Notice.objects.get(user=staff.holder)
    answer = client.post("/thong-bao/doc", {"mo": notice.pk})
    assert answer["Location"] == f"/viec/{task.pk}"
    assert client.get("/thong-bao/so").json() == {"chua_doc": 0}
    other = browser(staff.other)
    assert other.post("/thong-bao/doc", {"mo": notice.pk})["Location"] == "/thong-bao/"


def test_ones_own_hours_are_kept_and_a_wrong_one_keeps_what_was_typed(staff: Staff) -> None:
    client = browser(staff.holder)
    wrong = {"thu": "1", "im-tu": "25:00", "im-den": "6", "gio-gop": "7h15"}
    answer = client.post("/nhac-viec/cua-toi", wrong)
    assert answer.status_code == 422
    assert "25:00" in answer.content.decode()
    assert not ReminderSettings.objects.exists()
    answer = client.post("/nhac-viec/cua-toi", wrong | {"im-tu": "22h"})
    assert answer.status_code == 302
    row = ReminderSettings.objects.get()
    assert (
        f"{row.quiet_from:%H:%M} {row.quiet_to:%H:%M} {row.digest_at:%H:%M}" == "22:00 06:00 07:15"
    )


def test_a_rule_that_cannot_be_is_said_and_what_was_typed_stays(staff: Staff, world: World) -> None:
    client = browser(world.people["leader"])
    address = f"/nhac-viec/{staff.place.pk}/luu"
    answer = client.post(address, {"bat": "1", "truoc": "mai", "sau": "2"})
    assert answer.status_code == 422
    assert "“mai” không phải số ngày" in answer.content.decode()
    assert not ReminderRule.objects.exists()
    assert client.post(address, {"bat": "1", "truoc": "10, 2", "sau": "2"}).status_code == 302
    assert ReminderRule.objects.get().before == [10, 2]
    late = {"bat": "1", "truoc": "9", "seen": "0"}
    answer = browser(world.people["coordinator"]).post(address, late)
    assert answer.status_code == 409
    assert "Lãnh Đạo Mẫu vừa sửa" in answer.content.decode()


def test_without_a_mail_server_the_page_says_so(staff: Staff, world: World, settings: Any) -> None:
    settings.EMAIL_READY = False
    shown = browser(world.people["leader"]).get(f"/nhac-viec/{staff.place.pk}").content.decode()
    assert "Chưa cài đặt" in shown
    assert "không mất gì" in shown


def test_a_ready_text_names_the_office_and_the_days(staff: Staff, world: World) -> None:
    day = timezone.localdate() - timedelta(days=2)
    a_task(staff.place, "Nạo vét mương, giao ông Trần Văn Mít", lead=LAND, end=day)
    shown = browser(world.people["leader"]).get(f"/nhac-viec/{staff.place.pk}/zalo")
    text = shown.content.decode()
    assert f"Kính gửi {LAND}" in text
    assert f"hạn {day:%d/%m}" in text
    assert "Mít" not in text


def test_a_stand_in_and_a_hand_over_by_the_forms(staff: Staff, world: World) -> None:
    task = a_task(staff.place, "Nạo vét mương", lead=LAND)
    today = timezone.localdate()
    client = browser(world.people["coordinator"])
    form = {"luot": str(uuid4()), "chuc-vu": staff.land.pk, "nguoi": staff.other.pk,
            "tu": f"{today:%d/%m/%Y}", "den": "hôm kia", "ly-do": "nghỉ phép"}  # fmt: skip
    answer = client.post(f"/lam-thay/{staff.place.pk}/them", form)
    assert answer.status_code == 422
    assert "nghỉ phép" in answer.content.decode()
    assert (
        client.post(
            f"/lam-thay/{staff.place.pk}/them", form | {"den": f"{today:%d/%m/%Y}"}
        ).status_code
        == 302
    )
    assert StandIn.objects.get().person == staff.other
    assert f"/viec/{task.pk}" in browser(staff.other).get("/viec/").content.decode()

    address = f"/ban-giao/chuc-vu/{staff.land.pk}"
    assert "Nạo vét mương" in client.get(address).content.decode()
    form = {"luot": str(uuid4()), "giao": staff.holder.pk, "nhan": staff.other.pk,
            "ngay": f"{today:%d/%m/%Y}", "ghi-chu": "Chìa khóa",
            f"viec-{task.pk}": "Chờ bơm"}  # fmt: skip
    answer = client.post(address, form)
    row = HandOver.objects.get()
    assert answer["Location"] == f"/ban-giao/{staff.place.pk}/{row.pk}"
    shown = client.get(answer["Location"]).content.decode()
    assert "Chờ bơm" in shown
    assert "Chìa khóa" in shown


def test_a_task_is_passed_on_by_the_form_and_a_clash_is_said(staff: Staff, world: World) -> None:
    task = a_task(staff.place, "Lắp wifi", lead=LAND)
    form = {"luot": str(uuid4()), "seen": "0", "co-quan": CULTURE, "ly-do": "đúng việc"}
    address = f"/viec/{task.pk}/giao-cho"
    assert browser(staff.holder).post(address, form).status_code == 302
    late = form | {"luot": str(uuid4()), "co-quan": "Công an xã", "ly-do": "việc an ninh"}
    answer = browser(world.people["leader"]).post(address, late)
    assert answer.status_code == 409
    assert "việc an ninh" in answer.content.decode()


def test_a_commitment_lives_from_the_form_to_its_end(staff: Staff, world: World) -> None:
    task = a_task(staff.place, "Xây bể nước", lead=LAND)
    client, place = browser(world.people["leader"]), staff.place.pk
    form = {"luot": str(uuid4()), "noi-dung": "Hoàn thành tiêu chí 17, 18", "voi": "UBND tỉnh",
            "tieu-chi": "17; 18", "han": "31/12/2026", "van-ban": "12/CK-UBND",
            "ngay-van-ban": "5/3/2026", "viec": [task.pk]}  # fmt: skip
    for _ in range(2):
        assert client.post(f"/cam-ket/{place}/them", form).status_code == 302
    row = Commitment.objects.get()
    assert row.criteria == ["17", "18"]
    assert list(row.tasks.all()) == [task]
    page = f"/cam-ket/{place}/{row.pk}"
    assert "Xây bể nước" in client.get(page).content.decode()

    change = form | {"luot": str(uuid4()), "seen": "0", "voi": "UBND tỉnh An Mẫu"}
    assert client.post(f"{page}/sua", change).status_code == 302
    theirs = form | {"luot": str(uuid4()), "seen": "0", "voi": "huyện"}
    answer = browser(world.people["officer"]).post(f"{page}/sua", theirs)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "UBND tỉnh An Mẫu" in shown
    assert 'value="huyện"' in shown

    assert client.post(f"{page}/bao", {"luot": str(uuid4()), "tt": "broken"}).status_code == 422
    said = {"luot": str(uuid4()), "tt": "broken", "ghi-chu": "thiếu vốn"}
    assert client.post(f"{page}/bao", said).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == (CommitmentState.BROKEN, "thiếu vốn")
    answer = client.post(f"{page}/xoa", {"luot": str(uuid4())}, follow=True)
    assert "Hoàn tác" in answer.content.decode()
    client.post(f"{page}/lay-lai")
    row.refresh_from_db()
    assert row.removed_at is None


def test_a_webhook_by_the_form(staff: Staff, world: World) -> None:
    client, place = browser(world.people["coordinator"]), staff.place.pk
    form = {"luot": str(uuid4()), "dia-chi": "http://10.0.0.1/", "su-kien": ["task.state"]}
    answer = client.post(f"/nhac-viec/{place}/webhook", form)
    assert answer.status_code == 422
    assert "https" in answer.content.decode()
    good = form | {"dia-chi": "https://vidu.vn/nhan"}
    assert client.post(f"/nhac-viec/{place}/webhook", good).status_code == 302
    row = Webhook.objects.get()
    assert (
        webhooks.secret_of(row) in client.get(f"/nhac-viec/webhook/{row.pk}/khoa").content.decode()
    )
    for verb in ("thu", "dung", "bat", "doi-khoa"):
        client.post(f"/nhac-viec/webhook/{row.pk}/{verb}", {"luot": str(uuid4())})
    answer = client.post(f"/nhac-viec/webhook/{row.pk}/xoa", follow=True)
    assert "Hoàn tác" in answer.content.decode()
