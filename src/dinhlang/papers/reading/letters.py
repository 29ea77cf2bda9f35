"""Character classes of Vietnamese capital and small letters, for regular expressions.

A range such as ``À-Ỹ`` holds small letters too, so patterns say ``A-ZÀ-Ỹ`` and ``a-zà-ỹ`` and
``vi`` puts the exact letters in their place.
"""

from __future__ import annotations

import re

from dinhlang.vietnamese.guarded import Guarded, guarded

_SMALL = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
UPPER = "A-Z" + _SMALL.upper()
LOWER = "a-z" + _SMALL


def vi(pattern: str) -> str:
    """``pattern`` with ``A-ZÀ-Ỹ`` and ``a-zà-ỹ`` made the exact letters."""
    return pattern.replace("A-ZÀ-Ỹ", UPPER).replace("a-zà-ỹ", LOWER)


def compile_vi(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile`` with the letter classes of ``vi``."""
    return re.compile(vi(pattern), flags)


def guard_vi(pattern: str, flags: int = 0) -> Guarded:
    """As ``compile_vi``, behind a look for the words the pattern needs."""
    return guarded(vi(pattern), flags)
