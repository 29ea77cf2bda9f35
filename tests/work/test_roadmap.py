"""The road through a year: which month, which quarter, which criterion is completed."""

from __future__ import annotations

from datetime import date

import pytest

from dinhlang.work import roadmap
from dinhlang.work.selectors.lines import Bone

TODAY = date(2024, 8, 13)
NAMES = {"2": "Giao thông", "5": "Giáo dục"}


def bone(pk: int, end: date | None, criterion: str = "", state: str = "open") -> Bone:
    return Bone(pk, state, None, end, criterion, None, None, 1)


def test_tasks_stand_in_the_month_of_their_end() -> None:
    road = roadmap.road(
        [bone(1, date(2024, 4, 30)), bone(2, date(2024, 6, 1)), bone(3, date(2025, 1, 1))],
        2024,
        NAMES,
    )
    first, second, third, fourth = road.quarters
    assert [stretch.label for stretch in second.months] == ["Tháng 4", "Tháng 6"]
    assert [each.pk for each in second.bones] == [1, 2]
    assert first.bones == third.bones == fourth.bones == []
    assert second.label == "Quý II/2024"


def test_the_last_task_of_a_criterion_completes_it() -> None:
    road = roadmap.road(
        [
            bone(1, date(2024, 4, 30), "5", "done"),
            bone(2, date(2024, 6, 30), "5"),
            bone(3, date(2024, 12, 1), "2", "accepted"),
            bone(4, date(2024, 12, 30), "2", "dropped"),
        ],
        2024,
        NAMES,
    )
    assert set(road.last_of) == {2, 3}
    [education], [traffic] = road.last_of[2], road.last_of[3]
    assert (education.number, education.name) == ("5", "Giáo dục")
    assert (education.left, education.total, education.is_done) == (1, 2, False)
    assert traffic.is_done
    assert [each.number for each in road.quarters[1].completes] == ["5"]
    assert [each.number for each in road.quarters[3].completes] == ["2"]


def test_one_task_completes_all_the_criteria_that_its_target_lists() -> None:
    several = bone(1, date(2024, 12, 31), "10")._replace(target="Hoàn thành các tiêu chí 10, 2, 17")
    road = roadmap.road([bone(2, date(2024, 3, 1), "2"), several], 2024, NAMES)
    assert [each.number for each in road.last_of[1]] == ["2", "10", "17"]
    assert [each.total for each in road.last_of[1]] == [2, 1, 1]


def test_criteria_of_two_sets_say_which() -> None:
    rows = [
        bone(1, date(2024, 4, 30), "2")._replace(criterion_set="a"),
        bone(2, date(2024, 5, 30), "2")._replace(criterion_set="b"),
        bone(3, date(2024, 6, 30), "7"),
    ]
    names = {"a|2": "Giao thông", "b|2": "Hạ tầng"}
    road = roadmap.road(rows, 2024, names, {"a": "Bộ cũ", "b": "Bộ mới"})
    said = {each.number + " " + each.name for each in road.quarters[1].completes}
    assert said == {"2 Giao thông (Bộ cũ)", "2 Hạ tầng (Bộ mới)", "7 chưa rõ bộ tiêu chí"}
    alone = roadmap.road(rows[:1], 2024, names, {"a": "Bộ cũ"})
    assert alone.quarters[1].completes[0].name == "Giao thông"


def test_dropped_tasks_are_in_no_count() -> None:
    road = roadmap.road(
        [bone(1, date(2024, 4, 30), state="dropped"), bone(2, date(2024, 4, 1), state="done")],
        2024,
        NAMES,
    )
    assert (road.quarters[1].done, road.quarters[1].total) == (1, 1)
    assert road.quarters[1].late(TODAY) == 0


def test_tasks_without_an_end_are_apart() -> None:
    road = roadmap.road([bone(1, None, "2")], 2024, NAMES)
    assert [each.pk for each in road.undated] == [1]
    assert road.last_of == {}


def test_the_quarter_of_today_is_open_first_else_the_first_with_work() -> None:
    rows = [bone(1, date(2024, 5, 1)), bone(2, date(2023, 5, 1))]
    assert roadmap.first_open(roadmap.road(rows, 2024, NAMES), TODAY) == 3
    assert roadmap.first_open(roadmap.road(rows, 2023, NAMES), TODAY) == 2
    assert roadmap.years(rows, TODAY) == [2023, 2024]


@pytest.mark.parametrize(
    ("worked", "opened"),
    [([2024, 2026], 2024), ([2021, 2022], 2022), ([2023, 2025], 2025), ([2026], 2026), ([], 2024)],
)
def test_it_opens_where_there_is_work(worked: list[int], opened: int) -> None:
    rows = [bone(at, date(year, 3, 1), "2") for at, year in enumerate(worked, 1)]
    assert roadmap.first_year([*rows, bone(9, None, "2")], TODAY) == opened
