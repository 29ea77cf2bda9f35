"""What is wrong in a table, row by row, in words for whoever fills it."""

from __future__ import annotations

from dataclasses import dataclass

from .columns import BY_KEY


@dataclass(frozen=True, slots=True)
class RowProblem:
    """``row`` is the position in the table from 1, 0 for what is said of the decision; ``line``
    the number Excel shows (0: not from a file); ``column`` a key; ``advice`` says what to do.
    ``answer``: what may be answered instead, “the requirement does express these words”.
    """

    row: int
    line: int
    column: str
    what: str
    advice: str = ""
    answer: str = ""

    @property
    def heading(self) -> str:
        """How people call the column."""
        from .decision import FIELDS

        if self.column in BY_KEY and self.row:
            return BY_KEY[self.column].heading
        return FIELDS[self.column].label if self.column in FIELDS else ""

    def __str__(self) -> str:
        where = f"Dòng {self.line or self.row}" if self.row or self.line else "Quyết định"
        column = f", cột “{self.heading}”" if self.heading and self.row else ""
        column = f", mục “{self.heading}”" if self.heading and not self.row else column
        return f"{where}{column}: {self.what} {self.advice}".strip()
