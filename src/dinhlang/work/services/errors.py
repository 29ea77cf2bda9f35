"""What goes wrong when tasks are changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..said import BadTask

__all__ = ["BadTask", "Clash", "Conflict"]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people gave different values; ``before`` is what both saw first.

    Values are plain. ``who`` and ``when`` tell of the other's change.
    """

    field: str
    label: str
    before: Any
    theirs: Any
    mine: Any
    who: str
    when: str


class Conflict(Exception):
    """Somebody else changed the same meanwhile; nothing was written. The message is for the user.

    ``revision`` is the task's now: a change sent with it stands, since its author has seen the
    others' values. ``mine`` is what its author changed, plain: the clashing fields
    and those that would be written with them.
    """

    def __init__(self, clashes: list[Clash], mine: dict[str, Any], revision: int) -> None:
        self.clashes, self.mine, self.revision = clashes, mine, revision
        names = ", ".join(each.label for each in clashes)
        who = ", ".join(dict.fromkeys(each.who for each in clashes if each.who))
        super().__init__(
            f"{who or 'Người khác'} vừa sửa {names}. Chưa ghi đè gì; nội dung bạn gõ vẫn còn đây."
        )
