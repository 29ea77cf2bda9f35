"""Offices by name: two spellings of one office, and whether a person's office is meant."""

from __future__ import annotations

import re
from functools import lru_cache

from dinhlang.vietnamese import fold

_SHORT = (
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\bhdnd\b", "hoi dong nhan dan"),
    (r"\bmttq\b", "mat tran to quoc"),
    (r"\bntm\b", "nong thon moi"),
    (r"\bbcd\b", "ban chi dao"),
    (r"\bbql\b", "ban quan ly"),
    (r"\btc-?kt\b", "tai chinh ke toan"),
    (r"\bvh-?xh\b", "van hoa xa hoi"),
    (r"\bvp\b", "van phong"),
    (r"\bcc\b", "cong chuc"),
)
_FILLER = frozenset(
    [
        "can",
        "bo",
        "cong",
        "chuc",
        "xa",
        "thon",
        "phu",
        "trach",
        "dong",
        "chi",
        "dc",
        "ong",
        "ba",
        "cac",
    ]
)


@lru_cache(maxsize=4096)
def office_key(name: str) -> str:
    """The name folded, abbreviations written out, without signs; at most 200 letters."""
    text = fold(name)
    for pattern, full in _SHORT:
        text = re.sub(pattern, full, text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())[:200]


def is_meant(key: str, held: str) -> bool:
    """Whether an office named in a plan is the one a person holds; both are ``office_key``.

    It is where the names are equal but for words like cán bộ, công chức, xã.
    """
    ours, theirs = _core(held), _core(key)
    return key == held or (bool(ours) and ours == theirs)


@lru_cache(maxsize=4096)
def _core(key: str) -> tuple[str, ...]:
    return tuple(word for word in key.split() if word not in _FILLER)
