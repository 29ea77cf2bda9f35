"""The questions: what is known of a place on a day."""

from .subjects import subject, subjects
from .tables import table

__all__ = ["subject", "subjects", "table"]
