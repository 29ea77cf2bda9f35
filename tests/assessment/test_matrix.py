"""All units below a place: the same answers as one by one, filtered and ordered as asked."""

from __future__ import annotations

import pytest

from dinhlang.assessment.selectors import verdict
from dinhlang.assessment.selectors.matrix import Matrix, Wanted, matrix
from dinhlang.law.verdicts import State
from tests.assessment.small_law import DAY, NEXT, SET, VILLAGES, enter, enter_all
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(filled: World) -> World:
    """Commune B has reached the roads as well; it knows nothing of its income."""
    place = filled.places["b"]
    enter(None, place, "ty_le_duong_cung_hoa", parts=("12", "12"))
    enter(None, place, "dien_an_toan", yes=False)
    enter(None, filled.places["b1"], "thon_sach_dep", yes=True)
    return filled


def table(world: World, place: str = "province", set_id: str = SET, **wanted: str) -> Matrix:
    return matrix(world.places[place], DAY, set_id, Wanted(**wanted))


def names(found: Matrix) -> list[str]:
    return [row.unit.name for row in found.rows]


def test_every_cell_is_what_the_board_of_the_unit_says(two: World) -> None:
    found = table(two)
    assert found.units == 2
    for row in found.rows:
        alone = verdict(row.unit, SET, DAY)
        assert alone is not None
        assert dict(row.states.criteria) == {c.criterion.number: c.state for c in alone.criteria}
        assert row.states.met == alone.criteria_counts.met
        assert row.states.indicators_met == alone.indicator_counts.met
        assert row.states.state == alone.state


def test_the_foot_counts_the_units_that_reached_each_criterion(two: World) -> None:
    found = table(two)
    assert {criterion.number: met for criterion, met in found.met} == {"2": 1, "4": 1, "10": 1}
    assert (found.whole, found.mean) == (0, 1.5)


def test_the_country_takes_the_law_of_each_province(two: World) -> None:
    enter_all(None, two.places["c"])
    found = table(two, "country")
    assert names(found) == ["Làng Bên", "Làng Mẫu", "Làng Xa"]
    assert all(len(row.cells) == 3 for row in found.rows)


def test_villages_of_a_commune_stand_in_a_table_of_their_own_set(two: World) -> None:
    found = table(two, "a", "")
    assert found.set is not None
    assert found.set.id == VILLAGES
    assert names(found) == ["Đình Hạ", "Đình Thượng"]
    assert found.whole == 2


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Làng Bên", "Làng Mẫu"]),
        ({"text": "mau"}, ["Làng Mẫu"]),
        ({"text": "khong co"}, []),
        ({"criterion": "2", "state": "met"}, ["Làng Bên"]),
        ({"criterion": "10", "state": "unknown"}, ["Làng Bên"]),
        ({"criterion": "2", "state": ""}, ["Làng Bên", "Làng Mẫu"]),
        ({"sort": "nhieu"}, ["Làng Mẫu", "Làng Bên"]),
        ({"sort": "it"}, ["Làng Bên", "Làng Mẫu"]),
    ],
)
def test_rows_are_kept_and_ordered_as_asked(
    two: World, wanted: dict[str, str], found: list[str]
) -> None:
    assert names(table(two, **wanted)) == found


def test_a_set_that_is_not_one_for_these_units_gives_the_one_in_force(two: World) -> None:
    for asked in (VILLAGES, "qd-mau-2028/khong-co", ""):
        found = table(two, set_id=asked)
        assert found.set is not None
        assert found.set.id == SET
    assert [choice.set.id for choice in table(two).choices] == [SET, NEXT]


def test_without_numbers_all_is_unknown_and_nothing_is_met(world: World, law: None) -> None:
    found = table(world)
    assert {state for row in found.rows for state in row.states.criteria.values()} == {
        State.UNKNOWN
    }
