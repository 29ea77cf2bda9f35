from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import find_amounts, format_money, parse_money


@pytest.mark.parametrize(
    ("text", "shown", "value", "per"),
    [
        ("kinh phí 17,5 tỷ.", "17,5 tỷ", 17_500_000_000, None),
        ("hết 0,5 tỷ đồng)", "0,5 tỷ đồng", 500_000_000, None),
        ("1,5 tỉ nhé", "1,5 tỉ", 1_500_000_000, None),
        ("mức 1 triệu đồng/ hộ.", "1 triệu đồng/ hộ", 1_000_000, "hộ"),
        ("500 nghìn đồng", "500 nghìn đồng", 500_000, None),
        ("200 nghìn/người/tháng", "200 nghìn/người/tháng", 200_000, "người/tháng"),
        ("350.000 đồng/người", "350.000 đồng/người", 350_000, "người"),
        ("tổng 1.234.567.000 đồng", "1.234.567.000 đồng", 1_234_567_000, None),
        ("2 tỷ 500 triệu đồng", "2 tỷ 500 triệu đồng", 2_500_000_000, None),
        ("1 tỷ rưỡi", "1 tỷ rưỡi", 1_500_000_000, None),
        ("3.200 trđ", "3.200 trđ", 3_200_000_000, None),
        ("50 tr.đ; 3", "50 tr.đ", 50_000_000, None),
        ("50tr/hộ", "50tr/hộ", 50_000_000, "hộ"),
        ("350.000đ", "350.000đ", 350_000, None),
        ("100 TRIỆU ĐỒNG", "100 TRIỆU ĐỒNG", 100_000_000, None),
        ("≥ 64 triệu đồng/người/năm;", "64 triệu đồng/người/năm", 64_000_000, "người/năm"),
        ("400.000 đồng/m2", "400.000 đồng/m2", 400_000, "m2"),
        ("300 triệu đồng/mô hình/năm", "300 triệu đồng/mô hình/năm", 300_000_000, "mô hình/năm"),
        ("trên 68 triệu.", "68 triệu", 68_000_000, None),
        ("59,585 triệu đồng", "59,585 triệu đồng", 59_585_000, None),
    ],
)
def test_an_amount_is_found(text: str, shown: str, value: int, per: str | None) -> None:
    (amount,) = find_amounts(text)
    assert (text[amount.start : amount.end], amount.value, amount.per) == (shown, value, per)


@pytest.mark.parametrize(
    "text",
    [
        "chiếm 15 tỷ lệ", "có 5 triệu tập", "03 đồng chí", "1 triệu đồng bào", "10 đồng hồ",
        "2 triệu con gà", "1,2 triệu lượt khách", "5 đ", "số 12/2 tỷ", "20 nghìn cây",
        "tỷ lệ 95%", "đồng bộ 3 cấp", "02 đồng ruộng", "0,3 đồng", "QĐ39 tỷ", "1.2.3 tỷ", "8 trang",
    ],
)  # fmt: skip
def test_what_only_looks_like_money_is_not(text: str) -> None:
    assert find_amounts(text) == []


def test_a_sentence_end_does_not_run_into_the_next_word() -> None:
    text = "cần 8 tỷ. Đồng chí phụ trách; còn 2 tỷ. Đ/c khác"
    assert [text[one.start : one.end] for one in find_amounts(text)] == ["8 tỷ", "2 tỷ"]


def test_a_sum_shows_all_its_terms_and_their_units() -> None:
    found = find_amounts("A - B = 23,8 tỷ - 10,5 tỷ đồng = 13,3 tỷ")
    assert [one.value for one in found] == [23_800_000_000, 10_500_000_000, 13_300_000_000]
    assert [one.unit_text for one in found] == ["tỷ", "tỷ đồng", "tỷ"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17,5 tỷ", 17_500_000_000), ("350.000", 350_000), ("- 13,3 tỷ đồng.", -13_300_000_000),
        ("0,5", None), ("khoảng 2 tỷ", None), ("1 triệu đồng/hộ", None), ("", None), ("²", None),
    ],
)  # fmt: skip
def test_a_whole_field_is_read_as_an_amount(text: str, value: int | None) -> None:
    assert parse_money(text) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (17_500_000_000, "17,5 tỷ đồng"), (350_000, "350.000 đồng"), (1_500_000, "1,5 triệu đồng"),
        (1_234_567, "1.234.567 đồng"), (-13_300_000_000, "-13,3 tỷ đồng"), (0, "0 đồng"),
        (1_234_567_000, "1.234,567 triệu đồng"),
    ],
)  # fmt: skip
def test_amounts_are_shown_in_a_fitting_unit(value: int, shown: str) -> None:
    assert format_money(value) == shown


@given(st.integers(-(10**15), 10**15))
def test_a_shown_amount_reads_back_to_the_dong(value: int) -> None:
    assert parse_money(format_money(value)) == value
