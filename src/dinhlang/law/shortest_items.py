"""One thing still missing: which number of which unit, what it must come to, and what it serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Literal

from .protocols import LawOfDay
from .requirements import Requirement, Trend
from .sets import Measure
from .shortest_goals import Span
from .subjects import Fact, Sex, Subject
from .verdicts import Verdict

ItemKind = Literal["work", "fact", "law"]
"""``work``: known not to be met, something must be done. ``fact``: it may be met already, but the
number or paper is missing. ``law``: the law's threshold, or the column that holds for the unit,
is not loaded, so that nothing can be said; it is no work of the unit's."""

KIND_WORDS: dict[ItemKind, str] = {
    "work": "Chưa đạt",
    "fact": "Cần số liệu",
    "law": "Cần nạp ngưỡng",
}


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A number somebody can change: of which unit (id or name; empty: the unit asked about)."""

    unit: str
    measure: str
    sex: Sex = ""
    year: int | None = None
    aspect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serves:
    """An indicator that the item counts for."""

    set: str
    short: str
    number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One missing thing. ``key`` stays the same from day to day as long as the demand does.

    ``name`` says what in Vietnamese, ``rule`` what the law demands, ``lacks`` how much is
    missing; ``unit`` the name of a unit below; ``giver`` who can give a fact or threshold.
    ``asks`` marks a question to answer before anything is done: whether there is such a thing at
    all (a market, a craft village; if not, what is ``given`` by it is demanded no more), or whether
    the unit was recognised already.
    """

    key: str
    kind: ItemKind
    name: str
    rule: str = ""
    lacks: str = ""
    unit: str = ""
    unit_id: int | None = None
    quantity: Quantity | None = None
    span: Span | None = None
    requirement: Requirement | None = None
    verdict: Verdict | None = None
    giver: str = ""
    serves: tuple[Serves, ...] = ()
    asks: Literal["", "presence", "recognition"] = ""
    given: str = ""

    @property
    def kind_words(self) -> str:
        """The kind on screens."""
        return "Cần trả lời" if self.asks else KIND_WORDS[self.kind]


def stronger_items(items: Iterable[Item]) -> dict[str, frozenset[str]]:
    """For each item those that, done, do it as well: the same number brought further."""
    found: dict[str, frozenset[str]] = {}
    for group in by_quantity(items).values():
        for weak in group:
            doers = frozenset(
                strong.key
                for strong in group
                if strong is not weak and _span(strong).within(_span(weak))
            )
            if doers:
                found[weak.key] = doers
    return found


def conflicting_items(items: Iterable[Item]) -> frozenset[tuple[str, str]]:
    """Pairs that ask the same number to be two different things."""
    return frozenset(
        (one.key, other.key)
        for group in by_quantity(items).values()
        for place, one in enumerate(group)
        for other in group[place + 1 :]
        if not _span(one).meets(_span(other))
    )


def by_quantity(items: Iterable[Item]) -> dict[Quantity, list[Item]]:
    """The items that speak of a number, number by number."""
    found: dict[Quantity, list[Item]] = {}
    for item in items:
        if item.quantity is not None and item.span is not None:
            found.setdefault(item.quantity, []).append(item)
    return found


def _span(item: Item) -> Span:
    return item.span or Span()


# --- What the facts would be ----------------------------------------------------------------------


def with_done(subject: Subject, items: Iterable[Item], law: LawOfDay) -> Subject:
    """The subject as it would be known once the items are done; what the law lacks stays so."""
    chosen = list(items)
    facts: dict[str, list[Fact]] = {}
    for quantity, group in by_quantity(chosen).items():
        span = group[0].span or Span()
        for item in group[1:]:
            span = _both(span, _span(item))
        verdict = group[0].verdict
        value = verdict.value if verdict else None
        facts.setdefault(quantity.unit, []).append(_fact(quantity, span, value, law))
    for item in chosen:
        if item.quantity is not None and isinstance(item.requirement, Trend):
            facts.setdefault(item.quantity.unit, []).extend(_series(item, subject, law))
    return with_facts(subject, facts)


def with_facts(subject: Subject, facts: Mapping[str, Iterable[Fact]]) -> Subject:
    """The subject, and units below by id or name, with these facts before all others."""
    children = {
        level: tuple(with_facts(child, {"": facts.get(unit_key(child), ())}) for child in units)
        for level, units in subject.children.items()
    }
    own = {key: list(found) for key, found in subject.facts.items()}
    for fact in facts.get("", ()):
        row = own.setdefault((fact.measure, fact.sex), [])
        row[:] = [fact, *(old for old in row if old.year != fact.year)]
        row.sort(key=lambda found: -found.year)
    sorted_facts = {key: tuple(found) for key, found in own.items()}
    return replace(subject, facts=sorted_facts, children=children)


def unit_key(unit: Subject) -> str:
    """What a unit below is called in keys."""
    return str(unit.id) if unit.id is not None else unit.name


def _fact(quantity: Quantity, span: Span, now: Fraction | None, law: LawOfDay) -> Fact:
    measure = law.measures.get(quantity.measure)
    year = quantity.year or law.on.year
    kind = measure.kind if measure else "amount"
    base = Fact(
        measure=quantity.measure, year=year, sex=quantity.sex, source="survey",
        period_end=law.on if year == law.on.year else None,
    )  # fmt: skip
    if kind == "yes_no":
        return replace(base, yes=True)
    if kind == "grade" and measure is not None:
        place = max(int(span.low or 0), 0)
        return replace(base, grade=measure.scale[min(place, len(measure.scale) - 1)])
    return replace(base, value=nearest(span, now, measure))


def nearest(span: Span, now: Fraction | None, measure: Measure | None) -> Decimal:
    """The number within the span that asks least of the present one.

    Where none is known it is the bound itself, so that no more is taken as done than is asked.
    """
    step = Fraction(1) if measure is not None and measure.kind == "count" else Fraction(1, 100)
    if now is None:
        now = span.low if span.low is not None else span.high
    start = Fraction(0) if now is None else now
    if span.low is not None and (start < span.low or (start == span.low and span.low_open)):
        found = span.low + (_inside(span, step) if span.low_open else 0)
        return _decimal(found, up=True)
    if span.high is not None and (start > span.high or (start == span.high and span.high_open)):
        found = span.high - (_inside(span, step) if span.high_open else 0)
        return _decimal(found, up=False)
    return _decimal(start, up=span.low is not None)


def _inside(span: Span, step: Fraction) -> Fraction:
    if span.low is None or span.high is None:
        return step
    return min(step, (span.high - span.low) / 2)


def _decimal(number: Fraction, *, up: bool) -> Decimal:
    scaled = number * 10**6
    whole = -(-scaled.numerator // scaled.denominator) if up else int(scaled // 1)
    rounding = ROUND_CEILING if up else ROUND_FLOOR
    return (Decimal(whole) / 10**6).quantize(Decimal("0.000001"), rounding=rounding)


def _both(one: Span, other: Span) -> Span:
    """The numbers that satisfy both."""
    low = one if _low(one) >= _low(other) else other
    high = one if _high(one) <= _high(other) else other
    return Span(low=low.low, low_open=low.low_open, high=high.high, high_open=high.high_open)


def _low(span: Span) -> tuple[int, Fraction, int]:
    return (-1, Fraction(0), 0) if span.low is None else (0, span.low, int(span.low_open))


def _high(span: Span) -> tuple[int, Fraction, int]:
    return (1, Fraction(0), 0) if span.high is None else (0, span.high, -int(span.high_open))


def _series(item: Item, subject: Subject, law: LawOfDay) -> list[Fact]:
    """Numbers for the years a trend lacks, and for the last one, that go the demanded way."""
    trend, quantity = item.requirement, item.quantity
    assert isinstance(trend, Trend) and quantity is not None
    sign = -1 if trend.direction == "falling" else 1
    last = quantity.year or law.on.year
    years = range(last - trend.years, last + 1)
    unit = subject
    for units in subject.children.values():
        for child in units:
            if quantity.unit and unit_key(child) == quantity.unit:
                unit = child
    known: dict[int, Fraction] = {}
    for year in years:
        fact = unit.latest(quantity.measure, law.on, quantity.sex, year)
        if fact is not None and fact.number is not None:
            known[year] = fact.number
    if last in known and last - 1 in known and (known[last] - known[last - 1]) * sign <= 0:
        del known[last]
    made: list[Fact] = []
    for year in years:
        if year in known:
            continue
        before = max((y for y in known if y < year), default=None)
        after = min((y for y in known if y > year), default=None)
        if before is not None and after is not None:
            share = Fraction(year - before, after - before)
            number = known[before] + (known[after] - known[before]) * share
        elif before is not None:
            # Half of what is left never falls below zero.
            number = known[before] / 2 if sign < 0 else known[before] + 1
        elif after is not None:
            number = known[after] - sign * (after - year)
        else:
            number = Fraction(2 ** (last - year) if sign < 0 else year - years.start)
        known[year] = number
        made.append(
            Fact(
                measure=quantity.measure,
                year=year,
                sex=quantity.sex,
                source="survey",
                value=_decimal(number, up=False),
            )
        )
    return made
