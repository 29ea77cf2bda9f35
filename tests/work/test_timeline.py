"""Where bars, labels and arrows of the timeline stand."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from dinhlang.work.periods import Span, of_quarter, of_year
from dinhlang.work.timeline import (
    HEAD,
    ROW,
    ROWS_A_SHEET,
    ROWS_FIRST,
    WIDTH,
    Entry,
    around,
    draw,
    head,
    limited,
    ordered,
)

YEAR = of_year(2024)
TODAY = date(2024, 6, 13)


def entry(pk: int, start: date | None, end: date | None, **more: Any) -> Entry:
    return Entry(pk, more.pop("text", f"việc {pk}"), "", start, end, **more)


def test_a_bar_covers_both_its_days() -> None:
    (sheet,) = draw([entry(1, date(2024, 1, 1), date(2024, 12, 31))], YEAR, TODAY)
    (bar,) = sheet.bars
    assert (bar.x, bar.width) == (0, WIDTH)
    assert not bar.before_start
    assert not bar.after_end


def test_what_begins_before_or_ends_after_is_cut_at_the_edge() -> None:
    (sheet,) = draw([entry(1, date(2023, 5, 1), date(2025, 2, 1))], YEAR, TODAY)
    (bar,) = sheet.bars
    assert (bar.x, bar.right) == (0, WIDTH)
    assert bar.before_start
    assert bar.after_end


def test_a_task_with_an_end_alone_is_a_point_there() -> None:
    (sheet,) = draw([entry(1, None, date(2024, 12, 31))], YEAR, TODAY)
    (bar,) = sheet.bars
    assert bar.is_point
    assert bar.right <= WIDTH


def test_tasks_without_any_day_are_not_drawn() -> None:
    assert draw([entry(1, None, None)], YEAR, TODAY) == []


@pytest.mark.parametrize(
    ("today", "shown"),
    [(date(2024, 1, 1), 0.0), (date(2023, 12, 31), None), (date(2025, 1, 1), None)],
)
def test_today_has_a_line_where_it_lies_in_the_span(today: date, shown: float | None) -> None:
    (sheet,) = draw([entry(1, date(2024, 1, 1), date(2024, 2, 1))], YEAR, today)
    assert sheet.today == shown


@pytest.mark.parametrize("month", range(1, 13))
def test_no_label_leaves_the_drawing(month: int) -> None:
    text = "Hoàn thành giải phóng mặt bằng và xây dựng đường trục xã giai đoạn hai " * 3
    start = date(2024, month, 20)
    (sheet,) = draw([entry(1, start, date(2024, month, 25), text=text)], YEAR, TODAY)
    (bar,) = sheet.bars
    width = len(bar.label) * 6.3
    left = bar.label_x if bar.anchor == "start" else bar.label_x - width
    assert left >= -1
    assert left + width <= WIDTH + 7
    assert bar.label.endswith("…")
    assert bar.label.startswith("1. Hoàn thành")


def test_a_long_list_is_cut_into_sheets_with_rows_numbered_through() -> None:
    many = [entry(pk, date(2024, 1, 1), date(2024, 2, 1)) for pk in range(1, 51)]
    sheets = draw(many, YEAR, TODAY)
    assert [len(sheet.bars) for sheet in sheets] == [
        ROWS_FIRST, ROWS_A_SHEET, 50 - ROWS_FIRST - ROWS_A_SHEET,
    ]  # fmt: skip
    assert [bar.number for sheet in sheets for bar in sheet.bars] == list(range(1, 51))
    assert sheets[0].height == HEAD + ROW * ROWS_FIRST + 6


def test_an_arrow_goes_from_the_end_of_what_is_first_to_the_start_of_the_other() -> None:
    first = entry(1, date(2024, 1, 1), date(2024, 2, 1))
    then = entry(2, date(2024, 6, 1), date(2024, 7, 1), needs=(1,))
    (sheet,) = draw([first, then], YEAR, TODAY, [1, 2])
    (arrow,) = sheet.arrows
    one, two = sheet.bars
    found = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", arrow.path)]
    assert found[:2] == [one.right, one.middle]
    assert found[-1] == two.x
    assert arrow.is_critical
    assert one.is_critical
    assert two.is_critical


def test_an_arrow_into_an_earlier_day_goes_around() -> None:
    first = entry(1, date(2024, 1, 1), date(2024, 6, 1))
    then = entry(2, date(2024, 3, 1), date(2024, 4, 1), needs=(1,))
    (sheet,) = draw([first, then], YEAR, TODAY)
    assert sheet.arrows[0].path.count("V") == 2


def test_what_hangs_together_stands_together() -> None:
    rows = [
        entry(1, date(2024, 1, 1), date(2024, 2, 1)),
        entry(2, date(2024, 1, 15), date(2024, 2, 1)),
        entry(3, date(2024, 6, 1), date(2024, 7, 1), needs=(1,)),
        entry(4, date(2024, 5, 1), date(2024, 5, 9), parent=2),
    ]
    assert [each.pk for each in ordered(rows)] == [1, 3, 2, 4]


def test_a_dependency_across_two_sheets_is_told_in_words() -> None:
    rows = [entry(pk, date(2024, 1, pk), date(2024, 2, 1)) for pk in range(1, 20)]
    rows.append(entry(20, date(2024, 1, 21), date(2024, 3, 1), needs=(1,)))
    chain = [entry(pk, date(2024, 1, pk), date(2024, 2, 1), needs=(1,)) for pk in range(2, 20)]
    sheets = draw([rows[0], *chain, rows[-1]], YEAR, TODAY)
    assert sheets[1].bars[-1].mentions == "sau việc 1"


def test_a_forecast_past_the_end_is_drawn_as_more_of_the_bar() -> None:
    late = entry(1, date(2024, 1, 1), date(2024, 1, 31), late_until=date(2024, 2, 28))
    (sheet,) = draw([late], YEAR, TODAY)
    (bar,) = sheet.bars
    assert bar.extra_x == bar.right
    assert bar.extra_width > 0


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        (of_quarter(2024, 2), ["Tháng 4/2024", "Tháng 5/2024", "Tháng 6/2024"]),
        (YEAR, [f"Tháng {month}" for month in range(1, 13)]),
        (
            Span(date(2022, 1, 1), date(2024, 12, 31), ""),
            [f"Q{quarter}/{year}" for year in (22, 23, 24) for quarter in (1, 2, 3, 4)],
        ),
    ],
)
def test_the_head_names_months_or_quarters_and_fills_the_width(
    span: Span, labels: list[str]
) -> None:
    months = head(span)
    assert [month.label for month in months] == labels
    assert months[0].x == 0
    assert round(months[-1].x + months[-1].width) == WIDTH


def test_the_year_of_today_is_drawn_or_the_nearest_with_work() -> None:
    assert around([date(2024, 3, 1)], TODAY).label == "Năm 2024"
    assert around([], TODAY).label == "Năm 2024"
    assert around([date(2021, 3, 1), date(2023, 3, 1)], TODAY).label == "Năm 2023"


def test_more_than_three_years_are_cut() -> None:
    assert limited(Span(date(2020, 1, 1), date(2030, 1, 1), "")).last == date(2022, 12, 31)
