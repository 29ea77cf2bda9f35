"""Each person's secret calendar address: made, renewed, taken away, and what it shows."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from dinhlang.people import audit
from dinhlang.people.access import works_here
from dinhlang.people.models import User

from ..icalendar import MEDIA_TYPE, Event, calendar
from ..models import UNFINISHED, CalendarFeed, Task
from ..selectors import tasks
from ..selectors.lines import Line, bones, lines

__all__ = ["MEDIA_TYPE", "calendar_of", "end", "feed_of", "owner", "renew", "token_of"]

SALT = "dinhlang.work.feeds"
MOST = 500


def feed_of(user: User) -> CalendarFeed | None:
    """The person's calendar address, where they have one."""
    return CalendarFeed.objects.filter(user=user).first()


def token_of(feed: CalendarFeed) -> str:
    """The secret that stands in the address: 64 hexadecimal digits."""
    return feed.number.hex + _signature(feed.number)


def _signature(number: UUID) -> str:
    return salted_hmac(SALT, number.hex, algorithm="sha256").hexdigest()[:32]


def renew(user: User, key: UUID) -> CalendarFeed:
    """A new address for the person; the old one, if any, ends. Sent twice it is done once."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        before = CalendarFeed.objects.filter(user=user).first()
        # The form's number is known to the browser only; it is no half of the secret.
        number = UUID(bytes=salted_hmac(SALT, f"{key}", algorithm="sha256").digest()[:16])
        if before is not None and before.number == number:
            return before
        now = timezone.now()
        feed, _ = CalendarFeed.objects.update_or_create(
            user=user, defaults={"number": number, "made_at": now}
        )
        audit.record(user, "đổi địa chỉ lịch" if before else "tạo địa chỉ lịch", feed, None, {})
        return feed


def end(user: User) -> None:
    """The person's address opens nothing any more."""
    with transaction.atomic():
        feed = CalendarFeed.objects.select_for_update().filter(user=user).first()
        if feed is None:
            return
        audit.record(user, "thu hồi địa chỉ lịch", feed, None, {})
        feed.delete()


def owner(token: str) -> User | None:
    """Whose address it is; None for one that opens nothing (any more)."""
    try:
        number = UUID(hex=token[:32])
    except ValueError:
        return None
    if len(token) != 64 or not constant_time_compare(token[32:], _signature(number)):
        return None
    feed = CalendarFeed.objects.filter(number=number).select_related("user").first()
    if feed is None or not works_here(feed.user):
        return None
    return feed.user


def calendar_of(token: str, on: date, site: str) -> bytes:
    """The open tasks of the address's owner, as a calendar. Raises ``Http404``.

    ``site`` begins the addresses of the tasks.
    """
    user = owner(token)
    if user is None:
        raise Http404
    rows = tasks.mine(user, on).filter(state__in=UNFINISHED, end__isnull=False)
    shown = lines([bone.pk for bone in bones(rows)[:MOST]], on)
    kept = Task.objects.filter(pk__in=[line.pk for line in shown])
    stamps = {pk: (key, changed or made) for pk, key, changed, made in kept.values_list(
        "pk", "key", "changed", "created"
    )}  # fmt: skip
    return calendar(
        f"Việc của {user.full_name}",
        [_event(line, *stamps[line.pk], site) for line in shown if line.end is not None],
    )


def _event(line: Line, key: UUID, stamp: datetime, site: str) -> Event:
    assert line.end is not None
    facts = (
        ("Trạng thái", line.look.words), ("Chờ", line.waiting_for), ("Chủ trì", line.lead),
        ("Phối hợp", line.partner), ("Sản phẩm", line.product), ("Tiêu chí", line.criteria),
    )  # fmt: skip
    return Event(
        uid=f"{key}@dinhlang",
        stamp=stamp,
        sequence=line.revision,
        first=line.end,
        last=line.end,
        summary=f"Hạn: {line.text}"[:300],
        description="\n".join(f"{name}: {value}" for name, value in facts if value),
        location=line.village or line.place_name,
        url=site + reverse("work:task", args=[line.pk]),
    )
