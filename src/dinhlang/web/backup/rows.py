"""Rows as lines of JSON that mean the same in SQLite and in PostgreSQL."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Field, JSONField, Model, Value
from django.utils.duration import duration_string

CHUNK = 2000
"""Rows fetched at a time."""


def fields_of(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns of the model's own table, in the order they are written."""
    return list(model._meta.local_concrete_fields)


def lines_of(model: type[Model], using: str) -> Iterator[str]:
    """Every row of the model's table as one line of JSON: an array in the order of its fields."""
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False)


def row_from(line: str, fields: Sequence[Field[Any, Any]]) -> dict[str, Any]:
    """What to give the model's constructor for a line of ``lines_of``. Raises ValueError."""
    values = json.loads(line)
    if not isinstance(values, list):
        raise ValueError(line[:60])
    pairs = zip(fields, values, strict=True)
    return {field.attname: _python(field, value) for field, value in pairs}


class Fingerprint:
    """A count and a checksum of rows, whatever order the database gives them in.

    The checksum is the sum of the lines' SHA-256 modulo 2**256: two databases do not sort text
    alike. It finds damage; it is no proof against a forger, who could write the manifest too.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: str) -> None:
        """Counts one line in."""
        # Keys sorted: PostgreSQL's jsonb keeps no order of keys, SQLite does.
        canonical = json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(canonical.encode()).digest()
        self._sum = (self._sum + int.from_bytes(digest, "big")) % (1 << 256)
        self.rows += 1

    @property
    def checksum(self) -> str:
        """64 hexadecimal digits."""
        return f"{self._sum:064x}"


def fingerprint(model: type[Model], using: str) -> Fingerprint:
    """The fingerprint of the table as it is in a database."""
    found = Fingerprint()
    for line in lines_of(model, using):
        found.add(line)
    return found


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode("ascii")
        case _:
            return value


def _python(field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, JSONField):
        # A plain None would become SQL's NULL, which such a column may not hold.
        return Value(None, JSONField()) if value is None and not field.null else value
    return None if value is None else field.to_python(value)
