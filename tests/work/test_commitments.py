"""Commitments: once, merged, with a reason where broken, reminded of early."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.people.access import AccessDenied
from dinhlang.work.models import Commitment, CommitmentNote, CommitmentState, Notice
from dinhlang.work.selectors import commitments as looking
from dinhlang.work.services import commitments, reminders
from dinhlang.work.services.commitments import BadCommitment, Promise, Proposal
from dinhlang.work.services.errors import Conflict
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


def made(world: World, **more: object) -> Commitment:
    promise = Promise(**({"text": "Hoàn thành tiêu chí 17", "to_whom": "tỉnh"} | more))  # type: ignore[arg-type]
    return commitments.add(world.people["leader"], world.places["a"], promise, uuid4())


def test_what_each_changed_is_kept_and_only_the_same_field_clashes(world: World) -> None:
    row = made(world)
    leader, officer = world.people["leader"], world.people["officer"]
    commitments.change(leader, row.pk, uuid4(), 0, {"due": DAY, "paper": "12/CK"})
    kept = commitments.change(
        officer, row.pk, uuid4(), 0, {"to_whom": "UBND tỉnh", "text": row.text, "due": None}
    )
    kept.refresh_from_db()
    assert (kept.due, kept.paper, kept.to_whom) == (DAY, "12/CK", "UBND tỉnh")
    with pytest.raises(Conflict) as clash:
        commitments.change(officer, row.pk, uuid4(), 0, {"paper": "13/CK", "text": "Khác"})
    [each] = clash.value.clashes
    assert (each.field, each.theirs, each.mine) == ("paper", "12/CK", "13/CK")
    row.refresh_from_db()
    assert row.text == "Hoàn thành tiêu chí 17", "nothing of it was written"


def test_a_form_sent_twice_changes_once(world: World) -> None:
    row, key = made(world), uuid4()
    for _ in range(2):
        commitments.tell(world.people["leader"], row.pk, key, "kept", "đã công nhận")
    assert CommitmentNote.objects.count() == 1
    row.refresh_from_db()
    assert (row.state, row.revision) == (CommitmentState.KEPT, 1)


def test_only_those_who_decide_say_how_it_ended_and_why(world: World) -> None:
    row = made(world)
    with pytest.raises(AccessDenied):
        commitments.tell(world.people["officer"], row.pk, uuid4(), "kept")
    with pytest.raises(BadCommitment, match="lý do"):
        commitments.tell(world.people["leader"], row.pk, uuid4(), "broken")
    commitments.tell(world.people["leader"], row.pk, uuid4(), "broken", "thiếu vốn")
    with pytest.raises(AccessDenied):
        commitments.tell(world.people["officer"], row.pk, uuid4(), "open")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("broken", "thiếu vốn")
    for who in ("elsewhere", "province", "village_head"):
        with pytest.raises(AccessDenied):
            commitments.tell(world.people[who], row.pk, uuid4(), "open", "x")


def test_tasks_and_papers_of_another_place_are_refused(world: World) -> None:
    row = made(world)
    other = a_task(world.places["b"])
    with pytest.raises(BadCommitment, match="không thuộc"):
        commitments.change(world.people["admin"], row.pk, uuid4(), 0, {"tasks": [other.pk]})
    with pytest.raises(BadCommitment):
        commitments.change(world.people["leader"], row.pk, uuid4(), 0, {"evidence": [99]})
    assert not row.tasks.exists()


def test_proposals_follow_the_paper_until_somebody_touches_them(world: World) -> None:
    place, officer = world.places["a"], world.people["officer"]

    def paper(*texts: str) -> int:
        found = [
            Proposal(promise=Promise(text=text), origin_ref=f"plan:7:{n}", origin_text="KH")
            for n, text in enumerate(texts)
        ]
        return commitments.propose(officer, place, "plan:7:", found)

    assert paper("Một", "Hai", "Ba") == 3
    assert paper("Một", "Hai", "Ba") == 0
    one, two, three = Commitment.objects.order_by("pk")
    commitments.confirm(officer, one.pk, uuid4())
    commitments.change(officer, two.pk, uuid4(), 0, {"due": DAY})
    paper("Một sửa", "Hai sửa", "Ba sửa")
    for row in (one, two, three):
        row.refresh_from_db()
    assert [one.text, two.text, three.text] == ["Một", "Hai", "Ba sửa"]
    paper()
    three.refresh_from_db()
    one.refresh_from_db()
    assert three.removed_at is not None
    assert one.removed_at is None
    paper("Một", "Hai", "Ba")
    three.refresh_from_db()
    assert three.removed_at is None


def test_leaders_hear_of_it_early_and_until_it_is_kept(world: World) -> None:
    row = made(world, due=DAY + timedelta(days=30))
    made(world, text="Chưa có hạn")
    now = timezone.now()
    reminders.plan_place(world.places["a"], DAY, now)
    leader, coordinator = world.people["leader"], world.people["coordinator"]
    people = {notice.user for notice in Notice.objects.filter(commitment=row)}
    assert people == {leader, coordinator}
    assert "Cam kết: Hoàn thành tiêu chí 17 – Còn 30 ngày" in Notice.objects.earliest("pk").text
    reminders.plan_place(world.places["a"], DAY + timedelta(days=31), now)
    assert Notice.objects.filter(user=leader, kind="late").count() == 1
    commitments.tell(leader, row.pk, uuid4(), "kept")
    reminders.plan_place(world.places["a"], DAY + timedelta(days=50), now)
    assert Notice.objects.filter(user=leader, kind="late").count() == 1


def test_the_leaders_page_gets_what_presses(world: World) -> None:
    late = made(world, text="Trễ", due=DAY - timedelta(days=1))
    far = made(world, text="Xa", due=DAY + timedelta(days=300))
    undated = made(world, text="Chưa có hạn")
    kept = made(world, text="Đã giữ", due=DAY)
    commitments.tell(world.people["leader"], kept.pk, uuid4(), "kept")
    found = [line.row for line in looking.pressing(world.people["leader"], world.places["a"], DAY)]
    assert found == [late, undated]
    assert far not in found
    assert not looking.pressing(world.people["elsewhere"], world.places["a"], DAY)
