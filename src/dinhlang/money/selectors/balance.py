"""Money of a place's year, added up once: needs, sources, what pays for what, in đồng.

``sheet`` asks the database a fixed number of times; every other view is made from it, so that all
of them add up to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import Q, Sum

from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, sort_key

from ..models import Movement, Need, Receipt, Source, SourceKind, StatedTotals, Step


@dataclass(slots=True)
class Sums:
    """What was written at each step, đồng; the names are the codes of ``Step``."""

    planned: int = 0
    allocated: int = 0
    disbursed: int = 0
    settled: int = 0
    completed: int = 0

    def add(self, step: str, amount: int) -> None:
        """Adds an amount of a step."""
        setattr(self, step, getattr(self, step) + amount)

    def plus(self, other: Sums) -> None:
        """Adds another's sums."""
        for each in fields(self):
            self.add(each.name, getattr(other, each.name))

    def of(self, step: str) -> int:
        """The sum of a step."""
        found: int = getattr(self, step)
        return found

    @property
    def owed(self) -> int:
        """Accepted value not yet paid, of one work."""
        return max(0, self.completed - self.disbursed)


@dataclass(slots=True)
class NeedLine:
    """A need with what was written to it."""

    need: Need
    sums: Sums = field(default_factory=Sums)

    @property
    def owed(self) -> int:
        """Its outstanding construction debt, đồng."""
        return self.sums.owed if self.need.is_works else 0

    @property
    def lack(self) -> int:
        """What no source is planned or allocated for, đồng; never below 0."""
        return max(0, self.need.amount - max(self.sums.planned, self.sums.allocated))

    @property
    def over(self) -> int:
        """What is planned or allocated beyond the need, đồng."""
        return max(0, max(self.sums.planned, self.sums.allocated) - self.need.amount)


@dataclass(slots=True)
class SourceLine:
    """A source with what was written of it; ``came``: what receipts say came in."""

    source: Source
    sums: Sums = field(default_factory=Sums)
    came: int = 0

    @property
    def over(self) -> int:
        """What is planned or allocated beyond the source, đồng."""
        if self.source.amount is None:
            return 0
        return max(0, max(self.sums.planned, self.sums.allocated) - self.source.amount)

    @property
    def left(self) -> int | None:
        """What is not allocated yet, đồng; None where the amount is not known."""
        amount = self.source.amount
        return None if amount is None else amount - self.sums.allocated


Cell = tuple[int, int | None]


@dataclass(slots=True)
class Sheet:
    """Everything of a place's year."""

    place: Unit
    year: int
    needs: list[NeedLine]
    sources: list[SourceLine]
    cells: dict[Cell, Sums]
    stated: list[StatedTotals]

    def total(self, chosen: Callable[[Source], bool]) -> int:
        """The known amounts of the sources chosen."""
        return sum(each.source.amount or 0 for each in self.sources if chosen(each.source))

    @property
    def need(self) -> int:
        """The cost of all needs."""
        return sum(each.need.amount for each in self.needs)

    @property
    def source(self) -> int:
        """All sources, conditional ones too; requests that nobody granted are none."""
        return self.total(lambda each: not each.is_request)

    @property
    def usable(self) -> int:
        """The sources that may be counted on."""
        return self.total(lambda each: each.is_usable)

    @property
    def waiting(self) -> int:
        """Of the usable: what waits for work with a day of its own, an auction."""
        return self.total(
            lambda each: each.is_usable and bool(each.condition) and not each.condition_met_on
        )

    @property
    def conditional(self) -> int:
        """What comes only when its condition is met: shown, not counted as usable."""
        return self.source - self.usable

    @property
    def requested(self) -> int:
        """What was asked for and not granted yet."""
        return self.total(lambda each: each.is_request)

    @property
    def balance(self) -> int:
        """Sources − needs: negative where money lacks."""
        return self.source - self.need

    @property
    def usable_balance(self) -> int:
        """Usable sources − needs."""
        return self.usable - self.need

    @property
    def requests(self) -> list[SourceLine]:
        """What was asked for, granted or not."""
        return [each for each in self.sources if each.source.asked_of]

    @property
    def unknown(self) -> list[SourceLine]:
        """The sources without an amount."""
        return [each for each in self.sources if each.source.amount is None]

    @property
    def sums(self) -> Sums:
        """What was written altogether."""
        return added(self.needs)

    @property
    def debt(self) -> int:
        """Outstanding construction debt of the year's works."""
        return sum(each.owed for each in self.needs)

    @property
    def lack(self) -> int:
        """What no source is planned or allocated for, need by need."""
        return sum(each.lack for each in self.needs)

    @property
    def differing(self) -> list[Need | Source]:
        """Rows of which a newer version of their paper says something else, or no longer has."""
        rows: list[Need | Source] = [each.need for each in self.needs]
        rows += [each.source for each in self.sources]
        return [row for row in rows if row.offered or row.withdrawn_at]


def added(lines: Iterable[NeedLine | SourceLine]) -> Sums:
    """The sums of several lines."""
    total = Sums()
    for line in lines:
        total.plus(line.sums)
    return total


def sheet(place: Unit, year: int) -> Sheet:
    """The money of the place's year; removed rows are left out."""
    needs = Need.objects.filter(place=place, year=year, removed_at=None).select_related("village")
    sources = Source.objects.filter(place=place, year=year, removed_at=None)
    rows = (
        Movement.objects.filter(need__place=place, need__year=year, need__removed_at=None)
        .order_by()
        .values_list("need", "source", "step")
        .annotate(sum=Sum("amount"))
    )
    receipts = Receipt.objects.filter(source__place=place, source__year=year).order_by()
    came = dict(receipts.values_list("source").annotate(sum=Sum("amount")))
    by_need = {row.pk: NeedLine(row) for row in needs}
    by_source = {row.pk: SourceLine(row, came=came.get(row.pk) or 0) for row in sources}
    cells: dict[Cell, Sums] = {}
    for need, source, step, amount in rows:
        cells.setdefault((need, source), Sums()).add(step, amount)
        by_need[need].sums.add(step, amount)
        if source in by_source:
            by_source[source].sums.add(step, amount)
    return Sheet(
        place, year, list(by_need.values()), list(by_source.values()), cells,
        list(StatedTotals.objects.filter(place=place, year=year)),
    )  # fmt: skip


@dataclass(slots=True)
class Group:
    """Needs that belong together: their cost and what was written to them, đồng."""

    key: str
    title: str
    lines: list[NeedLine]

    @property
    def amount(self) -> int:
        """Their cost."""
        return sum(each.need.amount for each in self.lines)

    @property
    def sums(self) -> Sums:
        """What was written to them."""
        return added(self.lines)

    @property
    def lack(self) -> int:
        """What no source is planned for."""
        return sum(each.lack for each in self.lines)


def _grouped(
    lines: Sequence[NeedLine], key: Callable[[NeedLine], tuple[Any, str, str]]
) -> list[Group]:
    found: dict[str, tuple[Any, Group]] = {}
    for line in lines:
        order, code, title = key(line)
        found.setdefault(code, (order, Group(code, title, [])))[1].lines.append(line)
    return [group for _, group in sorted(found.values(), key=lambda each: each[0])]


def by_criterion(
    found: Sheet, titles: Mapping[int, tuple[str, str]] | None = None
) -> list[Group]:  # fmt: skip
    """The needs by criterion, in the order of numbers; those without one last.

    ``titles``: by need the id of its criterion's set, and what the criterion is called.
    """

    def key(line: NeedLine) -> tuple[Any, str, str]:
        code, name = line.need.criterion, line.need.criterion_name
        if not code:
            return (1, [], "", ""), "", "Không theo tiêu chí"
        law, title = (titles or {}).get(line.need.pk, ("", f"{code}. {name}" if name else code))
        # One number can name two things: that of the paper's set and that of this year's.
        order = (0, number_order(code), fold(title), law)
        return order, f"{fold(title)} {law}", f"Tiêu chí {title}"

    return _grouped(found.needs, key)


def number_order(code: str) -> list[int]:
    """“2.10” after “2.9”."""
    return [int(part) if part.isdigit() else 999 for part in code.split(".")]


def by_village(found: Sheet) -> list[Group]:
    """The needs by village, by name; those of the whole commune first."""

    def key(line: NeedLine) -> tuple[Any, str, str]:
        village = line.need.village
        if village is None:
            return (0, ""), "", "Toàn xã"
        return (1, sort_key(village.name)), str(village.pk), str(village)

    return _grouped(found.needs, key)


def by_component(found: Sheet, names: dict[str, str]) -> list[Group]:
    """The needs by component of the programme; those without one last."""

    def key(line: NeedLine) -> tuple[Any, str, str]:
        code = line.need.component
        if not code:
            return (1, []), "", "Chưa ghi nội dung thành phần"
        return (0, number_order(code)), code, f"{code} {names.get(code, '')}".strip()

    return _grouped(found.needs, key)


@dataclass(slots=True)
class KindGroup:
    """Sources of one kind."""

    kind: str
    title: str
    lines: list[SourceLine]

    @property
    def amount(self) -> int:
        """Their known amounts, requests that nobody granted left out."""
        return sum(each.source.amount or 0 for each in self.lines if not each.source.is_request)

    @property
    def sums(self) -> Sums:
        """What was written of them."""
        return added(self.lines)


def by_source(found: Sheet) -> list[KindGroup]:
    """The sources by kind, in the order of the report form."""
    order = {kind: at for at, kind in enumerate(SourceKind.values)}
    groups: dict[str, KindGroup] = {}
    for line in sorted(found.sources, key=lambda each: order[each.source.kind]):
        kind = SourceKind(line.source.kind)
        groups.setdefault(kind, KindGroup(kind, kind.label, [])).lines.append(line)
    return list(groups.values())


def by_step(found: Sheet) -> dict[str, int]:
    """What was written at each step, by the code of the step, in its order."""
    sums = found.sums
    return {step: sums.of(step) for step in Step.values}


@dataclass(frozen=True, slots=True)
class Debt:
    """A work with accepted value that is not paid yet, đồng."""

    need: Need
    completed: int
    disbursed: int

    @property
    def owed(self) -> int:
        """The debt of the work."""
        return max(0, self.completed - self.disbursed)


def debts(place: Unit, until: int) -> list[Debt]:
    """All works with accepted value, of this year and before, those with debt first."""
    wanted = Q(step=Step.COMPLETED) | Q(step=Step.DISBURSED)
    rows = (
        Movement.objects.filter(wanted, need__place=place, need__year__lte=until)
        .filter(need__removed_at=None, need__is_works=True)
        .order_by()
        .values_list("need", "step")
        .annotate(sum=Sum("amount"))
    )
    sums: dict[int, Sums] = {}
    for need, step, amount in rows:
        sums.setdefault(need, Sums()).add(step, amount)
    wanted_pks = [pk for pk, each in sums.items() if each.completed]
    needs = Need.objects.filter(pk__in=wanted_pks).select_related("village")
    found = [Debt(row, sums[row.pk].completed, sums[row.pk].disbursed) for row in needs]
    return sorted(found, key=lambda each: (-each.owed, each.need.year, each.need.pk))
