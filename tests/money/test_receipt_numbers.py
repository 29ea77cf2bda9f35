"""Several people give receipts at the same moment: no number comes twice, none is left out."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.db import connections

from dinhlang.money.models import Receipt
from dinhlang.money.services import beneficiaries, contributions
from dinhlang.money.services.support_fields import BeneficiarySaid, ReceiptSaid
from dinhlang.money.services.trouble import BadRow
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from tests.money.giving import a_policy, identity
from tests.world import World, populate

PEOPLE, EACH = 4, 5


@pytest.fixture
def open_world(transactional_db: None) -> World:
    """The world in a database that other threads see."""
    return populate(World())


def together(work: list[object]) -> list[object]:
    """Does all of it at the same moment; what went wrong comes back as it is."""
    gate = threading.Barrier(len(work))

    def run(one: object) -> object:
        try:
            gate.wait(timeout=30)
            return one()  # type: ignore[operator]
        except BadRow as bad:
            return bad
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as threads:
        return list(threads.map(run, work))


def test_numbers_have_no_gap_and_come_once(open_world: World) -> None:
    officer, place = open_world.people["officer"].pk, open_world.places["a"].pk

    def give() -> None:
        for _ in range(EACH):
            said = ReceiptSaid(
                giver="Nhà", kind="people_cash", amount=1000, day=date(2026, 1, 5)
            )  # fmt: skip
            contributions.give_receipt(
                User.objects.get(pk=officer), Unit.objects.get(pk=place), said, uuid4()
            )
            # One that is refused in between takes no number.
            with pytest.raises(BadRow):
                contributions.give_receipt(
                    User.objects.get(pk=officer), Unit.objects.get(pk=place),
                    ReceiptSaid(giver=" ", kind="people_cash", amount=1, day=date(2026, 1, 5)),
                    uuid4(),
                )  # fmt: skip

    together([give] * PEOPLE)
    numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert numbers == list(range(1, PEOPLE * EACH + 1))


def test_one_form_sent_by_two_browsers_at_once_is_one_receipt(open_world: World) -> None:
    officer, place, key = open_world.people["officer"], open_world.places["a"], uuid4()
    said = ReceiptSaid(giver="Nhà", kind="people_cash", amount=1000, day=date(2026, 1, 5))

    def give() -> int:
        return int(contributions.give_receipt(officer, place, said, key).number)

    assert together([give, give]) == [1, 1]


def test_two_put_the_same_household_on_two_lists_at_once_and_one_is_refused(
    open_world: World,
) -> None:
    lists = [a_policy(open_world), a_policy(open_world, name="Chính sách khác")]
    officer = open_world.people["officer"]
    said = BeneficiarySaid(name="Hộ A", identity=identity(1))

    def put(policy: int) -> object:
        return beneficiaries.add(officer, policy, said, uuid4()).pk

    found = together([lambda pk=each.pk: put(pk) for each in lists])
    assert sorted(isinstance(each, BadRow) for each in found) == [False, True]


def test_a_receipt_is_taken_back_once_by_two_at_once(open_world: World) -> None:
    officer, place = open_world.people["officer"], open_world.places["a"]
    said = ReceiptSaid(giver="Nhà", kind="people_cash", amount=1000, day=date(2026, 1, 5))
    receipt = contributions.give_receipt(officer, place, said, uuid4())

    def undo() -> object:
        return contributions.cancel_receipt(
            officer, receipt.pk, "nhầm", date(2026, 1, 6), uuid4()
        )  # fmt: skip

    found = together([undo, undo])
    assert sorted(isinstance(each, BadRow) for each in found) == [False, True]
    assert sum(Receipt.objects.values_list("amount", flat=True)) == 0
