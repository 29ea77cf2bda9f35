"""Tasks of an accepted plan that nobody leads yet though its duties say who does.

A plan accepted before its duties were read, or before two offices in one breath were known as two,
has tasks without a lead, or led by “A và B”. One key gives them what the plan says; what people
set stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.joined import each_of
from dinhlang.people.models import Office, User
from dinhlang.people.offices import office_key
from dinhlang.work.models import UNFINISHED, Task
from dinhlang.work.services.tasks import change

from .. import task_items
from ..models import Plan

_JOINT = re.compile(r"[;,&]|\b(?:và|cùng)\b")
NAME = "giao chủ trì theo kế hoạch"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A task with the leads the plan gives it; ``before`` are those it has, ``why`` the place."""

    task: Task
    before: tuple[str, ...]
    lead: tuple[str, ...]
    why: str


def lacking(plan: Plan) -> list[Lacking]:
    """The unfinished tasks that nobody leads, or a name that joins several, with who would."""
    if plan.current is None:
        return []
    prefix = f"plan:{plan.pk}:"
    rows = Task.objects.filter(
        origin_ref__startswith=prefix, state__in=UNFINISHED, removed_at=None, withdrawn_at=None
    )
    open_ones = {
        row.origin_ref: row
        for row in rows.prefetch_related("offices")
        if not (now := _leads(row)) or any(_JOINT.search(name) for name in now)
    }
    if not open_ones:
        return []
    known = list(
        Office.objects.filter(place=plan.place, closed_on=None).values_list("title", flat=True)
    )
    wanted = []
    for item in task_items.followed(plan, plan.current.document):
        task = open_ones.get(prefix + item.number)
        if task is None:
            continue
        now = _leads(task)
        apart, joined = each_of(now, known)
        lead = tuple(apart) if joined else tuple(item.said.lead)
        if lead and (joined or not now):
            wanted.append(Lacking(task, now, lead, _why(item.text, joined)))
    return wanted


def _leads(task: Task) -> tuple[str, ...]:
    return tuple(each.name for each in task.offices.all() if each.leads)


def _why(text: str, joined: list[str]) -> str:
    if joined:
        return f"cùng chủ trì theo câu “{joined[0]}”"
    _, _, duty = text.partition("; ")
    return duty or text


def put(user: User, plan: Plan, key: UUID) -> list[Lacking]:
    """Give the tasks their leads; returns those that got one. Sent again nothing more is done.

    ``work.services.bulk.undo_all`` with the same key takes it back. Raises ``AccessDenied``
    without ``REVIEW``.
    """
    require(user, Action.REVIEW, plan.place)
    with transaction.atomic():
        rows = lacking(plan)
        for each in rows:
            wanted = {"lead": list(each.lead)}
            partners = [o.name for o in each.task.offices.all() if not o.leads]
            led = {office_key(name) for name in each.lead}
            if any(office_key(name) in led for name in partners):
                wanted["partners"] = [name for name in partners if office_key(name) not in led]
            change(user, each.task.pk, uuid5(key, str(each.task.pk)), each.task.revision, wanted)
        if rows:
            audit.record(user, NAME, plan, plan.place, {"tasks": [each.task.pk for each in rows]})
        return rows
