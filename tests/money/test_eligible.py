"""What is read out of a plan's words about support, and exact shares of an amount."""

from __future__ import annotations

import pytest

from dinhlang.money import eligible

LONG = (
    "Hệ thống nước thải: hộ nghèo và hộ cận nghèo, nhà có thương binh, liệt sỹ hay người tàn tật "
    "khi tự làm bể theo mẫu thiết kế của sở (3 bi) để được hưởng thì nhận mức hỗ trợ 1 triệu "
    "đồng/hộ"
)


def test_groups_and_condition_are_read_out_of_a_long_sentence() -> None:
    assert eligible.groups_of(LONG) == [
        "hộ nghèo", "hộ cận nghèo", "gia đình thương binh, liệt sĩ",
        "gia đình có người khuyết tật",
    ]  # fmt: skip
    assert eligible.technical_of(LONG) == "theo mẫu thiết kế của sở (3 bi)"
    assert eligible.name_of(LONG) == "Hệ thống nước thải"


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Hỗ trợ mỗi hộ gia đình 500.000 đồng", ["hộ gia đình"]),
        ("Hỗ trợ các hộ gia đình nghèo, hộ nghèo 1 triệu đồng", ["hộ nghèo"]),
        ("Thưởng mỗi thôn 20 triệu đồng", ["thôn, khu"]),
        ("Hỗ trợ xi măng 5 tấn", []),
    ],
)
def test_groups_by_their_words(text: str, groups: list[str]) -> None:
    assert eligible.groups_of(text) == groups


def test_without_groups_everybody_is_meant_and_diacritics_do_not_decide() -> None:
    assert eligible.is_meant("bất kỳ", [])
    assert eligible.is_meant("Hộ Nghèo", ["hộ nghèo"])
    assert not eligible.is_meant("", ["hộ nghèo"])
    assert not eligible.is_meant("hộ khá", ["hộ nghèo"])


@pytest.mark.parametrize(
    ("each", "thousandths", "whole"),
    [
        (1_000_000, 1000, 1_000_000), (50_000, 85_500, 4_275_000), (333, 1500, 500),
        (1, 499, 0), (1, 500, 1), (250_000, -2500, -625_000), (1, -500, -1), (0, 9999, 0),
    ],
)  # fmt: skip
def test_a_share_is_whole_dong_and_takes_back_what_it_gave(
    each: int, thousandths: int, whole: int
) -> None:
    assert eligible.share(each, thousandths) == whole
    assert eligible.share(each, -thousandths) == -whole


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1_000_000, "Một triệu đồng"),
        (12_350_000, "Mười hai triệu ba trăm năm mươi nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (3_012_000_500, "Ba tỷ không trăm mười hai triệu năm trăm đồng"),
        (1_000_000_001, "Một tỷ không trăm linh một đồng"),
        (0, "Không đồng"),
        (-500_000, "Âm năm trăm nghìn đồng"),
    ],
)
def test_an_amount_is_spelt_out(amount: int, words: str) -> None:
    assert eligible.in_words(amount) == words


def test_an_identity_number_shows_only_its_end() -> None:
    assert eligible.masked("001099012345") == "•••345"
    assert eligible.masked("") == ""
