"""Questions about verdicts: of one unit, of many, over time, and what plans claim."""

from .verdicts import verdict

__all__ = ["verdict"]
