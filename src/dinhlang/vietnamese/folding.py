"""Lower case that keeps every character at its place, for the finders' offsets."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=2048)  # many checks ask for the same lines
def lower(text: str) -> str:
    """The text in lower case, of the same length: a letter that would grow (İ) stays."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
