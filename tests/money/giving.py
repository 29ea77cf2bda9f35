"""Policies, households, pledges and receipts of commune A, made as people make them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from dinhlang.money.models import Beneficiary, Pledge, Policy, Receipt
from dinhlang.money.services import beneficiaries, contributions, policies
from dinhlang.money.services.support_fields import (
    BeneficiarySaid,
    PledgeSaid,
    PolicySaid,
    ReceiptSaid,
)
from tests.world import World

YEAR = 2026
GROUPS = ("hộ nghèo", "hộ cận nghèo")
TODAY = date(YEAR, 6, 15)


def a_policy(world: World, **more: Any) -> Policy:
    """Waste water, a million đồng each, by the officer of A; at B with ``place="b"``."""
    place = more.pop("place", "a")
    by = world.people["officer" if place == "a" else "elsewhere"]
    said = {
        "name": "Hỗ trợ xử lý nước thải", "kind": "nước thải", "amount": 1_000_000,
        "basis": "Nghị quyết 01/NQ-HĐND", "year": YEAR, "groups": GROUPS,
        "technical": "mẫu thiết kế 3 bi",
    } | more  # fmt: skip
    return policies.add_policy(by, world.places[place], PolicySaid(**said), uuid4())


def identity(number: int) -> str:
    """An identity number of nobody's."""
    return f"{number:012d}"


def a_household(
    world: World, policy: Policy, name: str = "Nguyễn Thị Một", **more: Any
) -> Beneficiary:
    """A household of village A1 on the policy's list."""
    said = {"name": name, "village": world.places["a1"].pk, "group": "hộ nghèo"} | more
    return beneficiaries.add(world.people["officer"], policy.pk, BeneficiarySaid(**said), uuid4())


def households(world: World, policy: Policy, count: int, first: int = 1) -> list[Beneficiary]:
    """So many, each with a number of its own."""
    return [
        a_household(world, policy, f"Hộ số {at}", identity=identity(at))
        for at in range(first, first + count)
    ]


def check(world: World, policy: Policy, rows: Sequence[Beneficiary], day: date = TODAY) -> None:
    """The condition of these was found met."""
    beneficiaries.mark_checked(
        world.people["officer"], policy.pk, [row.pk for row in rows], day, uuid4()
    )


def pay(
    world: World, policy: Policy, rows: Sequence[Beneficiary], day: date = TODAY
) -> list[beneficiaries.Marked]:
    """These are paid; says what became of each."""
    return beneficiaries.mark_paid(
        world.people["officer"], policy.pk, [row.pk for row in rows], day, "Phiếu chi 01", uuid4()
    )


def a_pledge(world: World, giver: str = "Gia đình Một", **more: Any) -> Pledge:
    """Two million in cash for the road, unless it says otherwise."""
    year = more.pop("year", YEAR)
    said: dict[str, Any] = {"giver": giver, "kind": "people_cash", "purpose": "Làm đường"}
    if "quantity" not in more:
        said["amount"] = 2_000_000
    return contributions.add_pledge(
        world.people["officer"], world.places["a"], year, PledgeSaid(**(said | more)), uuid4()
    )


def a_receipt(world: World, giver: str = "Gia đình Một", **more: Any) -> Receipt:
    """Half a million in cash, unless it says otherwise; of a ``pledge`` where one is given."""
    place = more.pop("place", "a")
    by = world.people["officer" if place == "a" else "elsewhere"]
    pledge: Pledge | None = more.pop("of", None)
    said: dict[str, Any] = {"giver": giver, "kind": "people_cash", "day": TODAY}
    if pledge is not None:
        said |= {
            "giver": pledge.giver, "kind": pledge.kind, "unit": pledge.unit,
            "price": pledge.price, "village": pledge.village_id, "purpose": pledge.purpose,
            "pledge": pledge.pk,
        }  # fmt: skip
    if "quantity" not in more:
        said["amount"] = 500_000
    return contributions.give_receipt(
        by, world.places[place], ReceiptSaid(**(said | more)), uuid4()
    )  # fmt: skip


def today_is(monkeypatch: Any, day: date = TODAY) -> None:
    """The services take this day for today."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
