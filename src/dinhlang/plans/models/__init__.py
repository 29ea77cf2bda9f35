"""The tables of this app."""

from .base import OPEN_STATES, PaperJob, State
from .plans import Plan, PlanItem, PlanTask, PlanVersion
from .readings import Reading
from .reviews import Outcome, Review, ReviewEdit

__all__ = [
    "OPEN_STATES",
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
]
