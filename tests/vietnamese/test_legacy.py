from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import convert_legacy, decode, detect_legacy, encode_legacy, nfc

VIETNAMESE = """
    xã thôn bản ấp đường làng ruộng vườn nước sạch điện nghèo tỷ lệ người dân trường học quốc gia
    kế hoạch thực hiện tiêu chí nông mới ủy ban nhân quyết định số về việc của chính phủ đạt chuẩn
    hoàn thành cơ sở vật chất giữ vững phấn đấu mẫu rãnh thoát kiểu mỗi tuyến trồng hàng rào xanh
    khỏe ổn định tổ chức kỷ luật lũy kế đẩy mạnh chuyển đổi ngõ xóm hiểu biết những sẽ cũng bởi lỡ
"""
FRENCH = """
    été très hôtel élève déjà où là même être après père mère école français août Noël île forêt
    maïs naïf cœur garçon leçon à â ô û dû né clé blé thé pré fête bête gêne âge âme hâte côte
    rôle sûr mûr goût voilà celà évêque réalité société qualité développement équipe première
"""
ENGLISH = "the commune plan café naïve résumé of rural façade and – cost £5 ½ © ® ° × « » ·"
words = st.lists(st.sampled_from(VIETNAMESE.split()), min_size=8, max_size=60).map(" ".join)
foreign = st.lists(st.sampled_from((FRENCH + ENGLISH).split()), max_size=60).map(" ".join)


@given(words, st.sampled_from(["tcvn3", "vni"]))
def test_old_text_is_recognised_and_comes_back(text: str, encoding: str) -> None:
    old = encode_legacy(text, encoding)
    assert convert_legacy(old, encoding) == text
    if len({word for word in text.split() if not word.isascii()}) >= 8:
        assert detect_legacy(old) == encoding
        assert decode(old.encode("latin-1")) == (text, encoding)


@given(words)
def test_real_unicode_vietnamese_is_never_taken_for_old_text(text: str) -> None:
    assert detect_legacy(text) is None
    assert decode(text.encode()) == (text, "utf-8")


@given(foreign)
def test_french_and_english_are_never_taken_for_old_text(text: str) -> None:
    assert detect_legacy(text) is None


def test_every_syllable_shape_survives_both_encodings() -> None:
    letters = "aăâeêioôơuưy"
    marks = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    for letter in letters + "đ":
        for mark in marks if letter != "đ" else [""]:
            word = unicodedata.normalize("NFC", f"b{letter}{mark}n")
            for encoding in ("tcvn3", "vni"):
                assert convert_legacy(encode_legacy(word, encoding), encoding) == word


@pytest.mark.parametrize(
    ("old", "encoding", "text"),
    [
        ("X· héi chñ nghÜa ViÖt Nam", "tcvn3", "Xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "tcvn3", "Độc lập - Tự do - Hạnh phúc"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "vni", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
    ],
)
def test_the_motto_as_old_files_have_it(old: str, encoding: str, text: str) -> None:
    assert detect_legacy(old) == encoding
    assert convert_legacy(old, encoding) == text


@pytest.mark.parametrize("convert", [convert_legacy, encode_legacy])
def test_an_unknown_encoding_is_refused(convert: object) -> None:
    assert callable(convert)
    with pytest.raises(ValueError, match="unknown"):
        convert("x", "ebcdic")


TEXT = "Kế hoạch xây dựng nông thôn mới; ủy ban nhân dân xã quyết định"


def in_1258(text: str) -> bytes:
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = [c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out.append(base + "".join(tones))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (unicodedata.normalize("NFD", TEXT).encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (in_1258(TEXT), "cp1258"),
        (
            b"K\xaa ho\xd5ch x\xe2y d\xf1ng n\xf4ng th\xf4n m\xbei; \xfcy ban nh\xe2n d\xe2n "
            b"x\xe3 quy\xaat \xf0\xb8nh",
            "viscii",
        ),
    ],
)
def test_files_of_every_age_decode_to_the_same_text(data: bytes, name: str) -> None:
    assert decode(data) == (TEXT, name)


def test_a_file_cut_within_a_letter_keeps_the_rest() -> None:
    data = (TEXT * 5).encode()[:-2] + "ệ".encode()[:1]
    text, name = decode(data)
    assert name == "utf-8-damaged"
    assert text.startswith(TEXT)


def test_western_text_stays_as_it_is() -> None:
    assert decode("Élève à l'école, très bien".encode("latin-1"))[1] == "latin-1"


@given(st.binary(max_size=300))
def test_decoding_never_fails_and_gives_composed_text(data: bytes) -> None:
    text, name = decode(data)
    assert text == nfc(text)
    assert name


def test_the_real_plans_survive_a_journey_through_old_encodings(plan_files: list[Path]) -> None:
    for file in plan_files:
        text = nfc(file.read_text(encoding="utf-8")).lower()
        assert detect_legacy(text) is None
        for encoding in ("tcvn3", "vni"):
            old = encode_legacy(text, encoding)
            assert detect_legacy(old) == encoding
            assert convert_legacy(old, encoding) == text
