"""Say in Vietnamese what a requirement demands and why a verdict is what it is. Plain text."""

from .answers import Explanation, Line, Source, explain
from .rules import describe, describe_threshold
from .words import giver_words, missing_words

__all__ = [
    "Explanation",
    "Line",
    "Source",
    "describe",
    "describe_threshold",
    "explain",
    "giver_words",
    "missing_words",
]
