"""The verbs of needs, sources and movements, in one place."""

from .fields import NeedSaid, SourceSaid, said_of
from .movements import Moved, move, set_cell, undo_move
from .rows import (
    add_need,
    add_source,
    change_need,
    change_source,
    meet_condition,
    remove,
    restore,
    settle,
)
from .trouble import BadRow, Conflict, Difference, TooMuch

__all__ = [
    "BadRow",
    "Conflict",
    "Difference",
    "Moved",
    "NeedSaid",
    "SourceSaid",
    "TooMuch",
    "add_need",
    "add_source",
    "change_need",
    "change_source",
    "meet_condition",
    "move",
    "remove",
    "restore",
    "said_of",
    "set_cell",
    "settle",
    "undo_move",
]
