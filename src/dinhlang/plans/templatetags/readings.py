"""Filters for the reader's templates."""

from __future__ import annotations

from django import template

from ..rendering import words
from ..tables import Cell, Column, Row, Table

register = template.Library()
register.filter("file_size", words.size)
register.filter("duration", words.seconds)
register.filter("line_words", words.lines)


@register.filter
def spaced(values: list[object]) -> str:
    """The values with blanks between, for an attribute that lists numbers."""
    return " ".join(map(str, values))


@register.filter
def cells_of(row: Row, table: Table) -> list[tuple[Column, Cell]]:
    """The cells of a row, each with its column."""
    return list(zip(table.columns, row.cells, strict=True))
