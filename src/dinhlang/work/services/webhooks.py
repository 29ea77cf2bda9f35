"""Addresses of other programs that are told what happens at a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import calling
from ..models import Delivery, Task, TaskNote, Webhook
from ..reminding import Kind, Telling
from ..zalo import without_people

EVENTS = {
    "task.state": "Việc đổi trạng thái",
    "task.changed": "Việc được sửa hoặc ghi chú",
    "reminder.due": "Việc sắp đến hạn, đến hạn",
    "reminder.late": "Việc quá hạn",
    "commitment.due": "Cam kết đến hạn hoặc quá hạn",
}
"""What a webhook can be told, by the name in the message."""
MOST_HOOKS = 10
MOST_NOTES = 500
LOOK_BACK = timedelta(hours=1)
"""Notes are looked at again for so long: one may be written before and be seen after another."""


class BadWebhook(ValueError):
    """What was typed cannot be a webhook; the message is for the user."""


def secret_of(hook: Webhook) -> str:
    """What the receiver checks signatures with: 64 hexadecimal digits."""
    return salted_hmac("dinhlang.work.webhook", str(hook.number), algorithm="sha256").hexdigest()


def add(user: User, place: Unit, key: UUID, address: str, events: Sequence[str]) -> Webhook:
    """Have an address told of these events at the place; the same key again gives the same one.

    Needs ``MANAGE``. Raises ``AccessDenied``, ``BadWebhook``.
    """
    address = address.strip()
    wanted = [event for event in EVENTS if event in events]
    if not wanted:
        raise BadWebhook("Hãy chọn ít nhất một sự kiện.")
    try:
        calling.parse(address, loopback=settings.WEBHOOK_LOOPBACK)
    except calling.BadAddress as bad:
        raise BadWebhook(str(bad)) from None
    with transaction.atomic():
        require(user, Action.MANAGE, place)
        before: Webhook | None = Webhook.objects.filter(key=key).first()
        if before is not None:
            if before.place_id != place.pk or before.made_by_id != user.pk:
                raise AccessDenied
            return before
        if Webhook.objects.filter(place=place, removed_at=None).count() >= MOST_HOOKS:
            raise BadWebhook(f"Mỗi nơi có nhiều nhất {MOST_HOOKS} địa chỉ.")
        now = timezone.now()
        hook: Webhook = Webhook.objects.create(
            key=key, place=place, address=address, events=wanted, made_by=user, made_at=now,
            seen_until=now,
        )  # fmt: skip
        audit.record(user, "thêm webhook", hook, place, {"events": wanted})
        return hook


def _held(user: User, hook_id: int) -> Webhook:
    rows = Webhook.objects.restrict(user, Action.MANAGE).filter(pk=hook_id, removed_at=None)
    if not rows.exists():
        raise AccessDenied
    found: Webhook = (
        Webhook.objects.select_for_update(of=("self",)).select_related("place").get(pk=hook_id)
    )
    return found


def stop(user: User, hook_id: int) -> Webhook:
    """Tell the address nothing more until ``start``. Raises ``AccessDenied``."""
    with transaction.atomic():
        hook = _held(user, hook_id)
        if hook.stopped_at is None:
            hook.stopped_at, hook.stopped_why = timezone.now(), f"{user} tạm dừng."
            hook.save(update_fields=["stopped_at", "stopped_why"])
            audit.record(user, "tạm dừng webhook", hook, hook.place)
        return hook


def start(user: User, hook_id: int) -> Webhook:
    """Tell the address again, what waits first. Raises ``AccessDenied``."""
    with transaction.atomic():
        hook = _held(user, hook_id)
        if hook.stopped_at is not None:
            hook.stopped_at, hook.stopped_why, hook.failures = None, "", 0
            hook.save(update_fields=["stopped_at", "stopped_why", "failures"])
            audit.record(user, "bật lại webhook", hook, hook.place)
        return hook


def renew_secret(user: User, hook_id: int) -> Webhook:
    """Give the webhook another secret; the old one is worth nothing from now on."""
    with transaction.atomic():
        hook = _held(user, hook_id)
        hook.number = uuid4()
        hook.save(update_fields=["number"])
        audit.record(user, "đổi khóa webhook", hook, hook.place)
        return hook


def remove(user: User, hook_id: int) -> Webhook:
    """Take the webhook away; ``bring_back`` undoes it. Raises ``AccessDenied``."""
    with transaction.atomic():
        hook = _held(user, hook_id)
        hook.removed_at = timezone.now()
        hook.save(update_fields=["removed_at"])
        audit.record(user, "xóa webhook", hook, hook.place)
        return hook


def bring_back(user: User, hook_id: int) -> Webhook:
    """Undo ``remove``. Raises ``AccessDenied``."""
    with transaction.atomic():
        hook: Webhook | None = (
            Webhook.objects.restrict(user, Action.MANAGE)
            .select_related("place")
            .filter(pk=hook_id)
            .first()
        )
        if hook is None:
            raise AccessDenied
        if hook.removed_at is not None:
            hook.removed_at, hook.seen_until = None, timezone.now()
            hook.save(update_fields=["removed_at", "seen_until"])
            audit.record(user, "khôi phục webhook", hook, hook.place)
        return hook


def ask_for_test(user: User, hook_id: int, key: UUID) -> Delivery:
    """Put a trial message into the outbox; the same key again is the same message."""
    with transaction.atomic():
        hook = _held(user, hook_id)
        now = timezone.now()
        content = message("test", hook.place, now, {"text": "Tin thử từ Đình Làng"})
        row, _ = Delivery.objects.get_or_create(
            key=f"hook:{hook.pk}:test:{key}",
            defaults={
                "channel": Delivery.Channel.WEBHOOK, "hook": hook, "content": content,
                "created": now, "due_at": now,
            },
        )  # fmt: skip
        return row


def message(event: str, place: Unit, at: datetime, data: dict[str, Any]) -> dict[str, Any]:
    """What goes out: no person is named in it, only places, offices and tasks."""
    return {
        "event": event, "at": at.isoformat(timespec="seconds"),
        "place": {"id": place.pk, "code": place.code or "", "name": place.full_name}, "data": data,
    }  # fmt: skip


def _told(place: Unit) -> list[Webhook]:
    """The webhooks of the place and of those above it."""
    rows = Webhook.objects.filter(place=place, removed_at=None, stopped_at=None)
    return list(rows)


def _put(hook: Webhook, name: str, content: dict[str, Any], now: datetime) -> Delivery:
    return Delivery(
        key=f"hook:{hook.pk}:{name}", channel=Delivery.Channel.WEBHOOK, hook=hook,
        content=content, created=now, due_at=now,
    )  # fmt: skip


def tell_reminders(place: Unit, fresh: Iterable[Telling], now: datetime) -> None:
    """Put what fell due into the outbox of the place's webhooks, once for each task and anchor."""
    hooks = _told(place)
    if not hooks:
        return
    rows: dict[str, Delivery] = {}
    for telling in fresh:
        event = _event_of(telling)
        matter = telling.matter
        data = {
            "kind": matter.sort, "id": matter.number, "text": without_people(matter.text),
            "end": matter.end.isoformat() if matter.end else None, "words": telling.words,
        }  # fmt: skip
        name = f"{matter.sort}:{matter.number}:{matter.end}:{telling.kind}:{telling.anchor}"
        for hook in hooks:
            if event in hook.events:
                row = _put(hook, name, message(event, place, now, data), now)
                rows.setdefault(row.key, row)
    Delivery.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=500)


def _event_of(telling: Telling) -> str:
    if telling.matter.sort == "commitment":
        return "commitment.due"
    late = telling.kind in (Kind.LATE, Kind.ESCALATED)
    return "reminder.late" if late else "reminder.due"


def collect(now: datetime) -> int:
    """Put what people did to tasks since the last look into the outbox; returns how many."""
    hooks = Webhook.objects.filter(removed_at=None, stopped_at=None).select_related("place")
    return sum(
        _collect(hook, now) for hook in hooks if {"task.state", "task.changed"} & {*hook.events}
    )


def _collect(hook: Webhook, now: datetime) -> int:
    since = max(hook.made_at, hook.seen_until - LOOK_BACK)
    notes = list(
        TaskNote.objects.filter(task__place=hook.place_id, at__gt=since)
        .select_related("task")
        .prefetch_related("task__offices")
        .order_by("at", "pk")[:MOST_NOTES]
    )
    names = {note.pk: f"note:{note.pk}" for note in notes}
    keys = [f"hook:{hook.pk}:{name}" for name in names.values()]
    known = set(Delivery.objects.filter(key__in=keys).values_list("key", flat=True))
    rows = []
    for note in notes:
        event = "task.state" if note.before != note.after else "task.changed"
        row = _put(hook, names[note.pk], message(event, hook.place, note.at, _data(note)), now)
        if event in hook.events and row.key not in known:
            rows.append(row)
    with transaction.atomic():
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        full = len(notes) == MOST_NOTES
        # A long list is gone on with from its last note; that hour is looked at again only once.
        seen = notes[-1].at + LOOK_BACK if full else now
        Webhook.objects.filter(pk=hook.pk).update(seen_until=min(seen, now))
    return len(rows)


def _data(note: TaskNote) -> dict[str, Any]:
    task: Task = note.task
    return {
        "id": task.pk, "key": str(task.key), "text": without_people(task.text),
        "end": task.end.isoformat() if task.end else None, "state": note.after,
        "before": note.before, "criterion": task.criterion,
        "lead": [without_people(office.name) for office in task.offices.all() if office.leads],
        "changed": sorted(note.changes),
    }  # fmt: skip
