"""Minutes are closed, taken back, opened again: with a trail, and never a task twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.drafting.papers.gathering.concluded import Concluded
from dinhlang.meetings import concluding, rendering, services
from dinhlang.meetings.models import Closing, Decision, Meeting
from dinhlang.meetings.services import BadMeeting
from dinhlang.people.models import AuditLine
from dinhlang.work.models import Task, TaskState
from dinhlang.work.services import tasks
from tests.meetings.making import a_meeting, decided, held
from tests.world import World

pytestmark = pytest.mark.django_db
TOMORROW = timezone.make_aware(datetime(2099, 1, 5, 8, 0))


@pytest.fixture
def leader(world: World) -> Client:
    client = Client()
    client.force_login(world.people["leader"])
    return client


def kept() -> list[Task]:
    return list(Task.objects.filter(removed_at=None).order_by("pk"))


def test_a_closing_just_made_is_taken_back_with_its_tasks(world: World, leader: Client) -> None:
    row = held(world)
    before = services.make_task(world.people["officer"], decided(world, row).pk)
    decided(world, row, "Dọn đường")
    page = leader.post(f"/hop/cuoc/{row.pk}/chot", follow=True).content.decode()
    assert "Hoàn tác" in page and f"/hop/cuoc/{row.pk}/chot/hoan-tac" in page
    assert len(kept()) == 2
    leader.post(f"/hop/cuoc/{row.pk}/chot/hoan-tac")
    row.refresh_from_db()
    assert (row.state, row.closed_at, kept()) == (Meeting.State.HELD, None, [before])
    services.close(world.people["leader"], row.pk)
    assert (len(kept()), Task.objects.count()) == (2, 2)
    assert AuditLine.objects.filter(verb="hoàn tác chốt biên bản").count() == 1


def test_long_after_it_is_opened_again_with_a_reason_and_not_taken_back(
    world: World, leader: Client
) -> None:
    row = services.close(world.people["leader"], held(world).pk)
    Closing.objects.update(closed_at=timezone.now() - timedelta(minutes=20))
    assert leader.post(f"/hop/cuoc/{row.pk}/chot/hoan-tac").status_code == 422
    address, why = f"/hop/cuoc/{row.pk}/mo-lai", "Ghi thiếu ý kiến"
    assert leader.post(address, {"ly-do": " ", "viec": "giu"}).status_code == 422
    assert leader.post(address, {"ly-do": why}).status_code == 422
    page = leader.post(address, {"ly-do": why, "viec": "giu"}, follow=True).content.decode()
    assert why in page and str(world.people["leader"]) in page
    row.refresh_from_db()
    assert row.state == Meeting.State.HELD
    closing = Closing.objects.get()
    assert (closing.reopened_by, closing.reopened_why) == (world.people["leader"], why)
    assert AuditLine.objects.filter(verb="mở lại biên bản họp").count() == 1


@pytest.mark.parametrize("keep", [True, False])
def test_tasks_stay_or_go_as_chosen_and_are_never_made_twice(world: World, keep: bool) -> None:
    row, user = held(world), world.people["leader"]
    first = decided(world, row, "Dọn đường trước 30/12/2026")
    decided(world, row, "Làm rãnh")
    services.close(user, row.pk)
    started = kept()[1]
    tasks.tell(world.people["officer"], started.pk, uuid4(), TaskState.DOING)
    stay = services.reopen(user, row.pk, "Sửa hạn", keep=keep)
    assert kept() == ([*Task.objects.order_by("pk")] if keep else [started])
    assert stay == ([] if keep else [started])
    if not keep:
        first.refresh_from_db()
        services.change_decision(user, first.pk, 0, {"text": "Dọn đường", "lead": "Kế toán",
                                                     "end": date(2027, 1, 9)})  # fmt: skip
    services.close(user, row.pk)
    assert len(kept()) == Task.objects.count() == 2
    task = kept()[0]
    assert (task.end, [o.name for o in task.offices.all()]) == (
        (date(2026, 12, 30), []) if keep else (date(2027, 1, 9), ["Kế toán"])
    )
    assert Closing.objects.count() == 2


def test_what_is_only_agreed_on_becomes_no_task_unless_ticked(world: World, leader: Client) -> None:
    row = held(world)
    agreed = decided(world, row, "Thống nhất nghỉ họp tuần tới")
    work = decided(world, row, "Dọn đường")
    assert (agreed.is_task, agreed.text, agreed.end) == (
        False, "Thống nhất nghỉ họp tuần tới", None,
    )  # fmt: skip
    assert work.is_task
    address = "/hop/ket-luan/{}/tich".format
    leader.post(address(agreed.pk), {"giao": "1"})
    leader.post(address(work.pk))
    services.close(world.people["leader"], row.pk)
    assert [task.text for task in kept()] == ["Thống nhất nghỉ họp tuần tới"]
    assert AuditLine.objects.filter(verb="chọn kết luận thành việc").count() == 2
    page = leader.get(f"/hop/cuoc/{row.pk}").content.decode()
    assert "Chỉ ghi biên bản" in page


def test_a_meeting_to_come_is_not_closed_without_a_word(world: World, leader: Client) -> None:
    row = held(world, at=TOMORROW)
    with pytest.raises(BadMeeting, match="chưa tới"):
        services.close(world.people["leader"], row.pk)
    answer = leader.post(f"/hop/cuoc/{row.pk}/chot", {"ly-do": ""})
    assert answer.status_code == 422
    assert "vì sao chốt trước" in answer.content.decode()
    leader.post(f"/hop/cuoc/{row.pk}/chot", {"ly-do": "Họp sớm một hôm"})
    row.refresh_from_db()
    assert row.state == Meeting.State.CLOSED
    assert "Họp sớm một hôm" in leader.get(f"/hop/cuoc/{row.pk}").content.decode()


def test_each_village_named_has_its_task_and_papers_say_one_line(
    world: World, leader: Client
) -> None:
    villages = [world.places["a1"], world.places["a2"]]
    row = held(world)
    one, two = (each.name for each in villages)
    line = f"Thôn {one}, thôn {two} dọn đường trước Chủ nhật tuần sau"
    sent = {"kl": line, "giao": "1", "luot": str(uuid4())}
    for _ in range(2):
        answer = leader.post(f"/hop/cuoc/{row.pk}/ket-luan", sent,
                             headers={"Accept": "application/json"})  # fmt: skip
    assert answer.content.decode().count("mt-decision") >= 2
    assert Decision.objects.count() == 2
    made = {task.villages.get(): task for task in kept()}
    assert set(made) == set(villages)
    for village, task in made.items():
        # The meeting was on Friday 20/11/2026.
        assert (task.text, task.end) == ("Dọn đường", date(2026, 11, 29))
        assert [o.name for o in task.offices.all()] == [f"Thôn {village.name}"]
    assert rendering.boxes(row, "bien-ban")["resolutions"] == [
        {"text": "Dọn đường", "lead": f"Thôn {one}, Thôn {two}", "due": "29/11/2026"}
    ]
    services.close(world.people["leader"], row.pk)
    told: list[Concluded] = concluding.closed(world.places["a"], date(2026, 11, 30))
    assert len(told[0].resolutions) == 1


def test_days_are_reckoned_from_the_meeting_and_not_from_today(world: World) -> None:
    row = held(world, at=timezone.make_aware(datetime(2025, 3, 5, 8, 0)))
    assert decided(world, row, "Nộp hồ sơ trước thứ Sáu tới").end == date(2025, 3, 7)
    assert decided(world, row, "Nộp hồ sơ cuối tháng").end == date(2025, 3, 31)


def test_two_people_changing_one_meeting_lose_nothing(world: World) -> None:
    row = a_meeting(world, where="Hội trường", attendees="Kế toán")
    base = {"title": row.title, "at": row.at, "body": "", "where": "Hội trường", "chair": "",
            "secretary": "", "attendees": "Kế toán", "absent": ""}  # fmt: skip
    officer, leader = world.people["officer"], world.people["leader"]
    services.change(officer, row.pk, 0, base | {"chair": "Chủ tịch", "attendees": "Kế toán\nA"})
    services.change(
        leader, row.pk, 0, base | {"where": "Nhà văn hóa", "attendees": "Kế toán\nB"}, base
    )
    row.refresh_from_db()
    assert (row.chair, row.where) == ("Chủ tịch", "Nhà văn hóa")
    assert set(row.attendees.split("\n")) == {"Kế toán", "A", "B"}
