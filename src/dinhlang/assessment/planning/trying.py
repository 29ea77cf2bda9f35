"""“What if” for a place: which numbers one may change, and what flips when they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from dinhlang.facts import selectors as facts
from dinhlang.facts.attributes import ATTRIBUTES, GROUP, REGION
from dinhlang.facts.texts import answers
from dinhlang.law.evaluating import evaluate
from dinhlang.law.evaluating.context import Context, Run
from dinhlang.law.evaluating.thresholds import resolve
from dinhlang.law.explaining.words import LEVELS, number_words
from dinhlang.law.library import Law
from dinhlang.law.requirements import (
    ByAttribute,
    ByGroup,
    ByRegion,
    Children,
    Requirement,
)
from dinhlang.law.sets import CriteriaSet, Indicator, Measure
from dinhlang.law.shortest_items import unit_key
from dinhlang.law.subjects import Fact, Sex, Subject
from dinhlang.law.verdicts import CriterionVerdict, ResolvedThreshold
from dinhlang.law.walking import measures_of, parts, thresholds, walk, walk_threshold
from dinhlang.law.what_if import Flip, Outcome, Supposed, between, main_threshold, suppose
from dinhlang.places.models import Unit
from dinhlang.vietnamese import parse_number

from .. import showing
from ..selectors.verdicts import ground
from ..showing import Look

SEXES: tuple[tuple[Sex, str], ...] = (("male", "nam"), ("female", "nữ"))
OTHER_DAY = "ngay-thu"
LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to change: its name in the form, what it is now, what was typed."""

    name: str
    label: str
    kind: Literal["number", "choice"]
    now: str
    typed: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_percent: bool = False
    is_threshold: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """An indicator with its fields and its state as things are."""

    number: str
    name: str
    look: Look
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Group:
    """A criterion with its indicators; ``is_typed`` where something was typed in it."""

    number: str
    name: str
    look: Look
    blocks: list[Block]

    @property
    def is_typed(self) -> bool:
        """Whether something was typed here, so that it is shown unfolded."""
        return any(field.typed for block in self.blocks for field in block.fields)


@dataclass(frozen=True, slots=True)
class Shown:
    """A flip as it looks; None: it is not in that set."""

    flip: Flip
    before: Look | None
    after: Look | None


@dataclass(slots=True)
class Trial:
    """The page: fields by criterion, those about the place, and what flips."""

    unit: Unit
    on: date
    set: CriteriaSet
    about: list[Field]
    groups: list[Group]
    outcome: Outcome
    other_day: date | None
    is_nothing: bool

    @property
    def better(self) -> list[Shown]:
        """Indicators that are better off."""
        return _shown(self.outcome.better)

    @property
    def worse(self) -> list[Shown]:
        """Indicators that are worse off."""
        return _shown(self.outcome.worse)

    @property
    def criteria(self) -> list[Shown]:
        """Criteria whose state changes."""
        return _shown(self.outcome.criteria)

    @property
    def others(self) -> list[Shown]:
        """Indicators that come, go, or change otherwise."""
        return _shown(flip for flip in self.outcome.indicators if flip.way == "other")

    @property
    def errors(self) -> int:
        """How many fields could not be read."""
        fields = [
            field for group in self.groups for block in group.blocks for field in block.fields
        ]
        return sum(bool(field.error) for field in (*fields, *self.about))

    @property
    def opened(self) -> str:
        """The criterion shown unfolded where nothing was typed: the first that is not met."""
        return next((group.number for group in self.groups if group.look.tone == "no"), "")


def _shown(flips: Iterable[Flip]) -> list[Shown]:
    return [
        Shown(
            flip,
            showing.state(flip.before) if flip.before else None,
            showing.state(flip.after) if flip.after else None,
        )
        for flip in flips
    ]


def trial(
    unit: Unit, set_id: str, on: date, typed: Mapping[str, str], other_day: date | None = None
) -> Trial | None:
    """What the page shows for what was typed; None where there is no such set for such a unit."""
    here = ground(unit, on)
    effective = here.effective(set_id)
    if effective is None:
        return None
    subject = facts.subject(unit, on)
    before = evaluate(effective, subject, here.law)
    there, then = here, subject
    if other_day is not None and other_day != on:
        there = ground(unit, other_day)
        then = facts.subject(unit, other_day)
        if there.effective(set_id) is None:
            there, then, other_day = here, subject, None
    changed = there.effective(set_id)
    assert changed is not None
    reader = _Reader(changed.set, then, there.law, typed)
    groups = [reader.group(each) for each in before.criteria]
    about = reader.about()
    supposed = reader.supposed
    after = suppose(changed, then, there.law, supposed).after
    outcome = between(before, after)
    return Trial(
        unit=unit,
        on=on,
        set=effective.set,
        about=about,
        groups=[group for group in groups if group.blocks],
        outcome=outcome,
        other_day=other_day,
        is_nothing=supposed.is_nothing and there is here,
    )


class _Reader:
    """Makes the fields and reads what was typed into them at the same time."""

    def __init__(
        self, criteria: CriteriaSet, subject: Subject, law: Law, typed: Mapping[str, str]
    ) -> None:
        self.set, self.subject, self.law, self.typed = criteria, subject, law, typed
        self.facts: dict[str, list[Fact]] = {}
        self.amounts: dict[str, Decimal] = {}
        self.region: str | None = None
        self.place_group: str | None = None
        self.attributes: dict[str, str] = {}
        self.seen: set[str] = set()

    @property
    def supposed(self) -> Supposed:
        """What was typed."""
        return Supposed(
            facts=self.facts,
            thresholds=self.amounts,
            region=self.region,
            group=self.place_group,
            attributes=self.attributes,
        )

    def group(self, verdict: CriterionVerdict) -> Group:
        """The fields of a criterion; a measure shared with an earlier one stands only there."""
        blocks = []
        for each in verdict.indicators:
            indicator = each.indicator
            fields = list(self._measures(indicator))
            if (threshold := self._threshold(indicator)) is not None:
                fields.append(threshold)
            if fields:
                look = showing.state(each.state)
                blocks.append(Block(indicator.number, indicator.name, look, fields))
        criterion = verdict.criterion
        return Group(criterion.number, criterion.name, showing.state(verdict.state), blocks)

    def about(self) -> list[Field]:
        """Region, group and other attributes, as far as the set asks for them."""
        asked = set(self._asked())
        found = []
        for name in sorted(asked, key=list(ATTRIBUTES).index):
            found.append(self._attribute(name))
        return found

    def _asked(self) -> Iterable[str]:
        for criterion in self.set.criteria:
            for indicator in criterion.indicators:
                for node in walk(indicator.requirement):
                    for threshold in thresholds(node):
                        for each in walk_threshold(threshold):
                            match each:
                                case ByRegion():
                                    yield REGION
                                case ByGroup():
                                    yield GROUP
                                case ByAttribute() if each.attribute in ATTRIBUTES:
                                    yield each.attribute
        for rule in self.set.region_rules:
            if rule.attribute in ATTRIBUTES:
                yield rule.attribute

    def _attribute(self, name: str) -> Field:
        attribute = ATTRIBUTES[name]
        given = {REGION: self.subject.region, GROUP: self.subject.group}
        now = given[name] if name in given else self.subject.attributes.get(name)
        typed = self.typed.get(f"d-{name}", "").strip()
        value = attribute.read(typed) if typed else None
        if value is not None:
            if name == REGION:
                self.region = value
            elif name == GROUP:
                self.place_group = value
            else:
                self.attributes[name] = value
        return Field(
            name=f"d-{name}",
            label=attribute.label,
            kind="choice" if attribute.choices else "number",
            now=attribute.words(now) if now else "chưa ghi",
            typed=typed,
            unit=attribute.unit,
            choices=tuple((attribute.choices or {}).items()),
            error="" if value is not None or not typed else "Không đọc được giá trị này.",
        )

    def _measures(self, indicator: Indicator) -> Iterable[Field]:
        for measure_id in _own_measures(indicator.requirement):
            measure = self._measure(measure_id)
            if measure is None or measure_id in self.seen:
                continue
            self.seen.add(measure_id)
            if measure.by_sex:
                for sex, words in SEXES:
                    yield self._field(measure, sex, f"{measure.name} ({words})")
            else:
                yield self._field(measure, "", measure.name)
        for level, measure_id in _measures_below(indicator.requirement):
            units = self.subject.children.get(level, ())
            measure = self._measure(measure_id)
            if measure is None or not units or f"{level} {measure_id}" in self.seen:
                continue
            self.seen.add(f"{level} {measure_id}")
            yield self._field(measure, "", f"{measure.name}: ở mọi {LEVELS[level]}", units)

    def _measure(self, measure_id: str) -> Measure | None:
        found = self.law.measures.get(measure_id)
        if found is None:
            found = next((own for own in self.set.measures if own.id == measure_id), None)
        return found

    def _field(
        self, measure: Measure, sex: Sex, label: str, units: tuple[Subject, ...] = ()
    ) -> Field:
        """A field for the unit itself, or one for all units below at once."""
        name = f"{'t' if units else 's'}-{measure.id}" + (f"-{sex}" if sex else "")
        typed = self.typed.get(name, "").strip()
        choices: tuple[tuple[str, str], ...] = ()
        if measure.kind == "yes_no":
            choices = (("co", "Có, đạt"), ("khong", "Chưa"))
        elif measure.kind == "grade":
            choices = tuple((each, each) for each in measure.scale)
        error = self._read(measure, sex, typed, units) if typed else ""
        if units:
            now = _now_below(units, measure, self.law.on)
        else:
            now = _now(self.subject.latest(measure.id, self.law.on, sex), measure)
        return Field(
            name=name,
            label=label,
            kind="choice" if choices else "number",
            now=now,
            typed=typed,
            unit=measure.unit or ("%" if measure.kind == "rate" else ""),
            choices=choices,
            is_percent=measure.kind == "rate",
            error=error,
        )

    def _read(self, measure: Measure, sex: Sex, typed: str, units: tuple[Subject, ...] = ()) -> str:
        fact = Fact(
            measure=measure.id, year=self.law.on.year, sex=sex, source="survey",
            period_end=self.law.on,
        )  # fmt: skip
        if measure.kind == "yes_no":
            if typed not in ("co", "khong"):
                return "Hãy chọn có hoặc chưa."
            fact = replace(fact, yes=typed == "co")
        elif measure.kind == "grade":
            if typed not in measure.scale:
                return "Mức này không có trong thang."
            fact = replace(fact, grade=typed)
        else:
            value = read_amount(typed, is_percent=measure.kind == "rate")
            if isinstance(value, str):
                return value
            fact = replace(fact, value=value)
        for key in map(unit_key, units) if units else ("",):
            self.facts.setdefault(key, []).append(fact)
        return ""

    def _threshold(self, indicator: Indicator) -> Field | None:
        threshold = main_threshold(indicator.requirement)
        if threshold is None:
            return None
        found = resolve(threshold, Context(Run(self.law), self.subject, self.set))
        amount = found.amount if isinstance(found, ResolvedThreshold) else None
        name = f"n-{indicator.number}"
        typed = self.typed.get(name, "").strip()
        error = ""
        if typed:
            value = read_amount(typed)
            if isinstance(value, str):
                error = value
            else:
                self.amounts[indicator.number] = value
        return Field(
            name=name,
            label="Ngưỡng",
            kind="number",
            now="chưa nạp" if amount is None else number_words(amount),
            typed=typed,
            is_threshold=True,
            error=error,
        )


def _own_measures(node: Requirement) -> Iterable[str]:
    """The measures of the unit itself, in order; what is asked of units below is left out."""
    if isinstance(node, Children):
        return
    yield from (measure for measure, _ in measures_of(node))
    for part in parts(node):
        yield from _own_measures(part)


def _measures_below(node: Requirement) -> Iterable[tuple[str, str]]:
    """The measures asked of units below, each with the level of those units."""
    if isinstance(node, Children):
        for each in walk(node.part):
            yield from ((node.level, measure) for measure, _ in measures_of(each))
        return
    for part in parts(node):
        yield from _measures_below(part)


def _now_below(units: tuple[Subject, ...], measure: Measure, on: date) -> str:
    known = [fact for unit in units if (fact := unit.latest(measure.id, on)) is not None]
    if measure.kind == "yes_no":
        met = sum(bool(fact.yes) for fact in known)
        return f"{met} trong {len(units)} đạt"
    return f"{len(known)} trong {len(units)} có số liệu"


def _now(fact: Fact | None, measure: Measure) -> str:
    if fact is None:
        return "chưa có"
    if fact.yes is not None:
        return answers(measure)[0 if fact.yes else 1].lower()
    if fact.grade:
        return fact.grade
    number: Fraction | None = fact.number
    if number is None:
        return "không có gì để tính"
    unit = measure.unit or ("%" if measure.kind == "rate" else "")
    return f"{number_words(number)} {unit}".strip()


def read_amount(text: str, *, is_percent: bool = False) -> Decimal | str:
    """The number typed, or what is wrong with it, in words."""
    found = parse_number(text.removesuffix("%").strip())
    if found is None:
        return "Ghi số như “85” hoặc “59,58”."
    if is_percent and not 0 <= found <= 100:
        return "Tỷ lệ từ 0 đến 100."
    if not -LARGEST < found < LARGEST:
        return "Số quá lớn."
    return found
