"""My work, and moving a task from any list: by one tap, once, and over nobody's head."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.work.models import TaskNote, TaskState
from tests.work.making import a_task
from tests.work.viewing import LAND, ago, leader, officer, today
from tests.world import World

__all__ = ["leader", "officer"]

pytestmark = pytest.mark.django_db


def test_my_work_is_sorted_by_haste_and_leaves_out_what_is_over(
    world: World, officer: Client
) -> None:
    place = world.places["a"]
    wanted = {
        "Quá hạn": a_task(place, "việc chậm", lead=LAND, end=ago(3)),
        "Hôm nay": a_task(place, "việc hôm nay", lead=LAND, end=today()),
        "Sau đó": a_task(place, "việc còn xa", lead=LAND, end=ago(-60)),
        "Đang chờ": a_task(
            place, "việc đang chờ", lead=LAND, end=ago(-60), state="waiting", waiting_for="vốn"
        ),
        "Đã nộp, chờ nghiệm thu": a_task(place, "việc đã nộp", lead=LAND, end=ago(1), state="done"),
    }
    a_task(place, "việc đã nghiệm thu", lead=LAND, end=ago(1), state="accepted")
    a_task(place, "việc của người khác", lead="Công an xã", end=ago(1))
    a_task(place, "việc đã xóa", lead=LAND, end=ago(1), removed_at=timezone.now())
    answer = officer.get("/viec/")
    found = {part.name: [line.text for line in part.lines] for part in answer.context["parts"]}
    assert found == {name: [task.text] for name, task in wanted.items()}
    assert list(found) == list(wanted)


def test_one_tap_moves_a_task_without_any_script(world: World, officer: Client) -> None:
    task = a_task(world.places["a"], lead=LAND, end=ago(3))
    form = {"luot": str(uuid4()), "seen": "0", "tt": "doing", "ve": "/viec/"}
    answer = officer.post(f"/viec/{task.pk}/chuyen", form)
    assert answer.status_code == 302
    assert answer.url == f"/viec/#v{task.pk}"
    task.refresh_from_db()
    assert task.state == TaskState.DOING
    assert "Hoàn tác" in officer.get("/viec/").content.decode()


def test_a_form_sent_twice_moves_once_and_two_buttons_of_one_page_are_two_moves(
    world: World, officer: Client
) -> None:
    task = a_task(world.places["a"], lead=LAND)
    key = str(uuid4())
    for state, seen in (("doing", "0"), ("doing", "0"), ("done", "1")):
        officer.post(f"/viec/{task.pk}/chuyen", {"luot": key, "seen": seen, "tt": state})
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    assert TaskNote.objects.filter(task=task).count() == 2


def test_waiting_asks_for_whom_and_keeps_what_was_typed(world: World, officer: Client) -> None:
    task = a_task(world.places["a"], lead=LAND)
    address = f"/viec/{task.pk}/chuyen"
    answer = officer.post(address, {"seen": "0", "tt": "waiting", "cho": ""})
    assert answer.status_code == 422
    assert "chờ" in answer.content.decode()
    officer.post(address, {"seen": "0", "tt": "waiting", "cho": "UBND tỉnh cấp vốn"})
    task.refresh_from_db()
    assert (task.state, task.waiting_for) == ("waiting", "UBND tỉnh cấp vốn")


def test_a_step_can_be_undone_by_who_took_it_and_nobody_else(
    world: World, officer: Client, leader: Client
) -> None:
    task = a_task(
        world.places["a"], lead=LAND, state="waiting", waiting_for="vốn của tỉnh", end=today()
    )
    officer.post(f"/viec/{task.pk}/chuyen", {"seen": "0", "tt": "doing"})
    leader.post(f"/viec/{task.pk}/chuyen-lai")
    task.refresh_from_db()
    assert task.state == TaskState.DOING
    officer.post(f"/viec/{task.pk}/chuyen-lai")
    task.refresh_from_db()
    assert (task.state, task.waiting_for) == (TaskState.WAITING, "vốn của tỉnh")


def test_who_moves_what_another_moved_meanwhile_sees_both_and_decides(
    world: World, officer: Client, leader: Client
) -> None:
    task = a_task(world.places["a"], lead=LAND, state="doing")
    address = f"/viec/{task.pk}/chuyen"
    leader.post(address, {"seen": "0", "tt": "waiting", "cho": "ý kiến tỉnh"})
    answer = officer.post(address, {"seen": "0", "tt": "done"})
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Lãnh Đạo Mẫu" in body
    assert "Vẫn chuyển sang “Đã xong”" in body
    assert "Giữ “Đang chờ”" in body
    task.refresh_from_db()
    assert task.state == TaskState.WAITING
    assert officer.post(address, {"seen": str(task.revision), "tt": "done"}).status_code == 302


def test_a_script_is_told_of_a_conflict_as_data(
    world: World, officer: Client, leader: Client
) -> None:
    task = a_task(world.places["a"], lead=LAND, state="doing")
    address = f"/viec/{task.pk}/chuyen"
    leader.post(address, {"seen": "0", "tt": "open"})
    answer = officer.post(
        address, {"seen": "0", "tt": "done"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 409
    found = answer.json()
    assert (found["state"], found["revision"]) == ("open", 1)
    assert "Lãnh Đạo Mẫu" in found["message"]


def test_only_who_may_decide_accepts(world: World, officer: Client, leader: Client) -> None:
    task = a_task(world.places["a"], lead=LAND, state="done")
    form = {"seen": "0", "tt": "accepted", "ghi-chu": "Đủ hồ sơ"}
    asked = {"headers": {"accept": "application/json"}}
    assert officer.post(f"/viec/{task.pk}/chuyen", form, **asked).status_code == 403
    assert leader.post(f"/viec/{task.pk}/chuyen", form, **asked).json()["state"] == "accepted"


def test_a_form_leads_back_only_within_the_site(world: World, officer: Client) -> None:
    task = a_task(world.places["a"], lead=LAND)
    for said in ("https://xau.vn/", "//xau.vn/", "javascript:alert(1)"):
        answer = officer.post(f"/viec/{task.pk}/chuyen", {"tt": "doing", "ve": said})
        assert answer.url == f"/viec/#v{task.pk}"
