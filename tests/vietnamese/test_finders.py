"""What every finder promises, on any text and on the real plans."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import (
    find_amounts,
    find_dates,
    find_due,
    find_frequencies,
    find_numbers,
    find_periods,
    nfc,
)

FINDERS = [find_amounts, find_dates, find_due, find_frequencies, find_numbers, find_periods]
PIECES = [
    "ngày ", "tháng ", "năm ", "quý ", "từ ", "đến ", "trước ", "hết ", "cuối ", "đầu ", "nay ",
    "giai đoạn ", "thứ ", "chủ nhật ", "hàng ", "hằng tuần ", "định kỳ ", "đột xuất ", "lần",
    "giờ ", "tỷ ", "triệu ", "đồng ", "nghìn ", "trđ", "đ", "/", "-", " - ", ",", ", ", ".", ";",
    "và ", " ", "1", "2", "05", "12", "31", "99", "2024", "0000", "3.200", "17,5", "II", "iv", "hộ",
    "İ", "ß", "…", "\n", "\u00a0", "²", "٣", "30/6", "31/02/2024", "sáu ", "rưỡi", "chiều ", "mỗi ",
]  # fmt: skip
texts = st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.mark.parametrize("find", FINDERS, ids=lambda find: find.__name__)
@given(text=texts)
def test_matches_stand_in_order_within_the_text_and_do_not_overlap(
    find: Callable[[str], Sequence[Any]], text: str
) -> None:
    end = 0
    for one in find(text):
        start, stop = (one.start, one.end) if hasattr(one, "start") else one[:2]
        assert end <= start < stop <= len(text)
        if hasattr(one, "text"):
            assert text[start:stop] == one.text
        end = stop


@given(texts, st.none() | st.integers(-5, 4000))
def test_a_period_never_ends_before_it_begins(text: str, year: int | None) -> None:
    for one in find_periods(text, year):
        if one.first and one.last:
            assert one.first <= one.last


@pytest.mark.parametrize("find", FINDERS, ids=lambda find: find.__name__)
@pytest.mark.parametrize(
    "piece", ["ngày ", "từ ", "1,", "1.", " - ", "tháng 1 đến ", "   ", "quý i,"]
)
def test_long_hostile_text_is_read_in_proportion_to_its_length(
    find: Callable[[str], Sequence[Any]], piece: str
) -> None:
    small, large = (fastest(find, piece * times) for times in (2_000, 16_000))
    assert large < 32 * max(small, 0.001), "8 times the text; a square would be 64 times the work"


def fastest(find: Callable[[str], Sequence[Any]], text: str) -> float:
    """Processor seconds of the better of two runs."""
    spent = []
    for _ in range(2):
        begin = time.process_time()
        find(text)
        spent.append(time.process_time() - begin)
    return min(spent)


def test_the_sums_of_a_real_plan_are_found_exactly(plan_files: list[Path]) -> None:
    (plan,) = [file for file in plan_files if file.name.startswith("thach-loi")]
    values = [one.value for one in find_amounts(nfc(plan.read_text(encoding="utf-8")))]
    for millions in (17_500, 6_000, 100, 23_800, 2_000, 8_000, 500, 10_300, 10_500, 13_300):
        assert millions * 10**6 in values


@pytest.mark.parametrize(
    ("name", "kind", "first", "last"),
    [
        ("thach-loi", "months", "2023-07-01", "2023-09-30"),
        ("thach-loi", "quarter", "2023-10-01", "2023-12-31"),
        ("son-bang", "range", "2023-03-15", "2023-05-15"),
        ("son-bang", "range", "2023-07-01", "2023-08-01"),
        ("son-bang", "until", None, "2023-12-31"),
        ("son-bang", "week-rule", None, None),
        ("phuc-hoa", "quarter", "2024-04-01", "2024-06-30"),
        ("phuc-hoa", "month", "2024-10-01", "2024-10-31"),
        ("thanh-dinh", "until", None, "2024-12-31"),
    ],
)
def test_the_terms_of_the_real_plans_are_found(
    plan_files: list[Path], name: str, kind: str, first: str | None, last: str | None
) -> None:
    (plan,) = [file for file in plan_files if file.name.startswith(name)]
    found = find_periods(nfc(plan.read_text(encoding="utf-8")))
    assert (kind, first, last) in {(one.kind, one.iso_start, one.iso_end) for one in found}


def test_no_date_of_the_real_plans_is_impossible(plan_files: list[Path]) -> None:
    for plan in plan_files:
        found = find_dates(nfc(plan.read_text(encoding="utf-8")))
        assert found and all(one.valid for one in found)
