"""A number kept exactly on every database: millionths in a whole-number column."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation, localcontext
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

SCALE = 10**6
PLACES = 6
LARGEST = Decimal(2**63 - 1) / SCALE
"""Beyond this (some nine trillion) a number does not fit."""

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


class NumberTooFine(ValidationError):
    """A number with more than six decimals, or too large; the message is for the user."""


def to_units(value: Decimal | int | str) -> int:
    """The number in millionths. Raises ``NumberTooFine`` where it does not fit exactly."""
    with localcontext(_EXACT):
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise NumberTooFine(f"“{value}” không phải là một số.") from None
        if not number.is_finite():
            raise NumberTooFine("Số phải là một số cụ thể.")
        if abs(number) > LARGEST:
            raise NumberTooFine("Số quá lớn: chương trình giữ được đến khoảng 9 nghìn tỷ.")
        units = number * SCALE
        if units != units.to_integral_value():
            raise NumberTooFine(f"Số có quá {PLACES} chữ số thập phân. Hãy làm tròn.")
        return int(units)


def from_units(units: int) -> Decimal:
    """The number that so many millionths are, without needless zeros."""
    with localcontext(_EXACT):
        whole, rest = divmod(units, SCALE)
        return Decimal(whole) if not rest else (Decimal(units) / SCALE).normalize()


class FixedPointField(models.BigIntegerField):  # type: ignore[type-arg]
    """A ``Decimal`` of at most six decimals, kept as a whole number of millionths.

    SQLite has no exact decimals, PostgreSQL has; this is the same on both, and sums up as fast
    as whole numbers do.
    """

    description = "Exact number with six decimals"

    # What the type checker is told; nothing reads them.
    _pyi_private_set_type: Decimal | int | str  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        """The number of a row."""
        return None if value is None else from_units(value)

    def to_python(self, value: Any) -> Decimal | None:
        """What a form, a backup or a caller gave, as a number."""
        return None if value is None else from_units(to_units(value))

    def get_prep_value(self, value: Any) -> int | None:
        """What the database keeps. Raises ``NumberTooFine``."""
        return None if value is None else to_units(value)
