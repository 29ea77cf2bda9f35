"""Two people at the same money: no value is lost, and no source is given twice."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.money.models import Movement
from dinhlang.money.services import balance
from dinhlang.people.models import User
from tests.world import World, forget_attempts, populate, world

__all__ = ["forget_attempts", "world"]

changes = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(["Đường", "Cầu", "Kênh"]),
        "amount": st.integers(0, 10**12),
        "note": st.sampled_from(["", "a", "b"]),
        "due": st.sampled_from([None, date(2026, 6, 30), date(2026, 9, 30)]),
        "is_works": st.booleans(),
    },
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=changes, second=changes)
def test_whatever_two_people_change_no_value_of_theirs_is_lost(
    world: World, first: dict[str, Any], second: dict[str, Any]
) -> None:
    with transaction.atomic():
        leader, officer = world.people["leader"], world.people["officer"]
        said = balance.NeedSaid(text="Đường", amount=1_000_000)
        row = balance.add_need(leader, world.places["a"], 2026, said, uuid4())
        base = balance.said_of(row)
        after = balance.said_of(
            balance.change_need(leader, row.pk, uuid4(), row.revision, base | first)
        )
        mine = {name: value for name, value in second.items() if value != base[name]}
        both = {
            name
            for name, value in mine.items()
            if after[name] != base[name] and after[name] != value
        }
        try:
            found = balance.change_need(officer, row.pk, uuid4(), 0, base | second)
        except balance.Conflict as conflict:
            assert {each.field for each in conflict.differences} == both != set()
            row.refresh_from_db()
            assert balance.said_of(row) == after
        else:
            assert both == set()
            assert balance.said_of(found) == after | mine
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_who_allocate_at_once_do_not_both_get_the_last_of_a_source() -> None:
    made = populate(World())
    officer, place = made.people["officer"], made.places["a"]
    needs = [
        balance.add_need(
            officer, place, 2026, balance.NeedSaid(text=f"Việc {at}", amount=9_000_000), uuid4()
        )
        for at in range(2)
    ]
    more = balance.SourceSaid(text="Ngân sách xã", kind="commune", amount=8_000_000)
    source = balance.add_source(officer, place, 2026, more, uuid4())
    start, refused = threading.Barrier(2), []

    def allocate(need: int) -> None:
        try:
            user = User.objects.get(pk=officer.pk)
            said = balance.Moved(
                need=need, source=source.pk, step="allocated", amount=6_000_000,
                day=date(2026, 1, 5), paper="QĐ 1",
            )  # fmt: skip
            start.wait()
            balance.move(user, said, uuid4())
        except balance.TooMuch:
            refused.append(need)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=allocate, args=(need.pk,)) for need in needs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Movement.objects.get().amount == 6_000_000
