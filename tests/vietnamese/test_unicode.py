from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import clean_spaces, fold, fold_map, is_nfc, nfc


@given(st.text())
def test_nfc_is_idempotent_and_recognised(text: str) -> None:
    assert is_nfc(nfc(text))
    assert nfc(nfc(text)) == nfc(text)


def test_decomposed_letters_become_one() -> None:
    decomposed = unicodedata.normalize("NFD", "vườn hộ, xã")
    assert not is_nfc(decomposed)
    assert nfc(decomposed) == "vườn hộ, xã"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Sơn\u00a0\u00a0Bằng\t, ngày ", "Sơn Bằng , ngày"),
        ("nông\u200bthôn\ufeff mới", "nôngthôn mới"),
        ("chuyển\u00adđổi", "chuyểnđổi"),
        ("một\u2003hai\u3000ba\nbốn", "một hai ba bốn"),
        ("", ""),
    ],
)
def test_spaces_are_made_single_and_invisible_signs_go(text: str, clean: str) -> None:
    assert clean_spaces(text) == clean


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đình Làng", "dinh lang"),
        ("ĐƯỜNG  Ở ấp\u00a0Ưu", "duong o ap uu"),
        (unicodedata.normalize("NFD", "Thuỷ lợi"), "thuy loi"),
        ("QĐ số 318/QĐ-TTg", "qd so 318/qd-ttg"),
    ],
)
def test_folding_drops_marks_case_and_the_bar_of_d(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_is_the_same_for_composed_and_decomposed_text(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_every_folded_character_points_at_where_it_came_from(text: str) -> None:
    folded, index = fold_map(text)
    assert len(folded) == len(index)
    assert index == sorted(index)
    assert all(folded[i] in fold_map(text[at])[0] for i, at in enumerate(index))
    assert " ".join(folded.split()) == fold(text)


def test_a_hit_in_folded_text_is_found_again_in_the_original() -> None:
    text = "UBND  xã Thuỷ Đường"
    folded, index = fold_map(text)
    at = folded.index("thuy duong")
    assert text[index[at] : index[at + len("thuy duong") - 1] + 1] == "Thuỷ Đường"
