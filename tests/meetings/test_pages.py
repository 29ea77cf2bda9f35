"""The pages of meetings: what they show, what they keep, how often they ask the database."""

from __future__ import annotations

import json
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dinhlang.drafting.models import Paper
from dinhlang.meetings import services
from dinhlang.meetings.models import Decision, Meeting
from dinhlang.work.models import Task
from tests.meetings.making import a_meeting, decided, held, point
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db
COUNTS = Path(__file__).parent / "query_counts.json"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def leader(world: World) -> Client:
    client = Client()
    client.force_login(world.people["leader"])
    return client


def test_an_agenda_is_ticked_together(world: World, leader: Client) -> None:
    place = world.places["a"]
    a_task(place, "Đường thôn", end="2020-01-01", lead="Địa chính")
    page = leader.get(f"/hop/{place.pk}/moi").content.decode()
    assert "Việc chậm: Đường thôn" in page
    sent = {"ten": "Họp tháng 12", "ngay": "25/12/2030", "gio": "14 giờ 30", "nd": "0",
            "them": "Việc khác", "luot": uuid4()}  # fmt: skip
    for _ in range(2):
        answer = leader.post(f"/hop/{place.pk}/moi", sent)
    row = Meeting.objects.get()
    assert answer["Location"] == f"/hop/cuoc/{row.pk}"
    assert [item.text for item in row.items.all()] == ["Việc chậm: Đường thôn", "Việc khác"]


@pytest.mark.parametrize("field", [{"ngay": "mai"}, {"gio": "25 giờ"}, {"ten": " "}])
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    world: World, leader: Client, field: dict[str, str]
) -> None:
    sent = {"ten": "Họp", "ngay": "25/12/2030", "gio": "8:00", "dia-diem": "Nhà văn hóa",
            "luot": uuid4()} | field  # fmt: skip
    answer = leader.post(f"/hop/{world.places['a'].pk}/moi", sent)
    assert answer.status_code == 422
    assert "Nhà văn hóa" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_minutes_are_saved_for_a_script_and_without_one(world: World, leader: Client) -> None:
    row = held(world)
    address = f"/hop/noi-dung/{point(row).pk}/ghi"
    said = leader.post(address, {"goc": "", "ghi": "Một"}, headers=SCRIPT).json()
    assert (said["said"], said["merged"]) == ("Một", False)
    assert leader.post(address, {"goc": "Một", "ghi": "Hai"})["Location"].endswith(
        f"#nd-{point(row).pk}"
    )
    assert point(row).said == "Hai"


def test_a_decision_comes_back_as_a_row_and_may_be_a_task_at_once(
    world: World, leader: Client
) -> None:
    row = held(world)
    sent = {"kl": "Kế toán gửi báo cáo trước 28/12/2030", "luot": uuid4(), "giao": "1"}
    for _ in range(2):
        answer = leader.post(f"/hop/cuoc/{row.pk}/ket-luan", sent, headers=SCRIPT)
    assert "Đã thành việc" in answer.content.decode()
    assert Decision.objects.count() == Task.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ["Dọn đường thôn"],
            "1 kết luận đã thành việc; còn 1 việc chưa giao ai, 1 việc chưa có hạn",
        ),
        (["Kế toán gửi báo cáo trước 28/12/2030"], "việc nào cũng có nơi chủ trì và hạn"),
        ([], "Không có kết luận nào thành việc"),
    ],
)
def test_closing_tells_what_went_out_without_a_lead_or_a_day(
    world: World, leader: Client, lines: list[str], told: str
) -> None:
    row = held(world)
    for line in lines:
        decided(world, row, line)
    page = leader.post(f"/hop/cuoc/{row.pk}/chot", follow=True).content.decode()
    assert told in page


def test_closed_minutes_refuse_with_a_reason(world: World, leader: Client) -> None:
    row = held(world)
    item = point(row)
    services.close(world.people["leader"], row.pk)
    answer = leader.post(f"/hop/noi-dung/{item.pk}/ghi", {"goc": "", "ghi": "x"}, headers=SCRIPT)
    assert answer.status_code == 409
    assert "đã chốt" in answer.json()["trouble"]
    page = leader.get(f"/hop/cuoc/{row.pk}").content.decode()
    assert "data-write" not in page and "Đã chốt" in page


def test_a_point_moves_without_a_script(world: World, leader: Client) -> None:
    row = a_meeting(world, "Một", "Hai")
    leader.post(f"/hop/cuoc/{row.pk}/thu-tu", {"nd": point(row, 1).pk, "huong": "len"})
    assert [point(row, at).text for at in (0, 1)] == ["Hai", "Một"]


def test_another_ones_change_is_shown_before_it_is_written_over(
    world: World, leader: Client
) -> None:
    row = a_meeting(world, where="Hội trường")
    sent = {"ten": row.title, "ngay": "20/11/2026", "gio": "8:00", "luot-sua": "0"}
    services.change(world.people["officer"], row.pk, 0, {"where": "Nhà văn hóa thôn"})
    answer = leader.post(f"/hop/cuoc/{row.pk}/sua", sent | {"dia-diem": "Trường học"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Nhà văn hóa thôn" in page and "Trường học" in page
    again = leader.post(
        f"/hop/cuoc/{row.pk}/sua", sent | {"dia-diem": "Trường học", "luot-sua": "1"}
    )
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.where == "Trường học"


def test_what_is_removed_can_be_brought_back_at_once(world: World, leader: Client) -> None:
    row = held(world)
    made = decided(world, row)
    page = leader.post(f"/hop/ket-luan/{made.pk}/bo", follow=True).content.decode()
    assert "Hoàn tác" in page
    leader.post(f"/hop/ket-luan/{made.pk}/lay-lai")
    assert Decision.objects.get().removed_at is None


def test_the_minutes_open_as_a_paper(world: World, leader: Client) -> None:
    row = held(world)
    answer = leader.post(f"/hop/cuoc/{row.pk}/van-ban/bien-ban")
    assert answer["Location"] == f"/van-ban/ban/{Paper.objects.get().pk}"
    assert leader.post(f"/hop/cuoc/{row.pk}/van-ban/khac").status_code == 404


def ask(client: Client, world: World, row: Meeting) -> dict[str, int]:
    """How often each page asks the database."""
    place = world.places["a"].pk
    addresses = {"place": f"/hop/{place}", "new": f"/hop/{place}/moi",
                 "meeting": f"/hop/cuoc/{row.pk}", "change": f"/hop/cuoc/{row.pk}/sua"}  # fmt: skip
    found = {}
    for name, address in addresses.items():
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        found[name] = len(asked)
    return found


def test_pages_ask_no_more_than_they_did_and_no_more_for_more_rows(
    world: World, leader: Client
) -> None:
    row = held(world, "Một", "Hai")
    services.make_task(world.people["officer"], decided(world, row).pk)
    a_task(world.places["a"], "Chậm", end="2020-01-01", lead="Kế toán")
    found = ask(leader, world, row)
    if os.environ.get("DINHLANG_QUERY_COUNTS"):
        COUNTS.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert {name for name, count in found.items() if count > kept[name]} == set()
    for number in range(4):
        services.make_task(world.people["officer"], decided(world, row, f"Làm {number}").pk)
        a_task(world.places["a"], f"Chậm {number}", end="2020-01-01", lead="Kế toán")
        a_meeting(world, f"Nội dung {number}")
    assert ask(leader, world, row) == found
