"""What the pages of reminders and notices show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from dinhlang.people.models import User
from dinhlang.people.offices import is_meant
from dinhlang.places.models import Unit

from .. import zalo
from ..models import (
    UNFINISHED,
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    ReminderRule,
    Task,
    TaskOffice,
    Webhook,
)
from ..services.digests import path_of
from . import views

PAGE = 50
AHEAD = 7
"""Days ahead of which the ready texts speak."""
LOOKS = {
    NoticeKind.NEWS: ("na", "paper"),
    NoticeKind.BEFORE: ("na", "clock"),
    NoticeKind.ACCEPT: ("wait", "accept"),
    NoticeKind.ON_DAY: ("wait", "today"),
    NoticeKind.LATE: ("no", "alert"),
    NoticeKind.ESCALATED: ("no", "alert"),
}
"""Tone and icon of each kind."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as a page shows it."""

    notice: Notice
    href: str
    tone: str
    icon: str
    words: str


def unread(user: User) -> int:
    """How many notices the person has not read."""
    return Notice.objects.filter(user=user, read_at=None).count()


def notices(user: User, kind: str, first: int) -> tuple[list[Shown], bool]:
    """The person's notices from the ``first`` on, the latest first, and whether there are more.

    ``kind`` is “chua-doc” for those not read, a kind, or empty for all.
    """
    rows: QuerySet[Notice] = Notice.objects.filter(user=user)
    if kind == "chua-doc":
        rows = rows.filter(read_at=None)
    elif kind in NoticeKind.values:
        rows = rows.filter(kind=kind)
    found = list(rows.select_related("place")[first : first + PAGE + 1])
    return [shown(notice) for notice in found[:PAGE]], len(found) > PAGE


def shown(notice: Notice) -> Shown:
    """The notice with its page, tone and icon."""
    tone, icon = LOOKS[NoticeKind(notice.kind)]
    return Shown(notice, path_of(notice), tone, icon, NoticeKind(notice.kind).label)


def row_of_rule(place: Unit) -> ReminderRule | None:
    """The place's own rule, with who chose it; None where the defaults hold."""
    found: ReminderRule | None = (
        ReminderRule.objects.filter(place=place).select_related("changed_by").first()
    )
    return found


@dataclass(frozen=True, slots=True)
class Sent:
    """What one person was told by the place on one day."""

    day: date
    user: User
    counts: Mapping[str, int]
    read: int
    mail: Delivery | None

    @property
    def total(self) -> int:
        """How many notices."""
        return sum(self.counts.values())

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """Tone, words and number of each kind."""
        return [
            (LOOKS[kind][0], kind.label, self.counts[kind])
            for kind in reversed(NoticeKind)
            if kind in self.counts
        ]


def sent_of(place: Unit, day: date, days: int = 14) -> list[Sent]:
    """Who was told how much at the place in the days up to ``day``, the latest first."""
    rows = (
        Notice.objects.filter(place=place, day__gt=day - timedelta(days=days), day__lte=day)
        .order_by()
        .values("day", "user", "kind", "mailed")
        .annotate(number=Count("pk"), read=Count("pk", filter=Q(read_at__isnull=False)))
    )
    counts: dict[tuple[date, int], dict[str, int]] = {}
    read: dict[tuple[date, int], int] = {}
    mails: dict[tuple[date, int], int] = {}
    for row in rows:
        at = (row["day"], row["user"])
        kinds = counts.setdefault(at, {})
        kinds[row["kind"]] = kinds.get(row["kind"], 0) + row["number"]
        read[at] = read.get(at, 0) + row["read"]
        if row["mailed"]:
            mails[at] = row["mailed"]
    users = User.objects.in_bulk({user for _, user in counts})
    deliveries = Delivery.objects.in_bulk(set(mails.values()))
    found = [
        Sent(day, users[user], kinds, read[day, user], deliveries.get(mails.get((day, user), 0)))
        for (day, user), kinds in counts.items()
    ]
    return sorted(found, key=lambda row: (-row.day.toordinal(), row.user.sort_key))


def hooks_of(place: Unit) -> list[Webhook]:
    """The place's webhooks, each with ``waiting``: how many messages it has still to get."""
    waiting = Q(deliveries__state__in=[DeliveryState.WAITING, DeliveryState.SENDING])
    rows = Webhook.objects.filter(place=place, removed_at=None).annotate(
        waiting=Count("deliveries", filter=waiting)
    )
    return list(rows.order_by("pk"))


@dataclass(slots=True)
class Group:
    """Whom a ready text is for, and its text."""

    code: str
    name: str
    late: int = 0
    coming: int = 0
    text: str = ""
    lines: list[zalo.Line] = field(default_factory=list)


EVERYBODY = "tat-ca"
GROUPINGS = (("co-quan", "Theo cơ quan"), ("thon", "Theo thôn"), (EVERYBODY, "Tất cả việc chậm"))


def texts(user: User, place: Unit, by: str, day: date, sender: str) -> list[Group]:
    """Ready texts for the place's late and coming tasks, those with most that is late first.

    ``by`` is one of ``GROUPINGS``. Only tasks that the person may see are in them.
    """
    tasks = list(
        views.of_unit(user, place)
        .filter(state__in=UNFINISHED, end__lte=day + timedelta(days=AHEAD))
        .order_by("end", "pk")
        .prefetch_related("offices", "villages")
    )
    if by == EVERYBODY:
        found = [Group(EVERYBODY, "các cơ quan, thôn có việc chậm")]
        found[0].lines = [_line(task) for task in tasks if task.end and task.end < day]
    elif by == "thon":
        found = _by_village(tasks)
    else:
        found = _by_office(tasks)
    for group in found:
        group.late = sum(line.end < day for line in group.lines)
        group.coming = len(group.lines) - group.late
        group.text = zalo.ready_text(group.name, group.lines, day, sender=sender)
    return sorted(
        (group for group in found if group.lines), key=lambda each: (-each.late, each.name)
    )


def _line(task: Task, *, named: bool = True) -> zalo.Line:
    assert task.end is not None
    leads = [office.name for office in task.offices.all() if office.leads]
    return zalo.Line(task.text, task.end, "; ".join(leads) if named else "", task.waiting_for)


def _by_office(tasks: Sequence[Task]) -> list[Group]:
    found: list[Group] = []
    keys: list[str] = []
    for task in tasks:
        leads: list[TaskOffice] = [office for office in task.offices.all() if office.leads]
        for office in leads:
            at = next((n for n, key in enumerate(keys) if is_meant(office.key, key)), None)
            if at is None:
                at = len(found)
                keys.append(office.key)
                found.append(Group(office.key.replace(" ", "-")[:60], office.name))
            found[at].lines.append(_line(task, named=False))
    return found


def _by_village(tasks: Sequence[Task]) -> list[Group]:
    found: dict[int, Group] = {}
    for task in tasks:
        for village in task.villages.all():
            group = found.setdefault(village.pk, Group(f"thon-{village.pk}", village.title))
            group.lines.append(_line(task))
    return list(found.values())
