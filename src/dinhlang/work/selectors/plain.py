"""Columns of thousands of rows, read as text: several times as quick as value by value.

A driver makes an object of every day and every moment of every row; two thousand tasks have a few
hundred different days. Here each different text becomes a day once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Aggregate, F, TextField
from django.db.models.functions import Cast
from django.utils import timezone


def as_text(name: str) -> Cast:
    """The column as text, which :func:`day` and :func:`moment` read."""
    return Cast(F(name), TextField())


@lru_cache(maxsize=8192)
def day(said: str | None) -> date | None:
    """The day that the text of a date column says."""
    return date.fromisoformat(said) if said else None


@lru_cache(maxsize=8192)
def moment(said: str | None) -> datetime | None:
    """The moment that the text of a date and time column says; both databases keep them in UTC."""
    if not said:
        return None
    found = datetime.fromisoformat(said)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@lru_cache(maxsize=8192)
def local_day(said: str | None) -> date | None:
    """The day in Vietnam of the moment that the text says."""
    at = moment(said)
    return at.astimezone(timezone.get_default_timezone()).date() if at else None


class Together(Aggregate):
    """The numbers of a group in one text, which :func:`numbers` reads."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same in the words of PostgreSQL."""
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def numbers(said: str) -> list[int]:
    """The numbers of a group, in no order."""
    return [int(each) for each in said.split(",")]
