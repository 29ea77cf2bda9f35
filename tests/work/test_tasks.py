"""Making, changing, telling and removing tasks: once each, nobody's words overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from dinhlang.work.models import Task, TaskNote, TaskState
from dinhlang.work.selectors import tasks as selectors
from dinhlang.work.services import tasks
from dinhlang.work.services.tasks import BadTask, Conflict, Said
from tests.world import World


def a_task(world: World, who: str = "officer", **more: Any) -> Task:
    """A task of commune A with these fields."""
    said = Said(**{"text": "Đo đạc tuyến đường thôn", "lead": ["Công chức Địa chính"], **more})
    return tasks.create(world.people[who], world.places["a"], said, uuid4())


def fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def test_a_task_keeps_everything_said_of_it(world: World) -> None:
    first = a_task(world, text="Lập hồ sơ")
    task = a_task(
        world, text="  Đo đạc  tuyến đường ", product="Bản vẽ", criterion="2", cost=17_500_000_000,
        start=date(2026, 1, 1), end=date(2026, 6, 30), after=[first.pk],
        lead=["Công chức Địa chính", "cc Địa chính"], partners=["Công an xã"],
        villages=[world.places["a1"].pk],
    )  # fmt: skip
    kept = fresh(task)
    assert kept.text == "Đo đạc tuyến đường"
    assert (kept.start, kept.end, kept.cost) == (
        date(2026, 1, 1),
        date(2026, 6, 30),
        17_500_000_000,
    )
    assert [(o.name, o.leads) for o in kept.offices.all()] == [
        ("Công chức Địa chính", True), ("Công an xã", False),
    ]  # fmt: skip
    assert [link.after_id for link in kept.needs.all()] == [first.pk]
    assert [unit.name for unit in kept.villages.all()] == ["Đình Thượng"]
    line = AuditLine.objects.latest("number")
    assert (line.verb, line.target_id) == ("thêm việc", str(task.pk))


def test_a_task_sent_twice_is_made_once(world: World) -> None:
    key = uuid4()
    made = [
        tasks.create(world.people["officer"], world.places["a"], Said(text="Họp thôn"), key)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Task.objects.count() == 1
    with pytest.raises(BadTask):
        tasks.create(world.people["leader"], world.places["a"], Said(text="Khác"), key)


@pytest.mark.parametrize(
    ("who", "village", "allowed"),
    [
        ("officer", "", True), ("village_head", "", False), ("village_head", "a1", True),
        ("village_head", "a2", False), ("province", "", False), ("elsewhere", "", False),
    ],
)  # fmt: skip
def test_who_may_make_a_task(world: World, who: str, village: str, allowed: bool) -> None:
    villages = [world.places[village].pk] if village else []
    said = Said(text="Dọn vệ sinh", villages=villages)
    if allowed:
        assert tasks.create(world.people[who], world.places["a"], said, uuid4()).pk
    else:
        with pytest.raises(AccessDenied):
            tasks.create(world.people[who], world.places["a"], said, uuid4())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"), ({"text": "x" * 4001}, "text"), ({"cost": -1}, "cost"),
        ({"start": date(2026, 3, 2), "end": date(2026, 3, 1)}, "end"),
        ({"end": date(206, 3, 1)}, "end"), ({"criterion": "1" * 21}, "criterion"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_changes(
    world: World, changes: dict[str, Any], field: str
) -> None:
    task = a_task(world)
    with pytest.raises(BadTask) as refused:
        tasks.change(world.people["officer"], task.pk, uuid4(), 0, changes)
    assert refused.value.field == field
    assert fresh(task).revision == 0
    assert not TaskNote.objects.exists()


def test_a_village_of_another_commune_is_refused(world: World) -> None:
    with pytest.raises(BadTask):
        a_task(world, villages=[world.places["b1"].pk])


def test_two_people_changing_different_fields_both_keep_theirs(world: World) -> None:
    task = a_task(world, end=date(2026, 3, 31))
    tasks.change(world.people["leader"], task.pk, uuid4(), 0, {"end": date(2026, 4, 30)})
    # The officer's form still shows the old end, and sends it along.
    sent = {"text": "Đo đạc và cắm mốc", "end": date(2026, 3, 31)}
    tasks.change(world.people["officer"], task.pk, uuid4(), 0, sent)
    kept = fresh(task)
    assert (kept.text, kept.end) == ("Đo đạc và cắm mốc", date(2026, 4, 30))
    assert kept.revision == 2


def test_two_people_changing_one_field_see_each_other(world: World) -> None:
    task = a_task(world, product="Bản vẽ")
    tasks.change(world.people["leader"], task.pk, uuid4(), 0, {"product": "Bản đồ"})
    with pytest.raises(Conflict) as met:
        tasks.change(
            world.people["officer"], task.pk, uuid4(), 0,
            {"product": "Sơ đồ", "remarks": "Gấp"},
        )  # fmt: skip
    [clash] = met.value.clashes
    assert (clash.before, clash.theirs, clash.mine) == ("Bản vẽ", "Bản đồ", "Sơ đồ")
    assert clash.who == "Lãnh Đạo Mẫu"
    assert met.value.mine["remarks"] == "Gấp"
    kept = fresh(task)
    assert (kept.product, kept.remarks) == ("Bản đồ", "")
    # Having seen it, the second chooses.
    tasks.change(
        world.people["officer"], task.pk, uuid4(), met.value.revision, {"product": "Sơ đồ"}
    )
    assert fresh(task).product == "Sơ đồ"


def test_partners_added_by_two_people_are_all_there(world: World) -> None:
    task = a_task(world, partners=["Công an xã", "Hội Nông dân"])
    tasks.change(
        world.people["leader"], task.pk, uuid4(), 0, {"partners": ["Công an xã", "Đoàn xã"]}
    )
    tasks.change(
        world.people["officer"], task.pk, uuid4(), 0,
        {"partners": ["Công an xã", "Hội Nông dân", "Hội Phụ nữ"]},
    )  # fmt: skip
    names = [office.name for office in fresh(task).offices.filter(leads=False)]
    assert names == ["Công an xã", "Đoàn xã", "Hội Phụ nữ"]


def test_a_change_sent_twice_changes_once(world: World) -> None:
    task, key = a_task(world), uuid4()
    for _ in range(2):
        tasks.change(world.people["officer"], task.pk, key, 0, {"product": "Bản vẽ"})
    assert fresh(task).revision == 1
    assert TaskNote.objects.get().changes == {"product": ["", "Bản vẽ"]}


def test_tasks_cannot_wait_for_each_other(world: World) -> None:
    first = a_task(world, text="Một")
    second = a_task(world, text="Hai", after=[first.pk])
    third = a_task(world, text="Ba", after=[second.pk])
    with pytest.raises(BadTask, match="vòng"):
        tasks.change(world.people["officer"], first.pk, uuid4(), 0, {"after": [third.pk]})
    [part] = tasks.break_down(world.people["officer"], second.pk, [Said(text="Nhỏ")], uuid4())
    with pytest.raises(BadTask, match="vòng"):
        tasks.change(world.people["officer"], part.pk, uuid4(), 0, {"after": [third.pk]})
    assert not first.needs.exists()


@pytest.mark.parametrize(
    ("state", "said", "message"),
    [
        ("waiting", {}, "chờ"), ("dropped", {}, "lý do"), ("accepted", {}, "Nghiệm thu"),
        ("done", {}, "sản phẩm"), ("gone", {}, "trạng thái"),
    ],
)  # fmt: skip
def test_a_state_asks_for_what_it_needs(
    world: World, state: str, said: dict[str, str], message: str
) -> None:
    task = a_task(world, product="Bản vẽ")
    with pytest.raises(BadTask, match=message):
        tasks.tell(world.people["officer"], task.pk, uuid4(), state, **said)
    assert fresh(task).state == TaskState.OPEN


def test_waiting_is_said_and_forgotten_again(world: World) -> None:
    task, officer = a_task(world), world.people["officer"]
    tasks.tell(officer, task.pk, uuid4(), "waiting", waiting_for="Sở Tài chính thẩm định")
    assert fresh(task).waiting_for == "Sở Tài chính thẩm định"
    note = tasks.tell(officer, task.pk, uuid4(), "doing", "Đã có ý kiến")
    assert note is not None
    assert note.changes == {"waiting_for": ["Sở Tài chính thẩm định", ""]}
    assert (fresh(task).state, fresh(task).waiting_for) == ("doing", "")


def test_a_task_is_not_done_before_what_it_waits_for(world: World) -> None:
    officer = world.people["officer"]
    first = a_task(world, text="Lập dự án")
    second = a_task(world, text="Khởi công", after=[first.pk])
    with pytest.raises(BadTask, match="Lập dự án"):
        tasks.tell(officer, second.pk, uuid4(), "done")
    tasks.tell(officer, first.pk, uuid4(), "done")
    tasks.tell(officer, second.pk, uuid4(), "done")
    assert fresh(second).done_at is not None


def test_a_state_overtaken_by_another_is_not_overwritten(world: World) -> None:
    task = a_task(world)
    tasks.tell(world.people["leader"], task.pk, uuid4(), "dropped", reason="Tỉnh làm")
    with pytest.raises(Conflict):
        tasks.tell(world.people["officer"], task.pk, uuid4(), "doing", seen=0)
    assert fresh(task).state == TaskState.DROPPED


def test_a_removed_task_goes_with_its_parts_and_comes_back(world: World) -> None:
    officer, task = world.people["officer"], a_task(world)
    tasks.break_down(officer, task.pk, [Said(text="Một"), Said(text="Hai")], uuid4())
    key = uuid4()
    for _ in range(2):
        tasks.remove(officer, task.pk, key)
    assert not selectors.live(officer).exists()
    tasks.restore(officer, task.pk)
    assert selectors.live(officer).count() == 3
    assert fresh(task).notes.count() == 2


def test_only_who_made_it_or_decides_removes_a_task(world: World) -> None:
    task = a_task(world, "leader")
    with pytest.raises(AccessDenied):
        tasks.remove(world.people["officer"], task.pk, uuid4())
    tasks.remove(world.people["coordinator"], task.pk, uuid4())
    assert fresh(task).removed_at is not None


def test_parts_have_what_the_whole_has(world: World) -> None:
    task = a_task(world, villages=[world.places["a1"].pk], criterion="2", criterion_set="ntm")
    saids = [Said(text="Một"), Said(text="Hai", criterion="3")]
    key = uuid4()
    parts = tasks.break_down(world.people["officer"], task.pk, saids, key)
    again = tasks.break_down(world.people["officer"], task.pk, saids, key)
    assert [part.pk for part in parts] == [part.pk for part in again]
    assert [(part.parent, part.position, part.criterion) for part in map(fresh, parts)] == [
        (task, 0, "2"), (task, 1, "3"),
    ]  # fmt: skip
    assert [unit.name for unit in parts[0].villages.all()] == ["Đình Thượng"]
    with pytest.raises(BadTask, match="Một"):
        tasks.tell(world.people["officer"], task.pk, uuid4(), "done")
