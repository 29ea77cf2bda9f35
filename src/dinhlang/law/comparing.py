"""Two sets side by side: what carries over, what is stricter, looser, new or gone.

Indicators are paired by the measures they share, then by the likeness of their names. Stricter or
looser is only said where both thresholds are known for the unit and the rules have one shape;
where anything is not loaded, nothing is said: nor that something is new or gone, as long as part of
the other set is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dinhlang.vietnamese import fold

from .evaluating import evaluate
from .evaluating.context import Context, Run
from .evaluating.nodes import is_complete
from .explaining import describe
from .protocols import EffectiveSet, LawOfDay
from .requirements import (
    BothSexes,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Grade,
    IfPresent,
    Requirement,
    ThisYear,
)
from .sets import CriteriaSet
from .shortest_goals import Span
from .shortest_leaves import span_of
from .subjects import Subject
from .verdicts import IndicatorVerdict, SetVerdict, State, Verdict
from .walking import measures_of, walk

Change = Literal["same", "stricter", "looser", "other", "new", "gone", "unknown"]
CHANGE_WORDS: dict[Change, str] = {
    "same": "Giữ nguyên",
    "stricter": "Chặt hơn",
    "looser": "Nhẹ hơn",
    "other": "Khác cách xét",
    "new": "Mới",
    "gone": "Không còn",
    "unknown": "Chưa thể nói",
}
LIKE, LIKE_WITHIN = 0.55, 0.4
"""From so much likeness on two names are taken for the same thing; less is enough within criteria
whose own names are alike."""
_COMMON_WORDS = "ty le xa co duoc cac va theo quy dinh dat tren dia ban cua cho hoac"
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An indicator on one side: its rule in words, and the unit's state under it."""

    number: str
    name: str
    rule: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An indicator of the old set with that of the new one; one of them may be missing.

    ``by``: “measure”, “name” or nothing. ``carries``: met under the old rule and under the new.
    """

    change: Change
    old: Side | None = None
    new: Side | None = None
    by: str = ""

    @property
    def words(self) -> str:
        """The change on screens."""
        return CHANGE_WORDS[self.change]

    @property
    def carries(self) -> bool:
        """Whether what was reached stands under the new rule as well."""
        return bool(
            self.old and self.new and self.old.state is State.MET and self.new.state is State.MET
        )

    @property
    def is_lost(self) -> bool:
        """Whether it was met and under the new rule no longer is, for certain."""
        return bool(
            self.old
            and self.new
            and self.old.state is State.MET
            and self.new.state is State.NOT_MET
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All pairs in the order of the new set, those gone at the end, and both verdicts."""

    old: SetVerdict
    new: SetVerdict
    pairs: tuple[Pair, ...]

    def count(self, change: Change) -> int:
        """How many pairs changed so."""
        return sum(pair.change == change for pair in self.pairs)

    @property
    def counts(self) -> list[tuple[Change, str, int]]:
        """Each change with its words and how often it occurs, where it does."""
        found = [(change, words, self.count(change)) for change, words in CHANGE_WORDS.items()]
        return [each for each in found if each[2]]

    @property
    def carried(self) -> int:
        """How many reached indicators stand under the new set."""
        return sum(pair.carries for pair in self.pairs)


def compare_sets(
    old: EffectiveSet,
    new: EffectiveSet,
    subject: Subject,
    law: LawOfDay,
    law_of_new: LawOfDay | None = None,
) -> Comparison:
    """The two sets for one unit on the day of ``law`` (the new one by ``law_of_new``)."""
    law_of_new = law_of_new or law
    before, after = evaluate(old, subject, law), evaluate(new, subject, law_of_new)
    olds, news = _indicators(before), _indicators(after)
    matched = _matched(_named(before), _named(after))
    pairs: list[Pair] = []
    for place, verdict in enumerate(news):
        side = _side(verdict, law_of_new, new.set)
        if place not in matched:
            pairs.append(Pair(change=_lonely(verdict, "new", old.set), new=side))
            continue
        other, by = matched[place]
        contexts = (Context(Run(law), subject, old.set), Context(Run(law_of_new), subject, new.set))
        pairs.append(
            Pair(
                change=_change(olds[other].verdict, verdict.verdict, *contexts),
                old=_side(olds[other], law, old.set),
                new=side,
                by=by,
            )
        )
    used = {other for other, _ in matched.values()}
    pairs += [
        Pair(change=_lonely(verdict, "gone", new.set), old=_side(verdict, law, old.set))
        for place, verdict in enumerate(olds)
        if place not in used
    ]
    return Comparison(old=before, new=after, pairs=tuple(pairs))


def _indicators(verdict: SetVerdict) -> list[IndicatorVerdict]:
    return [each for criterion in verdict.criteria for each in criterion.indicators]


def _side(verdict: IndicatorVerdict, law: LawOfDay, within: CriteriaSet) -> Side:
    indicator = verdict.indicator
    rule = describe(indicator.requirement, law, within)
    return Side(number=indicator.number, name=indicator.name, rule=rule, state=verdict.state)


def _lonely(verdict: IndicatorVerdict, change: Change, other: CriteriaSet) -> Change:
    """What has no counterpart is new (gone), unless its own content is not loaded, or part of the
    other set is not, where the counterpart may stand."""
    loaded = not isinstance(verdict.indicator.requirement, ContentNotLoaded)
    return change if loaded and is_complete(other) else "unknown"


# --- Which belongs to which -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    """What an indicator is known by."""

    measures: frozenset[str]
    words: frozenset[str]
    criterion: frozenset[str]


def _named(verdict: SetVerdict) -> list[_Named]:
    return [
        _Named(
            frozenset(
                measure
                for node in walk(each.indicator.requirement)
                for measure, _ in measures_of(node)
            ),
            _words(each.indicator.name),
            _words(criterion.criterion.name),
        )
        for criterion in verdict.criteria
        for each in criterion.indicators
    ]


def _matched(olds: list[_Named], news: list[_Named]) -> dict[int, tuple[int, str]]:
    """For the places of new indicators that of the old one, and by what it was found."""
    scored: list[tuple[float, int, int, str]] = []
    for place, new in enumerate(news):
        for other, old in enumerate(olds):
            shared = _overlap(new.measures, old.measures)
            like = _overlap(new.words, old.words)
            within = _overlap(new.criterion, old.criterion) >= LIKE
            if within:
                like = max(like, _contained(new.words, old.words))
            if shared:
                scored.append((1 + shared + like, place, other, "measure"))
            elif like >= (LIKE_WITHIN if within else LIKE):
                scored.append((like, place, other, "name"))
    found: dict[int, tuple[int, str]] = {}
    used: set[int] = set()
    for _, place, other, by in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if place not in found and other not in used:
            found[place] = (other, by)
            used.add(other)
    return found


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter name stands in the longer one; a single word says nothing."""
    least = min(len(one), len(other))
    return 0.7 * len(one & other) / least if least > 1 else 0.0


def _words(name: str) -> frozenset[str]:
    cleaned = "".join(letter if letter.isalnum() else " " for letter in fold(name))
    return frozenset(cleaned.split()) - _COMMON


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    together = one | other
    return len(one & other) / len(together) if together else 0.0


# --- Which is stricter ----------------------------------------------------------------------------


def _change(old: Verdict, new: Verdict, old_at: Context, new_at: Context) -> Change:
    first, second = _leaf(old.requirement), _leaf(new.requirement)
    if isinstance(old.requirement, ContentNotLoaded) or isinstance(
        new.requirement, ContentNotLoaded
    ):
        return "unknown"
    if first is None or second is None or _shape(old.requirement) != _shape(new.requirement):
        return _by_text(old, new)
    if first.measure != second.measure:
        return "other"
    spans = (_span(first, old_at), _span(second, new_at))
    if spans[0] is None or spans[1] is None:
        return "unknown"
    return _stricter(spans[0], spans[1])


def _by_text(old: Verdict, new: Verdict) -> Change:
    """Rules without one number: the same, or different in a way nobody can rank."""
    if old.requirement == new.requirement:
        return "unknown" if _is_open(old) or _is_open(new) else "same"
    if _is_open(old) or _is_open(new):
        return "unknown"
    return "other"


def _is_open(verdict: Verdict) -> bool:
    law = {"threshold", "content", "set", "region", "group", "attribute"}
    return any(missing.kind in law for missing in verdict.missing)


def _stricter(old: Span, new: Span) -> Change:
    if old == new:
        return "same"
    if new.within(old):
        return "stricter"
    return "looser" if old.within(new) else "other"


def _leaf(node: Requirement) -> Compare | Grade | None:
    match node:
        case Compare() | Grade():
            return node
        case BothSexes() | Consecutive() | ThisYear() | IfPresent():
            return _leaf(node.part)
        case Children():
            return None
        case _:
            return None


def _shape(node: Requirement) -> tuple[object, ...]:
    """The wrappers around a leaf; two rules are ranked only where these agree."""
    match node:
        case Consecutive():
            return ("consecutive", node.years, node.before, *_shape(node.part))
        case BothSexes() | ThisYear() | IfPresent():
            return (node.kind, *_shape(node.part))
        case Compare():
            return ("compare", node.exceptions)
        case _:
            return (node.kind,)


def _span(node: Compare | Grade, context: Context) -> Span | None:
    blank = Verdict(state=State.UNKNOWN, requirement=node)
    return span_of(node, blank, context)
