"""The tables of this app."""

from .base import OPEN_STATES, PaperJob, State
from .plans import (
    UNFINISHED,
    Plan,
    PlanItem,
    PlanTask,
    PlanVersion,
    TaskNote,
    TaskOffice,
    TaskState,
)
from .readings import Reading
from .reviews import Outcome, Review, ReviewEdit

__all__ = [
    "OPEN_STATES",
    "UNFINISHED",
    "Outcome",
    "PaperJob",
    "Plan",
    "PlanItem",
    "PlanTask",
    "PlanVersion",
    "Reading",
    "Review",
    "ReviewEdit",
    "State",
    "TaskNote",
    "TaskOffice",
    "TaskState",
]
