"""A worker killed while it reminds, mails and calls: everybody is told, and each thing once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dinhlang.people.models import User
from dinhlang.work import jobs
from dinhlang.work.models import Delivery, DeliveryState, Notice, ReminderSettings, Task, Webhook
from dinhlang.work.services import webhooks
from tests.receivers import Inbox, Mailbox, mail_server, web_address

Run = Callable[..., int]
KILLED = -signal.SIGKILL


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server on this machine."""
    with mail_server() as box:
        yield box


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A web address on this machine."""
    with web_address() as box:
        yield box


@pytest.fixture
def environment(
    environment: dict[str, str], mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """What workers are started with: a mail server, and calls to this machine allowed."""
    return environment | {
        "DINHLANG_EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "DINHLANG_EMAIL_FROM": "nhac-viec@xa.vidu.vn",
        "DINHLANG_WEBHOOK_LOOPBACK": "1",
    }


@pytest.fixture
def officer(sample: User, settings: Any) -> User:
    """An officer with one task that is due today and nothing else that speaks, at any hour."""
    settings.WEBHOOK_LOOPBACK = True
    user = User.objects.get(username="congchuc")
    User.objects.filter(pk=user.pk).update(email="congchuc@vidu.vn")
    for person in User.objects.exclude(email=""):
        ReminderSettings.objects.update_or_create(
            user=person,
            defaults={
                "quiet_from": time(0), "quiet_to": time(0), "digest_at": time(0),
                "changed": timezone.now(),
            },
        )  # fmt: skip
    DBTaskResult.objects.all().delete()
    return user


def until_quiet(run: Run) -> None:
    """As the clock would: leases run out, what is late is due, another worker looks."""
    for _ in range(2):
        soon = timezone.now() - timedelta(seconds=1)
        Delivery.objects.filter(state=DeliveryState.SENDING).update(lease_until=soon)
        Delivery.objects.filter(state=DeliveryState.WAITING).update(due_at=soon)
        jobs.remind.enqueue()
        assert run("worker", "--batch") == 0


def numbers(mailbox: Mailbox) -> list[str]:
    return [mail["Message-ID"] for mail in mailbox.mails]


@pytest.mark.parametrize(
    ("dies_at", "place"),
    [
        (('INTO "work_notice"', 1), "before anything is told"),
        (('INTO "work_delivery"', 1), "before the mail is in the outbox"),
        (('UPDATE "work_notice"', 1), "between the mail and its notices"),
        (('UPDATE "work_delivery"', 2), "before the claim"),
        (('SELECT .*"work_delivery"."claim" = ', 1), "between claim and sending"),
        (('UPDATE "work_delivery"', 3), "between sending and the mark"),
    ],
)
def test_a_mail_goes_out_once_wherever_the_worker_is_killed(
    officer: User, run: Run, mailbox: Mailbox, dies_at: tuple[str, int], place: str
) -> None:
    jobs.remind.enqueue()
    assert run("worker", "--batch", dies_at=dies_at) == KILLED, place
    until_quiet(run)
    [message] = set(numbers(mailbox))
    assert message.endswith("@xa.vidu.vn>")
    assert {mail["To"] for mail in mailbox.mails} == {"congchuc@vidu.vn"}
    # Sent and not yet marked, it goes out again under its own name, and is known as the same.
    assert len(mailbox.mails) == (2 if place == "between sending and the mark" else 1)
    [row] = Delivery.objects.filter(channel="email")
    assert row.state == DeliveryState.SENT
    keys = list(Notice.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) > 0
    mailed = Notice.objects.filter(user=officer, mailed=row)
    assert mailed.count() == Notice.objects.filter(user=officer).count() > 0


@pytest.mark.parametrize(
    ("dies_at", "calls"),
    [
        (('INTO "work_delivery"', 1), 1),
        (('SELECT .*"work_delivery"."claim" = ', 1), 1),
        (('UPDATE "work_delivery" SET "state" = ', 3), 2),
    ],
)
def test_a_call_is_made_once_wherever_the_worker_is_killed(
    officer: User, run: Run, inbox: Inbox, data_dir: Path, dies_at: tuple[str, int], calls: int
) -> None:
    User.objects.update(email="")
    Task.objects.update(withdrawn_at=timezone.now())
    place = Task.objects.earliest("pk").place
    coordinator = User.objects.get(username="dieuphoi")
    hook: Webhook = webhooks.add(coordinator, place, uuid4(), inbox.address, ["reminder.late"])
    late = Task.objects.filter(place=place).earliest("pk")
    Task.objects.filter(pk=late.pk).update(
        withdrawn_at=None, state="open", end=timezone.localdate() - timedelta(days=1)
    )
    Notice.objects.all().delete()
    jobs.remind.enqueue()
    assert run("worker", "--batch", dies_at=dies_at) == KILLED
    until_quiet(run)
    keys = [headers["Idempotency-Key"] for headers, _ in inbox.calls]
    assert len(set(keys)) == 1
    assert len(keys) == calls
    assert Delivery.objects.get(hook=hook).state == DeliveryState.SENT
