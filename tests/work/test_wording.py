"""Tasks and the criteria their words name: certain, proposed, linked in one go, taken back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.models import AuditLine
from dinhlang.work import naming, templating
from dinhlang.work.models import Task
from dinhlang.work.selectors import worded
from dinhlang.work.services import bulk, wording
from dinhlang.work.services.tasks import BadTask
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db
ADVANCED, NEW = "qd-318-2022/xa-nang-cao", "qd-51-2025/xa-ntm"


@pytest.mark.parametrize(
    ("text", "sure", "unsure"),
    [
        ("Tiêu chí Giao thông (TC2): 1,4 km đường trục chưa có rãnh", ["2"], []),
        ("hoàn thành tiêu chí số 8 về Thông tin và Truyền thông", ["8"], []),
        ("Đạt tiêu chí 17, 18 và 19 trong năm", ["17", "18", "19"], []),
        ("Tiêu chí Văn hoá còn thiếu", ["6"], []),
        ("Chỉ tiêu 14.2 chưa đạt", ["14"], []),
        ("Nâng chất lượng môi trường sống", ["18"], []),
        ("Điều tra thu nhập bình quân đầu người", [], ["10"]),
        ("Tổng vệ sinh môi trường", [], ["17"]),
        ("Sửa điện trong diện tích nhà văn hóa", [], ["6"]),
        ("Hoàn thành 15 tiêu chí 100%", [], []),
        ("Đạt tiêu chí số 99", [], []),
        ("Họp giao ban", [], []),
    ],
)  # fmt: skip
def test_words_name_a_criterion_for_certain_or_perhaps(
    text: str, sure: list[str], unsure: list[str]
) -> None:
    found = naming.named(text, naming.names_of(lawbook.library().sets[ADVANCED]))
    assert [each.number for each in found if each.sure] == sure
    assert [each.number for each in found if not each.sure] == unsure


@pytest.fixture
def leader(world: World) -> Client:
    client = Client()
    client.force_login(world.people["leader"])
    return client


def proposal(task: Task) -> worded.Proposal | None:
    return worded.of_task(task, timezone.localdate())


def test_a_task_of_no_paper_is_proposed_a_criterion_of_the_place_s_set(world: World) -> None:
    found = proposal(a_task(world.places["a"], "Lập hồ sơ tiêu chí số 2"))
    assert found is not None and found.sure
    assert (found.law.id, found.words) == (NEW, "Tiêu chí 2. Hạ tầng kinh tế - xã hội")
    about = proposal(a_task(world.places["a"], "Lắp đèn chiếu sáng thôn Đông"))
    assert about is not None and not about.sure
    assert (about.number, about.why) == ("2", "việc nói về “đèn chiếu sáng”")
    assert proposal(a_task(world.places["a"], "Họp giao ban")) is None


def test_who_stands_under_a_criterion_is_proposed_nothing(world: World) -> None:
    task = a_task(world.places["a"], "Tiêu chí số 2", criterion="3", criterion_set=NEW)
    assert proposal(task) is None
    # A number whose set nobody named, of no paper: it may be of any set.
    assert proposal(a_task(world.places["a"], "Tiêu chí số 2", criterion="2")) is None


def test_several_tasks_are_linked_at_once_and_all_taken_back(world: World) -> None:
    user, key = world.people["officer"], uuid4()
    rows = [a_task(world.places["a"], f"Tiêu chí số {n}") for n in (2, 3)]
    wanted = {row.pk: {"criterion_set": NEW, "criterion": str(n), "indicator": ""}
              for n, row in zip((2, 3), rows, strict=True)}  # fmt: skip
    for _ in range(2):
        found = wording.link(user, wanted, key)
        assert [each.why for each in found] == ["", ""]
    assert Task.objects.filter(criterion_set=NEW).count() == 2
    assert AuditLine.objects.filter(verb="sửa việc").count() == 2
    bulk.undo_all(user, [row.pk for row in rows], key)
    assert not Task.objects.exclude(criterion="").exists()
    with pytest.raises(BadTask, match="Hãy chọn"):
        wording.link(user, {}, uuid4())


def test_the_page_ticks_what_is_certain_and_links_what_is_sent(
    world: World, leader: Client
) -> None:
    place = world.places["a"]
    sure = a_task(place, "Hoàn thành tiêu chí số 5")
    perhaps = a_task(place, "Nạo vét kênh mương")
    a_task(place, "Họp giao ban")
    address = f"/cong-viec/{place.pk}/loi-viec"
    answer = leader.get(address)
    body = answer.content.decode()
    assert f'value="{sure.pk}" checked' in body and f'value="{perhaps.pk}">' in body
    assert "1 việc chưa gắn không nêu tiêu chí nào" in body
    values = {f"tc-{each.task.pk}": each.value for each in answer.context["rows"]}
    sent = values | {"v": [sure.pk, perhaps.pk], "luot": str(uuid4())}
    done = leader.post(address, sent, follow=True)
    assert "Đã gắn tiêu chí cho 2 việc" in done.content.decode()
    sure.refresh_from_db()
    perhaps.refresh_from_db()
    assert (sure.criterion, perhaps.criterion) == ("5", "2")
    bad = {"v": [sure.pk], f"tc-{sure.pk}": "không|9|", "luot": str(uuid4())}
    assert leader.post(address, bad).status_code == 422


def test_one_click_on_the_task_links_it_and_another_takes_it_back(
    world: World, leader: Client
) -> None:
    task = a_task(world.places["a"], "Hoàn thành tiêu chí số 5")
    body = leader.get(f"/viec/{task.pk}").content.decode()
    assert "Gắn tiêu chí này" in body and "5. Văn hóa, giáo dục, y tế" in body
    key = str(uuid4())
    leader.post(f"/viec/{task.pk}/gan-tieu-chi", {"tc": f"{NEW}|5||", "luot": key})
    task.refresh_from_db()
    assert (task.criterion_set, task.criterion) == (NEW, "5")
    place = world.places["a"].pk
    leader.post(f"/cong-viec/{place}/nhieu/hoan-tac?luot={key}&v={task.pk}")
    task.refresh_from_db()
    assert (task.criterion_set, task.criterion) == ("", "")


def test_a_village_head_is_not_offered_the_commune_s_tasks(world: World) -> None:
    client = Client()
    client.force_login(world.people["village_head"])
    assert client.get(f"/cong-viec/{world.places['a'].pk}/loi-viec").status_code == 404


def test_a_place_where_it_is_done_is_not_what_it_is_about(world: World) -> None:
    law = lawbook.library().sets[ADVANCED]
    said = "Lắp đặt wifi miễn phí tại nhà văn hóa thôn Bến"
    assert templating.about(said, law) == [("8", "wifi")]
    found = [number for number, _ in templating.about("Sửa nhà văn hóa, lắp wifi", law)]
    assert found == ["6", "8"]
    one = proposal(a_task(world.places["a"], "Vận động hộ nghèo", criterion_set=ADVANCED))
    assert one is not None and (one.number, one.sure) == ("11", False)
    income = a_task(world.places["a"], "Điều tra thu nhập", criterion_set=ADVANCED)
    two = proposal(income)
    assert two is not None and (two.number, two.sure) == ("10", True)
