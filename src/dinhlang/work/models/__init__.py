"""The tables of this app."""

from .feeds import CalendarFeed
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
    "CalendarFeed",
    "Origin",
    "Repeat",
    "Task",
    "TaskLink",
    "TaskNote",
    "TaskOffice",
    "TaskState",
]
