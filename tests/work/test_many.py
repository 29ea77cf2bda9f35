"""One act on many tasks: row by row, once, and taken back together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.work.models import Repeat, Task, TaskState
from dinhlang.work.said import BadTask
from dinhlang.work.services import bulk
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def three(world: World) -> list[Task]:
    place = world.places["a"]
    return [a_task(place, f"Việc {n}", lead="Địa chính", start=date(2030, 1, n + 1),
                   end=date(2030, 2, n + 1)) for n in range(3)]  # fmt: skip


@pytest.fixture
def leader(world: World) -> Client:
    client = Client()
    client.force_login(world.people["leader"])
    return client


@pytest.mark.parametrize(
    ("what", "value", "field", "after"),
    [
        ("han", date(2030, 5, 1), "end", date(2030, 5, 1)),
        ("doi", -3, "end", date(2030, 1, 29)),
        ("tieu-chi", ["", "2", ""], "criterion", "2"),
        ("trang-thai", ("waiting", "Sở trả lời"), "waiting_for", "Sở trả lời"),
        ("trang-thai", ("doing", ""), "state", TaskState.DOING),
    ],
)
def test_every_ticked_task_is_changed_once_and_set_back_together(
    world: World, three: list[Task], what: str, value: Any, field: str, after: Any
) -> None:
    user, key, pks = world.people["leader"], uuid4(), [each.pk for each in three]
    before = [getattr(each, field) for each in three]
    for _ in range(2):
        assert [each.why for each in bulk.act(user, pks, what, value, key)] == ["", "", ""]
    first = Task.objects.get(pk=pks[0])
    assert getattr(first, field) == after
    assert first.notes.count() == 1
    for _ in range(2):
        assert not [each.why for each in bulk.undo_all(user, pks, key) if each.why]
    assert [getattr(Task.objects.get(pk=pk), field) for pk in pks] == before


def test_a_lead_is_given_to_all_and_taken_back(world: World, three: list[Task]) -> None:
    user, key, pks = world.people["leader"], uuid4(), [each.pk for each in three]
    bulk.act(user, pks, "chu-tri", ["Kế toán"], key)
    names = {office.name for each in three for office in each.offices.filter(leads=True)}
    assert names == {"Kế toán"}
    bulk.undo_all(user, pks, key)
    names = {office.name for each in three for office in each.offices.filter(leads=True)}
    assert names == {"Địa chính"}


def test_removed_together_they_come_back_together(world: World, three: list[Task]) -> None:
    user, key, pks = world.people["leader"], uuid4(), [each.pk for each in three]
    bulk.act(user, pks, "xoa", None, key)
    assert Task.objects.exclude(removed_at=None).count() == 3
    bulk.undo_all(user, pks, key)
    assert not Task.objects.exclude(removed_at=None).exists()


def test_a_row_that_cannot_says_why_and_the_others_are_done(
    world: World, three: list[Task]
) -> None:
    place, user = world.places["a"], world.people["leader"]
    bare = a_task(place, "Không hạn")
    done = a_task(place, "Nghiệm thu rồi", end=date(2030, 1, 1), state=TaskState.ACCEPTED)
    pks = [three[0].pk, bare.pk, done.pk]
    found = {each.task.pk: each.why for each in bulk.act(user, pks, "doi", 7, uuid4())}
    assert found[three[0].pk] == ""
    assert "chưa có hạn" in found[bare.pk] and "nghiệm thu" in found[done.pk]


def test_what_others_built_on_is_not_set_back(world: World, three: list[Task]) -> None:
    user, key, pks = world.people["leader"], uuid4(), [each.pk for each in three]
    bulk.act(user, pks, "han", date(2030, 5, 1), key)
    bulk.act(world.people["officer"], pks[:1], "han", date(2030, 6, 1), uuid4())
    left = [each for each in bulk.undo_all(user, pks, key) if each.why]
    assert [each.task.pk for each in left] == pks[:1]
    assert Task.objects.get(pk=pks[0]).end == date(2030, 6, 1)
    assert Task.objects.get(pk=pks[1]).end == date(2030, 2, 2)


@pytest.mark.parametrize("who", ["province", "elsewhere", "village_head", "resident"])
def test_tasks_of_others_are_left_alone(world: World, three: list[Task], who: str) -> None:
    found = bulk.act(world.people[who], [each.pk for each in three], "han", TODAY, uuid4())
    assert found == []
    assert not Task.objects.filter(end=TODAY).exists()


@pytest.mark.parametrize(("pks", "what"), [([], "han"), ([1] * 301, "han"), ([1], "no")])
def test_nonsense_is_refused(world: World, pks: list[int], what: str) -> None:
    with pytest.raises(BadTask):
        bulk.act(world.people["leader"], pks, what, TODAY, uuid4())


# --- Pages ----------------------------------------------------------------------------------------


def test_the_page_does_and_offers_to_take_back(
    world: World, leader: Client, three: list[Task]
) -> None:
    address = f"/cong-viec/{world.places['a'].pk}/nhieu"
    assert "Việc 0" in leader.get(address).content.decode()
    sent = {"v": [each.pk for each in three], "lam": "han", "han": "30/6/2031", "luot": uuid4(),
            "ve": address}  # fmt: skip
    page = leader.post(address, sent, follow=True).content.decode()
    assert "Đặt hạn: 3 việc" in page and "Hoàn tác" in page
    undo = page.split('action="')[1:]
    back = next(each.split('"')[0] for each in undo if "hoan-tac" in each).replace("&amp;", "&")
    leader.post(back)
    assert not Task.objects.filter(end=date(2031, 6, 30)).exists()


@pytest.mark.parametrize(
    "sent",
    [{"lam": "han", "han": "mai"}, {"lam": "doi", "ngay": "nhiều"}, {"lam": "chu-tri"},
     {"lam": "trang-thai", "tt": "accepted"}, {"lam": ""}],
)  # fmt: skip
def test_what_cannot_be_is_told_and_the_ticks_stay(
    world: World, leader: Client, three: list[Task], sent: dict[str, str]
) -> None:
    address = f"/cong-viec/{world.places['a'].pk}/nhieu"
    answer = leader.post(address, sent | {"v": [three[0].pk], "luot": str(uuid4())})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{three[0].pk}" checked' in page and 'role="alert"' in page


def test_carrying_over_from_the_page_says_what_was_refused(
    world: World, leader: Client, three: list[Task]
) -> None:
    done = a_task(world.places["a"], "Xong rồi", state=TaskState.DONE)
    later = timezone.localdate() + timedelta(days=40)
    sent = {"v": [three[0].pk, done.pk], "lam": "chuyen-ky", "han": f"{later:%d/%m/%Y}",
            "luot": uuid4()}  # fmt: skip
    address = f"/cong-viec/{world.places['a'].pk}/nhieu"
    page = leader.post(address, sent).content.decode()
    assert "Đã làm 1 việc" in page and "Việc đã xong hoặc đã thôi" in page
    assert Task.objects.get(carried_from=three[0]).end == later


def test_a_repeat_is_begun_shown_ended_and_resumed(world: World, leader: Client) -> None:
    address = f"/cong-viec/{world.places['a'].pk}/dinh-ky"
    sent = {"viec": "Báo cáo {kỳ} gửi Ban Chỉ đạo", "bao-lau": "week", "thu": "4",
            "chu-tri": "Văn phòng", "luot": uuid4()}  # fmt: skip
    for _ in range(2):
        leader.post(address, sent)
    row = Repeat.objects.get()
    page = leader.get(address).content.decode()
    assert "thứ Năm hằng tuần" in page and "Đang lặp" in page
    assert "<b>Báo cáo tuần gửi Ban Chỉ đạo</b>" in page
    assert Task.objects.filter(series=row, end__week_day=5).exists()
    leader.post(f"/viec/dinh-ky/{row.pk}/thoi")
    assert "Đã thôi" in leader.get(address).content.decode()
    leader.post(f"/viec/dinh-ky/{row.pk}/lap-tiep")
    row.refresh_from_db()
    assert row.ended_at is None


def test_a_repeat_without_sense_is_told(world: World, leader: Client) -> None:
    address = f"/cong-viec/{world.places['a'].pk}/dinh-ky"
    answer = leader.post(address, {"viec": "", "bao-lau": "month", "ngay": "40"})
    assert answer.status_code == 422
    assert not Repeat.objects.exists()
