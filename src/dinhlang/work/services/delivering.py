"""The outbox: each message is claimed by one worker, sent, and marked.

A worker may die anywhere in between. What it had claimed is taken over when its lease runs out
and goes out again under the same name (``Message-ID``, ``Idempotency-Key``), so that the other
side knows the repeat of what it has.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from email.utils import format_datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from time import monotonic
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from dinhlang.people.models import User

from .. import calling
from ..models import Delivery, DeliveryState, ReminderSettings, Webhook
from ..selectors import standing_in
from . import notices, webhooks
from .digests import hours_of

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a claim holds; longer than any message takes."""
LAPSES = timedelta(days=3)
"""A message that could not go out for so long is not sent any more: it would only confuse."""
AGAIN_IN = (1, 5, 15, 60, 180, 360, 720)
"""Minutes until the next try, by the number of tries so far; after the last it has failed."""
MOST_FAILURES = 10
"""So many failed calls in a row stop a webhook."""
MOST = 200
REFUSED_ONE = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, BadHeaderError)
"""The server is there and refused this one message."""


class Unreachable(Exception):
    """The server did not take the message; the others for it wait for the next run."""


def ready(now: datetime) -> Q:
    """The messages that may be claimed now."""
    waiting = Q(state=DeliveryState.WAITING)
    left_behind = Q(state=DeliveryState.SENDING, lease_until__lt=now)
    return (waiting | left_behind) & Q(due_at__lte=now)


def anything_due(now: datetime) -> bool:
    """Whether there is something to send."""
    return _sendable(now).exists()


def _sendable(now: datetime) -> QuerySet[Delivery]:
    stopped = Webhook.objects.filter(Q(stopped_at__isnull=False) | Q(removed_at__isnull=False))
    rows = Delivery.objects.filter(ready(now)).exclude(hook__in=stopped.values("pk"))
    return rows if settings.EMAIL_READY else rows.exclude(channel=Delivery.Channel.EMAIL)


def send_due(now: datetime) -> int:
    """Send what is due, one after the other; returns how many went out."""
    _let_lapse(now)
    started, sent, unreachable = monotonic(), 0, set[str]()
    for pk, hook in list(_sendable(now).order_by("due_at", "pk").values_list("pk", "hook")[:MOST]):
        # One server that does not answer must not keep the worker for hours.
        target = f"hook:{hook}" if hook else "email"
        if target in unreachable:
            continue
        moment = now + timedelta(seconds=monotonic() - started)
        row = _claim(pk, moment)
        if row is None:
            continue
        try:
            sent += _send(row, moment)
        except Unreachable:
            unreachable.add(target)
    return sent


def _let_lapse(now: datetime) -> None:
    Delivery.objects.filter(ready(now), created__lt=now - LAPSES).update(
        state=DeliveryState.LAPSED, error="Không gửi được trong ba ngày nên thôi."
    )


def _claim(pk: int, now: datetime) -> Delivery | None:
    """The message, ours until its lease runs out; None where another worker was quicker."""
    claim = uuid4()
    taken = Delivery.objects.filter(ready(now), pk=pk).update(
        state=DeliveryState.SENDING, claim=claim, lease_until=now + LEASE, tries=F("tries") + 1
    )
    if not taken:
        return None
    return Delivery.objects.select_related("user", "hook__place").get(pk=pk, claim=claim)


def _send(row: Delivery, now: datetime) -> bool:
    if row.user is not None and not _may_mail(row, row.user, now):
        return False
    try:
        if row.channel == Delivery.Channel.EMAIL:
            _mail(row)
        else:
            _call(row)
    except Exception as error:
        # Whatever a mail server or a stranger's program does to us, the next message goes out.
        _failed(row, now, error)
        if not isinstance(error, REFUSED_ONE):
            raise Unreachable from error
        return False
    if not _mark(row, state=DeliveryState.SENT, sent_at=now, error=""):
        return False
    if row.hook_id:
        Webhook.objects.filter(pk=row.hook_id).update(failures=0, last_error="", last_sent=now)
    return True


def _may_mail(row: Delivery, user: User, now: datetime) -> bool:
    """Whether the person wants the mail, and wants it now; puts it off or away where not."""
    wish = ReminderSettings.objects.filter(user=user).first()
    if not user.is_active or not user.email or (wish is not None and not wish.by_email):
        _mark(row, state=DeliveryState.LAPSED, error="Người này không còn nhận thư.")
        return False
    later = hours_of(wish).next_allowed(timezone.localtime(now))
    if later > now:
        _mark(row, state=DeliveryState.WAITING, due_at=later, tries=row.tries - 1)
        return False
    return True


def _mark(row: Delivery, **values: Any) -> bool:
    """Change the message where it is still ours."""
    mine = Delivery.objects.filter(pk=row.pk, claim=row.claim, state=DeliveryState.SENDING)
    return mine.update(**values, claim=None, lease_until=None) == 1


def number_of(row: Delivery) -> UUID:
    """The message's own number, the same at every try."""
    return uuid5(NAMESPACE_URL, f"dinhlang:{row.created.isoformat()}:{row.key}")


def _mail(row: Delivery) -> None:
    assert row.user is not None
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip(" >") or "dinhlang.invalid"
    mail = EmailMessage(
        subject=row.content["subject"],
        body=row.content["text"],
        from_email=sender,
        to=[row.user.email],
        headers={
            "Message-ID": f"<{number_of(row).hex}@{domain}>",
            "Date": format_datetime(timezone.localtime(row.created)),
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(),
    )
    mail.send()


def _call(row: Delivery) -> None:
    hook = row.hook
    assert hook is not None
    number = str(number_of(row))
    body = json.dumps({"id": number, **row.content}, ensure_ascii=False).encode()
    calling.post(
        hook.address,
        body,
        {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "DinhLang-Webhook/1",
            "Idempotency-Key": number,
            "X-DinhLang-Event": row.content["event"],
            "X-DinhLang-Signature": calling.signature(webhooks.secret_of(hook), body),
        },
        loopback=settings.WEBHOOK_LOOPBACK,
    )


def _failed(row: Delivery, now: datetime, error: Exception) -> None:
    told = str(error) if isinstance(error, calling.CallFailed | calling.BadAddress) else (
        f"{type(error).__name__}: máy chủ thư không nhận."
    )  # fmt: skip
    logger.warning("delivery %s: try %s failed (%s)", row.pk, row.tries, type(error).__name__)
    if row.tries > len(AGAIN_IN):
        ours = _mark(row, state=DeliveryState.FAILED, error=told[:300])
    else:
        wait = timedelta(minutes=AGAIN_IN[row.tries - 1])
        ours = _mark(row, state=DeliveryState.WAITING, due_at=now + wait, error=told[:300])
    if ours and row.hook_id:
        _count_failure(row.hook_id, told, now)


def _count_failure(hook_id: int, told: str, now: datetime) -> None:
    """Note the failed call; too many in a row stop the webhook, and its people are told."""
    with transaction.atomic():
        hook = (
            Webhook.objects.select_for_update(of=("self",))
            .select_related("place", "made_by")
            .get(pk=hook_id)
        )
        hook.failures, hook.last_error = hook.failures + 1, told[:300]
        if hook.failures >= MOST_FAILURES and hook.stopped_at is None:
            hook.stopped_at = now
            hook.stopped_why = f"Tự dừng sau {hook.failures} lần gọi không được. {told}"[:300]
            notices.tell_people(
                {hook.made_by, *standing_in.managers(hook.place, timezone.localdate(now))},
                f"hook-stopped:{hook.pk}:{now.isoformat(timespec='seconds')}",
                f"Webhook {hook.address} đã tự dừng: {told}",
                place=hook.place,
                address=f"/nhac-viec/{hook.place_id}#webhook",
            )
        hook.save(update_fields=["failures", "last_error", "stopped_at", "stopped_why"])
