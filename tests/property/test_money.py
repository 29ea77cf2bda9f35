"""Whatever people do with money, every view of it adds up to the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.money.models import Movement, Need, Source, Step
from dinhlang.money.selectors.balance import by_criterion, by_source, by_step, by_village, sheet
from dinhlang.money.selectors.flow import years
from dinhlang.money.services import balance
from tests.world import World, forget_attempts, world

__all__ = ["forget_attempts", "world"]

pytestmark = pytest.mark.django_db
YEAR, DAY = 2025, date(2025, 3, 1)
Act = tuple[Any, ...]

amounts = st.integers(1, 10**13)
rows = st.integers(0, 4)
keys = st.uuids(version=4)
acts = st.one_of(
    st.tuples(st.just("need"), amounts, st.sampled_from(["", "2", "2.10", "17"]),
              st.sampled_from([None, "a1", "a2"]), st.booleans(), keys),
    st.tuples(st.just("source"), st.none() | amounts, st.sampled_from(["land", "commune", "other"]),
              st.sampled_from(["", "đạt chuẩn"]), keys),
    st.tuples(st.just("move"), rows, st.none() | rows, st.sampled_from(Step.values),
              st.integers(-(10**13), 10**13), st.booleans(), keys),
    st.tuples(st.just("cell"), rows, rows, st.sampled_from(["planned", "allocated"]),
              st.integers(0, 10**13), keys),
    st.tuples(st.just("undo"), rows, keys),
    st.tuples(st.just("change"), st.sampled_from(["need", "source"]), rows, amounts, keys),
    st.tuples(st.just("remove"), st.sampled_from(["need", "source"]), rows, keys),
    st.tuples(st.just("restore"), st.sampled_from(["need", "source"]), rows, keys),
    st.tuples(st.just("met"), rows, st.booleans(), keys),
)  # fmt: skip


def at(model: Any, index: int | None) -> Any:
    """One of the rows there are, or None."""
    found = list(model.objects.order_by("pk"))
    return found[index % len(found)] if found and index is not None else None


def do(world: World, act: Act) -> None:
    """One thing somebody does; what the services refuse is not done."""
    user, place = world.people["leader"], world.places["a"]
    models: dict[str, Any] = {"need": Need, "source": Source}
    match act:
        case ("need", amount, criterion, village, works, UUID() as key):
            said = balance.NeedSaid(
                text="Nhu cầu", amount=amount, criterion=criterion, is_works=works,
                village=world.places[village].pk if village else None,
            )  # fmt: skip
            balance.add_need(user, place, YEAR, said, key)
        case ("source", amount, kind, condition, UUID() as key):
            more = balance.SourceSaid(text="Nguồn", amount=amount, kind=kind, condition=condition)
            balance.add_source(user, place, YEAR, more, key)
        case ("move", need, source, step, amount, excused, UUID() as key):
            here, money = at(Need, need), at(Source, source)
            if here is not None:
                moved = balance.Moved(
                    need=here.pk, source=money.pk if money else None, step=step, amount=amount,
                    day=DAY, paper="QĐ 1", over_reason="có lý do" if excused else "",
                )  # fmt: skip
                balance.move(user, moved, key)
        case ("cell", need, source, step, amount, UUID() as key):
            here, money = at(Need, need), at(Source, source)
            if here is not None and money is not None:
                seen = Movement.objects.filter(need=here, source=money, step=step)
                moved = balance.Moved(
                    need=here.pk, source=money.pk, step=step, amount=amount, day=DAY, paper="QĐ 1"
                )
                balance.set_cell(user, moved, seen.aggregate(s=Sum("amount"))["s"] or 0, key)
        case ("undo", index, UUID() as key):
            if (row := at(Movement, index)) is not None:
                balance.undo_move(user, row.pk, key, "nhầm")
        case ("change", name, index, amount, UUID() as key):
            row = at(models[name], index)
            change: Callable[..., Any] = (
                balance.change_need if name == "need" else balance.change_source
            )
            if row is not None:
                change(user, row.pk, key, row.revision, {"amount": amount})
        case ("remove" | "restore" as verb, name, index, UUID() as key):
            row = at(models[name], index)
            if row is not None:
                getattr(balance, verb)(user, models[name], row.pk, key)
        case ("met", index, yes, UUID() as key):
            row = at(Source, index)
            if row is not None:
                balance.meet_condition(user, row.pk, key, DAY if yes else None, "QĐ 2")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(several=st.lists(acts, min_size=3, max_size=25))
def test_every_view_adds_up_to_the_same_after_anything(world: World, several: list[Act]) -> None:
    with transaction.atomic():
        for act in several:
            try:
                with transaction.atomic():
                    do(world, act)
            except (balance.BadRow, balance.Conflict):
                continue
        check(world)
        transaction.set_rollback(True)


def check(world: World) -> None:
    """The views against each other and against the rows themselves."""
    place = world.places["a"]
    found = sheet(place, YEAR)
    live = Need.objects.filter(place=place, year=YEAR, removed_at=None)
    assert found.need == sum(row.amount for row in live)
    for groups in (by_criterion(found), by_village(found)):
        assert sum(group.amount for group in groups) == found.need
        assert sum(group.lack for group in groups) == found.lack
        for step in Step.values:
            assert sum(group.sums.of(step) for group in groups) == found.sums.of(step)
    moved = Movement.objects.filter(need__in=live)
    for step, total in by_step(found).items():
        direct = moved.filter(step=step).aggregate(s=Sum("amount"))["s"] or 0
        assert total == direct == sum(cell.of(step) for cell in found.cells.values())
        if step != Step.COMPLETED:
            assert total == sum(group.sums.of(step) for group in by_source(found))
    assert all(cell.of(step) >= 0 for cell in found.cells.values() for step in Step.values)
    assert found.usable + found.conditional == found.source
    assert sum(group.amount for group in by_source(found)) == found.source
    year = next(each for each in years(place, YEAR) if each.year == YEAR)
    assert (year.needs, year.sources, year.usable, year.sums) == (
        found.need, found.source, found.usable, found.sums,
    )  # fmt: skip
    never_over_in_silence(found)


def never_over_in_silence(found: Any) -> None:
    """What is allocated beyond a source was written with a reason, each time."""
    for line in found.sources:
        if line.source.amount is None or line.sums.allocated <= line.source.amount:
            continue
        rows = Movement.objects.filter(source=line.source, step=Step.ALLOCATED)
        assert rows.exclude(over_reason="").exists()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(several=st.lists(acts, min_size=2, max_size=10))
def test_what_is_sent_twice_is_done_once(world: World, several: list[Act]) -> None:
    with transaction.atomic():
        for act in several:
            for _ in range(2):
                try:
                    with transaction.atomic():
                        do(world, act)
                except (balance.BadRow, balance.Conflict):
                    break
            assert Need.objects.count() <= sum(each[0] == "need" for each in several)
            assert Source.objects.count() <= sum(each[0] == "source" for each in several)
        keyed = {each[-1] for each in several if each[0] in ("move", "cell", "undo")}
        assert Movement.objects.count() <= len(keyed)
        transaction.set_rollback(True)


def test_a_key_of_one_place_is_not_used_at_another(world: World) -> None:
    key, said = uuid4(), balance.NeedSaid(text="Đường", amount=1_000_000)
    balance.add_need(world.people["leader"], world.places["a"], YEAR, said, key)
    with pytest.raises(balance.BadRow):
        balance.add_need(world.people["elsewhere"], world.places["b"], YEAR, said, key)
