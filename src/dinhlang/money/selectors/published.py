"""The public ledger of contributions: what it will show, and what was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dinhlang.places.models import Unit

from ..models import LedgerPublication, Receipt, SourceKind
from .contributions import gift_words

_LABELS = dict(SourceKind.choices)
UNNAMED = "Người đóng góp không nêu tên"


def ledger_data(place: Unit, year: int) -> dict[str, Any]:
    """The ledger as everybody may see it now: rows and sums, đồng, as JSON.

    A receipt that was taken back within the year is left out with the one that took it back.
    """
    found = Receipt.objects.filter(place=place, year=year).order_by("number")
    rows = [_row(each) for each in found.values(*_WANTED) if not _is_undone(each, year)]
    return {
        "rows": rows,
        "total": sum(row["amount"] for row in rows),
        "by_kind": _sums(rows, "kind", ""),
        "by_village": _sums(rows, "village", "Không theo thôn"),
        "by_purpose": _sums(rows, "purpose", "Không ghi mục đích"),
    }


_WANTED = (
    "pk", "number", "day", "giver", "is_public", "village__name", "kind", "amount", "quantity",
    "unit", "purpose", "cancels__year", "cancelled_by__year",
)  # fmt: skip


def _is_undone(row: Mapping[str, Any], year: int) -> bool:
    return year in (row["cancels__year"], row["cancelled_by__year"])


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["pk"],
        "number": row["number"],
        "day": row["day"].isoformat(),
        "giver": row["giver"] if row["is_public"] else "",
        "village": row["village__name"] or "",
        "kind": _LABELS[row["kind"]],
        "gift": gift_words(row["kind"], row["amount"], row["quantity"], row["unit"]),
        "amount": row["amount"],
        "purpose": row["purpose"],
    }


def _sums(rows: Iterable[Mapping[str, Any]], key: str, without: str) -> list[list[Any]]:
    sums: dict[str, int] = {}
    for row in rows:
        name = row[key] or without
        sums[name] = sums.get(name, 0) + row["amount"]
    return [[name, sum_] for name, sum_ in sorted(sums.items(), key=lambda each: -each[1])]


def current(place: Unit, year: int) -> LedgerPublication | None:
    """What everybody sees of the year; None where nothing is published."""
    rows = LedgerPublication.objects.filter(place=place, year=year, withdrawn_at=None)
    found: LedgerPublication | None = rows.order_by("-pk").first()
    return found


def published_years(place: Unit) -> list[int]:
    """The years of which something is published, newest first."""
    rows = LedgerPublication.objects.filter(place=place, withdrawn_at=None).order_by()
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def shown(publication: LedgerPublication, page: int = 1, most: int = 10**9) -> dict[str, Any]:
    """A page of the published ledger; a name that may no longer be shown is left out at once."""
    data: dict[str, Any] = publication.data
    part = data["rows"][(page - 1) * most : page * most]
    hidden = set(
        Receipt.objects.filter(pk__in=[row["id"] for row in part], is_public=False).values_list(
            "pk", flat=True
        )
    )
    rows = [
        row | {"giver": ("" if row["id"] in hidden else row["giver"]) or UNNAMED} for row in part
    ]
    return data | {"rows": rows, "count": len(data["rows"])}
