"""From a set and what is known of a unit to the goal that is left and its items.

The walk asks the evaluator at every leaf, so that what counts as met is decided in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, lcm

from .evaluating.context import Context, Run
from .evaluating.logic import holds
from .evaluating.nodes import is_complete, judge
from .evaluating.thresholds import find_indicator, resolve
from .explaining.words import Names, giver_words, missing_words
from .protocols import EffectiveSet, LawOfDay
from .requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    Checklist,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Fallback,
    Grade,
    IfPresent,
    Leaf,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    Operator,
    Points,
    Reached,
    Recognised,
    Requirement,
    ThisYear,
    Trend,
)
from .sets import CriteriaSet, Criterion, Indicator
from .shortest_goals import Closed, Done, Enough, Goal, Keep, Span, Take, all_of, some_of
from .shortest_items import Item, ItemKind, Quantity, Serves, unit_key
from .shortest_leaves import YES, about, above, demand, failed_before, key_of, numbered, span_of
from .shortest_words import lacks, name_of
from .subjects import Subject
from .verdicts import Missing, State, Verdict

NOT_AGAIN = "đã được công nhận thì không xét lại; chưa thì phải đạt cả bộ"
NOT_ASKED = "nếu không có, chỉ tiêu này không xét"
OF_FACTS = frozenset({"fact", "fact_of_year", "expired", "survey", "children"})


@dataclass(slots=True)
class Built:
    """The goal of a set for a unit, and the items that occur in it by their keys."""

    goal: Goal = field(default_factory=Done)
    items: dict[str, Item] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: the question, the indicator it is for, and the sets around it."""

    context: Context
    serves: Serves
    unit: str = ""
    unit_name: str = ""
    sets: tuple[tuple[str, str], ...] = ()
    given: str = ""  # what is not known to be there, where only that makes the demand


def build(effective: EffectiveSet, subject: Subject, law: LawOfDay) -> Built:
    """The goal “the unit meets the whole set on the day of the law”."""
    builder = _Builder(law)
    context = Context(Run(law), subject, effective.set)
    empty = Serves(set=effective.set.id, short=effective.set.short, number="", name="")
    found = builder.of_set(effective.set, _Place(context, empty))
    goal = builder.kept(found if found is not None else Done())
    return Built(goal, builder.items)


class _Builder:
    """Collects the items while it builds. A part that is not applicable is ``None``."""

    def __init__(self, law: LawOfDay) -> None:
        self.law = law
        self.items: dict[str, Item] = {}
        self.met_spans: dict[str, tuple[Quantity, Span]] = {}
        self.seen: dict[tuple[str, str], Goal | None] = {}

    # --- sets, criteria, indicators ---

    def of_set(self, criteria_set: CriteriaSet, place: _Place) -> Goal | None:
        """All criteria (or as many as suffice) of a set; a set used twice is one goal."""
        key = (criteria_set.id, place.unit)
        if key in place.sets:
            lack = Missing(kind="set", what=criteria_set.id, giver="decision")
            return self._not_loaded(f"set|{criteria_set.id}", lack, place)
        if key not in self.seen:
            inside = replace(place, sets=(*place.sets, key))
            parts = [self._criterion(each, criteria_set, inside) for each in criteria_set.criteria]
            if criteria_set.at_least is None and not is_complete(criteria_set):
                lack = Missing(kind="content", what=criteria_set.short, giver="decision")
                parts.append(self._not_loaded(f"part|{criteria_set.id}", lack, place))
            names = [f"{each.number}. {each.name}" for each in criteria_set.criteria]
            self.seen[key] = _several(parts, criteria_set.at_least, criteria_set.short, names)
        return self.seen[key]

    def _criterion(self, criterion: Criterion, within: CriteriaSet, place: _Place) -> Goal | None:
        parts = [self._indicator(each, within, place) for each in criterion.indicators]
        names = [numbered(each.number, each.name) for each in criterion.indicators]
        label = f"Tiêu chí {numbered(criterion.number, criterion.name)}"
        return _several(parts, criterion.at_least, label, names)

    def _indicator(self, indicator: Indicator, within: CriteriaSet, place: _Place) -> Goal | None:
        serves = Serves(
            set=within.id, short=within.short, number=indicator.number, name=indicator.name
        )
        return self.of(indicator.requirement, replace(place, serves=serves))

    # --- requirements ---

    def of(self, node: Requirement, place: _Place) -> Goal | None:
        """What is left of a requirement; None where it is not applicable."""
        match node:
            case Reached() | Recognised() | Compare() | Between() | Grade() | Trend():
                return self._leaf(node, place)
            case ContentNotLoaded():
                return self._leaf(node, place)
            case AllOf():
                return _several([self.of(part, place) for part in node.parts], None)
            case AnyOf() | AtLeastOf():
                count = node.count if isinstance(node, AtLeastOf) else 1
                return self._choice(count, node.parts, place)
            case Fallback():
                return self._fallback(node, place)
            case IfPresent():
                return self._if_present(node, place)
            case BothSexes():
                sexes = (place.context.for_sex("male"), place.context.for_sex("female"))
                return self._each(node.part, sexes, place)
            case ThisYear():
                year = place.context.assessed_year
                return self._each(node.part, (place.context.for_year(year),), place)
            case Consecutive():
                years = node.asked(place.context.assessed_year)
                return self._each(
                    node.part, [place.context.for_year(year) for year in years], place
                )
            case Children():
                return self._children(node, place)
            case Points():
                return self._points(node, place)
            case Checklist():
                band = Between(measure=node.score, low=node.low, high=node.high, below_high=True)
                yes = [self.of(Reached(measure=each), place) for each in node.mandatory]
                return _several([*yes, self.of(band, place)], None)
            case MeetsSet():
                return self._meets_set(node, place)
            case MeetsCriterion():
                return self._meets_criterion(node, place)
            case MetShare():
                return self._met_share(node, place)

    def _each(self, part: Requirement, contexts: Iterable[Context], place: _Place) -> Goal | None:
        return _several([self.of(part, replace(place, context=each)) for each in contexts], None)

    def _choice(self, count: int, parts: Sequence[Requirement], place: _Place) -> Goal | None:
        found = [self.of(part, place) for part in parts]
        if all(goal is None for goal in found):
            return None
        # A part that does not apply cannot be the one that is met.
        goals = [Closed() if goal is None else goal for goal in found]
        names = Names(self.law, place.context.set)
        label = _label(place)
        return some_of(count, goals, label, [name_of(part, names) for part in parts])

    def _fallback(self, node: Fallback, place: _Place) -> Goal | None:
        for part in node.parts:
            if judge(part, place.context).state is not State.NOT_APPLICABLE:
                return self.of(part, place)
        return None

    def _if_present(self, node: IfPresent, place: _Place) -> Goal | None:
        verdict = judge(node, place.context)
        if verdict.state is State.NOT_APPLICABLE:
            return None
        if verdict.reason != "presence_unknown":
            return self.of(node.part, place)
        names = Names(self.law, place.context.set)
        part = self.of(node.part, replace(place, given=names.of(node.measure)))
        # Taken as present, which is safe: absent, nothing would be demanded at all. The item asks.
        measure = place.context.measure(node.measure)
        yes_no = measure is None or measure.kind == "yes_no"
        span = YES if yes_no else above(Fraction(0))
        own = tuple(each for each in verdict.missing if each.what == node.measure)
        seen = Verdict(state=State.UNKNOWN, requirement=node, missing=own)
        there = self._item(node, seen, place, node.measure, "", "fact", span)
        if isinstance(there, Take):
            self.items[there.key] = replace(self.items[there.key], asks="presence", rule=NOT_ASKED)
        return _several([there, part], None)

    def _children(self, node: Children, place: _Place) -> Goal | None:
        units = place.context.subject.children.get(node.level, ())
        verdict = judge(node, place.context)
        if verdict.state is State.NOT_APPLICABLE:
            return None
        limit = resolve(node.threshold, place.context)
        if not units or isinstance(limit, Missing):
            lack = next(iter(verdict.missing), Missing(kind="children", what=node.level))
            return self._not_loaded(f"children|{_where(place)}|{node.level}", lack, place)
        goals, names = [], []
        for unit in units:
            there = replace(
                place, context=place.context.for_child(unit), unit=unit_key(unit),
                unit_name=unit.name,
            )  # fmt: skip
            goal = self.of(node.part, there)
            if goal is not None:
                goals.append(goal)
                names.append(unit.name)
        if node.operator not in (">=", ">") and not (
            node.operator == "=" and node.counting == "percent" and limit.amount == 100
        ):
            return self._only_as_it_is(verdict, place, f"share|{_where(place)}")
        need = _least(len(goals), node.operator, limit.amount, percent=node.counting == "percent")
        if need is None:
            return Closed(reason=f"không đủ {len(goals)} đơn vị để đạt {limit.amount}")
        label = _label(place)
        return some_of(need, goals, label, names) if need else Done()

    def _points(self, node: Points, place: _Place) -> Goal | None:
        found = [(points, self.of(part, place)) for points, part in node.parts]
        if all(goal is None for _, goal in found):
            return None
        limit = resolve(node.threshold, place.context)
        if isinstance(limit, Missing):
            return self._not_loaded(f"points|{_where(place)}", limit, place)
        amounts = [Fraction(points) for points, _ in found]
        scale = lcm(*(amount.denominator for amount in amounts))
        names = Names(self.law, place.context.set)
        return Enough(
            parts=tuple(Closed() if goal is None else goal for _, goal in found),
            weights=tuple(int(amount * scale) for amount in amounts),
            need=ceil(limit.amount * scale),
            label=_label(place),
            names=tuple(name_of(part, names) for _, part in node.parts),
        )

    def _meets_set(self, node: MeetsSet, place: _Place) -> Goal | None:
        recognition: Goal | None = None
        if node.recognition is not None and not node.revalidate:
            asked = Recognised(measure=node.recognition, standard="")
            verdict = judge(asked, place.context)
            if verdict.state is State.MET:
                return Done()
            if verdict.state is State.UNKNOWN:
                recognition = self._leaf(asked, place)
                if isinstance(recognition, Take):
                    known = self.items[recognition.key]
                    self.items[known.key] = replace(known, asks="recognition", rule=NOT_AGAIN)
        effective = self.law.get(node.set)
        if effective is None:
            lack = Missing(kind="set", what=node.set, giver="decision")
            found: Goal | None = self._not_loaded(f"set|{node.set}", lack, place)
        else:
            inside = replace(place, context=place.context.in_set(effective.set))
            found = self.of_set(effective.set, inside)
        if recognition is None or found is None:
            return found
        names = Names(self.law, place.context.set)
        ways = ["Đã được công nhận", f"Đạt {names.set_name(node.set)}"]
        return some_of(1, [recognition, found], names.set_name(node.set), ways)

    def _meets_criterion(self, node: MeetsCriterion, place: _Place) -> Goal | None:
        key = (f"{node.set}#{node.number}", place.unit)
        effective = self.law.get(node.set)
        lack = Missing(kind="set", what=node.set, giver="decision")
        if effective is None or key in place.sets:
            return self._not_loaded(f"set|{node.set}", lack, place)
        inside = replace(
            place, context=place.context.in_set(effective.set), sets=(*place.sets, key)
        )
        for criterion in effective.set.criteria:
            if criterion.number == node.number:
                return self._criterion(criterion, effective.set, inside)
        indicator = find_indicator(effective.set, node.number)
        if indicator is None:
            return self._not_loaded(f"set|{node.set}#{node.number}", lack, place)
        return self._indicator(indicator, effective.set, inside)

    def _met_share(self, node: MetShare, place: _Place) -> Goal | None:
        verdict = judge(node, place.context)
        if verdict.state is State.NOT_APPLICABLE:
            return None
        effective = self.law.get(node.set)
        limit = resolve(node.threshold, place.context)
        if effective is None or isinstance(limit, Missing):
            lack = limit if isinstance(limit, Missing) else Missing(kind="set", what=node.set)
            return self._not_loaded(f"share|{_where(place)}|{node.set}", lack, place)
        if node.operator not in (">=", ">"):
            return self._only_as_it_is(verdict, place, f"share|{_where(place)}|{node.set}")
        key = (f"{node.set}%", place.unit)
        inside = replace(
            place, context=place.context.in_set(effective.set), sets=(*place.sets, key)
        )
        goals, names = [], []
        for criterion in effective.set.criteria:
            goal = self._criterion(criterion, effective.set, inside)
            if goal is not None:
                goals.append(goal)
                names.append(numbered(criterion.number, criterion.name))
        need = _least(len(goals), node.operator, limit.amount, percent=True)
        if need is None:
            return Closed(reason=f"không thể đạt trên {limit.amount} % số tiêu chí")
        return some_of(need, goals, effective.set.short, names) if need else Done()

    # --- leaves ---

    def _leaf(self, node: Leaf, place: _Place) -> Goal | None:
        verdict = judge(node, place.context)
        if verdict.state is State.NOT_APPLICABLE:
            return None
        if isinstance(node, ContentNotLoaded):
            key = f"content|{place.serves.set}|{place.serves.number}"
            return self._not_loaded(key, verdict.missing[0], place)
        span = span_of(node, verdict, place.context)
        if verdict.state is State.MET:
            return self._met(node, verdict, span, place)
        year = place.context.year
        past = year is not None and year < self.law.on.year
        if verdict.state is State.NOT_MET and (
            past or failed_before(node, verdict, self.law.on.year)
        ):
            name = Names(self.law, place.context.set).of(node.measure)
            when = f"năm {year}" if past else "các năm trước"
            return Closed(reason=f"“{name}” {when} không đạt, không làm lại được")
        kind: ItemKind = "work" if verdict.state is State.NOT_MET else _kind(verdict.missing)
        return self._item(
            node,
            verdict,
            place,
            node.measure,
            "trend" if isinstance(node, Trend) else "",
            kind,
            span,
        )

    def _met(self, node: Leaf, verdict: Verdict, span: Span | None, place: _Place) -> Goal:
        if span is None or verdict.reason == "excepted" or isinstance(node, ContentNotLoaded):
            return Done()
        quantity = self._quantity(node.measure, "", place)
        key = f"{quantity}{span}"
        self.met_spans[key] = (quantity, span)
        return Keep(against=frozenset(), label=key)

    def _item(
        self, node: Requirement, verdict: Verdict, place: _Place, measure: str, aspect: str,
        kind: ItemKind, span: Span | None,
    ) -> Goal:  # fmt: skip
        names = Names(self.law, place.context.set)
        quantity = self._quantity(measure, aspect, place)
        item = Item(
            key=key_of(quantity, node, span),
            kind=kind,
            name=names.of(measure) + about(quantity),
            rule=demand(node, verdict, names),
            lacks=lacks(verdict, names),
            unit=place.unit_name,
            unit_id=place.context.subject.id if place.unit else None,
            quantity=quantity,
            span=span if kind != "law" else None,
            requirement=node,
            verdict=verdict,
            giver=next((giver_words(each) for each in verdict.missing), ""),
            serves=(place.serves,),
            given=place.given,
        )
        return self._take(item, place)

    def _quantity(self, measure: str, aspect: str, place: _Place) -> Quantity:
        year = place.context.year
        return Quantity(
            unit=place.unit,
            measure=measure,
            sex=place.context.sex_for(measure),
            year=None if year == self.law.on.year else year,
            aspect=aspect,
        )

    def _not_loaded(self, key: str, lack: Missing, place: _Place) -> Goal:
        names = Names(self.law, place.context.set)
        kind = _kind((lack,))
        serves = place.serves
        said = missing_words(lack, names)
        return self._take(
            Item(
                key=key, kind=kind, lacks=said, giver=giver_words(lack), serves=(serves,),
                name=numbered(serves.number, serves.name) or serves.short, unit=place.unit_name,
            ),
            place,
        )  # fmt: skip

    def _only_as_it_is(self, verdict: Verdict, place: _Place, key: str) -> Goal:
        """A share that must stay low: what is done can only raise it."""
        if verdict.state is State.MET:
            return Done()
        if verdict.state is State.NOT_MET:
            return Closed(
                reason=f"“{place.serves.name}” đã vượt mức, không giảm được bằng việc làm"
            )
        lack = next(iter(verdict.missing), Missing(kind="fact"))
        return self._not_loaded(key, lack, place)

    def _take(self, item: Item, place: _Place) -> Goal:
        known = self.items.get(item.key)
        if known is None:
            self.items[item.key] = item
        else:
            serves = known.serves if place.serves in known.serves else (*known.serves, place.serves)
            given = known.given if known.given == item.given else ""
            self.items[item.key] = replace(known, serves=serves, given=given)
        return Take(key=item.key)

    # --- what is met and must stay so ---

    def kept(self, goal: Goal) -> Goal:
        """The goal with every ``Keep`` told which items would undo it; most are simply done."""
        against = {key: self._undoing(quantity, span) for key, (quantity, span) in
                   self.met_spans.items()}  # fmt: skip
        seen: dict[int, Goal] = {}

        def rebuilt(at: Goal) -> Goal:
            if id(at) not in seen:
                seen[id(at)] = rebuild(at)
            return seen[id(at)]

        def rebuild(at: Goal) -> Goal:
            if isinstance(at, Keep):
                undone = against[at.label]
                return Keep(against=undone, label=at.label) if undone else Done()
            if isinstance(at, Enough):
                return replace(at, parts=tuple(rebuilt(part) for part in at.parts))
            return at

        return rebuilt(goal)

    def _undoing(self, quantity: Quantity, span: Span) -> frozenset[str]:
        return frozenset(
            item.key
            for item in self.items.values()
            if item.quantity == quantity and item.span is not None and not item.span.meets(span)
        )


def _several(
    parts: Iterable[Goal | None], count: int | None, label: str = "", names: Sequence[str] = ()
) -> Goal | None:
    """All parts that apply, or ``count`` of all of them; None where none applies."""
    found = list(parts)
    applying = [(goal, names[n] if n < len(names) else "") for n, goal in enumerate(found) if goal]
    if not applying:
        return None
    if count is None:
        return all_of([goal for goal, _ in applying], label, [name for _, name in applying])
    return some_of(count, [goal or Closed() for goal in found], label, names)


def _least(base: int, operator: Operator, limit: Fraction, *, percent: bool) -> int | None:
    """How many of ``base`` must hold at least; None where even all of them do not suffice."""
    for count in range(base + 1):
        number = Fraction(count * 100, base) if percent and base else Fraction(count)
        # “= 100 %” is the one equality that more can only help.
        if holds(number, ">=" if operator == "=" else operator, limit):
            return count
    return None


def _label(place: _Place) -> str:
    """What a choice is called: its indicator, and the unit below where it is one's."""
    label = numbered(place.serves.number, place.serves.name)
    return f"{place.unit_name}: {label}" if place.unit_name else label


def _where(place: _Place) -> str:
    """What tells a place in the law from another in the keys of items without a measure."""
    return f"{place.unit}{place.serves.set}|{place.serves.number}"


def _kind(missing: Iterable[Missing]) -> ItemKind:
    return "fact" if all(each.kind in OF_FACTS for each in missing) else "law"
