"""Whatever people do with support and contributions: sums agree, numbers have no gaps."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.money import eligible
from dinhlang.money.models import Beneficiary, Pledge, Receipt
from dinhlang.money.selectors import contributions as gifts
from dinhlang.money.selectors import published, support
from dinhlang.money.services import beneficiaries, contributions
from dinhlang.money.services.trouble import BadRow
from dinhlang.vietnamese import parse_words
from tests.money.giving import TODAY, YEAR, a_household, a_pledge, a_policy, a_receipt, identity
from tests.world import World, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
KINDS = ("people_cash", "people_labour", "people_land", "people_kind", "enterprise")


@given(st.integers(0, 10**15 - 1))
def test_an_amount_in_words_reads_back_as_the_amount(amount: int) -> None:
    words = eligible.in_words(amount).removesuffix(" đồng")
    assert parse_words(words) == amount


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pledge"), st.sampled_from(KINDS), st.integers(1, 10**9)),
        st.tuples(st.just("receipt"), st.integers(0, 9), st.integers(1, 10**9)),
        st.tuples(st.just("loose"), st.sampled_from(KINDS), st.integers(1, 10**9)),
        st.tuples(st.just("cancel"), st.integers(0, 9), st.sampled_from((YEAR, YEAR + 1))),
        st.tuples(st.just("remove"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("refused"), st.integers(0, 9), st.just(0)),
    ),
    min_size=1, max_size=14,
)  # fmt: skip


def what(kind: str, amount: int) -> dict[str, Any]:
    """Cash of that amount, or a quantity of it at an odd price."""
    if kind in ("people_cash", "enterprise"):
        return {"kind": kind, "amount": amount}
    return {"kind": kind, "quantity": amount % 10**6 + 1, "price": 333, "unit": "tấn"}


def gift_step(world: World, step: tuple[Any, ...]) -> None:
    """One thing somebody does; what is refused changes nothing."""
    officer = world.people["officer"]
    name, which, amount = step
    village = world.places["a1" if amount % 2 else "a2"].pk if amount % 3 else None
    pledges, receipts = list(Pledge.objects.order_by("pk")), list(Receipt.objects.order_by("pk"))
    try:
        with transaction.atomic():
            if name == "pledge":
                a_pledge(world, f"Nhà {amount}", village=village, **what(which, amount))
            elif name == "loose":
                a_receipt(world, f"Khách {amount}", village=village, **what(which, amount))
            elif name == "receipt" and pledges:
                pledge = pledges[which % len(pledges)]
                a_receipt(world, of=pledge, **what(pledge.kind, amount))
            elif name == "cancel" and receipts:
                contributions.cancel_receipt(
                    officer, receipts[which % len(receipts)].pk, "nhầm", date(amount, 6, 20),
                    uuid4(),
                )  # fmt: skip
            elif name == "remove" and pledges:
                contributions.remove_pledge(officer, pledges[which % len(pledges)].pk, uuid4())
            elif name == "refused":
                a_receipt(world, amount=0)
    except BadRow:
        pass


@QUICK
@given(STEPS)
def test_what_was_promised_and_came_adds_up_and_numbers_have_no_gaps(
    world: World, steps: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.utils.timezone.localdate", lambda *_: date(YEAR + 1, 12, 1))
            for step in steps:
                gift_step(world, step)
        officer, place = world.people["officer"], world.places["a"]
        for year in (YEAR, YEAR + 1):
            rows = list(Receipt.objects.filter(place=place, year=year).order_by("number"))
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))
            found = gifts.summary(officer, place, year, TODAY)
            total = sum(row.amount for row in rows)
            assert found.came == total == sum(gifts.came_by_kind(place, year).values())
            assert published.ledger_data(place, year)["total"] == total
            for several in (found.by_kind, found.by_village, found.by_purpose):
                assert sum(each.came for each in several) == total
                assert sum(each.promised for each in several) == found.promised
            by_pledge = sum(each.came for each in gifts.pledges(officer, place, year))
            loose = sum(
                row.amount for row in Receipt.objects.filter(place=place, pledge=None, year=year)
            )
            if year == YEAR:
                later = sum(
                    row.amount
                    for row in Receipt.objects.filter(place=place, year=YEAR + 1)
                    if row.pledge_id is not None
                )
                gone = sum(
                    row.amount
                    for row in Receipt.objects.exclude(pledge__removed_at=None).exclude(pledge=None)
                )
                assert by_pledge + gone == total - loose + later
        transaction.set_rollback(True)


LIST_STEPS = st.lists(
    st.tuples(
        st.sampled_from(("add", "check", "pay", "unpay", "uncheck", "remove", "restore")),
        st.integers(0, 7), st.integers(1, 5000),
    ),
    min_size=1, max_size=16,
)  # fmt: skip


def list_step(world: World, policy: Any, step: tuple[str, int, int]) -> None:
    """One thing somebody does with the list; what is refused changes nothing."""
    name, which, quantity = step
    officer = world.people["officer"]
    rows = list(Beneficiary.objects.order_by("pk"))
    row = rows[which % len(rows)] if rows else None
    try:
        with transaction.atomic():
            if name == "add":
                a_household(
                    world, policy, f"Hộ {which}", identity=identity(which + 1), quantity=quantity
                )
            elif row is None:
                return
            elif name == "check":
                beneficiaries.mark_checked(officer, policy.pk, [row.pk], TODAY, uuid4())
            elif name == "pay":
                beneficiaries.mark_paid(officer, policy.pk, [row.pk], TODAY, "PC 1", uuid4())
            elif name == "unpay":
                beneficiaries.unpay(officer, policy.pk, [row.pk], uuid4())
            elif name == "uncheck":
                beneficiaries.uncheck(officer, policy.pk, [row.pk], uuid4())
            elif name == "remove":
                beneficiaries.remove(officer, row.pk, uuid4())
            else:
                beneficiaries.restore(officer, row.pk, uuid4())
    except BadRow:
        pass


@QUICK
@given(LIST_STEPS)
def test_a_policys_numbers_are_those_of_its_list_and_nobody_is_paid_over_it(
    world: World, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        policy = a_policy(world, amount=777_777, most=8, total=6_000_001)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
            for step in steps:
                list_step(world, policy, step)
        rows = list(Beneficiary.objects.filter(policy=policy, removed_at=None))
        totals = support.with_totals([policy])[0].totals
        paid = [row for row in rows if row.paid_on]
        checked = [row for row in rows if row.checked_on and not row.paid_on]
        assert (totals.count, totals.amount) == (len(rows), sum(row.amount for row in rows))
        assert (totals.paid, totals.paid_amount) == (len(paid), sum(row.amount for row in paid))
        assert (totals.checked, totals.checked_amount) == (
            len(checked), sum(row.amount for row in checked),
        )  # fmt: skip
        assert totals.paid_quantity <= 8000
        assert totals.paid_amount <= 6_000_001
        assert all(row.checked_on for row in paid)
        assert all(row.amount == eligible.share(777_777, row.quantity) for row in rows)
        live = [row.identity for row in rows]
        assert len(live) == len(set(live))
        transaction.set_rollback(True)
