"""The money of one village, for who sees the village alone: its works, what people there gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from dinhlang.people.access import Person, restrict
from dinhlang.places.models import Level, Unit

from ..models import Movement, Need, Pledge, Receipt
from .balance import NeedLine, Sums, added
from .contributions import Summary, gift_words, late_of, sums_of
from .published import UNNAMED


@dataclass(frozen=True, slots=True)
class Gift:
    """A receipt as the village reads it; who did not want to be named is not."""

    number: int
    day: date
    giver: str
    words: str
    purpose: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class VillageMoney:
    """A year of a village: the needs that name it with what was written to them, and gifts."""

    village: Unit
    year: int
    lines: list[NeedLine]
    given: Summary
    gifts: list[Gift]

    @property
    def amount(self) -> int:
        """The cost of its works, đồng."""
        return sum(each.need.amount for each in self.lines)

    @property
    def sums(self) -> Sums:
        """What was written to them at each step."""
        return added(self.lines)


def villages(user: Person) -> Any:
    """The villages that the person sees."""
    return restrict(Unit.objects.filter(level=Level.VILLAGE), user)


def of_village(user: Person, village: Unit, year: int, today: date) -> VillageMoney:
    """The village's money of the year; empty for who does not see the village.

    Every row names the village itself: what the commune does for all is not in it.
    """
    mine = villages(user).filter(pk=village.pk).values("pk")
    needs = Need.objects.filter(village__in=mine, year=year, removed_at=None)
    lines = {row.pk: NeedLine(row) for row in needs.order_by("due", "pk")}
    moved = Movement.objects.filter(need__in=lines).order_by()
    for need, step, amount in moved.values_list("need", "step").annotate(sum=Sum("amount")):
        lines[need].sums.add(step, amount)
    pledges = Pledge.objects.filter(village__in=mine, year=year, removed_at=None)
    receipts = Receipt.objects.filter(village__in=mine, year=year)
    given = sums_of(pledges, receipts, late_of(pledges, today).count())
    # A receipt that takes another back only marks it.
    rows = receipts.filter(cancels=None).select_related("cancelled_by").order_by("-number")
    return VillageMoney(village, year, list(lines.values()), given, [_gift(row) for row in rows])


def _gift(row: Receipt) -> Gift:
    return Gift(
        row.number, row.day, row.giver if row.is_public else UNNAMED,
        gift_words(row.kind, row.amount, row.quantity, row.unit), row.purpose,
        hasattr(row, "cancelled_by"),
    )  # fmt: skip
