"""Evidence: the list, taking files in, one paper and what it proves, its bytes."""

from __future__ import annotations


def _seal(answer: HttpResponseBase) -> None:
    """Kept by this browser alone, and able to do nothing in it."""
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, max-age=3600"
