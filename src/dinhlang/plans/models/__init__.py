"""The tables of this app."""

from .base import OPEN_STATES, PaperJob, State
from .readings import Reading

__all__ = ["OPEN_STATES", "PaperJob", "Reading", "State"]
