"""Webhooks: signed, once, never into our own network, stopped when nobody answers."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.people.access import AccessDenied
from dinhlang.work import calling
from dinhlang.work.models import Delivery, DeliveryState, Notice, Webhook
from dinhlang.work.services import delivering, reminders, tasks, webhooks
from tests.receivers import Inbox, web_address
from tests.work.making import a_task
from tests.work.people import LAND, Staff, staff_of
from tests.world import World

EVERYTHING = list(webhooks.EVENTS)


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    """A receiver on this machine, which the operator allowed."""
    settings.WEBHOOK_LOOPBACK = True
    with web_address() as box:
        yield box


@pytest.fixture
def staff(world: World) -> Staff:
    """Commune A with its offices."""
    return staff_of(world)


def a_hook(world: World, address: str, events: list[str] | None = None) -> Webhook:
    return webhooks.add(
        world.people["coordinator"], world.places["a"], uuid4(), address, events or EVERYTHING
    )


@pytest.mark.django_db
def test_what_happens_at_the_place_is_told_signed_and_once(
    staff: Staff, world: World, inbox: Inbox
) -> None:
    hook = a_hook(world, inbox.address)
    task = a_task(staff.place, "Giao ông Trần Văn Mít nạo vét", lead=LAND, end=timezone.localdate())
    a_task(world.places["b"], "Việc xã bên", lead=LAND, end=timezone.localdate())
    tasks.tell(staff.holder, task.pk, uuid4(), "doing", "bắt đầu")
    now = timezone.now()
    reminders.plan_all(now)
    assert webhooks.collect(now) == 1
    assert webhooks.collect(now) == 0
    assert delivering.send_due(now) == 2
    assert delivering.send_due(now) == 0
    told = {}
    for headers, body in inbox.calls:
        said = json.loads(body)
        told[said["event"]] = said
        expected = hmac.new(webhooks.secret_of(hook).encode(), body, hashlib.sha256).hexdigest()
        assert headers["X-DinhLang-Signature"] == f"sha256={expected}"
        assert headers["X-DinhLang-Event"] == said["event"]
        assert headers["Idempotency-Key"] == said["id"]
        assert headers[":path"] == "/nhan?khoa=1"
        assert "Mít" not in body.decode(), "no person is named"
        assert str(staff.holder) not in body.decode()
    assert set(told) == {"task.state", "reminder.due"}
    assert told["task.state"]["data"]["before"] == "open"
    assert told["task.state"]["data"]["lead"] == [LAND]
    assert told["reminder.due"]["data"]["words"] == "hạn hôm nay"
    hook.refresh_from_db()
    assert hook.last_sent is not None


@pytest.mark.django_db
def test_only_the_chosen_events_are_told(staff: Staff, world: World, inbox: Inbox) -> None:
    a_hook(world, inbox.address, ["reminder.late"])
    task = a_task(staff.place, lead=LAND, end=timezone.localdate())
    a_task(staff.place, "Chậm", lead=LAND, end=timezone.localdate() - timedelta(days=8))
    tasks.tell(staff.holder, task.pk, uuid4(), "doing")
    now = timezone.now()
    reminders.plan_all(now)
    webhooks.collect(now)
    delivering.send_due(now)
    events = [json.loads(body)["event"] for _, body in inbox.calls]
    assert events == ["reminder.late", "reminder.late"], "late, and told to the leaders"


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "said"), [(500, "mã 500"), (302, "chuyển hướng")])
def test_a_failed_call_is_shown_and_tried_again_with_the_same_key(
    world: World, inbox: Inbox, status: int, said: str
) -> None:
    hook = a_hook(world, inbox.address)
    webhooks.ask_for_test(world.people["coordinator"], hook.pk, uuid4())
    inbox.status, inbox.location = status, inbox.address
    now = timezone.now()
    assert delivering.send_due(now) == 0
    assert len(inbox.calls) == 1, "a redirect is not followed"
    hook.refresh_from_db()
    assert hook.failures == 1
    assert said in hook.last_error
    assert delivering.send_due(now) == 0
    assert len(inbox.calls) == 1, "not before its time"
    inbox.status = 204
    assert delivering.send_due(now + timedelta(minutes=2)) == 1
    keys = {headers["Idempotency-Key"] for headers, _ in inbox.calls}
    assert len(keys) == 1
    hook.refresh_from_db()
    assert (hook.failures, hook.last_error) == (0, "")


@pytest.mark.django_db
def test_a_receiver_that_never_answers_is_stopped_said_and_started_again(
    world: World, inbox: Inbox
) -> None:
    coordinator = world.people["coordinator"]
    hook = a_hook(world, inbox.address)
    inbox.status = 500
    now = timezone.now()
    for number in range(delivering.MOST_FAILURES):
        webhooks.ask_for_test(coordinator, hook.pk, uuid4())
        delivering.send_due(now + timedelta(seconds=number + 1))
        Delivery.objects.update(due_at=now)
    hook.refresh_from_db()
    assert hook.stopped_at is not None
    assert "Tự dừng sau 10 lần" in hook.stopped_why
    [notice] = Notice.objects.filter(user=coordinator)
    assert "tự dừng" in notice.text
    calls = len(inbox.calls)
    assert delivering.send_due(now + timedelta(hours=2)) == 0
    assert len(inbox.calls) == calls
    assert not delivering.anything_due(now + timedelta(hours=2))
    inbox.status = 200
    webhooks.start(coordinator, hook.pk)
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING).count()
    assert delivering.send_due(now + timedelta(hours=2)) == waiting > 0
    hook.refresh_from_db()
    assert hook.stopped_at is None


@pytest.mark.django_db
def test_a_new_secret_ends_the_old_one_and_removing_can_be_undone(
    world: World, inbox: Inbox
) -> None:
    coordinator = world.people["coordinator"]
    hook = a_hook(world, inbox.address)
    before = webhooks.secret_of(hook)
    assert webhooks.secret_of(webhooks.renew_secret(coordinator, hook.pk)) != before
    webhooks.remove(coordinator, hook.pk)
    with pytest.raises(AccessDenied):
        webhooks.ask_for_test(coordinator, hook.pk, uuid4())
    webhooks.bring_back(coordinator, hook.pk)
    assert webhooks.ask_for_test(coordinator, hook.pk, uuid4()).state == DeliveryState.WAITING


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["officer", "leader", "elsewhere", "village_head", "province"])
def test_only_those_who_manage_the_place_add_or_change_one(
    world: World, inbox: Inbox, who: str
) -> None:
    hook = a_hook(world, inbox.address)
    with pytest.raises(AccessDenied):
        webhooks.add(world.people[who], world.places["a"], uuid4(), inbox.address, EVERYTHING)
    for verb in (webhooks.stop, webhooks.start, webhooks.remove, webhooks.renew_secret):
        with pytest.raises(AccessDenied):
            verb(world.people[who], hook.pk)


@pytest.mark.django_db
def test_a_form_sent_twice_adds_one(world: World, inbox: Inbox) -> None:
    key = uuid4()
    for _ in range(2):
        webhooks.add(world.people["coordinator"], world.places["a"], key, inbox.address, EVERYTHING)
    assert Webhook.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://vidu.vn/nhan", "ftp://vidu.vn", "javascript:alert(1)", "https://", "vidu.vn",
        "https://an:mat@vidu.vn/", "https://10.0.0.5/", "https://192.168.1.1/", "https://[fc00::1]/",
        "https://169.254.169.254/latest/meta-data", "https://172.16.0.1", "https://0.0.0.0/",
        "https://[::ffff:10.0.0.1]/", "https://224.0.0.1/", "https://100.64.0.1/",
        "https://127.0.0.1/", "http://localhost/", "https://[::1]/", "https://vidu.vn:99999/",
        "https://vidu.vn/a b", "https://vidu.vn/đường", "https://" + "a" * 500,
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_https_is_refused(address: str) -> None:
    with pytest.raises(calling.BadAddress):
        calling.resolve(calling.parse(address, loopback=False), loopback=False)


@pytest.mark.parametrize("address", ["http://10.0.0.5/", "http://vidu.vn/", "https://10.0.0.5/"])
def test_allowing_this_machine_allows_no_other(address: str) -> None:
    with pytest.raises(calling.BadAddress):
        calling.parse(address, loopback=True)


@pytest.mark.parametrize("inside", ["10.1.2.3", "127.0.0.1", "::1", "fe80::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("loopback", [False, True])
def test_a_name_that_leads_into_our_network_is_refused(
    monkeypatch: pytest.MonkeyPatch, inside: str, loopback: bool
) -> None:
    answers = ["93.184.216.34", inside]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (ip, 443)) for ip in answers]
    )
    target = calling.parse("https://la.vidu.vn/", loopback=loopback)
    with pytest.raises(calling.BadAddress):
        calling.resolve(target, loopback=loopback)


def test_the_address_that_was_looked_at_is_the_one_that_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name server that answers with an inner address the second time gains nothing."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    asked: list[Any] = []
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (next(answers), 443))]
    )

    def connect(address: tuple[str, int], *_: Any) -> Any:
        asked.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(calling.CallFailed):
        calling.post("https://la.vidu.vn/", b"{}", {}, loopback=False)
    assert asked == [("93.184.216.34", 443)]


def test_an_unknown_name_and_a_closed_door_are_failures_in_plain_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with web_address() as box:
        closed = box.address
    with pytest.raises(calling.CallFailed, match="Không kết nối được"):
        calling.post(closed, b"{}", {}, loopback=True)

    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(calling.CallFailed, match="Không tìm thấy máy chủ"):
        calling.post("https://la.vidu.vn/", b"{}", {}, loopback=False)
