from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import (
    find_dates,
    format_date,
    format_long_date,
    parse_weekday,
    quarter_of,
)


@pytest.mark.parametrize(
    ("text", "shown", "iso"),
    [
        ("xã, ngày 09 tháng 03 năm 2023", "ngày 09 tháng 03 năm 2023", "2023-03-09"),
        ("NGÀY 9 THÁNG 3 NĂM 2023", "NGÀY 9 THÁNG 3 NĂM 2023", "2023-03-09"),
        ("(08/3/2022)", "08/3/2022", "2022-03-08"),
        ("số 15, ngày 26/9/2022;", "ngày 26/9/2022", "2022-09-26"),
        ("ngày 08-03-2022", "ngày 08-03-2022", "2022-03-08"),
        ("hôm 08.3.2022.", "08.3.2022", "2022-03-08"),
        ("ngày 09 / 03 / 2023", "ngày 09 / 03 / 2023", "2023-03-09"),
        ("ngày..... tháng 03 năm 2024", "ngày..... tháng 03 năm 2024", "2024-03"),
        ("ngày … tháng … năm 2024", "ngày … tháng … năm 2024", "2024"),
        ("ngày tháng 03 năm 2024", "ngày tháng 03 năm 2024", "2024-03"),
        ("ngày   tháng  năm 2024", "ngày   tháng  năm 2024", "2024"),
        ("thôn A, tháng 10 năm 2024", "tháng 10 năm 2024", "2024-10"),
        ("29/02/2024", "29/02/2024", "2024-02-29"),
    ],
)
def test_a_date_is_found(text: str, shown: str, iso: str) -> None:
    (found,) = find_dates(text)
    assert (found.text, found.iso, found.valid) == (shown, iso, True)
    assert text[found.start : found.end] == shown
    assert found.date == (date.fromisoformat(iso) if len(iso) == 10 else None)


@pytest.mark.parametrize(
    "text",
    ["31/02/2024", "ngày 31 tháng 4 năm 2023", "ngày 12/13/2024", "tháng 13 năm 2024",
     "ngày 1/1/0222", "ngày tháng năm 0024", "ngày 5 tháng năm 2024"],
)  # fmt: skip
def test_a_day_no_calendar_has_is_reported_as_such(text: str) -> None:
    (found,) = find_dates(text)
    assert found.iso is None and not found.valid and found.date is None


@pytest.mark.parametrize(
    "text",
    ["13/2020/TT-BGDĐT", "01/3 chỉ tiêu", "2021 - 2025", "ngày 15", "1.2.2023.4", "3-4/2023",
     "ngày tháng năm", "08/3-2022", "6 tháng 10 năm 2024"],
)  # fmt: skip
def test_other_figures_are_no_dates(text: str) -> None:
    assert [one for one in find_dates(text) if one.valid] == []


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_written_dates_read_back(day: date) -> None:
    for shown in (
        format_date(day),
        format_long_date(day),
        f"ngày {day.day}-{day.month}-{day.year}",
    ):
        assert [one.date for one in find_dates(f"từ {shown}, xong")] == [day]


def test_a_date_is_written_as_the_decree_on_paperwork_says() -> None:
    assert format_date(date(2026, 11, 22)) == "22/11/2026"
    assert format_long_date(date(2023, 3, 9)) == "ngày 09 tháng 3 năm 2023"
    assert format_long_date(date(2024, 2, 15)) == "ngày 15 tháng 02 năm 2024"


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("thứ hai", 1), ("Thứ Ba", 2), ("thứ tư", 3), ("thứ 5", 4), ("thứ sáu", 5), ("thứ 7", 6),
        ("Chủ  nhật", 7), ("thứ tám", None), ("hai", None), ("", None),
    ],
)  # fmt: skip
def test_weekdays_have_iso_numbers(text: str, weekday: int | None) -> None:
    assert parse_weekday(text) == weekday


def test_every_month_belongs_to_its_quarter() -> None:
    quarters = [quarter_of(date(2024, month, 1)) for month in range(1, 13)]
    assert quarters == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
