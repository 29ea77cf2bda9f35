"""What an accepted plan brings to the rooms of work and money, on the day it is or long after."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from dinhlang.money.models import Need, Source, SupportProposal
from dinhlang.money.services.rows import lock
from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.work.models import Commitment, Origin
from dinhlang.work.services import following

from .. import task_items
from ..editing.draft import Data
from ..models import Plan, PlanTask, PlanVersion
from .money import follow_money
from .promises import follow_promises, promised
from .support import propose_support


@dataclass(frozen=True, slots=True)
class Missing:
    """How much of a plan's version in force stands nowhere else yet."""

    tasks: int = 0
    money: int = 0
    support: int = 0
    promises: int = 0

    def __bool__(self) -> bool:
        return bool(self.tasks or self.money or self.support or self.promises)

    @property
    def words(self) -> str:
        """“3 việc, 7 khoản kinh phí”."""
        named = (
            (self.tasks, "việc"), (self.money, "khoản kinh phí"),
            (self.support, "chính sách hỗ trợ"), (self.promises, "cam kết"),
        )  # fmt: skip
        return ", ".join(f"{count} {name}" for count, name in named if count)


def missing(plan: Plan) -> Missing:
    """What ``put_to_work`` would make; empty where all of it stands already."""
    if plan.current is None:
        return Missing()
    data, prefix = plan.current.document, f"plan:{plan.pk}:"
    items = [*(data.get("tasks") or []), *task_items.roadmap(data), *task_items.goals(data)]
    known = set(plan.tasks.values_list("number", flat=True))
    funding = data.get("funding") or {}
    money = [*(funding.get("needs") or []), *(funding.get("sources") or [])]
    kept, *others = (
        model.objects.filter(origin_ref__startswith=prefix).order_by().values_list("origin_ref")
        for model in (Need, Source, SupportProposal, Commitment)
    )
    refs = {ref for (ref,) in kept.union(*others)}
    promises = [min(item["id"] for item in items) for items in promised(data).values()]
    return Missing(
        tasks=sum(int(item["id"]) not in known for item in items),
        money=sum(f"{prefix}{item['id']}" not in refs for item in money),
        support=sum(f"{prefix}{item['id']}" not in refs for item in data.get("support") or []),
        # What was declined under an older version's number is not offered again.
        promises=0 if any(f"{prefix}{each}" in refs for each in promises) else len(promises),
    )


def put_to_work(user: User, plan: Plan) -> Missing:
    """Bring what the version in force says and that stands nowhere yet; returns how much that was.

    A plan accepted before a room was built has its tasks, money, support and commitments then as
    if it were accepted today; called again it changes nothing, and what people changed stays.
    Raises ``AccessDenied`` without ``REVIEW``.
    """
    require(user, Action.REVIEW, plan.place)
    with transaction.atomic():
        # Before the log's end, as every service that writes numbers or money of a place does.
        lock(plan.place)
        row: Plan = (
            Plan.objects.select_for_update(of=("self",)).select_related("place").get(pk=plan.pk)
        )
        lacking = missing(row)
        if row.current is not None and lacking:
            bring(user, row, row.current, row.current.document)
            audit.record(user, "đưa kế hoạch thành việc", row, row.place, {
                "tasks": lacking.tasks, "money": lacking.money, "support": lacking.support,
                "promises": lacking.promises,
            })  # fmt: skip
        return lacking


def bring(user: User, plan: Plan, version: PlanVersion, data: Data) -> None:
    """Have work and money follow the version; within the transaction that makes it hold."""
    follow_tasks(user, plan, data)
    follow_money(user, plan, version, data)
    propose_support(user, plan, version, data)
    follow_promises(user, plan, version, data)


def follow_tasks(user: User, plan: Plan, data: Data) -> None:
    """Bring the tasks of the plan in line with its current version; state and notes stay."""
    items = list(task_items.followed(plan, data))
    outcome = following.follow(user, plan.place, f"plan:{plan.pk}:", items, Origin.PLAN)
    known = set(plan.tasks.values_list("number", flat=True))
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, number=int(number), task=task)
        for number, task in outcome.tasks.items()
        if int(number) not in known
    )
