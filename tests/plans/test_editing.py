"""Corrections: each saved at once, exactly once, by those who may."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from dinhlang.plans.editing import draft
from dinhlang.plans.models import Plan, PlanVersion, Review, ReviewEdit
from dinhlang.plans.services import editing, uploads
from dinhlang.plans.services.editing import Closed, Conflict
from tests.plans.living import a_review, accepted, an_edit, number_of, paper_file
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(world: World) -> Review:
    """An upload of the officer of commune A, read as the small plan."""
    return a_review(world.people["officer"], world.places["a"])


def text_of(review: Review, number: int) -> str:
    """The text of an item as it is saved."""
    _, item = draft.find(Review.objects.get(pk=review.pk).document, number)
    return str(item["text"])


def test_an_edit_is_saved_with_its_revision_and_its_audit_line(
    world: World, review: Review
) -> None:
    task = number_of(review, "tasks")
    saved = editing.change_item(an_edit(world.people["officer"], review), task, {"text": "Mới"})
    assert (saved.revision, saved.item, saved.repeated) == (1, task, False)
    assert text_of(review, task) == "Mới"
    line = AuditLine.objects.latest("number")
    assert (line.verb, line.user, line.place) == (
        "sửa mục của kế hoạch", world.people["officer"], world.places["a"],
    )  # fmt: skip


def test_the_same_edit_sent_again_is_answered_and_not_done_again(
    world: World, review: Review
) -> None:
    one = an_edit(world.people["officer"], review)
    first = editing.add_item(one, "movements", {"name": "Phong trào", "lines": "1"})
    again = editing.add_item(one, "movements", {"name": "Phong trào", "lines": "1"})
    assert (again.revision, again.item, again.repeated) == (first.revision, first.item, True)
    assert ReviewEdit.objects.count() == 1
    assert len(Review.objects.get().document["movements"]) == 2


def test_what_cannot_be_taken_leaves_everything_as_it_was(world: World, review: Review) -> None:
    before = Review.objects.values().get()
    with pytest.raises(draft.Refused):
        editing.change_item(
            an_edit(world.people["officer"], review), number_of(review, "tasks"), {"text": ""}
        )
    assert Review.objects.values().get() == before
    assert not ReviewEdit.objects.exists()


def test_an_item_somebody_else_changed_since_is_refused_and_another_item_is_not(
    world: World, review: Review
) -> None:
    officer, leader = world.people["officer"], world.people["leader"]
    first, second = number_of(review, "tasks"), number_of(review, "tasks", 1)
    editing.change_item(an_edit(officer, review, seen=0), first, {"text": "Của công chức"})
    with pytest.raises(Conflict, match="Công Chức Mẫu vừa sửa mục này"):
        editing.change_item(an_edit(leader, review, seen=0), first, {"text": "Của lãnh đạo"})
    editing.change_item(an_edit(leader, review, seen=0), second, {"text": "Mục khác"})
    editing.change_item(an_edit(officer, review, seen=0), first, {"text": "Tự sửa lại"})
    editing.change_item(an_edit(leader, review, seen=3), first, {"text": "Đã xem rồi"})
    assert text_of(review, first) == "Đã xem rồi"


def test_a_dropped_item_comes_back_as_it_was(world: World, review: Review) -> None:
    officer = world.people["officer"]
    task = number_of(review, "tasks")
    before = review.document["tasks"]
    editing.drop_item(an_edit(officer, review), task)
    with pytest.raises(draft.NoSuchItem):
        editing.change_item(an_edit(officer, review), task, {"text": "x"})
    editing.restore_item(an_edit(officer, review), task)
    assert Review.objects.get().document["tasks"] == before


def test_a_finding_set_aside_does_not_count_and_can_count_again(
    world: World, review: Review
) -> None:
    officer = world.people["officer"]
    # From the first edit on the findings are those of the program itself.
    editing.change_item(an_edit(officer, review), draft.STATED_ID, {"needs": "9 tỷ"})
    now = Review.objects.get()
    worst = next(f for f in draft.plan_of(now.document).findings if f.severity == "error")
    number = draft.finding_number(worst)
    editing.silence(an_edit(officer, review), number, " đã hỏi ")
    after = Review.objects.get()
    assert (after.errors, after.warnings) == (now.errors - 1, now.warnings)
    assert after.silenced == {str(number): "đã hỏi"}
    editing.unsilence(an_edit(officer, review), number)
    assert Review.objects.get().errors == now.errors
    with pytest.raises(draft.NoSuchItem):
        editing.silence(an_edit(officer, review), 5, "đã hỏi")
    with pytest.raises(editing.NoReason):
        editing.silence(an_edit(officer, review), number, "  ")
    assert Review.objects.get().silenced == {}


@pytest.mark.parametrize("who", ["village_head", "province", "resident", "elsewhere", "nobody"])
def test_those_who_may_not_edit_here_change_nothing(world: World, review: Review, who: str) -> None:
    with pytest.raises(AccessDenied):
        editing.drop_item(an_edit(world.people[who], review), number_of(review, "tasks"))
    with pytest.raises(AccessDenied):
        uploads.upload(world.people[who], world.places["a"], uuid4(), [paper_file()])
    with pytest.raises(AccessDenied):
        uploads.set_aside(world.people[who], review)
    assert not ReviewEdit.objects.exists()
    assert Review.objects.count() == 1


def test_what_was_accepted_or_set_aside_cannot_be_edited(world: World, review: Review) -> None:
    officer = world.people["officer"]
    task = number_of(review, "tasks")
    uploads.set_aside(officer, review)
    with pytest.raises(Closed):
        editing.drop_item(an_edit(officer, review), task)
    uploads.take_back(officer, review)
    editing.drop_item(an_edit(officer, review), task)
    review.refresh_from_db()
    accepted(world.people["leader"], review)
    with pytest.raises(Closed):
        editing.restore_item(an_edit(officer, review), task)


def test_a_double_click_uploads_once(world: World) -> None:
    submission, officer = uuid4(), world.people["officer"]
    first = uploads.upload(officer, world.places["a"], submission, [paper_file()])
    again = uploads.upload(officer, world.places["a"], submission, [paper_file()])
    assert first == again
    assert Review.objects.count() == 1


KILLED = """
import os, sys
import django
django.setup()
from uuid import UUID
from dinhlang.people import audit
from dinhlang.people.models import User
from dinhlang.plans.services import editing, plans
from dinhlang.plans.services.editing import Edit

def stuck(*given, **more):
    print("everything is written, nothing is committed", flush=True)
    sys.stdin.read()

audit.record = stuck
what, user, review, key, number = sys.argv[1:]
person = User.objects.get(pk=user)
if what == "save":
    edit = Edit(person, UUID(review), UUID(key), 0)
    editing.change_item(edit, int(number), {"text": "Dở dang"})
else:
    plans.accept(person, UUID(review), 0)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["save", "accept"])
def test_a_server_killed_in_the_middle_leaves_nothing_half_done_and_the_next_try_does_it_once(
    world: World, worker_environment: dict[str, str], tmp_path: Path, what: str
) -> None:
    leader = world.people["leader"]
    review = a_review(leader, world.places["a"])
    task, key = number_of(review, "tasks"), uuid4()
    before = Review.objects.values().get()
    arguments = [what, str(leader.pk), str(review.pk), str(key), str(task)]
    server = subprocess.Popen(
        [sys.executable, "-c", KILLED, *arguments],
        env=worker_environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    assert "nothing is committed" in server.stdout.readline()
    server.kill()
    server.communicate()
    assert Review.objects.values().get() == before
    assert not ReviewEdit.objects.exists()
    assert not Plan.objects.exists()
    if what == "save":
        for _ in range(2):
            edit = an_edit(leader, review, key, seen=0)
            editing.change_item(edit, task, {"text": "Trọn vẹn"})
        assert ReviewEdit.objects.count() == 1
        assert text_of(review, task) == "Trọn vẹn"
    else:
        assert accepted(leader, review) == accepted(leader, review)
        assert PlanVersion.objects.count() == Plan.objects.count() == 1
