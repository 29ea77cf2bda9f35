"""Leave, hand-over and delegation: work changes hands and nothing of it is lost."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.people.access import AccessDenied, Action, can
from dinhlang.people.models import AuditLine, Grant, Office, OfficeHolding
from dinhlang.work.models import HandOver, Notice, StandIn, TaskState
from dinhlang.work.said import BadTask
from dinhlang.work.selectors import covering as looking
from dinhlang.work.selectors import standing_in, tasks
from dinhlang.work.services import covering
from dinhlang.work.services.errors import Conflict
from tests.work.making import a_task
from tests.work.people import CULTURE, LAND, Staff, staff_of
from tests.world import World


@pytest.fixture
def staff(world: World) -> Staff:
    """Commune A with its offices."""
    return staff_of(world)


def today() -> date:
    return timezone.localdate()


def in_days(number: int) -> date:
    return today() + timedelta(days=number)


@pytest.mark.django_db
def test_a_stand_in_has_the_offices_tasks_for_those_days_and_the_holder_keeps_them(
    staff: Staff,
) -> None:
    task = a_task(staff.place, lead=LAND, end=in_days(3))
    covering.add_stand_in(
        staff.holder, staff.land, staff.other, in_days(1), in_days(2), "đi học", uuid4()
    )
    for day, own in ((0, False), (1, True), (2, True), (3, False)):
        mine = tasks.mine(staff.other, in_days(day))
        assert (task in mine) is own
        assert task in tasks.mine(staff.holder, in_days(day))
    assert [
        row.person for row in standing_in.covering(["dia chinh xay dung"], staff.place, in_days(1))
    ] == [staff.other]
    assert Notice.objects.get(user=staff.other).text.startswith(f"Bạn làm thay {LAND}")


@pytest.mark.django_db
def test_who_has_no_right_there_is_given_one_for_just_those_days(
    staff: Staff, world: World
) -> None:
    village = world.places["a1"]
    head_office = Office.objects.create(place=village, title="Trưởng thôn")
    OfficeHolding.objects.create(user=world.people["village_head"], office=head_office)
    stranger = world.add_person("pho_thon", "Phó Thôn Mẫu", None)
    Grant.objects.create(user=stranger, role="village_head", place=world.places["a2"])
    row = covering.add_stand_in(
        world.people["coordinator"], head_office, stranger, today(), in_days(2), "ốm", uuid4()
    )
    assert row.grant is not None
    assert [can(stranger, Action.EDIT, village, in_days(n)) for n in (-1, 0, 2, 3)] == [
        False, True, True, False,
    ]  # fmt: skip
    covering.end_stand_in(world.people["coordinator"], row.pk)
    assert not can(stranger, Action.EDIT, village, today())
    row.refresh_from_db()
    assert row.ended_at is not None


@pytest.mark.django_db
def test_the_holder_cannot_give_away_rights_that_only_the_coordinator_gives(
    staff: Staff, world: World
) -> None:
    with pytest.raises(covering.BadCover, match="cán bộ tổng hợp"):
        covering.add_stand_in(
            staff.holder, staff.land, world.people["village_head"], today(), today(), "ốm", uuid4()
        )
    assert not StandIn.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last", "reason", "said"),
    [(2, 1, "ốm", "Ngày cuối"), (-5, -1, "ốm", "đã qua"), (0, 1, " ", "lý do"),
     (0, 500, "ốm", "400 ngày"), (0, 1, "x" * 201, "200 ký tự")],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(
    staff: Staff, first: int, last: int, reason: str, said: str
) -> None:
    with pytest.raises(covering.BadCover, match=said):
        covering.add_stand_in(
            staff.holder, staff.land, staff.other, in_days(first), in_days(last), reason, uuid4()
        )


@pytest.mark.django_db
def test_others_may_not_give_an_office_away_and_a_double_click_gives_it_once(
    staff: Staff, world: World
) -> None:
    for who in ("officer", "elsewhere", "province", "village_head"):
        with pytest.raises(AccessDenied):
            covering.add_stand_in(
                world.people[who], staff.land, staff.other, today(), today(), "ốm", uuid4()
            )
    key = uuid4()
    for _ in range(2):
        covering.add_stand_in(
            world.people["leader"], staff.land, staff.other, today(), today(), "ốm", key
        )
    assert StandIn.objects.count() == 1
    with pytest.raises(covering.BadCover, match="đã được giao"):
        covering.add_stand_in(
            world.people["leader"], staff.land, staff.other, today(), in_days(3), "ốm", uuid4()
        )


@pytest.mark.django_db
def test_a_hand_over_keeps_everything_and_says_who_held_it_when(staff: Staff, world: World) -> None:
    coordinator = world.people["coordinator"]
    open_one = a_task(staff.place, "Nạo vét mương", lead=LAND, end=in_days(-2))
    helped = a_task(staff.place, "Lắp wifi", lead=CULTURE, partners=["địa chính xây dựng"])
    done = a_task(staff.place, "Xong rồi", lead=LAND, state=TaskState.ACCEPTED)
    assert looking.unfinished(staff.land) == [open_one, helped]
    key = uuid4()
    for _ in range(2):
        row = covering.hand_over(
            coordinator, staff.land, staff.holder, staff.other, today(), "Chìa khóa ở tủ 2",
            {open_one.pk: "Chờ trạm bơm"}, key,
        )  # fmt: skip
    assert HandOver.objects.count() == 1
    assert [task["text"] for task in row.tasks] == ["Nạo vét mương", "Lắp wifi"]
    assert row.tasks[0]["note"] == "Chờ trạm bơm"
    assert open_one in tasks.mine(staff.other, today())
    assert open_one not in tasks.mine(staff.holder, today())
    assert open_one in tasks.mine(staff.holder, in_days(-1))
    assert done in tasks.mine(staff.other, today())
    note = open_one.notes.get()
    assert note.text == (f"Bàn giao {LAND}: Địa Chính Mẫu bàn giao cho Văn Hóa Mẫu.\nChờ trạm bơm")
    held = [(each.user, each.start, each.end) for each in looking.held_over_time(staff.land)]
    assert held == [
        (staff.other, today(), None), (staff.holder, date(2020, 1, 1), in_days(-1)),
    ]  # fmt: skip
    assert AuditLine.objects.filter(verb="bàn giao chức vụ").count() == 1
    open_one.refresh_from_db()
    assert (open_one.state, open_one.end) == ("open", in_days(-2))


@pytest.mark.django_db
def test_a_hand_over_to_come_changes_nothing_until_its_day(staff: Staff, world: World) -> None:
    task = a_task(staff.place, lead=LAND)
    covering.hand_over(
        world.people["coordinator"], staff.land, staff.holder, staff.other, in_days(10), "", {},
        uuid4(),
    )  # fmt: skip
    assert task in tasks.mine(staff.holder, in_days(9))
    assert task not in tasks.mine(staff.other, in_days(9))
    assert task in tasks.mine(staff.other, in_days(10))
    assert task not in tasks.mine(staff.holder, in_days(10))


@pytest.mark.django_db
def test_a_hand_over_that_cannot_be_leaves_everything(staff: Staff, world: World) -> None:
    coordinator = world.people["coordinator"]
    a_task(staff.place, lead=LAND)

    def pass_on(giver: object, taker: object, after: int = 0) -> None:
        covering.hand_over(
            coordinator,
            staff.land,
            giver,
            taker,
            in_days(after),
            "",
            {},
            uuid4(),  # type: ignore[arg-type]
        )

    for giver, taker in (
        (staff.holder, staff.holder), (None, staff.holder), (staff.other, world.people["officer"]),
        (staff.holder, world.people["resident"]), (staff.holder, world.people["elsewhere"]),
    ):  # fmt: skip
        with pytest.raises(covering.BadCover):
            pass_on(giver, taker)
    with pytest.raises(covering.BadCover, match="một năm"):
        pass_on(staff.holder, staff.other, 800)
    with pytest.raises(AccessDenied):
        covering.hand_over(
            world.people["leader"], staff.land, staff.holder, staff.other, today(), "", {}, uuid4()
        )
    assert not HandOver.objects.exists()
    assert OfficeHolding.objects.get(office=staff.land).end is None


@pytest.mark.django_db
def test_a_task_passed_on_keeps_all_and_tells_its_history(staff: Staff) -> None:
    task = a_task(
        staff.place, "Lắp wifi", lead=[LAND], partners=[CULTURE, "Đoàn Thanh niên"],
        end=in_days(4), state=TaskState.DOING,
    )  # fmt: skip
    key = uuid4()
    for _ in range(2):
        covering.delegate(staff.holder, task.pk, key, 0, f" {CULTURE} ", "đúng chuyên môn")
    task.refresh_from_db()
    offices = [(office.name, office.leads) for office in task.offices.all()]
    assert offices == [(CULTURE, True), ("Đoàn Thanh niên", False), (LAND, False)]
    assert (task.state, task.end) == ("doing", in_days(4))
    note = task.notes.get()
    assert note.text == "đúng chuyên môn"
    assert note.changes["lead"] == [[LAND], [CULTURE]]


@pytest.mark.django_db
def test_a_task_is_not_passed_on_over_somebody_else_nor_without_a_reason(
    staff: Staff, world: World
) -> None:
    task = a_task(staff.place, "Lắp wifi", lead=LAND)
    covering.delegate(staff.holder, task.pk, uuid4(), 0, CULTURE, "nhầm", keep=False)
    with pytest.raises(Conflict):
        covering.delegate(world.people["leader"], task.pk, uuid4(), 0, "Công an xã", "x")
    for to, reason in (("", "x"), ("Công an xã", ""), (CULTURE, "x")):
        with pytest.raises(BadTask):
            covering.delegate(staff.other, task.pk, uuid4(), 1, to, reason)
    for who in ("elsewhere", "province", "village_head"):
        with pytest.raises(AccessDenied):
            covering.delegate(world.people[who], task.pk, uuid4(), 1, LAND, "x")
    done = a_task(staff.place, "Xong", lead=LAND, state=TaskState.ACCEPTED)
    with pytest.raises(BadTask, match="chưa xong"):
        covering.delegate(staff.holder, done.pk, uuid4(), 0, CULTURE, "x")
