"""Days as forms send them: the browser's way or the Vietnamese way."""

from __future__ import annotations

from datetime import date, datetime


class BadDay(ValueError):
    """A text that is no day; the message is for the user."""


def day_of(text: str | None) -> date | None:
    """The day that was given, None where nothing was. Raises ``BadDay``."""
    wanted = (text or "").strip()
    if not wanted:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(wanted, pattern).date()
        except ValueError:
            continue
    raise BadDay(f"“{wanted[:20]}” không phải là một ngày. Ví dụ: 01/07/2025.")
