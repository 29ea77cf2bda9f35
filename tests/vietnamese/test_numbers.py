from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import (
    find_numbers,
    format_number,
    number_words,
    parse_fraction,
    parse_number,
    parse_words,
    roman,
    to_roman,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.200", "3200"), ("0,7", "0.7"), ("99,8", "99.8"), ("1.234.567,5", "1234567.5"),
        ("03", "3"), ("2.5", "2.5"), ("0.125", "0.125"), ("1,000", "1"), ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"), (" 17,5 ", "17.5"), ("-13,3", "-13.3"), ("−2", "-2"), ("+4", "4"),
        ("1 234 567", "1234567"), ("2024", "2024"), ("12.5", "12.5"), ("0", "0"),
    ],
)  # fmt: skip
def test_vietnamese_notation_is_read(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "abc", "1.2.3", "1.23.456", "3,", ",5", "1,2,3", "12 m", "٣", "²", "9" * 60]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_written_number_reads_back(value: Decimal) -> None:
    shown = format_number(value)
    assert parse_number(shown) == value or "," not in shown
    assert parse_number(shown) == value


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (3200, None, "3.200"), (Decimal("17.5"), None, "17,5"), (Decimal("17.50"), None, "17,5"),
        (Decimal("0.125"), 2, "0,13"), (Decimal("-0.004"), 2, "0,00"), (1234567, 1, "1.234.567,0"),
        (Decimal("1E+3"), None, "1.000"), (0, None, "0"), (Decimal("-1200.5"), None, "-1.200,5"),
    ],
)  # fmt: skip
def test_numbers_are_written_with_dots_and_a_comma(
    value: Decimal | int, places: int | None, shown: str
) -> None:
    assert format_number(value, places) == shown


def test_an_endless_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        format_number(Decimal("Infinity"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("dài 0,7km, rộng 3.200 m.", ["0.7", "3200"]),
        ("đạt 99,8%; có 1000m2", ["99.8", "1000"]),
        ("tháng 7,8,9 ở TC2", ["7", "8", "9"]),
        ("mục 1.2.3 và khu dân cư", []),
        ("tiêu chí 17,18", ["17.18"]),
        ("giai đoạn 2021 -2025", ["2021", "2025"]),
        ("m2", []),
    ],
)
def test_numbers_in_running_text(text: str, values: list[str]) -> None:
    assert [str(one.value) for one in find_numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "fraction"),
    [("01/3", (1, 3)), ("19/19", (19, 19)), ("3 / 4", (3, 4)), ("1/0", None), ("1/2/2023", None)],
)
def test_fractions(text: str, fraction: tuple[int, int] | None) -> None:
    assert parse_fraction(text) == fraction


@given(st.integers(1, 3999))
def test_roman_numbers_read_back(n: int) -> None:
    assert roman(to_roman(n)) == n


@pytest.mark.parametrize("text", ["", "IIII", "VX", "iv", "ABC", "IL"])
def test_bad_roman_numbers_are_none(text: str) -> None:
    assert roman(text) is None


@pytest.mark.parametrize("n", [0, 4000, -1])
def test_no_roman_number_outside_its_range(n: int) -> None:
    with pytest.raises(ValueError, match="3999"):
        to_roman(n)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("hai mươi lăm", 25), ("mười", 10), ("mười lăm", 15), ("hai mốt", None), ("ba mươi tư", 34),
        ("một trăm linh năm", 105), ("một trăm lẻ năm", 105), ("một triệu rưỡi", 1_500_000),
        ("hai trăm rưỡi", 250), ("mười bảy tỷ năm trăm triệu", 17_500_000_000), ("ba chục", 30),
        ("Ba trăm nghìn", 300_000), ("một nghìn tỷ", 10**12), ("không", 0), ("", None),
        ("hai mươi con gà", None), ("năm năm", None), ("tỷ", None), ("rưỡi", None),
        ("một tỷ hai tỷ", None), ("một nghìn hai triệu", None),
    ],
)  # fmt: skip
def test_numbers_in_words(words: str, value: int | None) -> None:
    assert parse_words(words) == value


@given(st.integers(0, 10**15 - 1))
def test_words_read_back(n: int) -> None:
    assert parse_words(number_words(n)) == n


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1005, "một nghìn không trăm linh năm"), (21, "hai mươi mốt"), (115, "một trăm mười lăm"),
        (350_000, "ba trăm năm mươi nghìn"), (24, "hai mươi bốn"),
    ],
)  # fmt: skip
def test_numbers_are_put_in_words(n: int, words: str) -> None:
    assert number_words(n) == words


def test_no_words_beyond_their_range() -> None:
    with pytest.raises(ValueError, match="words"):
        number_words(-1)
