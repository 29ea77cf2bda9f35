"""The rows of reminders, leave, hand-over and commitments.

Notices are everybody's own. The rules of a place are kept by those who decide, its webhooks by
those who manage it, an office changes hands by those who manage it.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from dinhlang.people.models import Office, OfficeHolding
from dinhlang.work.models import Commitment, StandIn, Webhook
from dinhlang.work.services import commitments, covering, webhooks
from tests.permissions.rows_plans import KEY, edited, seen
from tests.permissions.rows_work import task
from tests.permissions.table import Page, answers, everybody
from tests.world import World


def hook(world: World) -> Webhook:
    """A webhook of commune A."""
    return webhooks.add(
        world.people["coordinator"], world.places["a"], uuid4(), "https://vidu.vn/", ["task.state"]
    )


def office(world: World) -> Office:
    """An office of commune A, held by nobody of the table."""
    return Office.objects.create(place=world.places["a"], title="Công chức Địa chính")


def stand_in(world: World) -> StandIn:
    """Somebody who stands in for the office today."""
    day = timezone.localdate()
    return covering.add_stand_in(
        world.people["coordinator"], office(world), world.people["officer"], day, day, "ốm", uuid4()
    )


def handed_over(world: World) -> list[Any]:
    """A hand-over of that office."""
    holder = world.add_person("giver", "Người Giao Mẫu", None)
    held = office(world)
    OfficeHolding.objects.create(user=holder, office=held)
    row = covering.hand_over(
        world.people["coordinator"], held, holder, world.people["officer"], timezone.localdate(),
        "", {}, uuid4(),
    )  # fmt: skip
    return [world.places["a"].pk, row.pk]


def commitment(world: World) -> Commitment:
    """A commitment of commune A, made by its leader."""
    promise = commitments.Promise(text="Hoàn thành tiêu chí 17", to_whom="tỉnh")
    return commitments.add(world.people["leader"], world.places["a"], promise, uuid4())


def of_commune(world: World) -> list[Any]:
    """Its place and number."""
    row = commitment(world)
    return [row.place_id, row.pk]


def removed(world: World) -> list[Any]:
    """The same, removed by the leader."""
    row = commitment(world)
    commitments.remove(world.people["leader"], row.pk, uuid4())
    return [row.place_id, row.pk]


NEEDS = {
    "the commune": lambda world: [world.places["a"].pk],
    "a webhook": lambda world: [hook(world).pk],
    "a webhook to stop": lambda world: [hook(world).pk, "dung"],
    "an office": lambda world: [office(world).pk],
    "a stand-in": lambda world: [stand_in(world).pk],
    "a hand-over": handed_over,
    "a task": task,
    "a commitment": of_commune,
    "a removed commitment": removed,
}

OWN = everybody(200, 302) | {"nobody": 403, "resident": 403}
OWN_ON = everybody(302) | {"nobody": 403, "resident": 403}


def decided(status: int, others: int = 404) -> dict[str, int]:
    """Those who decide in commune A; the officer and the province see it and may not."""
    return answers(
        leader=status, coordinator=status, admin=status, officer=others, province=others,
        village_head=404, elsewhere=404,
    )  # fmt: skip


def managed(status: int, others: int = 404) -> dict[str, int]:
    """Those who manage commune A."""
    return answers(
        coordinator=status, admin=status, leader=others, officer=others, province=others,
        village_head=others, elsewhere=others,
    )  # fmt: skip


PAGES = (
    Page("work:notices", "get", OWN),
    Page("work:notices-count", "get", OWN),
    Page("work:notices-read", "post", OWN_ON),
    Page("work:my-reminders", "get", OWN),
    Page(
        "work:my-reminders", "post", OWN_ON,
        data={"thu": "1", "im-tu": "21:00", "im-den": "6:30", "gio-gop": "7:00"},
    ),
    Page("work:reminders-home", "get", OWN_ON),
    Page("work:reminders", "get", seen(), "the commune"),
    Page("work:reminders-texts", "get", seen(), "the commune"),
    Page("work:reminders-sent", "get", seen(), "the commune"),
    Page("work:reminders-save", "post", decided(302), "the commune", {"truoc": "5"}),
    Page("work:hook-add", "post", managed(422), "the commune", {"luot": KEY}),
    Page("work:hook-secret", "get", managed(200), "a webhook"),
    Page("work:hook-change", "post", managed(302, 403), "a webhook to stop"),
    Page("work:covering", "get", seen(), "the commune"),
    Page("work:stand-in-add", "post", seen(422), "the commune", {"luot": KEY}),
    Page("work:stand-in-end", "post", decided(302, 403), "a stand-in"),
    Page("work:stand-in-resume", "post", decided(302, 403), "a stand-in"),
    Page("work:hand-over", "get", managed(200), "an office"),
    Page("work:hand-over", "post", managed(422), "an office", {"luot": KEY}),
    Page("work:handed-over", "get", seen(), "a hand-over"),
    Page("work:task-delegate", "get", edited(200), "a task"),
    Page("work:task-delegate", "post", edited(422), "a task", {"luot": KEY}),
    Page("work:commitments", "get", seen(), "the commune"),
    Page("work:commitment-add", "get", edited(200), "the commune"),
    Page("work:commitment-add", "post", edited(422), "the commune", {"luot": KEY}),
    Page("work:commitment", "get", seen(), "a commitment"),
    Page(
        "work:commitment-change", "post", edited(302), "a commitment",
        {"luot": KEY, "noi-dung": "Hoàn thành tiêu chí 18"},
    ),
    Page(
        "work:commitment-tell", "post", edited(302), "a commitment",
        {"luot": KEY, "tt": "open", "ghi-chu": "đang làm"},
    ),
    Page("work:commitment-remove", "post", decided(302, 403) | {"province": 404},
         "a commitment", {"luot": KEY}),
    Page("work:commitment-restore", "post", edited(302), "a removed commitment"),
)  # fmt: skip
