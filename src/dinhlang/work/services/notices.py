"""What a person is told in the program, and how they want to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..models import Notice, NoticeKind, ReminderSettings


def tell_people(
    people: Iterable[User], key: str, text: str, *, place: Unit | None = None, address: str = ""
) -> None:
    """A notice to each of these people, once for each ``key``, in the caller's transaction.

    ``address`` is a path of the site where there is more.
    """
    now = timezone.now()
    Notice.objects.bulk_create(
        (
            Notice(
                key=f"{key}:{user.pk}"[:160], user=user, place=place, kind=NoticeKind.NEWS,
                text=text[:400], address=address[:200], day=timezone.localdate(now), at=now,
            )
            for user in people
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def mark_read(user: User, numbers: Iterable[int] | None = None) -> int:
    """Say that the person's notices (all, or these) were read; returns how many were not yet."""
    rows = Notice.objects.filter(user=user, read_at=None)
    if numbers is not None:
        rows = rows.filter(pk__in=list(numbers))
    return int(rows.update(read_at=timezone.now()))


def settings_of(user: User) -> ReminderSettings:
    """How the person wants to be told; unsaved with the defaults where they never chose."""
    found: ReminderSettings | None = ReminderSettings.objects.filter(user=user).first()
    return found or ReminderSettings(user=user)


def save_settings(
    user: User, *, by_email: bool, quiet_from: time, quiet_to: time, digest_at: time
) -> ReminderSettings:
    """Keep how the person wants to be told."""
    with transaction.atomic():
        row, _ = ReminderSettings.objects.update_or_create(
            user=user,
            defaults={
                "by_email": by_email, "quiet_from": quiet_from, "quiet_to": quiet_to,
                "digest_at": digest_at, "changed": timezone.now(),
            },
        )  # fmt: skip
        audit.record(
            user, "sửa cách nhận nhắc việc", user,
            details={
                "by_email": by_email, "digest_at": f"{digest_at:%H:%M}",
                "quiet": f"{quiet_from:%H:%M}–{quiet_to:%H:%M}",
            },
        )  # fmt: skip
        return row
