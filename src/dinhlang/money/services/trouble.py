"""What can go wrong when money is written down; the messages are for the user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class BadRow(ValueError):
    """Something that cannot be; ``field`` says which box it is about, empty: the whole."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class TooMuch(BadRow):
    """More than there is: it is written only with a reason that is kept."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed: what was seen, what the other and what this one wants."""

    field: str
    label: str
    seen: Any
    theirs: Any
    mine: Any


class Conflict(Exception):
    """Somebody else changed the same fields since; nothing was written.

    ``revision`` is the row's now: sent again with it, the second person's choice is written.
    """

    def __init__(self, differences: Sequence[Difference], revision: int, who: str) -> None:
        super().__init__(
            f"{who or 'Người khác'} vừa sửa cùng chỗ này. Hãy xem hai bên rồi chọn; những gì bạn "
            "gõ vẫn còn đây."
        )
        self.differences = tuple(differences)
        self.revision = revision
        self.who = who
