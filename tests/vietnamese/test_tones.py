from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import is_syllable, new_tone, nfc, old_tone, tone_key

PAIRS = [
    ("hòa", "hoà"), ("Hòa", "Hoà"), ("HÒA", "HOÀ"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"),
    ("Ủy ban", "Uỷ ban"), ("ỦY BAN", "UỶ BAN"), ("xóa", "xoá"), ("òa", "oà"), ("úy", "uý"),
    ("lũy", "luỹ"), ("họa", "hoạ"), ("lòe", "loè"), ("túy", "tuý"), ("khóa học", "khoá học"),
    ("thủy-nông", "thuỷ-nông"), ("hủy, tùy", "huỷ, tuỳ"),
]  # fmt: skip
UNTOUCHED = [
    "quý", "Quý", "QUÝ", "quỳ", "quỹ", "quả", "quà", "giá", "già", "múa", "của", "hoàn", "toán",
    "hoạt", "thuyền", "khuỷu", "thoải", "ngoéo", "tuệ", "thuở", "mía", "hoá2", "Samoà", "hoàx",
]  # fmt: skip
NEW = st.sampled_from([pair[1] for pair in PAIRS] + UNTOUCHED)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_both_placements_turn_into_each_other(old: str, new: str) -> None:
    assert new_tone(old) == new
    assert old_tone(new) == old
    assert tone_key(old) == tone_key(new)


@pytest.mark.parametrize("word", UNTOUCHED)
def test_words_with_one_spelling_stay(word: str) -> None:
    assert new_tone(word) == word
    assert old_tone(word) == word


@given(st.lists(NEW, max_size=12).map(" ".join))
def test_old_and_back_is_the_same_text(text: str) -> None:
    assert new_tone(old_tone(text)) == text


@given(st.text())
def test_placement_changes_no_length_and_settles_at_once(text: str) -> None:
    for place in (old_tone, new_tone):
        placed = place(text)
        assert len(placed) == len(nfc(text))
        assert place(placed) == placed
    assert old_tone(new_tone(text)) == old_tone(text)


def test_the_key_ignores_case_spaces_and_composition() -> None:
    assert tone_key("  UỶ  BAN\u00a0XÃ ") == tone_key("ủy ban xã") == "uỷ ban xã"


SYLLABLES = "nghiêng quý giếng gì quyết khuya thuở hoà hòa đường ỷ yêu ngoéo Ưu VIỆT"


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables_of_the_language_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["", "strong", "été", "hôtel", "viêc", "hoặng2", "ngngh", "àá"])
def test_what_is_no_syllable_is_refused(word: str) -> None:
    assert not is_syllable(word)
