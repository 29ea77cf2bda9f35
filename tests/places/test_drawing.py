"""Outlines become paths of a picture."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.places.drawing import Box, Projection, around, label_point, path

SQUARE = [[[[105.0, 21.0], [105.1, 21.0], [105.1, 21.1], [105.0, 21.1], [105.0, 21.0]]]]
BOX = Box(105.0, 21.0, 105.1, 21.1)


def test_north_is_up_and_west_is_left() -> None:
    projection = Projection(BOX)
    left, top = projection.point(105.0, 21.1)
    right, bottom = projection.point(105.1, 21.0)
    assert left < right and top < bottom


def test_a_kilometre_is_as_long_both_ways() -> None:
    projection = Projection(BOX)
    left, top = projection.point(105.0, 21.1)
    right, bottom = projection.point(105.1, 21.0)
    # At 21 degrees north a degree of longitude is cos 21° of one of latitude.
    assert (right - left) / (bottom - top) == pytest.approx(0.9333, abs=0.001)


def test_the_ruler_is_a_round_number_and_at_most_a_quarter_of_the_picture() -> None:
    projection = Projection(BOX)
    km, pixels = projection.ruler()
    assert km in (0.5, 1, 2, 5, 10)
    assert 0 < pixels <= projection.width / 4
    assert pixels == pytest.approx(km * projection.scale / 111.32, abs=0.1)


def test_a_name_stands_in_the_middle() -> None:
    projection = Projection(BOX.padded(0.3))
    middle = projection.point(105.05, 21.05)
    assert label_point(SQUARE, projection) == pytest.approx(middle)


def test_what_is_hardly_in_the_picture_has_no_name() -> None:
    projection = Projection(Box(105.099, 21.0, 105.3, 21.2))
    assert label_point(SQUARE, projection) is None


def test_a_name_stands_in_the_part_that_shows() -> None:
    projection = Projection(Box(105.05, 21.0, 105.2, 21.1))
    spot = label_point(SQUARE, projection)
    assert spot is not None
    assert 0 <= spot[0] <= projection.width
    assert 0 <= spot[1] <= projection.height


def test_boxes_are_held_by_one() -> None:
    assert around([BOX, Box(104.0, 22.0, 104.5, 22.5)]) == Box(104.0, 21.0, 105.1, 22.5)


DEGREES = st.tuples(st.floats(102, 110), st.floats(8, 24))


@given(st.lists(DEGREES, min_size=1, max_size=12))
def test_any_outline_gives_a_path_within_its_own_picture(points: list[tuple[float, float]]) -> None:
    box = Box(
        min(p[0] for p in points),
        min(p[1] for p in points),
        max(p[0] for p in points),
        max(p[1] for p in points),
    )
    projection = Projection(box)
    ring = [list(point) for point in [*points, points[0]]]
    drawn = path([[ring]], projection)
    assert re.fullmatch(r"M(-?\d+\.\d,-?\d+\.\d)(L-?\d+\.\d,-?\d+\.\d)*Z", drawn)
    for x, y in re.findall(r"(-?\d+\.\d),(-?\d+\.\d)", drawn):
        assert -0.2 <= float(x) <= projection.width + 0.2
        assert -0.2 <= float(y) <= projection.height + 0.2
    label_point([[ring]], projection)
