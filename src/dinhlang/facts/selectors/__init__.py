"""The questions: what is known of a place on a day."""

from .subjects import subject, subjects

__all__ = ["subject", "subjects"]
