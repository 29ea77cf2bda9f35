"""The amounts of work of a plan: a list, or villages and works in one table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from dinhlang.papers.plan import Plan
from dinhlang.papers.reading import own_tables as own
from dinhlang.vietnamese import format_number, tone_key

from ..tree import Column, Row, Table

MOST_ACROSS = 8
"""So many villages stand beside one another; more stand one below the other."""


@dataclass(slots=True)
class Work:
    """One work: its amount for the whole commune as stated, and by village."""

    text: str
    unit: str | None
    whole: Decimal | None = None
    parts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal | None:
        """The amount stated for the commune, else what its villages make."""
        if self.whole is not None:
            return self.whole
        return sum(self.parts.values(), Decimal(0)) if self.parts else None


def has_villages(plan: Plan) -> bool:
    """Whether any amount is told by village."""
    return any(each.place for each in plan.quantities)


def works(plan: Plan) -> list[Work]:
    """The works, each once with its villages; the same work told twice stands twice."""
    found: list[Work] = []
    for each in plan.quantities:
        value = Decimal(each.value)
        place = place_words(each.place)
        for work in found:
            same = (_key(work.text), work.unit) == (_key(each.text), each.unit)
            free = work.whole is None if place is None else place not in work.parts
            if same and free:
                break
        else:
            text = re.sub(r"\s+", " ", each.text).strip()
            work = Work(text[:1].upper() + text[1:], each.unit)
            found.append(work)
        if place is None:
            work.whole = value
        else:
            work.parts[place] = value
    return found


def _key(text: str) -> str:
    return tone_key(re.sub(r"\W+", " ", text).strip())


def place_words(place: str | None) -> str | None:
    """The place with a capital first, as it heads a column."""
    return place[:1].upper() + place[1:] if place else None


def amount(value: Decimal | None) -> str:
    """The amount in Vietnamese notation; empty where there is none."""
    return "" if value is None else format_number(value)


def as_list(plan: Plan) -> Table:
    """The amounts for the whole commune, a row each."""
    rows = tuple(
        Row(cells=(str(position), work.text, work.unit or "", amount(work.whole)))
        for position, work in enumerate(works(plan), 1)
    )
    return Table(
        columns=(
            Column(title=own.NUMBER, share=0.6, align="center"),
            Column(title=own.WORK, share=4),
            Column(title=own.UNIT, share=1.2, align="center"),
            Column(title=own.WHOLE, share=1.2, align="right"),
        ),
        rows=rows,
    )


def by_village(plan: Plan) -> Table:
    """Works and villages crossed; the commune's amounts in a column (a row) of their own."""
    found = works(plan)
    places = list(dict.fromkeys(place for work in found for place in work.parts))
    if len(places) > MOST_ACROSS and len(places) > len(found):
        return _villages_down(found, places)
    stated = any(work.whole is not None for work in found)
    summed = any(work.whole is None for work in found)
    columns = [
        Column(title=own.NUMBER, share=0.5, align="center"),
        Column(title=own.WORK, share=3),
        Column(title=own.UNIT, share=0.9, align="center"),
        *(Column(title=place, share=1, align="right") for place in places),
        *([Column(title=own.SUM, share=1, align="right")] if summed else []),
        *([Column(title=own.WHOLE, share=1, align="right")] if stated else []),
    ]
    rows = tuple(
        Row(
            cells=(
                str(position),
                work.text,
                work.unit or "",
                *(amount(work.parts.get(place)) for place in places),
                *([amount(_sum(work))] if summed else []),
                *([amount(work.whole)] if stated else []),
            )
        )
        for position, work in enumerate(found, 1)
    )
    return Table(columns=tuple(columns), rows=rows)


def _sum(work: Work) -> Decimal | None:
    return sum(work.parts.values(), Decimal(0)) if work.parts else None


def _villages_down(found: list[Work], places: list[str]) -> Table:
    columns = [
        Column(title=own.NUMBER, share=0.5, align="center"),
        Column(title=own.PLACE, share=2),
        *(
            Column(title=own.head_of_work(work.text, work.unit), share=1.4, align="right")
            for work in found
        ),
    ]
    rows = [
        Row(cells=(str(n), place, *(amount(work.parts.get(place)) for work in found)))
        for n, place in enumerate(places, 1)
    ]
    sums = [_sum(work) if work.whole is None else None for work in found]
    if any(value is not None for value in sums):
        rows.append(Row(cells=("", own.SUM, *map(amount, sums)), strong=True))
    if any(work.whole is not None for work in found):
        whole = (amount(work.whole) for work in found)
        rows.append(Row(cells=("", own.WHOLE, *whole), strong=True))
    return Table(columns=tuple(columns), rows=tuple(rows))
