"""The tables of this app."""

from .tasks import (
    UNFINISHED,
    Origin,
    Repeat,
    Task,
    TaskLink,
    TaskNote,
    TaskOffice,
    TaskState,
)

__all__ = [
    "UNFINISHED",
    "Origin",
    "Repeat",
    "Task",
    "TaskLink",
    "TaskNote",
    "TaskOffice",
    "TaskState",
]
