"""What became of a unit, on made-up units a, b, c …"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.places.succession import Arrow, Lineage, kind_of

FIRST, SECOND, THIRD = date(2019, 12, 1), date(2025, 7, 1), date(2027, 1, 1)


def lineage() -> Lineage[str]:
    """a and b merge into c; c goes to d wholly; e is divided between d (main) and f."""
    return Lineage(
        [
            Arrow("a", "c", FIRST),
            Arrow("b", "c", FIRST),
            Arrow("c", "d", SECOND),
            Arrow("e", "d", SECOND, whole=False, main=True),
            Arrow("e", "f", SECOND, whole=False),
            Arrow("f", "g", THIRD),
        ]
    )


@pytest.mark.parametrize(
    ("unit", "day", "expected"),
    [
        ("a", date(2019, 11, 30), [("a", True)]),
        ("a", FIRST, [("c", True)]),
        ("a", date(2025, 6, 30), [("c", True)]),
        ("a", SECOND, [("d", True)]),
        ("e", SECOND, [("d", False), ("f", False)]),
        ("e", THIRD, [("d", False), ("g", False)]),
        ("g", THIRD, [("g", True)]),
        ("stranger", THIRD, [("stranger", True)]),
    ],
)
def test_a_unit_is_followed_to_the_day_asked_for(
    unit: str, day: date, expected: list[tuple[str, bool]]
) -> None:
    found = [(share.unit, share.whole) for share in lineage().became(unit, day)]
    assert sorted(found) == expected


@pytest.mark.parametrize(
    ("unit", "day", "expected"),
    [
        ("d", date(2019, 1, 1), {"a": True, "b": True, "e": False}),
        ("d", date(2020, 1, 1), {"c": True, "e": False}),
        ("d", SECOND, {"d": True}),
        ("g", date(2025, 1, 1), {"e": False}),
    ],
)
def test_a_unit_is_followed_back_to_the_day_asked_for(
    unit: str, day: date, expected: dict[str, bool]
) -> None:
    assert {s.unit: s.whole for s in lineage().came_from(unit, day)} == expected


def test_the_path_names_every_unit_on_the_way() -> None:
    (share,) = lineage().became("a", SECOND)
    assert share.path == ("a", "c", "d")
    assert share.steps == 2


@pytest.mark.parametrize(
    ("unit", "expected"), [("a", "d"), ("e", "d"), ("f", "g"), ("stranger", "stranger")]
)
def test_the_main_successor_is_where_most_of_it_went(unit: str, expected: str) -> None:
    assert lineage().main_successor(unit, THIRD) == expected


def test_a_split_without_a_main_part_ends_the_chain() -> None:
    halves = [Arrow("a", new, FIRST, whole=False) for new in ("b", "c")]
    assert Lineage(halves).main_successor("a", THIRD) == "a"


def test_what_is_reached_on_two_ways_comes_once_by_the_whole_one() -> None:
    found = Lineage(
        [
            Arrow("a", "b", FIRST, whole=False),
            Arrow("a", "c", FIRST, whole=False),
            Arrow("b", "d", SECOND),
            Arrow("c", "d", SECOND),
        ]
    ).became("a", THIRD)
    assert [share.unit for share in found] == ["d"]


def test_arrows_in_a_circle_come_to_an_end() -> None:
    circle = Lineage([Arrow("a", "b", FIRST), Arrow("b", "a", SECOND)])
    assert [share.unit for share in circle.became("a", THIRD)] == ["b"]
    assert circle.main_successor("a", THIRD) == "b"


UNITS = st.integers(0, 8)
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(st.lists(st.builds(Arrow, UNITS, UNITS, DAYS, st.booleans(), st.booleans())), UNITS, DAYS)
def test_any_arrows_lead_somewhere_and_no_path_repeats_a_unit(
    arrows: list[Arrow[int]], unit: int, day: date
) -> None:
    found = Lineage(arrows)
    shares = found.became(unit, day) + found.came_from(unit, day)
    assert shares
    assert all(len(set(share.path)) == len(share.path) for share in shares)
    assert found.main_successor(unit, day) is not None


@pytest.mark.parametrize(
    ("arrows", "same_name", "kind"),
    [
        ([Arrow("a", "b", FIRST)], True, "keep"),
        ([Arrow("a", "b", FIRST)], False, "rename"),
        ([Arrow("a", "c", FIRST), Arrow("b", "c", FIRST)], False, "merge"),
        ([Arrow("a", "c", FIRST), Arrow("b", "c", FIRST, whole=False)], False, "mixed"),
        ([Arrow("a", "b", FIRST, whole=False), Arrow("a", "c", FIRST, whole=False)], True, "split"),
        ([Arrow("a", "b", FIRST, whole=False)], True, "split"),
    ],
)
def test_what_happened_is_named(arrows: list[Arrow[str]], same_name: bool, kind: str) -> None:
    assert kind_of(arrows, same_name=same_name) == kind
