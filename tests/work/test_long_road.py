"""The roadmap of a year with more tasks than a page shows: no month and no list goes missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from dinhlang.work.views import roadmap
from tests.work.making import a_task
from tests.work.viewing import leader, page, today
from tests.world import World

__all__ = ["leader"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_year(world: World, monkeypatch: pytest.MonkeyPatch) -> int:
    """A year whose last quarter is longer than a page, and tasks without a day."""
    for name, value in (("ALL_OPEN", 4), ("MOST", 6), ("FIRST", 2)):
        monkeypatch.setattr(roadmap, name, value)
    place, year = world.places["a"], today().year
    for month, count in ((10, 5), (11, 4), (12, 3)):
        for number in range(count):
            a_task(place, f"Việc {month}/{number}.", end=date(year, month, 20))
    a_task(place, "Việc quý một.", end=date(year, 2, 2))
    for number in range(3):
        a_task(place, f"Chưa hẹn {number}.")
    return year


def test_every_month_of_a_long_quarter_keeps_its_heading_its_count_and_first_rows(
    world: World, leader: Client, long_year: int
) -> None:
    body = page(leader, world, "lo-trinh", "?quy=4")
    for month, count in ((10, 5), (11, 4), (12, 3)):
        assert f"Tháng {month} <span>{count} việc</span>" in body
        assert f"Việc {month}/1." in body and f"Việc {month}/2." not in body
        assert f"Xem cả {count} việc của tháng {month}" in body
        assert f"thang={month}#t{month}" in body
    assert "Việc quý một." not in body and 'aria-expanded="false">Quý I/' in body


def test_a_month_is_opened_whole(world: World, leader: Client, long_year: int) -> None:
    body = page(leader, world, "lo-trinh", "?quy=4&thang=11")
    assert all(f"Việc 11/{number}." in body for number in range(4))
    assert "Việc 12/2." not in body and "Xem cả 3 việc của tháng 12" in body


def test_tasks_without_a_day_are_one_click_away(
    world: World, leader: Client, long_year: int
) -> None:
    body = page(leader, world, "lo-trinh")
    assert "Xem cả 3 việc chưa có hạn" in body and "chua-han=1#h-khac" in body
    assert "Chưa hẹn 0." not in body
    whole = page(leader, world, "lo-trinh", "?chua-han=1")
    assert all(f"Chưa hẹn {number}." in whole for number in range(3))
    assert "Xem cả 3 việc chưa có hạn" not in whole
