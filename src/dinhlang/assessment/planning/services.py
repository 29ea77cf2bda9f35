"""Keep what people estimate for the missing items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import parse_money, parse_number

from .models import ItemEstimate

LARGEST_COST = 10**13
"""10.000 tỷ đồng, so that sums stay exact in the search."""
LONGEST = 600
MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One line as typed: what the form showed before, and what it holds now."""

    item: str
    name: str
    cost: str
    months: str
    cost_before: str = ""
    months_before: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the person changed anything; what others wrote meanwhile is left alone."""
        typed = (self.cost.strip(), self.months.strip())
        return typed != (self.cost_before.strip(), self.months_before.strip())


class BadLines(ValueError):
    """Some lines cannot be read: ``messages`` by item, for the user. Nothing was saved."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__("; ".join(messages.values()))
        self.messages = messages


def save_estimates(user: User, place: Unit, key: UUID, lines: Sequence[Line]) -> int:
    """Keep the changed lines; returns how many. All or none.

    Raises ``AccessDenied``, and ``BadLines`` with a message for each line that cannot be read.
    """
    require(user, Action.EDIT, place)
    changed = [line for line in lines[:MOST_LINES] if line.is_changed]
    read, wrong = _read(changed)
    if wrong:
        raise BadLines(wrong)
    with transaction.atomic():
        rows = ItemEstimate.objects.select_for_update().filter(
            place=place, item__in=[line.item for line in changed]
        )
        known = {row.item: row for row in rows}
        told = []
        for line in changed:
            cost, months = read[line.item]
            row = known.get(line.item)
            if row is not None and (row.key == key or (row.cost, row.months) == (cost, months)):
                continue
            told.append(_write(user, place, key, line, row, cost, months))
        if told:
            audit.record(user, "nhập chi phí, thời gian", None, place, {"items": told})
    return len(told)


def _write(
    user: User,
    place: Unit,
    key: UUID,
    line: Line,
    row: ItemEstimate | None,
    cost: int | None,
    months: int | None,
) -> dict[str, object]:
    before = (row.cost, row.months) if row else (None, None)
    row = row or ItemEstimate(place=place, item=line.item)
    row.name, row.cost, row.months, row.key = line.name[:400], cost, months, key
    row.made_by, row.made_at = user, timezone.now()
    row.save()
    return {"item": line.item, "name": row.name, "before": before, "after": (cost, months)}


def _read(
    lines: Sequence[Line],
) -> tuple[dict[str, tuple[int | None, int | None]], dict[str, str]]:
    read: dict[str, tuple[int | None, int | None]] = {}
    wrong: dict[str, str] = {}
    for line in lines:
        try:
            read[line.item] = (read_cost(line.cost), read_months(line.months))
        except ValueError as bad:
            wrong[line.item] = str(bad)
    return read, wrong


def read_cost(text: str) -> int | None:
    """Whole đồng; None for an empty text. Raises ``ValueError`` with words for the user."""
    if not text.strip():
        return None
    found = parse_money(text)
    if found is None:
        raise ValueError("Chi phí ghi như “350 triệu”, “1,2 tỷ” hoặc “350.000.000”.")
    if not 0 <= found <= LARGEST_COST:
        raise ValueError("Chi phí từ 0 đến 10.000 tỷ đồng.")
    return found


def read_months(text: str) -> int | None:
    """Whole months; None for an empty text. Raises ``ValueError`` with words for the user."""
    body = text.strip().removesuffix("tháng").strip()
    if not body:
        return None
    found = parse_number(body)
    if found is None or found != found.to_integral_value() or not 0 <= found <= LONGEST:
        raise ValueError("Thời gian là số tháng: số nguyên, từ 0, ví dụ “6”.")
    return int(found)
