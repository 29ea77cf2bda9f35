"""The rules of a place, and the notices that follow from them: each to each person once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.people.offices import VILLAGE_KEYS, answers, office_key
from dinhlang.places.models import Unit

from .. import reminding
from ..models import (
    UNFINISHED,
    Commitment,
    CommitmentState,
    Notice,
    ReminderRule,
    Task,
    TaskOffice,
    TaskState,
)
from ..reminding import BadRule, Deciders, Matter, Rule, Telling
from ..selectors import standing_in
from ..selectors.tasks import villages_of
from . import webhooks

__all__ = ["BadRule", "Changed", "plan_all", "plan_place", "rule_of", "save_rule"]

MANY = 500
COMMITMENTS = Rule(before=(30, 14, 7, 1), after_every=7, escalate_after=None)
"""Promises to a higher level are spoken of earlier, and to those who lead and decide."""


class Changed(Exception):
    """Somebody else saved the rule meanwhile; nothing was written. The message is for the user."""

    def __init__(self, who: str) -> None:
        super().__init__(
            f"{who} vừa sửa cách nhắc này. Chưa ghi đè gì: hãy xem giá trị hiện tại bên dưới, "
            "rồi lưu lại nếu vẫn muốn theo ý bạn."
        )


def rule_of(place: Unit) -> Rule:
    """How the place speaks of its tasks; the defaults where nobody chose."""
    row = ReminderRule.objects.filter(place=place).first()
    return as_rule(row) if row else Rule()


def as_rule(row: ReminderRule) -> Rule:
    """The row as the planner wants it."""
    return Rule(
        is_on=row.is_on, before=tuple(row.before), on_day=row.on_day,
        after_every=row.after_every, to_partners=row.to_partners,
        to_villages=row.to_villages, escalate_after=row.escalate_after,
    )  # fmt: skip


def save_rule(user: User, place: Unit, seen: int, rule: Rule) -> ReminderRule:
    """Keep how a place speaks of its tasks; ``seen`` is the revision its author saw (0: none).

    Needs ``REVIEW``. Raises ``AccessDenied``, ``BadRule``, and ``Changed`` where somebody else
    saved something different since.
    """
    if rule.after_every > reminding.LONGEST_AFTER:
        raise BadRule(f"Nhắc lại nhiều nhất {reminding.LONGEST_AFTER} ngày một lần.", "after")
    if rule.escalate_after is not None and not 1 <= rule.escalate_after <= 365:
        raise BadRule("Báo lãnh đạo sau 1 đến 365 ngày trễ hạn.", "escalate")
    with transaction.atomic():
        require(user, Action.REVIEW, place)
        now = timezone.now()
        made, is_new = ReminderRule.objects.get_or_create(
            place=place, defaults={"changed": now, "changed_by": user, "before": [7, 1]}
        )
        row: ReminderRule = (
            ReminderRule.objects.select_for_update(of=("self",))
            .select_related("changed_by")
            .get(pk=made.pk)
        )
        old = as_rule(row)
        if old == rule:
            return row
        if not is_new and row.revision != seen:
            raise Changed(str(row.changed_by))
        values: dict[str, Any] = {
            name: getattr(rule, name) for name in Rule.__dataclass_fields__ if name != "before"
        }
        for name, value in values.items():
            setattr(row, name, value)
        row.before, row.revision = list(rule.before), row.revision + 1
        row.changed, row.changed_by = now, user
        row.save()
        audit.record(
            user, "sửa cách nhắc việc", row, place,
            {name: [_plain(getattr(old, name)), _plain(getattr(rule, name))]
             for name in Rule.__dataclass_fields__ if getattr(old, name) != getattr(rule, name)},
        )  # fmt: skip
        return row


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def plan_all(now: datetime) -> int:
    """Write the notices that fell due by now, at every place; returns how many are new.

    Each place is a transaction of its own: one that fails, or is cut off, is planned again.
    """
    day = timezone.localdate(now)
    tasks = Task.objects.filter(_speaks(day, reminding.LONGEST_BEFORE)).values("place")
    promised = _open_commitments().values("place")
    places = Unit.objects.filter(Q(pk__in=tasks) | Q(pk__in=promised)).order_by("pk")
    return sum(plan_place(place, day, now) for place in places)


def _speaks(day: date, before: int) -> Q:
    """Unfinished tasks whose end is near or past, and those that wait for acceptance."""
    near = Q(state__in=UNFINISHED, end__lte=day + timedelta(days=before))
    return Q(removed_at=None, withdrawn_at=None) & (near | Q(state=TaskState.DONE))


def _open_commitments() -> Any:
    return Commitment.objects.filter(state=CommitmentState.OPEN, removed_at=None, due__isnull=False)


def plan_place(place: Unit, day: date, now: datetime) -> int:
    """Write the place's notices that fell due by this day; returns how many are new."""
    rule = rule_of(place)
    deciders = Deciders(
        frozenset(user.pk for user in standing_in.leaders(place, day)),
        frozenset(user.pk for user in standing_in.reviewers(place, day)),
    )
    found = [
        *reminding.plan(matters_of(place, rule, day), rule, deciders, day),
        *reminding.plan(_promises(place, deciders), COMMITMENTS, deciders, day),
    ]
    fresh = list(_unknown(found))
    if not fresh:
        return 0
    with transaction.atomic():
        Notice.objects.bulk_create(
            (_notice(place, telling, day, now) for telling in fresh),
            ignore_conflicts=True,
            batch_size=MANY,
        )
        webhooks.tell_reminders(place, fresh, now)
    return len(fresh)


def matters_of(place: Unit, rule: Rule, day: date) -> Iterator[Matter]:
    """The place's tasks of which something may be to say, with the people behind the offices."""
    rows = Task.objects.filter(_speaks(day, max(rule.before, default=0)), place=place)
    answer = _Answering(standing_in.posts(place, day))
    named: dict[int, tuple[set[int], set[int]]] = {}
    offices = TaskOffice.objects.filter(task__in=rows.order_by().values("pk")).order_by()
    of_all: list[tuple[int, bool]] = []
    for task_id, key, leads in offices.values_list("task", "key", "leads"):
        both = named.setdefault(task_id, (set(), set()))
        both[0 if leads else 1].update(answer.people(key))
        if key in VILLAGE_KEYS:
            of_all.append((task_id, leads))
    through = Task.villages.through.objects.filter(task__in=rows.order_by().values("pk"))
    units: dict[int, list[int]] = {}
    for task_id, unit in through.values_list("task", "unit"):
        units.setdefault(task_id, []).append(unit)
    wanted = {one for found in units.values() for one in found}
    if of_all:
        wanted.update(villages_of(place).order_by().values_list("pk", flat=True))
    heads = standing_in.village_heads(wanted, day)
    everyone = {head for found in heads.values() for head in found}
    for task_id, leads in of_all:
        if task_id not in units:
            named[task_id][0 if leads else 1].update(everyone)
    fields = ("pk", "text", "end", "state", "done_at", "changed", "created")
    for pk, text, end, state, *times in rows.order_by("pk").values_list(*fields):
        led, helped = named.get(pk, ((), ()))
        yield Matter(
            sort="task",
            number=pk,
            text=text,
            end=end,
            done_on=_day_of(times) if state == TaskState.DONE else None,
            leads=frozenset(led),
            partners=frozenset(helped),
            villagers=frozenset(user for unit in units.get(pk, ()) for user in heads.get(unit, ())),
        )


class _Answering:
    """The people who answer for an office that a task names; each name is looked at once."""

    def __init__(self, posts: Sequence[standing_in.Post]) -> None:
        self._posts = [
            (post.keys, post.person.pk, office_key(post.person.full_name)) for post in posts
        ]
        self._known: dict[str, frozenset[int]] = {}

    def people(self, key: str) -> frozenset[int]:
        """Their numbers."""
        if key not in self._known:
            self._known[key] = frozenset(
                pk for held, pk, name in self._posts if answers(key, held, name)
            )
        return self._known[key]


def _day_of(times: Sequence[datetime | None]) -> date:
    """The day of the first of these moments that is known."""
    return timezone.localdate(next(moment for moment in times if moment))


def _promises(place: Unit, deciders: Deciders) -> Iterator[Matter]:
    people = deciders.leaders | deciders.reviewers
    for row in _open_commitments().filter(place=place):
        yield Matter(sort="commitment", number=row.pk, text=row.text, end=row.due, leads=people)


def _unknown(found: Sequence[Telling]) -> Iterator[Telling]:
    keys = [telling.key for telling in found]
    known: set[str] = set()
    for at in range(0, len(keys), MANY):
        known.update(
            Notice.objects.filter(key__in=keys[at : at + MANY]).values_list("key", flat=True)
        )
    return (telling for telling in found if telling.key not in known)


def _notice(place: Unit, telling: Telling, day: date, now: datetime) -> Notice:
    matter = telling.matter
    about = "Cam kết" if matter.sort == "commitment" else "Việc"
    if telling.kind == reminding.Kind.ESCALATED:
        about = "Báo lãnh đạo"
    words = f"{telling.words[:1].upper()}{telling.words[1:]}"
    return Notice(
        key=telling.key,
        user_id=telling.person,
        place=place,
        kind=telling.kind.value,
        task_id=matter.number if matter.sort == "task" else None,
        commitment_id=matter.number if matter.sort == "commitment" else None,
        text=f"{about}: {_short(matter.text, 300)} – {words}",
        day=day,
        at=now,
    )


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"
