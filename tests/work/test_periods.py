"""Which days the periods of an address name."""

from __future__ import annotations

from datetime import date

import pytest

from dinhlang.work.periods import Span, month_after, span

ON = date(2024, 11, 13)


@pytest.mark.parametrize(
    ("code", "first", "last", "label"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "Năm 2024"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "Quý IV/2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "Tháng 2/2024"),
        ("tuan-nay", date(2024, 11, 11), date(2024, 11, 17), "Tuần này"),
        ("thang-nay", date(2024, 11, 1), date(2024, 11, 30), "Tháng này"),
        ("thang-sau", date(2024, 12, 1), date(2024, 12, 31), "Tháng sau"),
        ("quy-nay", date(2024, 10, 1), date(2024, 12, 31), "Quý này"),
        ("quy-sau", date(2025, 1, 1), date(2025, 3, 31), "Quý sau"),
        ("quy-truoc", date(2024, 7, 1), date(2024, 9, 30), "Quý trước"),
        ("nam-truoc", date(2023, 1, 1), date(2023, 12, 31), "Năm trước"),
    ],
)
def test_a_period_is_the_days_from_its_first_to_its_last(
    code: str, first: date, last: date, label: str
) -> None:
    assert span(code, ON) == Span(first, last, label)


@pytest.mark.parametrize("code", ["", "2024-Q5", "2024-13", "24", "nam-kia", "2024-Q1x", "9999"])
def test_what_names_no_period_wants_all(code: str) -> None:
    assert span(code, ON) is None


@pytest.mark.parametrize(
    ("start", "end", "is_inside"),
    [
        (None, None, False),
        (date(2024, 1, 1), date(2024, 12, 31), True),
        (date(2024, 4, 1), date(2024, 5, 1), False),
        (None, date(2024, 2, 10), True),
        (None, date(2024, 5, 10), False),
        (date(2024, 2, 1), None, True),
        (date(2024, 6, 1), None, False),
    ],
)
def test_a_task_is_in_a_span_when_one_of_its_days_is(
    start: date | None, end: date | None, is_inside: bool
) -> None:
    first_quarter = Span(date(2024, 1, 1), date(2024, 3, 31), "")
    assert first_quarter.holds(start, end) is is_inside


def test_months_are_counted_over_the_end_of_a_year() -> None:
    assert month_after(date(2024, 11, 30), 3) == date(2025, 2, 1)
    assert month_after(date(2024, 1, 31), -1) == date(2023, 12, 1)
