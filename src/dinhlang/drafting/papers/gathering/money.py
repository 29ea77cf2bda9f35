"""The money of a place's year, by the same sums as the ledger's own page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Sum

from dinhlang.money.models import Movement, Step
from dinhlang.money.selectors import balance
from dinhlang.money.selectors.balance import Sheet, SourceLine, Sums
from dinhlang.papers.writing.composing.report import Period, need_words
from dinhlang.places.models import Unit
from dinhlang.vietnamese import format_money

from ..periods import before, told_on

Data = dict[str, Any]
UNNAMED = "Chưa ghi nguồn"


def asked(place: Unit, year: int) -> Data:
    """Need, usable sources and what lacks, in words; empty where the ledger has no need."""
    found = balance.sheet(place, year)
    if not found.need:
        return {"need": "", "lack": "", "ledger": bool(found.sources)}
    words = need_words(year, found.need, found.usable)
    if found.conditional:
        words += f"; nguồn có điều kiện, chưa tính: {format_money(found.conditional)}"
    lack = format_money(-found.usable_balance) if found.usable_balance < 0 else ""
    return {"need": words, "lack": lack, "ledger": True}


def of_period(place: Unit, period: Period) -> Data:
    """The year's ledger by the period's end (or today) and by the end of the one before, đồng.

    ``ledger`` is None where nobody keeps one for the year.
    """
    found = balance.sheet(place, period.end.year)
    if not found.needs and not found.sources:
        return {"ledger": None}
    now, then = _sums(found, told_on(period)), _sums(found, before(period))
    groups: dict[str, list[Data]] = {"funds": [], "conditional": [], "requested": []}
    for line in found.sources:
        groups[_group(line)].append(_fund(line, now, then))
    bare = now.get(None, Sums()), then.get(None, Sums())
    if bare[0].allocated or bare[0].disbursed or bare[0].settled:
        groups["funds"].append(_told(UNNAMED, None, *bare))
    return {
        "ledger": {
            "year": found.year, "need": found.need, "usable": found.usable, **groups,
            **_debts(place, period),
        }
    }  # fmt: skip


def _group(line: SourceLine) -> str:
    if line.source.is_usable:
        return "funds"
    return "requested" if line.source.is_request else "conditional"


def _sums(found: Sheet, until: date) -> dict[int | None, Sums]:
    """What was written by the day, by source; None: without one."""
    rows = (
        Movement.objects.filter(
            need__place=found.place, need__year=found.year, need__removed_at=None, day__lte=until
        )
        .exclude(step=Step.COMPLETED)
        .order_by()
        .values_list("source", "step")
        .annotate(sum=Sum("amount"))
    )
    known = {line.source.pk for line in found.sources}
    sums: dict[int | None, Sums] = {}
    for source, step, amount in rows:
        sums.setdefault(source if source in known else None, Sums()).add(step, amount)
    return sums


def _fund(line: SourceLine, now: dict[int | None, Sums], then: dict[int | None, Sums]) -> Data:
    pk = line.source.pk
    text = line.source.text
    name = f"{text[:1].upper()}{text[1:]}"
    return _told(name, line.source.amount, now.get(pk, Sums()), then.get(pk, Sums()))


def _told(name: str, amount: int | None, now: Sums, then: Sums) -> Data:
    return {
        "name": name, "amount": amount, "allocated": now.allocated, "disbursed": now.disbursed,
        "settled": now.settled, "before": then.disbursed,
    }  # fmt: skip


def _debts(place: Unit, period: Period) -> Data:
    """Accepted value of works not paid by then, of this year and the ones before."""
    wanted = (Step.COMPLETED, Step.DISBURSED)
    sums: dict[str, dict[int, Sums]] = {"debt": {}, "debt_before": {}}
    for name, until in (("debt", told_on(period)), ("debt_before", before(period))):
        rows = (
            Movement.objects.filter(
                need__place=place, need__year__lte=period.end.year, need__removed_at=None,
                need__is_works=True, step__in=wanted, day__lte=until,
            )
            .order_by()
            .values_list("need", "step")
            .annotate(sum=Sum("amount"))
        )  # fmt: skip
        for need, step, amount in rows:
            sums[name].setdefault(need, Sums()).add(step, amount)
    if not any(each.completed for each in sums["debt"].values()):
        return {"debt": None, "debt_before": None}
    return {name: sum(each.owed for each in found.values()) for name, found in sums.items()}
