"""Which words carry a text's content, and how much of one text stands in another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from dinhlang.vietnamese import fold

_SYLLABLE = re.compile(r"[^\W_]+")
# Folded syllables that say little about what a text is about.
_IDLE_WORDS = (
    "va cua cac cho den tu theo tai tren dia ban xa thon khu ban ap xom chua dat chuan co duoc"
    " la trong nam hoan thanh xay dung thuc hien tieu chi so ve nham de voi nhung mot moi nay"
    " do tiep tuc nong moi nang cao du kien kinh phi ty dong trieu chua nao con tham muu tang"
    " cuong dam bao bao ha tien hanh to chuc ty le toi thieu tro len it nhat phan dau"
    " va cho nhan dan nguoi dan ho km m ha"
)
_IDLE = frozenset(_IDLE_WORDS.split())


def content(text: str) -> list[str]:
    """The folded syllables of ``text`` that are not idle, in order."""
    return list(_content(text))


@lru_cache(maxsize=2048)  # many checks ask for the same clauses
def _content(text: str) -> tuple[str, ...]:
    return tuple(
        word
        for word in _SYLLABLE.findall(fold(text))
        if word not in _IDLE and not word[0].isdigit()
    )


def pairs(text: str) -> set[tuple[str, str]]:
    """Neighbouring syllables of ``text``, folded: nearer to words than single syllables are."""
    words = _SYLLABLE.findall(fold(text))
    return {
        (one, other) for one, other in pairwise(words) if one not in _IDLE or other not in _IDLE
    }


def share_found(text: str, within: str) -> float:
    """How much of the content of ``text`` stands in ``within``: 0 … 1, 1 for no content."""
    wanted = content(text)
    have = set(content(within))
    return sum(word in have for word in wanted) / len(wanted) if wanted else 1.0


def alike(one: str, other: str) -> float:
    """Common content of two texts over all their content: 0 … 1."""
    left, right = set(content(one)), set(content(other))
    return len(left & right) / len(left | right) if left | right else 0.0


def any_word(words: Iterable[str], text: str) -> bool:
    """Whether one of the folded ``words`` stands in ``text``."""
    folded = fold(text)
    return any(word in folded for word in words)
