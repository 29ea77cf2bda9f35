"""One form of Unicode at the edge (NFC), clean spaces, and folding for search."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE_RE = re.compile(f"[{_INVISIBLE}]")
_SPACES_RE = re.compile(r"\s+")


def nfc(s: str) -> str:
    """The same text with every letter composed (``e`` + two marks → ``ệ``)."""
    return s if unicodedata.is_normalized("NFC", s) else unicodedata.normalize("NFC", s)


def is_nfc(s: str) -> bool:
    """Whether the text is composed already."""
    return unicodedata.is_normalized("NFC", s)


def clean_spaces(s: str) -> str:
    """The text on one line: any run of white space is one space, none at the ends.

    No-break and other odd spaces count as white space; zero-width characters and soft hyphens
    go. Text in TCVN3 must be converted first: there the byte of the soft hyphen is ``ư``.
    """
    return _SPACES_RE.sub(" ", _INVISIBLE_RE.sub("", s)).strip()


class _FoldTable(dict[int, str]):
    """Folded form of a character by its code point, worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _INVISIBLE:
            folded = ""
        elif char.isspace():
            folded = " "
        else:
            decomposed = unicodedata.normalize("NFD", char.lower())
            kept = (c for c in decomposed if not unicodedata.combining(c))
            folded = "".join(kept).replace("đ", "d")
        if code < 0x2100:
            self[code] = folded  # bounded: the scripts a plan is written in
        return folded


_FOLD = _FoldTable()


@lru_cache(maxsize=4096)  # the same headings, cells and names are folded again and again
def fold(s: str) -> str:
    """The text for searching: lower case, no diacritics, ``đ`` as ``d``, single spaces."""
    return " ".join(s.translate(_FOLD).split())


def fold_map(s: str) -> tuple[str, list[int]]:
    """The folded text without collapsing spaces, and for each of its characters the index in ``s``.

    A hit at ``folded[a:b]`` stands at ``s[index[a] : index[b - 1] + 1]`` of the original; in
    decomposed text the marks that follow the last letter are not included.
    """
    parts: list[str] = []
    index: list[int] = []
    for i, char in enumerate(s):
        folded = _FOLD[ord(char)]
        if folded:
            parts.append(folded)
            index.extend([i] * len(folded))
    return "".join(parts), index
