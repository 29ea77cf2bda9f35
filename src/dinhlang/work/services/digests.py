"""The e-mail of the day: one message to a person with all that they are told that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dinhlang.people.models import User

from ..models import UNFINISHED, Delivery, Notice, NoticeKind, ReminderSettings
from ..quiet import Hours

MOST_LINES = 40
HEADINGS = (
    (NoticeKind.ESCALATED, "Việc quá hạn lâu, báo lãnh đạo"),
    (NoticeKind.LATE, "Quá hạn"),
    (NoticeKind.ON_DAY, "Đến hạn hôm nay"),
    (NoticeKind.BEFORE, "Sắp đến hạn"),
    (NoticeKind.ACCEPT, "Chờ nghiệm thu"),
    (NoticeKind.NEWS, "Tin khác"),
)


def hours_of(row: ReminderSettings | None) -> Hours:
    """The person's hours; the defaults where they never chose."""
    return Hours(row.quiet_from, row.quiet_to, row.digest_at) if row else Hours()


def compose_all(now: datetime) -> int:
    """Put today's e-mail of everybody whose hour has come into the outbox; returns how many.

    Without e-mail set up none is made, and the notices wait in the program as ever.
    """
    if not settings.EMAIL_READY:
        return 0
    day = timezone.localdate(now)
    waiting = Notice.objects.filter(mailed=None, read_at=None, day__gte=day - timedelta(days=1))
    people = (
        User.objects.filter(pk__in=waiting.values("user"), is_active=True)
        .exclude(email="")
        .exclude(reminder_settings__by_email=False)
        .select_related("reminder_settings")
        .order_by("pk")
    )
    return sum(compose(user, day, now) for user in people)


def compose(user: User, day: date, now: datetime) -> bool:
    """Put the person's e-mail of the day into the outbox, where its hour has come; once."""
    hours = hours_of(ReminderSettings.objects.filter(user=user).first())
    local = timezone.localtime(now)
    if hours.is_quiet(local.time()) or local.time() < hours.digest():
        return False
    key = f"digest:{day.isoformat()}:{user.pk}"
    with transaction.atomic():
        # Whoever else composes for this person waits here.
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if Delivery.objects.filter(key=key).exists():
            return False
        notices = worth_mailing(user, day)
        if not notices:
            return False
        subject, text = words(user, notices, day)
        made = Delivery.objects.create(
            key=key, channel=Delivery.Channel.EMAIL, user=user, created=now, due_at=now,
            content={"subject": subject, "text": text},
        )  # fmt: skip
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed=made)
    return True


def worth_mailing(user: User, day: date) -> list[Notice]:
    """The person's notices that were neither read nor mailed and are still true.

    Of several about one thing only the last: “due tomorrow” is not said beside “due today”.
    """
    rows = (
        Notice.objects.filter(
            user=user, mailed=None, read_at=None, day__gte=day - timedelta(days=1)
        )
        .select_related("task", "commitment", "place")
        .order_by("at", "pk")
    )
    last: dict[object, Notice] = {}
    for notice in rows:
        about = notice.task_id and ("task", notice.task_id)
        about = about or (notice.commitment_id and ("commitment", notice.commitment_id))
        last[about or notice.pk] = notice
    return [notice for notice in last.values() if _is_true(notice)]


def _is_true(notice: Notice) -> bool:
    if notice.task is None:
        return True
    if notice.task.removed_at or notice.task.withdrawn_at:
        return False
    if notice.kind == NoticeKind.ACCEPT:
        return notice.task.state == "done"
    return notice.kind == NoticeKind.NEWS or notice.task.state in UNFINISHED


def words(user: User, notices: Sequence[Notice], day: date) -> tuple[str, str]:
    """Subject and text of the e-mail; a link where the site's own address is set."""
    site = settings.SITE_ADDRESS
    lines = [f"Kính gửi {user.full_name},", "", f"Việc của bạn ngày {day:%d/%m/%Y}:"]
    left = MOST_LINES
    for kind, heading in HEADINGS:
        those = [notice for notice in notices if notice.kind == kind]
        if not those or left <= 0:
            continue
        lines += ["", f"{heading} ({len(those)})"]
        for notice in those[:left]:
            lines.append(f"- {notice.text}")
            if site and (path := path_of(notice)):
                lines.append(f"  {site}{path}")
        left -= len(those)
    if left < 0:
        lines += ["", f"… và {-left} mục nữa, xem trong chương trình."]
    lines += ["", "Thư tự động của Đình Làng. Đổi giờ nhận hoặc tắt thư: mục Nhắc việc của tôi."]
    if site:
        lines.append(f"{site}/nhac-viec/cua-toi")
    urgent = sum(notice.kind in (NoticeKind.LATE, NoticeKind.ESCALATED) for notice in notices)
    subject = f"Việc ngày {day:%d/%m}: {len(notices)} mục"
    return subject + (f", {urgent} quá hạn" if urgent else ""), "\n".join(lines) + "\n"


def path_of(notice: Notice) -> str:
    """The page of the site that a notice is about; empty where there is none."""
    if notice.task_id:
        return f"/viec/{notice.task_id}"
    if notice.commitment_id and notice.place_id:
        return f"/cam-ket/{notice.place_id}/{notice.commitment_id}"
    return notice.address
