"""What the words in a threshold's cell mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dinhlang.lawbook.sheet.phrases import parse

SIGNS = (
    ("≥ 95%", ">=", "95", "%"),
    ("≥95%(2)", ">=", "95", "%"),
    (">= 1 mô hình", ">=", "1", "mô hình"),
    ("80% trở lên", ">=", "80", "%"),
    ("từ 30 trở lên", ">=", "30", ""),
    ("tối thiểu 30 %", ">=", "30", "%"),
    ("≥ 64 triệu đồng/người/năm", ">=", "64", "triệu đồng/người/năm"),
    ("không quá 3", "<=", "3", ""),
    ("≤ 1,5%", "<=", "1.5", "%"),
    ("5 trở xuống", "<=", "5", ""),
    ("< 5%", "<", "5", "%"),
    ("dưới 0,45", "<", "0.45", ""),
    ("> 1.200 ha", ">", "1200", "ha"),
)
WORDS = (
    ("", "empty"),
    ("Đạt", "reached"),
    ("đạt (1)", "reached"),
    ("Có", "reached"),
    ("Không", "zero"),
    ("UBND cấp tỉnh quy định cụ thể", "province"),
    ("Theo quy định của UBND tỉnh", "province"),
    ("Bộ Y tế hướng dẫn", "ministry"),
    ("Theo quy định của Bộ Giáo dục và Đào tạo", "ministry"),
    ("Chưa nạp", "not_loaded"),
    ("Theo tình hình thực tế", "not_understood"),
    ("có ít nhất một", "not_understood"),
    ("≥ nhiều", "not_understood"),
)


@pytest.mark.parametrize(("words", "operator", "number", "unit"), SIGNS)
def test_a_number_with_a_sign_or_with_words_for_it_is_a_comparison(
    words: str, operator: str, number: str, unit: str
) -> None:
    found = parse(words)
    assert (found.kind, found.operator, found.low, found.unit) == (
        "compare", operator, Decimal(number), unit,
    )  # fmt: skip


@pytest.mark.parametrize(("words", "kind"), WORDS)
def test_words_without_a_number_are_known_or_left_to_a_person(words: str, kind: str) -> None:
    assert parse(words).kind == kind


@pytest.mark.parametrize(
    ("words", "low", "high", "below"),
    [
        ("70 - 90%", 70, 90, False),
        ("Từ 70% đến dưới 90%", 70, 90, True),
        ("1,5–3", "1.5", 3, False),
    ],
)
def test_two_numbers_are_a_range(words: str, low: object, high: object, below: bool) -> None:
    found = parse(words)
    assert (found.kind, found.low, found.high, found.below_high) == (
        "between", Decimal(str(low)), Decimal(str(high)), below,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("≥80% (trong đó ≥ 50% từ hệ thống cấp nước tập trung)", "từ hệ thống cấp nước tập trung"),
        ("≥ 80% (trong đó: hộ dùng nước tập trung ≥ 50%)", "hộ dùng nước tập trung"),
    ],
)
def test_what_stands_in_brackets_is_a_demand_of_its_own(words: str, about: str) -> None:
    found = parse(words)
    assert (found.low, found.about) == (Decimal(80), about)
    assert found.within is not None
    assert (found.within.operator, found.within.low, found.within.unit) == (">=", Decimal(50), "%")


def test_a_bare_number_has_no_sign_and_a_grade_keeps_its_name() -> None:
    assert parse("64").operator is None
    assert parse("64").low == Decimal(64)
    assert parse("Mức độ 2 trở lên").grade == "Mức độ 2"
