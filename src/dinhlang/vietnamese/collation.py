"""Vietnamese alphabetical order as a plain string, for databases that have no collations."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from dinhlang.vietnamese.syllables import split_tone
from dinhlang.vietnamese.tones import new_tone
from dinhlang.vietnamese.unicode import clean_spaces

_VARIANTS = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}
_END = "00"  # ends a level; below the space, so that "An" comes before "An Bình"
_SPACE = "01"
_LENGTHS = "0123456789abcdefghijklmnopqrstuvwxy"


@lru_cache(maxsize=4096)
def _weights(char: str) -> tuple[str, str, str]:
    """Letter weight, tone weight, case weight of one character; empty where it has none."""
    letter, tone = split_tone(char.lower())
    case = "1" if char.isupper() else "0"
    if letter in _VARIANTS:
        return _VARIANTS[letter], str(tone), case
    base = unicodedata.normalize("NFD", letter)[:1]
    if "a" <= base <= "z":
        return base + "0", str(tone), case
    if char.isalpha():
        return f"zz{ord(char):06x}", "0", case
    return "", "", ""


def _number_weight(digits: str) -> str:
    """A run of digits by its value: first how long it is, then the digits."""
    plain = digits.lstrip("0") or "0"
    if len(plain) < len(_LENGTHS):
        return "1" + _LENGTHS[len(plain)] + plain
    return f"1z{len(plain):06d}{plain}"


def sort_key(s: str) -> str:
    """A string whose code-point order is the Vietnamese order of the texts.

    Letters decide first (a ă â b c d đ e ê … o ô ơ … u ư …) over the whole text, then tones
    (ngang, huyền, hỏi, ngã, sắc, nặng), then case (small before capital), as CLDR orders ``vi``.
    Numbers stand before letters and go by value: khu 2 < khu 10. Punctuation counts as a space.
    Both tone placements have one key. The key has small Latin letters and digits only, so it
    sorts alike as bytes, in SQLite and under any PostgreSQL locale.
    """
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    digits = ""
    gap = False
    for char in new_tone(clean_spaces(s)) + "\n":
        if char in "0123456789":
            if gap and letters and not digits:
                letters.append(_SPACE)
            gap = False
            digits += char
            continue
        if digits:
            letters.append(_number_weight(digits))
            digits = ""
        letter, tone, case = _weights(char)
        if not letter:
            gap = True
            continue
        if gap and letters:
            letters.append(_SPACE)
        gap = False
        letters.append(letter)
        tones.append(tone)
        cases.append(case)
    return _END.join(("".join(letters), "".join(tones), "".join(cases)))
