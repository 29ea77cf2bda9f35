"""Many units in columns say the same as the units one by one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from dinhlang.facts import selectors, services
from dinhlang.facts.models import Observation
from dinhlang.facts.periods import Period
from dinhlang.facts.services.attributes import Said
from dinhlang.law.compiling import Table, table_of
from dinhlang.law.subjects import FactKey
from dinhlang.places.models import Unit
from tests.facts.conftest import MEASURES, Enter
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 31)
YEARS = (2021, 2022, 2023, 2024)


def told(table: Table, key: FactKey) -> list[Any]:
    """All that a table says of a measure, year by year, exactly and at the latest."""
    found: list[Any] = []
    for year in YEARS:
        for exactly in (True, False):
            column = table.column(*key, year, exactly=exactly)
            if column is None:
                found.append([0] * table.count)
                continue
            numbers = column.numbers()
            found += [
                column.content.tolist(),
                [grade or None for grade in column.grade],
                column.surveyed.tolist(),
                column.valid_to.tolist(),
                [
                    Fraction(int(top), int(bottom)) if known else None
                    for top, bottom, known in zip(
                        numbers.top, numbers.bottom, numbers.known, strict=True
                    )
                ],
            ]
    return found


def assert_same(one: Table, other: Table) -> None:
    keys = set(one.series) | set(other.series)
    for key in keys:
        assert told(one, key) == told(other, key), key
    assert one.regions.tolist() == other.regions.tolist()
    assert one.groups.tolist() == other.groups.tolist()
    for level in set(one.below) | set(other.below):
        (kids, above), (others, parents) = one.below[level], other.below[level]
        assert above.tolist() == parents.tolist()
        assert_same(kids, others)


def enter_anything(enter: Enter, world: World, seed: int) -> None:
    """Numbers of every kind at many places and times, some confirmed, some taken back."""
    chance = random.Random(seed)
    for _ in range(160):
        measure = chance.choice(list(MEASURES.values()))
        place = chance.choice(["a", "a1", "a2", "b", "b1", "c"])
        content: Any = chance.randint(0, 100)
        if measure.kind == "rate" and chance.random() < 0.7:
            whole = chance.randint(0, 9)
            content = (chance.randint(0, whole), whole)
        elif measure.kind == "yes_no":
            content = chance.random() < 0.7
        elif measure.kind == "grade":
            content = chance.choice(measure.scale)
        if chance.random() < 0.1:
            content = None
        sex = chance.choice(["", "male"]) if measure.by_sex else ""
        year = chance.choice(YEARS)
        period = chance.choice([f"{year}", f"{year}", f"{year}-Q4", f"{year}-H1"])
        row = enter(
            measure.id, content, place, period=period, sex=sex, by="admin",
            source=chance.choice(["typed", "survey"]),
        )  # fmt: skip
        if chance.random() < 0.5 and place != "c":
            who = world.people["leader" if place[0] == "a" else "elsewhere"]
            services.confirm(who, world.places[place], [row.pk])


@pytest.mark.parametrize("seed", range(3))
def test_columns_and_subjects_agree(enter: Enter, world: World, seed: int) -> None:
    for place, number in (("a1", 120), ("a2", 80), ("b1", 50)):
        said = Said(name="population", value=str(number), valid_from=date(2020, 1, 1))
        services.describe_place(world.people["admin"], world.places[place], said)
    region = Said(name="region", value="BTB", valid_from=date(2020, 1, 1))
    services.describe_place(world.people["admin"], world.places["province"], region)
    enter_anything(enter, world, seed)
    middle = timezone.now()
    enter_anything(enter, world, seed + 100)
    units = [world.places[key] for key in ("c", "a", "b")]
    for known in (None, middle, middle - timedelta(days=1)):
        found = selectors.subjects(units, DAY, known)
        same = table_of([found[unit.pk] for unit in units])
        assert_same(selectors.table(units, DAY, known_at=known), same)


def test_a_table_holds_only_the_measures_asked_for(enter: Enter, world: World) -> None:
    enter("thu_nhap", 50)
    enter("so_tai_nan", 1)
    found = selectors.table([world.places["a"]], DAY, ["thu_nhap"])
    assert set(found.series) == {("thu_nhap", "")}


def test_no_units_make_an_empty_table(world: World) -> None:
    assert selectors.table([], DAY).count == 0


def test_many_units_are_fetched_in_few_questions(
    world: World, django_assert_max_num_queries: Any
) -> None:
    units = [
        Unit(level="commune", kind="xã", name=f"Xã {n}", parent=world.places["other_province"],
             valid_from=date(2020, 1, 1))
        for n in range(200)
    ]  # fmt: skip
    for unit in units:
        unit.fill_keys()
    units = list(Unit.objects.bulk_create(units))
    period, now = Period.of("2024"), timezone.now()
    Observation.objects.bulk_create(
        Observation(
            place=unit, measure="thu_nhap", period="year", start=period.start, end=period.end,
            value=Decimal(at), at=now,
        )
        for at, unit in enumerate(units)
    )  # fmt: skip
    with django_assert_max_num_queries(8):
        found = selectors.table(units, DAY)
    column = found.column("thu_nhap", "", 2024, exactly=True)
    assert column is not None
    numbers = column.numbers()
    assert (numbers.top / numbers.bottom).tolist() == list(range(200))
