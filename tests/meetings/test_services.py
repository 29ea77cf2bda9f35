"""A meeting is planned, held, decided on and closed; each once, nothing typed is lost."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from dinhlang.meetings import rendering, selectors, services
from dinhlang.meetings.models import Meeting
from dinhlang.meetings.services import BadMeeting, Closed, Overtaken, Point, Said
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine, Office
from dinhlang.work import origins
from dinhlang.work.models import Origin, Task, TaskState
from tests.meetings.making import AT, a_meeting, decided, held, point
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_plans_one_meeting(world: World) -> None:
    key, said = uuid4(), Said(title="Họp tháng 12", at=AT)
    officer, place = world.people["officer"], world.places["a"]
    rows = [services.plan(officer, place, key, said, [Point(text="Một")]) for _ in range(2)]
    assert rows[0] == rows[1]
    assert rows[0].items.count() == 1
    assert AuditLine.objects.filter(verb="lập cuộc họp").count() == 1


@pytest.mark.parametrize("who", ["village_head", "province", "elsewhere", "resident", "nobody"])
def test_who_may_not_edit_the_place_changes_nothing(world: World, who: str) -> None:
    row, user = held(world), world.people[who]
    made = decided(world, row)
    for verb in (
        lambda: services.plan(user, world.places["a"], uuid4(), Said(title="x", at=AT)),
        lambda: services.write(user, point(row).pk, "", "x"),
        lambda: services.decide(user, row.pk, uuid4(), "x"),
        lambda: services.make_task(user, made.pk),
        lambda: services.close(user, row.pk),
        lambda: services.set_aside(user, row.pk),
        lambda: services.paper(user, row, "bien-ban"),
    ):
        with pytest.raises(AccessDenied):
            verb()
    assert not Task.objects.exists()


def test_an_officer_writes_minutes_but_does_not_close_them(world: World) -> None:
    with pytest.raises(AccessDenied):
        services.close(world.people["officer"], held(world).pk)


def test_points_are_ordered_removed_and_brought_back(world: World) -> None:
    row, officer = a_meeting(world, "Một", "Hai", "Ba"), world.people["officer"]
    first, _, third = rendering.items_of(row)
    services.order(officer, row.pk, [third.pk, first.pk, 10**6])
    assert [each.text for each in rendering.items_of(row)] == ["Ba", "Một", "Hai"]
    services.remove_point(officer, first.pk)
    assert [each.text for each in rendering.items_of(row)] == ["Ba", "Hai"]
    services.restore_point(officer, first.pk)
    assert len(rendering.items_of(row)) == 3


def test_what_two_people_type_on_one_point_is_put_together(world: World) -> None:
    item = point(held(world))
    officer, leader = world.people["officer"], world.people["leader"]
    assert services.write(officer, item.pk, "", "Thôn Bến xong 1,2 km").merged is False
    both = services.write(leader, item.pk, "", "Chủ tịch: xong trước Tết")
    assert both.merged
    assert both.said.split("\n") == ["Thôn Bến xong 1,2 km", "Chủ tịch: xong trước Tết"]
    again = services.write(leader, item.pk, both.said, both.said)
    assert (again.said, again.merged) == (both.said, False)
    assert AuditLine.objects.filter(verb="ghi biên bản").count() == 2


def test_a_point_that_another_reworded_is_not_written_over(world: World) -> None:
    item = point(a_meeting(world))
    services.change_point(world.people["leader"], item.pk, 0, {"text": "Tên mới", "presenter": ""})
    with pytest.raises(Overtaken) as told:
        services.change_point(
            world.people["officer"], item.pk, 0, {"text": "Tên khác", "presenter": ""}
        )
    assert told.value.theirs == {"text": "Tên mới"}
    item.refresh_from_db()
    assert item.text == "Tên mới"


def test_a_decision_becomes_one_task_with_its_origin(world: World) -> None:
    place, officer = world.places["a"], world.people["officer"]
    Office.objects.create(place=place, title="Công chức Tài chính - Kế toán")
    about = a_task(place, "Đường thôn", criterion="2", criterion_set="thu/bo")
    row = held(world)
    item = services.add_point(officer, row.pk, uuid4(), Point(text="Đường", task=about.pk))
    line = "Công chức Tài chính - Kế toán gửi đối chiếu vốn trước ngày 28/12/2026"
    key = uuid4()
    rows = [services.decide(officer, row.pk, key, line, item.pk) for _ in range(2)]
    assert rows[0] == rows[1]
    tasks = [services.make_task(officer, rows[0].pk) for _ in range(2)]
    assert tasks[0] == tasks[1]
    task = tasks[0]
    assert (task.text, task.end, task.origin) == (
        "Gửi đối chiếu vốn", date(2026, 12, 28), Origin.MEETING,
    )  # fmt: skip
    assert [(o.name, o.leads) for o in task.offices.all()] == [
        ("Công chức Tài chính - Kế toán", True)
    ]
    assert (task.criterion, task.criterion_set) == ("2", "thu/bo")
    assert origins.address(task.origin_ref) == f"/hop/cuoc/{row.pk}#kl-{rows[0].pk}"
    with pytest.raises(BadMeeting):
        services.change_decision(officer, rows[0].pk, 0, {"text": "khác"})


def test_closing_sends_every_decision_out_and_the_minutes_stay(world: World) -> None:
    row, leader = held(world), world.people["leader"]
    item, kept = point(row), decided(world, row)
    dropped = decided(world, row, "Làm việc này")
    services.remove_decision(leader, dropped.pk)
    for _ in range(2):
        services.close(leader, row.pk)
    assert Task.objects.count() == 1
    kept.refresh_from_db()
    assert kept.task is not None
    for verb in (
        lambda: services.write(leader, item.pk, "", "x"),
        lambda: services.decide(leader, row.pk, uuid4(), "x"),
        lambda: services.change(leader, row.pk, 0, {"title": "x"}),
        lambda: services.set_aside(leader, row.pk),
    ):
        with pytest.raises(Closed):
            verb()


def test_the_next_agenda_begins_with_what_the_last_one_left(world: World) -> None:
    leader, place, on = world.people["leader"], world.places["a"], date(2027, 1, 10)
    row = held(world)
    done = decided(world, row, "Làm đường")
    left = decided(world, row, "Dọn đường trước 31/12/2026")
    services.close(leader, row.pk)
    for decision in (done, left):
        decision.refresh_from_db()
    Task.objects.filter(pk=done.task_id).update(state=TaskState.ACCEPTED)
    groups = dict(selectors.suggested(leader, place, on))
    assert [(p.text, p.why) for p in groups["Kết luận lần trước chưa xong"]] == [
        ("Kết luận lần trước: Dọn đường", "quá hạn")
    ]
    # What was told once is not told again as merely late.
    assert "Việc chậm" not in groups


def test_what_is_late_and_what_waits_is_proposed(world: World) -> None:
    place, on = world.places["a"], date(2026, 11, 22)
    a_task(place, "Đường thôn", end=date(2026, 11, 1), lead="Địa chính")
    a_task(place, "Wifi", state=TaskState.WAITING, waiting_for="Sở trả lời", end=date(2027, 3, 1))
    groups = dict(selectors.suggested(world.people["officer"], place, on))
    (late,) = groups["Việc chậm"]
    assert (late.text, late.why, late.presenter) == (
        "Việc chậm: Đường thôn", "chậm 21 ngày", "Địa chính",
    )  # fmt: skip
    (waits,) = groups["Chờ quyết định, chờ nơi khác"]
    assert "Sở trả lời" in waits.why


def test_the_minutes_and_the_notice_say_what_the_meeting_said(world: World) -> None:
    officer = world.people["officer"]
    row = held(world, "Đường thôn", where="Hội trường", attendees="Kế toán\nTrưởng thôn")
    services.write(officer, point(row).pk, "", "Xong 1,2 km\nCòn thiếu vốn")
    decided(world, row, "Kế toán gửi đối chiếu vốn trước 28/12/2026")
    paper = services.paper(officer, row, "bien-ban")
    assert paper == services.paper(officer, row, "bien-ban")
    assert paper.texts["opened"] == "08 giờ 00 ngày 20/11/2026"
    assert paper.texts["present"] == "Kế toán\nTrưởng thôn"
    assert paper.texts["discussed"] == "Đường thôn. Xong 1,2 km. Còn thiếu vốn."
    assert paper.texts["resolutions"] == [
        {"text": "Gửi đối chiếu vốn", "lead": "Kế toán", "due": "28/12/2026"}
    ]
    notice = services.paper(officer, row, "thong-bao")
    assert notice.texts["opening"].startswith("Tại họp Ban Chỉ đạo ngày 20/11/2026")


def test_a_removed_meeting_comes_back_whole(world: World) -> None:
    row, officer = a_meeting(world, "Một", "Hai"), world.people["officer"]
    services.set_aside(officer, row.pk)
    found = selectors.meetings(officer, world.places["a"])
    assert not found.coming and found.removed == [row]
    services.take_back(officer, row.pk)
    assert len(rendering.items_of(Meeting.objects.get(pk=row.pk))) == 2


def test_the_invitation_says_when_where_and_what(world: World) -> None:
    row = a_meeting(world, "Một", "Hai", where="Hội trường", chair="Chủ tịch UBND xã")
    text = rendering.invitation(row)
    assert "08 giờ 00, ngày 20/11/2026" in text and "1. Một\n2. Hai" in text
