from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import find_periods

CASES = [
    ("trong quý 2/2024.", "quý 2/2024", "quarter", "2024-04-01", "2024-06-30"),
    ("vào quý 3 năm 2024", "quý 3 năm 2024", "quarter", "2024-07-01", "2024-09-30"),
    ("Quý I/2023", "Quý I/2023", "quarter", "2023-01-01", "2023-03-31"),
    ("Quý IV", "Quý IV", "quarter", "2030-10-01", "2030-12-31"),
    ("quý I, II/2024", "quý I, II/2024", "quarter", "2024-01-01", "2024-06-30"),
    ("quí II và quí III/2024", "quí II và quí III/2024", "quarter", "2024-04-01", "2024-09-30"),
    ("quý II-IV/2024", "quý II-IV/2024", "quarter", "2024-04-01", "2024-12-31"),
    ("quý I đến quý III/2024", "quý I đến quý III/2024", "quarter", "2024-01-01", "2024-09-30"),
    ("tháng 10/2024", "tháng 10/2024", "month", "2024-10-01", "2024-10-31"),
    ("vào tháng 10 năm 2024", "tháng 10 năm 2024", "month", "2024-10-01", "2024-10-31"),
    ("Tháng 7,8,9/2023 làm", "Tháng 7,8,9/2023", "months", "2023-07-01", "2023-09-30"),
    ("Tháng 5,6/2023", "Tháng 5,6/2023", "months", "2023-05-01", "2023-06-30"),
    ("tháng 5 - 6/2023", "tháng 5 - 6/2023", "months", "2023-05-01", "2023-06-30"),
    ("tháng 7 đến tháng 9/2024", "tháng 7 đến tháng 9/2024", "months", "2024-07-01", "2024-09-30"),
    ("tháng 6, 12 hộ", "tháng 6", "month", "2030-06-01", "2030-06-30"),
    ("đến hết năm 2024 và", "đến hết năm 2024", "until", None, "2024-12-31"),
    ("đến cuối năm 2023", "đến cuối năm 2023", "until", None, "2023-12-31"),
    ("vào cuối năm 2023", "cuối năm 2023", "until", None, "2023-12-31"),
    ("liên tục đến cuối năm.", "đến cuối năm", "until", None, "2030-12-31"),
    ("từ nay đến cuối năm 2023", "từ nay đến cuối năm 2023", "until", None, "2023-12-31"),
    ("định hướng đến năm 2025", "đến năm 2025", "until", None, "2025-12-31"),
    ("trước ngày 30/6/2024", "trước ngày 30/6/2024", "until", None, "2024-06-30"),
    ("trước 30/6/2024", "trước 30/6/2024", "until", None, "2024-06-30"),
    ("xong trước 30/11", "trước 30/11", "until", None, "2030-11-30"),
    ("trước tháng 6/2024", "trước tháng 6/2024", "until", None, "2024-05-31"),
    ("trước quý III/2024", "trước quý III/2024", "until", None, "2024-06-30"),
    ("cuối quý II/2024", "cuối quý II/2024", "until", None, "2024-06-30"),
    ("chậm nhất là ngày 15 tháng 6 năm 2024", "chậm nhất là ngày 15 tháng 6 năm 2024", "until",
     None, "2024-06-15"),
    ("trước 17 giờ ngày 25/12/2024", "trước 17 giờ ngày 25/12/2024", "until", None, "2024-12-25"),
    ("đến hết tháng 9/2024", "đến hết tháng 9/2024", "until", None, "2024-09-30"),
    ("tháng 8, tháng 9 năm 2024", "tháng 8, tháng 9 năm 2024", "months", "2024-08-01",
     "2024-09-30"),
    ("từ 3/2024 đến 10/2024", "từ 3/2024 đến 10/2024", "range", "2024-03-01", "2024-10-31"),
    ("trước 10/2024.", "trước 10/2024", "until", None, "2024-09-30"),
    ("từ 01/6 - 30/9/2024", "từ 01/6 - 30/9/2024", "range", "2024-06-01", "2024-09-30"),
    ("từ quý I/2024 đến hết quý III/2024", "từ quý I/2024 đến hết quý III/2024", "range",
     "2024-01-01", "2024-09-30"),
    ("năm 2024", "năm 2024", "year", "2024-01-01", "2024-12-31"),
    ("năm 2023, 2024", "năm 2023, 2024", "year", "2023-01-01", "2024-12-31"),
    ("phần đầu năm 2024", "năm 2024", "year", "2024-01-01", "2024-12-31"),
    ("ngay đầu năm 2024", "đầu năm 2024", "range", "2024-01-01", None),
    ("kể từ ngày 01/01/2025", "kể từ ngày 01/01/2025", "range", "2025-01-01", None),
    ("6 tháng đầu năm 2024", "6 tháng đầu năm 2024", "half", "2024-01-01", "2024-06-30"),
    ("06 tháng cuối năm", "06 tháng cuối năm", "half", "2030-07-01", "2030-12-31"),
    ("9 tháng đầu năm 2024", "9 tháng đầu năm 2024", "months", "2024-01-01", "2024-09-30"),
    ("từ ngày 15/03/2023 đến ngày 15/05/2023;", "từ ngày 15/03/2023 đến ngày 15/05/2023",
     "range", "2023-03-15", "2023-05-15"),
    ("từ 01/7/2023 đến 01/8/2023", "từ 01/7/2023 đến 01/8/2023", "range", "2023-07-01",
     "2023-08-01"),
    ("từ 15/3 đến 15/5/2023", "từ 15/3 đến 15/5/2023", "range", "2023-03-15", "2023-05-15"),
    ("ngày 15-20/3/2023", "ngày 15-20/3/2023", "range", "2023-03-15", "2023-03-20"),
    ("từ tháng 3 đến tháng 5/2023", "từ tháng 3 đến tháng 5/2023", "range", "2023-03-01",
     "2023-05-31"),
    ("từ tháng 11 đến tháng 2/2024", "từ tháng 11 đến tháng 2/2024", "range", "2023-11-01",
     "2024-02-29"),
    ("từ năm 2021 đến năm 2025", "từ năm 2021 đến năm 2025", "range", "2021-01-01", "2025-12-31"),
    ("giai đoạn 2021 - 2025", "giai đoạn 2021 - 2025", "span", "2021-01-01", "2025-12-31"),
    ("giai đoạn 2021-2025", "giai đoạn 2021-2025", "span", "2021-01-01", "2025-12-31"),
    ("giai đoạn 2021 -2025", "giai đoạn 2021 -2025", "span", "2021-01-01", "2025-12-31"),
    ("ký 26/9/2022", "26/9/2022", "day", "2022-09-26", "2022-09-26"),
    ("ngày 26 tháng 9", "ngày 26 tháng 9", "day", "2030-09-26", "2030-09-26"),
    ("họp 8 giờ thứ 5 hàng tuần", "8 giờ thứ 5 hàng tuần", "week-rule", None, None),
    ("31/02/2024", "31/02/2024", "day", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown", "kind", "first", "last"), CASES)
def test_a_period_is_found_once_with_its_bounds(
    text: str, shown: str, kind: str, first: str | None, last: str | None
) -> None:
    (found,) = find_periods(text, 2030)
    assert (found.text, found.kind, found.iso_start, found.iso_end) == (shown, kind, first, last)
    assert text[found.start : found.end] == shown


@pytest.mark.parametrize(
    "text",
    ["Quý vị đại biểu", "01/3 chỉ tiêu", "tháng 1 lần", "mỗi tháng 2 buổi", "năm tiêu chí",
     "trong năm", "ngày 15", "394C", "giai đoạn 2", "6 tháng", "quý 1 lần", "thứ hai",
     "13/2020/NĐ-CP", "số 02/2024-QĐ", "ngày 08/3/24"],
)  # fmt: skip
def test_what_only_looks_like_a_period_is_not(text: str) -> None:
    assert find_periods(text, 2030) == []


def test_without_a_year_the_bounds_stay_open_but_the_months_are_known() -> None:
    quarter, months = find_periods("Quý IV và cả tháng 7,8")
    assert (quarter.first, quarter.last, quarter.quarters) == (None, None, (4,))
    assert (months.first, months.last, months.months) == (None, None, (7, 8))
    assert quarter.iso_start is None and months.iso_end is None


def test_months_and_years_named_are_told() -> None:
    (found,) = find_periods("từ tháng 11/2023 đến tháng 2/2024")
    assert found.months == (11, 12, 1, 2)
    assert found.years == (2023, 2024)
    (whole,) = find_periods("6 tháng đầu năm 2024")
    assert whole.months == (1, 2, 3, 4, 5, 6)


def test_neighbours_that_are_not_joined_stay_two() -> None:
    found = find_periods("quý 3 năm 2024, riêng tháng 10/2024 tổng kết", 2030)
    assert [one.text for one in found] == ["quý 3 năm 2024", "tháng 10/2024"]


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 900))
def test_any_range_of_days_is_read_with_both_its_ends(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    text = f"từ ngày {first:%d/%m/%Y} đến hết ngày {last.day} tháng {last.month} năm {last.year}."
    (found,) = find_periods(text)
    assert (found.first, found.last, found.kind) == (first, last, "range")


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1950, 2150))
def test_months_joined_by_den_run_forward(a: int, b: int, year: int) -> None:
    (found,) = find_periods(f"từ tháng {a} đến tháng {b}/{year}")
    assert found.first == date(year - (a > b), a, 1)
    assert found.last is not None and (found.last.year, found.last.month) == (year, b)
    assert found.months[0] == a and found.months[-1] == b
