"""Notices, digests, the outbox: each thing told to each person once, and only what is true."""

from __future__ import annotations

import threading
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine, User
from dinhlang.work import regular
from dinhlang.work.models import (
    Delivery,
    DeliveryState,
    Notice,
    ReminderRule,
    ReminderSettings,
    TaskState,
)
from dinhlang.work.reminding import BadRule, Rule
from dinhlang.work.selectors import reminders as looking
from dinhlang.work.services import delivering, digests, notices, reminders, turns
from dinhlang.work.services.covering import add_stand_in
from tests.work.making import a_task
from tests.work.people import CULTURE, LAND, Staff, staff_of
from tests.world import World

DAY = date(2026, 3, 10)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """A moment in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@pytest.fixture
def staff(world: World) -> Staff:
    """Commune A with its offices."""
    return staff_of(world)


@pytest.fixture
def mailing(settings: Any) -> None:
    """A site with a mail server."""
    settings.EMAIL_READY = True
    settings.DEFAULT_FROM_EMAIL = "nhac-viec@xa.vidu.vn"
    settings.SITE_ADDRESS = "https://dinhlang.vidu.vn"


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


@pytest.mark.django_db
def test_holders_village_heads_and_leaders_are_told_what_is_theirs(
    staff: Staff, world: World
) -> None:
    late = a_task(staff.place, "Nạo vét mương", lead=LAND, end=DAY - timedelta(days=8))
    near = a_task(
        staff.place, "Lắp wifi", lead="CC văn hóa xã hội", end=DAY + timedelta(days=1),
        villages=[world.places["a1"]],
    )  # fmt: skip
    done = a_task(staff.place, "Lập hồ sơ", lead=LAND, end=DAY, state=TaskState.DONE)
    a_task(staff.place, "Việc năm sau", lead=LAND, end=DAY + timedelta(days=300))
    a_task(staff.place, "Đã bỏ", lead=LAND, end=DAY, removed_at=at(1))
    reminders.plan_all(at(5))
    assert told(staff.holder) == ["late"]
    assert told(staff.other) == ["before"]
    assert told(world.people["village_head"]) == ["before"]
    assert sorted(told(world.people["leader"])) == ["accept", "escalated"]
    assert told(world.people["coordinator"]) == ["accept"]
    assert not told(world.people["elsewhere"])
    about = {notice.task_id for notice in Notice.objects.all()}
    assert about == {late.pk, near.pk, done.pk}
    text = Notice.objects.get(user=staff.holder).text
    assert text == "Việc: Nạo vét mương – Quá hạn 8 ngày (hạn 02/03/2026)"


@pytest.mark.django_db
def test_planning_again_tells_nothing_twice_and_the_next_day_tells_what_is_new(
    staff: Staff,
) -> None:
    a_task(staff.place, lead=LAND, end=DAY)
    assert reminders.plan_all(at(5)) == 1
    assert reminders.plan_all(at(5, 10)) == 0
    assert reminders.plan_all(at(23)) == 0
    assert reminders.plan_all(at(0, 5, DAY + timedelta(days=1))) == 1
    assert told(staff.holder) == ["on-day", "late"]


@pytest.mark.django_db(transaction=True)
def test_workers_that_plan_at_the_same_time_tell_once(world: World) -> None:
    staff = staff_of(world)
    for number in range(20):
        a_task(staff.place, f"Việc {number}", lead=LAND, end=DAY)
    start = threading.Barrier(3)

    def look() -> None:
        start.wait()
        reminders.plan_all(at(5))
        connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Notice.objects.filter(user=staff.holder).count() == 20


@pytest.mark.django_db
def test_a_machine_that_was_off_says_what_it_had_to_say(staff: Staff) -> None:
    a_task(staff.place, lead=LAND, end=DAY + timedelta(days=5))
    reminders.plan_all(at(5))
    assert told(staff.holder) == ["before"]


@pytest.mark.django_db
def test_a_stand_in_is_told_beside_the_holder_for_those_days_alone(
    staff: Staff, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: DAY)
    add_stand_in(
        world.people["leader"], staff.land, staff.other, DAY, DAY + timedelta(days=3),
        "nghỉ phép", uuid4(),
    )  # fmt: skip
    Notice.objects.all().delete()
    a_task(staff.place, lead=LAND, end=DAY)
    reminders.plan_place(staff.place, DAY, at(5))
    assert told(staff.holder) == told(staff.other) == ["on-day"]
    after = DAY + timedelta(days=4)
    reminders.plan_place(staff.place, after, at(5, day=after))
    assert told(staff.holder) == ["on-day", "late"]
    assert told(staff.other) == ["on-day"]


@pytest.mark.django_db
def test_a_place_can_choose_its_own_rule_and_two_do_not_overwrite_each_other(
    staff: Staff, world: World
) -> None:
    leader, coordinator = world.people["leader"], world.people["coordinator"]
    assert reminders.rule_of(staff.place) == Rule()
    mine = Rule(before=(3,), to_partners=True, escalate_after=None)
    row = reminders.save_rule(leader, staff.place, 0, mine)
    assert reminders.rule_of(staff.place) == mine
    assert reminders.save_rule(leader, staff.place, 0, mine) == row, "sent twice"
    assert AuditLine.objects.filter(verb="sửa cách nhắc việc").count() == 1
    with pytest.raises(reminders.Changed, match="Lãnh Đạo Mẫu"):
        reminders.save_rule(coordinator, staff.place, 0, Rule(before=(5,)))
    assert reminders.rule_of(staff.place) == mine
    reminders.save_rule(coordinator, staff.place, 1, Rule(before=(5,)))
    assert ReminderRule.objects.get().revision == 2
    with pytest.raises(AccessDenied):
        reminders.save_rule(world.people["officer"], staff.place, 2, Rule())
    with pytest.raises(BadRule):
        reminders.save_rule(leader, staff.place, 2, Rule(escalate_after=0))


@pytest.mark.django_db
def test_one_mail_a_day_holds_all_that_is_still_true(staff: Staff, mailing: None) -> None:
    a_task(staff.place, "Nạo vét mương", lead=LAND, end=DAY - timedelta(days=2))
    done = a_task(staff.place, "Trồng cây", lead=LAND, end=DAY)
    read = a_task(staff.place, "Họp thôn", lead=LAND, end=DAY)
    reminders.plan_all(at(5))
    done.state = TaskState.DROPPED
    done.save()
    Notice.objects.filter(task=read).update(read_at=at(6))
    assert digests.compose_all(at(6, 59)) == 0, "before the hour"
    assert digests.compose_all(at(7)) == 1
    assert digests.compose_all(at(7, 10)) == 0
    a_task(staff.place, "Việc mới", lead=LAND, end=DAY)
    reminders.plan_all(at(9))
    assert digests.compose_all(at(9)) == 0, "one a day"
    assert delivering.send_due(at(9)) == 1
    [sent] = mail.outbox
    assert sent.to == ["diachinh@vidu.vn"]
    assert sent.subject == "Việc ngày 10/03: 1 mục, 1 quá hạn"
    assert "Nạo vét mương" in sent.body
    assert "https://dinhlang.vidu.vn/viec/" in sent.body
    assert "Trồng cây" not in sent.body
    assert "Họp thôn" not in sent.body


@pytest.mark.django_db
def test_of_several_notices_about_one_task_the_mail_has_the_last(
    staff: Staff, mailing: None
) -> None:
    a_task(staff.place, "Họp thôn", lead=LAND, end=DAY)
    before = DAY - timedelta(days=1)
    reminders.plan_all(at(9, day=before))
    reminders.plan_all(at(5))
    assert told(staff.holder) == ["before", "on-day"]
    assert digests.compose_all(at(8)) == 1
    text = Delivery.objects.get().content["text"]
    assert text.count("Họp thôn") == 1
    assert "Hạn hôm nay" in text


@pytest.mark.django_db
def test_without_a_mail_server_nothing_is_mailed_and_nothing_is_lost(
    staff: Staff, settings: Any
) -> None:
    settings.EMAIL_READY = False
    a_task(staff.place, lead=LAND, end=DAY)
    reminders.plan_all(at(5))
    assert digests.compose_all(at(8)) == 0
    assert told(staff.holder) == ["on-day"]
    assert not Delivery.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["no address", "does not want", "locked"])
def test_who_cannot_or_will_not_be_mailed_is_not(staff: Staff, mailing: None, why: str) -> None:
    a_task(staff.place, lead=LAND, end=DAY)
    reminders.plan_all(at(5))
    if why == "no address":
        User.objects.filter(pk=staff.holder.pk).update(email="")
    elif why == "locked":
        User.objects.filter(pk=staff.holder.pk).update(is_active=False)
    else:
        notices.save_settings(
            staff.holder, by_email=False, quiet_from=time(21), quiet_to=time(6),
            digest_at=time(7),
        )  # fmt: skip
    assert digests.compose_all(at(8)) == 0


@pytest.mark.django_db
def test_nothing_goes_out_in_a_persons_quiet_hours(
    staff: Staff, mailing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ReminderSettings.objects.create(
        user=staff.holder, quiet_from=time(6), quiet_to=time(9), digest_at=time(7), changed=at(0)
    )
    a_task(staff.place, lead=LAND, end=DAY)
    reminders.plan_all(at(5))
    assert digests.compose_all(at(7)) == 0
    assert digests.compose_all(at(9)) == 1
    night = at(6, 30, DAY + timedelta(days=1))
    assert delivering.send_due(night) == 0
    row = Delivery.objects.get()
    assert (row.state, row.tries) == (DeliveryState.WAITING, 0)
    assert row.due_at == at(9, 0, DAY + timedelta(days=1))
    assert not mail.outbox


@pytest.mark.django_db
def test_a_repeat_carries_the_same_message_id(
    staff: Staff, mailing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_task(staff.place, lead=LAND, end=DAY)
    reminders.plan_all(at(5))
    digests.compose_all(at(8))
    assert delivering.send_due(at(8)) == 1
    # As if the worker had died before it could say that the message is out.
    Delivery.objects.update(state="sending", lease_until=at(8, 5), claim=uuid4(), sent_at=None)
    assert delivering.send_due(at(8, 4)) == 0, "the lease still holds"
    assert delivering.send_due(at(8, 6)) == 1
    assert delivering.send_due(at(8, 7)) == 0
    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first == second
    assert first.endswith("@xa.vidu.vn>")


@pytest.mark.django_db
def test_a_mail_server_that_is_down_is_tried_again_later_and_asked_once_a_run(
    staff: Staff, mailing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lead in (LAND, CULTURE):
        a_task(staff.place, lead=lead, end=DAY)
    reminders.plan_all(at(5))
    assert digests.compose_all(at(8)) == 2
    asked = []

    def refuse(row: Delivery) -> None:
        asked.append(row.pk)
        raise ConnectionRefusedError

    monkeypatch.setattr(delivering, "_mail", refuse)
    assert delivering.send_due(at(8)) == 0
    assert len(asked) == 1
    failed = Delivery.objects.get(pk=asked[0])
    assert (failed.state, failed.tries) == (DeliveryState.WAITING, 1)
    assert at(8, 1) <= failed.due_at < at(8, 2)
    assert "ConnectionRefusedError" in failed.error


@pytest.mark.django_db
def test_a_message_that_never_goes_out_fails_in_the_end_or_lapses(
    staff: Staff, mailing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_task(staff.place, lead=LAND, end=DAY)
    reminders.plan_all(at(5))
    digests.compose_all(at(8))
    monkeypatch.setattr(delivering, "_mail", lambda _row: 1 / 0)
    for _ in range(len(delivering.AGAIN_IN) + 1):
        Delivery.objects.update(due_at=at(8))
        delivering.send_due(at(10))
    assert Delivery.objects.get().state == DeliveryState.FAILED
    Delivery.objects.update(state=DeliveryState.WAITING, due_at=at(8))
    delivering.send_due(at(8, 0, DAY + timedelta(days=4)))
    assert Delivery.objects.get().state == DeliveryState.LAPSED


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_message_once(
    world: World, mailing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = staff_of(world)
    rows = [
        Delivery(key=f"k{n}", channel="email", user=staff.holder, created=at(8), due_at=at(8),
                 content={"subject": str(n), "text": "x"})
        for n in range(12)
    ]  # fmt: skip
    Delivery.objects.bulk_create(rows)
    sent: list[str] = []
    monkeypatch.setattr(delivering, "_mail", lambda row: sent.append(row.key))
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        delivering.send_due(at(8))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == sorted(f"k{n}" for n in range(12))


@pytest.mark.django_db
def test_a_turn_is_taken_once_until_the_next_is_due() -> None:
    assert turns.take("x", at(8), timedelta(minutes=10))
    assert not turns.take("x", at(8, 9), timedelta(minutes=10))
    assert turns.take("x", at(8, 10), timedelta(minutes=10))


@pytest.mark.django_db
def test_the_clock_queues_the_look_and_the_sending(mailing: None, staff: Staff) -> None:
    from django_tasks_db.models import DBTaskResult

    regular.look(at(8))
    regular.look(at(8, 1))
    assert DBTaskResult.objects.count() == 1
    Delivery.objects.create(
        key="k", channel="email", user=staff.holder, created=at(8), due_at=at(8), content={}
    )
    regular.look(at(8, 2))
    regular.look(at(8, 2))
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_reading_counts_down_and_only_ones_own(staff: Staff) -> None:
    a_task(staff.place, lead=LAND, end=DAY)
    a_task(staff.place, lead=LAND, partners=[CULTURE], end=DAY - timedelta(days=1))
    reminders.plan_all(at(5))
    assert looking.unread(staff.holder) == 2
    one = Notice.objects.filter(user=staff.holder).latest("pk")
    assert notices.mark_read(staff.other, [one.pk]) == 0
    assert notices.mark_read(staff.holder, [one.pk]) == 1
    assert looking.unread(staff.holder) == 1
    assert notices.mark_read(staff.holder) == 1
    [sent] = looking.sent_of(staff.place, DAY)
    assert (sent.user, sent.total, sent.read) == (staff.holder, 2, 2)
