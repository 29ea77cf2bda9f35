"""Old and new placement of the tone mark: hòa, khỏe, thủy ↔ hoà, khoẻ, thuỷ.

The two differ only in open syllables of the rhymes oa, oe, uy. After ``q`` the ``u`` belongs to
the onset, so quý and quả are written one way; giá, múa and hoàn are too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dinhlang.vietnamese.syllables import ONSETS
from dinhlang.vietnamese.unicode import clean_spaces, nfc

_TONED = {
    "o": "òỏõóọ",
    "a": "àảãáạ",
    "e": "èẻẽéẹ",
    "u": "ùủũúụ",
    "y": "ỳỷỹýỵ",
}
_PAIRS = ("oa", "oe", "uy")


def _pairs() -> dict[str, str]:
    """Old spelling → new spelling of the two vowels, in every mixture of cases."""
    table: dict[str, str] = {}
    for pair in _PAIRS:
        first, second = pair[0], pair[1]
        for old, new in zip(_TONED[first], _TONED[second], strict=True):
            for left, right in (
                (old + second, first + new),
                (old + second.upper(), first + new.upper()),
                (old.upper() + second, first.upper() + new),
                ((old + second).upper(), (first + new).upper()),
            ):
                table[left] = right
    return table


_TO_NEW = _pairs()
_TO_OLD = {new: old for old, new in _TO_NEW.items()}
_OLD_RE = re.compile("[òỏõóọÒỎÕÓỌ][aeAE]|[ùủũúụÙỦŨÚỤ][yY]")
_NEW_RE = re.compile("[oO][àảãáạÀẢÃÁẠèẻẽéẹÈẺẼÉẸ]|[uU][ỳỷỹýỵỲỶỸÝỴ]")


def _mover(table: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def move(match: re.Match[str]) -> str:
        text, start, end = match.string, match.start(), match.end()
        if end < len(text) and _in_word(text[end]):
            return match[0]
        head = start
        while head and _in_word(text[head - 1]) and start - head < 4:
            head -= 1
        return table[match[0]] if text[head:start].lower() in ONSETS else match[0]

    return move


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


_move_to_new = _mover(_TO_NEW)
_move_to_old = _mover(_TO_OLD)


def new_tone(s: str) -> str:
    """The text in NFC with hoà, khoẻ, thuỷ for hòa, khỏe, thủy; all else as it was."""
    return _OLD_RE.sub(_move_to_new, nfc(s))


def old_tone(s: str) -> str:
    """The text in NFC with hòa, khỏe, thủy for hoà, khoẻ, thuỷ; all else as it was."""
    return _NEW_RE.sub(_move_to_old, nfc(s))


def tone_key(s: str) -> str:
    """A key equal for both spellings of a text: NFC, lower case, new placement, clean spaces."""
    return new_tone(clean_spaces(nfc(s).lower()))
