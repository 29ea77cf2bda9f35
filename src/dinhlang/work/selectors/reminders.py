"""What the pages of reminders and notices show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from dinhlang.people.models import User
from dinhlang.people.offices import office_key, the_one
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
from .page import posts_of

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
    tasks = views.of_unit(user, place).filter(
        state__in=UNFINISHED, end__lte=day + timedelta(days=AHEAD)
    )
    leads = _leads(tasks)
    lines = {}
    fields = ("pk", "text", "end", "waiting_for")
    for pk, text, end, waiting in tasks.order_by("end", "pk").values_list(*fields):
        who = "; ".join(name for _, name in leads.get(pk, ()))
        if end is not None:
            lines[pk] = zalo.Line(text, end, who, waiting)
    if by == EVERYBODY:
        found = [Group(EVERYBODY, "các cơ quan, thôn có việc chậm")]
        found[0].lines = [line for line in lines.values() if line.end < day]
    elif by == "thon":
        found = _by_village(tasks, lines)
    else:
        found = _by_office(leads, lines, posts_of(place))
    for group in found:
        group.late = sum(line.end < day for line in group.lines)
        group.coming = len(group.lines) - group.late
        group.text = zalo.ready_text(group.name, group.lines, day, sender=sender)
    return sorted(
        (group for group in found if group.lines), key=lambda each: (-each.late, each.name)
    )


def _leads(tasks: QuerySet[Task]) -> dict[int, list[tuple[str, str]]]:
    """Key and name of the offices that lead each task."""
    rows = TaskOffice.objects.filter(task__in=tasks.order_by().values("pk"), leads=True)
    found: dict[int, list[tuple[str, str]]] = {}
    for task_id, key, name in rows.order_by("pk").values_list("task", "key", "name"):
        found.setdefault(task_id, []).append((key, name))
    return found


def _by_office(
    leads: Mapping[int, Sequence[tuple[str, str]]],
    lines: Mapping[int, zalo.Line],
    posts: list[tuple[str, tuple[str, ...]]],
) -> list[Group]:
    """A group an office, under its own title where the place has it, whatever a task calls it."""
    groups: dict[str, Group] = {}
    same: dict[str, str] = {}
    known = list(posts)
    for pk, line in lines.items():
        for key, name in leads.get(pk, ()):
            if key not in same:
                title = the_one(key, known)
                if not title:
                    known.append((name, (key,)))
                same[key] = office_key(title) if title else key
                code = same[key].replace(" ", "-")[:60]
                groups.setdefault(same[key], Group(code, title or name))
            groups[same[key]].lines.append(replace(line, who=""))
    return list(groups.values())


def _by_village(tasks: QuerySet[Task], lines: Mapping[int, zalo.Line]) -> list[Group]:
    through = Task.villages.through.objects.filter(task__in=tasks.order_by().values("pk"))
    pairs = list(through.values_list("task", "unit"))
    villages = Unit.objects.in_bulk({unit for _, unit in pairs})
    found: dict[int, Group] = {}
    for pk, unit in pairs:
        group = found.setdefault(unit, Group(f"thon-{unit}", villages[unit].title))
        group.lines.append(lines[pk])
    return list(found.values())
