from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import sort_key

REFERENCE = [
    "1 thôn", "2 thôn", "10 thôn", "a", "à", "ả", "ã", "á", "ạ", "an", "An", "àn", "An Bình",
    "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ", "ăn", "â", "ầ", "ẩ", "ẫ", "ấ", "ậ", "ân", "ba", "bà", "Bà",
    "bả", "ban", "c", "d", "dự", "đ", "đá", "Đan", "e", "ê", "g", "h", "hòa", "i", "k",
    "khu 2", "khu 2a", "khu 10", "khu A", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r", "s", "t",
    "u", "ư", "v", "x", "y", "z",
]  # fmt: skip


def test_the_alphabet_comes_out_in_its_order() -> None:
    shuffled = REFERENCE.copy()
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == REFERENCE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hòa Bình", "Hoà Bình"),
        ("khu 02", "khu 2"),
        ("Tân  Thịnh", "Tân\u00a0Thịnh"),
        ("Bằng", "Bằng"),
    ],
)
def test_spellings_that_mean_the_same_have_one_key(first: str, second: str) -> None:
    assert sort_key(first) == sort_key(second)


def test_numbers_of_any_length_go_by_value() -> None:
    numbers = [0, 9, 10, 99, 10**30, 10**33 + 1, 10**34, 10**60, 10**200]
    assert sorted(numbers, key=lambda n: sort_key(f"khu {n}")) == numbers


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_two_numbered_places_stand_as_their_numbers(a: int, b: int) -> None:
    assert (sort_key(f"KDC số {a}") < sort_key(f"KDC số {b}")) == (a < b)


@given(st.text())
def test_a_key_is_small_latin_letters_and_digits_whatever_comes(text: str) -> None:
    key = sort_key(text)
    assert key.isascii() and key.isalnum() and key == key.lower()
