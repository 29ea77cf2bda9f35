"""Accepting, versions, tasks that outlive a version, search, and the stored papers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from dinhlang.papers.plan import Deadline, Plan, Task
from dinhlang.people.access import AccessDenied, Action
from dinhlang.people.models import AuditLine
from dinhlang.plans import files, running
from dinhlang.plans.models import Outcome, PlanItem, Review, State
from dinhlang.plans.models import Plan as Kept
from dinhlang.plans.selectors import plans as selectors
from dinhlang.plans.services import editing, uploads
from dinhlang.plans.services import plans as accepting
from dinhlang.plans.services.editing import Closed, Conflict
from dinhlang.work.models import Task as WorkTask
from dinhlang.work.services import tasks
from tests.plans.living import a_plan, a_review, accepted, an_edit, number_of, paper_file, task_of
from tests.plans.papers import small_plan
from tests.world import World

pytestmark = pytest.mark.django_db


def test_an_accepted_review_is_a_plan_with_its_first_version(world: World) -> None:
    review = a_review(world.people["officer"], world.places["a"])
    version = accepted(world.people["coordinator"], review)
    plan = version.plan
    assert (plan.year, plan.last_year, plan.title) == (
        2030,
        2030,
        "Xây dựng nông thôn mới năm 2030",
    )
    assert (version.number, plan.current, version.sha256) == (1, version, review.sha256)
    review.refresh_from_db()
    assert (review.outcome, review.version, review.plan) == (Outcome.ACCEPTED, version, plan)
    assert AuditLine.objects.latest("number").verb == "nhận kế hoạch"


def test_an_officer_prepares_and_only_a_leader_accepts(world: World) -> None:
    review = a_review(world.people["officer"], world.places["a"])
    with pytest.raises(AccessDenied):
        accepted(world.people["officer"], review)
    assert accepted(world.people["leader"], review)


def test_accepting_twice_gives_one_version(world: World) -> None:
    review = a_review(world.people["leader"], world.places["a"])
    assert accepted(world.people["leader"], review) == accepted(world.people["leader"], review)
    assert Kept.objects.count() == 1


def test_a_review_edited_since_it_was_seen_is_not_accepted_unseen(world: World) -> None:
    leader = world.people["leader"]
    review = a_review(leader, world.places["a"])
    officer = an_edit(world.people["officer"], review)
    editing.drop_item(officer, number_of(review, "tasks"))
    with pytest.raises(Conflict):
        accepting.accept(leader, review.pk, 0)
    assert accepting.accept(leader, review.pk, 1)


def test_what_is_not_read_or_was_set_aside_cannot_be_accepted(world: World) -> None:
    leader = world.people["leader"]
    [waiting] = uploads.upload(leader, world.places["a"], uuid4(), [paper_file()])
    with pytest.raises(Closed):
        accepted(leader, waiting)
    review = a_review(leader, world.places["a"])
    uploads.set_aside(leader, review)
    with pytest.raises(Closed):
        accepted(leader, review)


def test_a_review_does_not_become_a_version_of_another_places_plan(world: World) -> None:
    theirs = a_plan(world.people["elsewhere"], world.places["b"])
    review = a_review(world.people["admin"], world.places["a"])
    with pytest.raises(AccessDenied):
        accepted(world.people["admin"], review, theirs)
    with pytest.raises(AccessDenied):
        uploads.upload(world.people["admin"], world.places["a"], uuid4(), [paper_file()], theirs)


def revised() -> Plan:
    """The small plan with its first task reworded, its second gone, and a new one before them."""
    plan = small_plan()
    plan.tasks[0].text = "hoàn thành đường trục chính"
    plan.tasks[1:] = []
    plan.tasks.insert(
        0,
        Task(
            text="dọn vệ sinh thôn Đình Thượng",
            lead=["Hội Liên hiệp Phụ nữ"],
            deadline=Deadline(end="2030-03-08", text="8/3"),
            places=["thôn Đình Thượng"],
            lines=(22, 22),
        ),
    )
    return plan


def test_tasks_keep_their_state_and_notes_through_a_new_version(world: World) -> None:
    leader = world.people["leader"]
    plan = a_plan(leader, world.places["a"])
    road, loose = task_of(plan, 0), task_of(plan, 1)
    for task in (road, loose):
        tasks.tell(leader, task.pk, uuid4(), "doing", "đang làm")
    accepted(leader, a_review(leader, world.places["a"], revised(), plan), plan)
    after = {
        task.text: task for task in WorkTask.objects.filter(of_plan__plan=plan, withdrawn_at=None)
    }
    assert set(after) == {
        "Hoàn thành đường trục chính", "Dọn vệ sinh thôn Đình Thượng",
        "Trồng 1.200 m hàng rào xanh tại thôn Đông",
    }  # fmt: skip
    kept = after["Hoàn thành đường trục chính"]
    assert (kept.pk, kept.state, kept.notes.count()) == (road.pk, "doing", 2)
    assert kept.notes.first().changes == {
        "text": ["Hoàn thành đường trục", "Hoàn thành đường trục chính"]
    }
    loose.refresh_from_db()
    assert loose.withdrawn_at is not None
    assert loose.notes.count() == 1
    new = after["Dọn vệ sinh thôn Đình Thượng"]
    assert new.of_plan.number not in (road.of_plan.number, loose.of_plan.number)
    assert [unit.name for unit in new.villages.all()] == ["Đình Thượng"]


def test_a_village_head_sees_the_task_that_names_the_village_and_not_the_plan(
    world: World,
) -> None:
    head = world.people["village_head"]
    a_plan(world.people["leader"], world.places["a"], revised())
    seen = WorkTask.objects.restrict(head)
    assert [task.text for task in seen] == ["Dọn vệ sinh thôn Đình Thượng"]
    assert not Kept.objects.restrict(head).exists()
    assert not PlanItem.objects.restrict(head).exists()
    assert tasks.tell(head, seen.get().pk, uuid4(), "done")
    road = WorkTask.objects.get(text__startswith="Hoàn thành")
    with pytest.raises(AccessDenied):
        tasks.tell(head, road.pk, uuid4(), "done")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("officer", {"a"}), ("leader", {"a"}), ("province", {"a", "b"}), ("elsewhere", {"b"}),
     ("admin", {"a", "b", "c"}), ("resident", set()), ("nobody", set()), ("village_head", set())],
)  # fmt: skip
def test_each_sees_the_plans_of_their_places_by_name(
    world: World, who: str, sees: set[str]
) -> None:
    for key in "abc":
        plan = small_plan()
        plan.document.title = f"Kế hoạch của {world.places[key].name}"
        a_plan(world.people["admin"], world.places[key], plan)
    names = {f"Kế hoạch của {world.places[key].name}" for key in sees}
    user = world.people[who]
    assert {plan.title for plan in Kept.objects.restrict(user)} == names
    assert {plan.title for plan in selectors.search(user, "ke hoach cua lang").plans} == names
    items = selectors.search(user, "duong truc").items
    assert {item.plan.title for item in items} == names


def test_search_folds_marks_and_wants_every_word(world: World) -> None:
    leader = world.people["leader"]
    plan = a_plan(leader, world.places["a"])
    assert [i.kind for i in selectors.search(leader, "HANG RAO xanh").items] == ["quantities"]
    assert selectors.search(leader, "hàng rào sắt").items == []
    assert selectors.search(leader, "x").items == []
    assert selectors.search(leader, "05/kh-ubnd").plans == [plan]
    assert selectors.search(leader, "100%_").items == []


def test_a_note_sent_twice_is_written_once_and_nothing_new_writes_nothing(world: World) -> None:
    officer = world.people["officer"]
    task = task_of(a_plan(world.people["leader"], world.places["a"]))
    key = uuid4()
    assert tasks.tell(officer, task.pk, key, "doing") == tasks.tell(officer, task.pk, key, "doing")
    assert tasks.tell(officer, task.pk, uuid4(), "doing") is None
    with pytest.raises(tasks.BadTask):
        tasks.tell(officer, task.pk, uuid4(), "khong-co")
    with pytest.raises(tasks.BadTask):
        tasks.tell(officer, task.pk, uuid4(), "done", "x" * 5000)
    assert task.notes.count() == 1


def test_papers_are_stored_once_by_content_and_come_back_byte_for_byte(world: World) -> None:
    officer = world.people["officer"]
    for name in ("một.txt", "hai.txt"):
        uploads.upload(officer, world.places["a"], uuid4(), [paper_file(name, "KẾ HOẠCH")])
    [sha256] = set(Review.objects.values_list("sha256", flat=True))
    assert sha256 == hashlib.sha256("KẾ HOẠCH".encode()).hexdigest()
    assert default_storage.listdir(f"{files.originals.folder}/{sha256[:2]}") == ([], [sha256])
    with files.originals.open_stored(sha256) as stored:
        assert stored.read() == "KẾ HOẠCH".encode()
    with pytest.raises(ValueError):
        files.originals.name_of("../../etc/passwd")


def test_a_failed_upload_keeps_its_file_and_can_be_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = world.people["officer"]
    [review] = uploads.upload(officer, world.places["a"], uuid4(), [paper_file()])

    def broken(*_: object) -> Any:
        raise ZeroDivisionError

    before: Callable[..., Any] = running.extract
    monkeypatch.setattr(running, "extract", broken)
    uploads.run(review.pk)
    review.refresh_from_db()
    assert (review.state, review.error_code, review.data) == (State.FAILED, "internal", "")
    monkeypatch.setattr(running, "extract", before)
    uploads.read_again(officer, review)
    uploads.run(review.pk)
    review.refresh_from_db()
    assert review.state == State.DONE


def test_nobody_edits_through_view_rights(world: World) -> None:
    plan = a_plan(world.people["leader"], world.places["a"])
    province = world.people["province"]
    assert Kept.objects.restrict(province).get() == plan
    assert not WorkTask.objects.restrict(province, Action.EDIT).exists()
