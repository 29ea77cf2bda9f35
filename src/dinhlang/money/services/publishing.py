"""Showing the ledger of contributions to everybody: what a person who decides let out, no more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..models import LedgerPublication
from ..selectors.published import ledger_data
from .rows import lock
from .trouble import BadRow


def publish(user: User, place: Unit, year: int, key: UUID) -> LedgerPublication:
    """Show the year's ledger as it stands now, without the names not to be shown.

    With the same key again it is the publication of the first time. Raises ``AccessDenied``
    without ``REVIEW``, ``BadRow`` where there is nothing to show.
    """
    with transaction.atomic():
        require(user, Action.REVIEW, place)
        lock(place)
        before: LedgerPublication | None = LedgerPublication.objects.filter(key=key).first()
        if before is not None:
            if before.place_id != place.pk:
                raise BadRow("Biểu mẫu này đã dùng ở nơi khác. Hãy tải lại trang.")
            return before
        data: dict[str, Any] = ledger_data(place, year)
        if not data["rows"]:
            raise BadRow("Năm này chưa có phiếu thu nào để công khai.")
        row = LedgerPublication.objects.create(
            key=key, place=place, year=year, data=data, by=user, at=timezone.now()
        )
        audit.record(
            user, "công khai sổ đóng góp", row, place,
            {"năm": year, "số phiếu": len(data["rows"]), "tổng": data["total"]},
        )  # fmt: skip
        return row


def withdraw(user: User, place: Unit, year: int) -> int:
    """Show the year's ledger no more; how many publications that ended. Raises ``AccessDenied``."""
    with transaction.atomic():
        require(user, Action.REVIEW, place)
        lock(place)
        rows = LedgerPublication.objects.filter(place=place, year=year, withdrawn_at=None)
        count: int = rows.update(withdrawn_at=timezone.now(), withdrawn_by=user)
        if count:
            audit.record(user, "thôi công khai sổ đóng góp", place, place, {"năm": year})
        return count
