"""Patterns behind a look for their words find what the bare patterns find."""

from __future__ import annotations

import re

import pytest

from dinhlang.vietnamese.guarded import guarded

TEXTS = (
    "",
    "Chủ trì: Văn phòng; phối hợp: Hội Nông dân, các ngành liên quan.",
    "GIAO CHO CÔNG AN XÃ CHỦ TRÌ; thôn Tân Lập 12 hộ, thôn 5: 3/4 tuyến",
    "chủ trì chủ trì, do Kế toán lo; năm ٣ có hai mô hình",
    "1. Đường thôn dài 1,2 km\n2. Nhà văn hóa – tháng 6/2024",
    "thôn\tAn Hòa và thôn An Bình (khu dân cư kiểu mẫu)",
)
PATTERNS = (
    (r"\b(?:chủ trì|đầu mối)\b", re.IGNORECASE),
    (r"\b(?P<kind>[Tt]hôn|[Kk]hu dân cư|[Kk]hu)\s+(?P<name>[A-ZĐ]\w*|\d+)", 0),
    (r"(?:^|[:;,]\s+)(?:giao(?: cho)?\s+)?(?:các|công an|phối hợp)\b", re.IGNORECASE),
    (r"(?<!\d)\d{1,2}\s*(?:hộ|km|tuyến)", 0),
    (r"\d\s*/\s*\d+|một|hai", re.IGNORECASE),
    (r"^\d\.\s+\S+", re.MULTILINE),
    (r"[,(\s](?:(?<=[,(])\s+|(?<=\s)(?:do|giao)\s+)", re.IGNORECASE),
    (r"(?:nhà|đường)?\s*(?:văn hóa|thôn)", re.IGNORECASE),
    (r"\w*", 0),
    (r"phối hợp|(?:các )?ngành", 0),
)


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_guarded_pattern_finds_what_the_bare_one_finds(
    pattern: str, flags: int, text: str
) -> None:
    bare, behind = re.compile(pattern, flags), guarded(pattern, flags)
    for within in ((), (4,), (4, 30)):
        one, other = bare.search(text, *within), behind.search(text, *within)
        assert (one and one.span()) == (other and other.span())
        told = [match.span() for match in behind.finditer(text, *within)]
        assert told == [match.span() for match in bare.finditer(text, *within)]
    assert behind.sub("–", text) == bare.sub("–", text)
    assert behind.findall(text) == bare.findall(text)


def test_the_words_a_pattern_cannot_do_without_are_read_off_it() -> None:
    assert guarded(r"\b(?:chủ trì|chủ trì chung|đầu mối)\b").words == ("chủ trì", "đầu mối")
    assert guarded(r"\d+\s*%?").words == ("",)
