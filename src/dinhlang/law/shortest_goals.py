"""What has still to come true, as a small graph: items, and how many of which suffice.

The requirement trees of a set, with everything already decided taken out, become one ``Goal``.
A goal met by a set of items is met by every larger set that contradicts nothing of it; that is
what makes the search for the cheapest set exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The numbers that satisfy a demand; ``None`` is no bound, ``*_open`` leaves the bound out."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def within(self, other: Span) -> bool:
        """Whether every number of this span satisfies the other as well."""
        return self._low_key() >= other._low_key() and self._high_key() <= other._high_key()

    def meets(self, other: Span) -> bool:
        """Whether some number satisfies both."""
        low = max(self._low_key(), other._low_key())
        high = min(self._high_key(), other._high_key())
        # A bound is a number and a hair: an open low bound begins a hair above its number.
        return low <= high

    def holds(self, number: Fraction) -> bool:
        """Whether the number satisfies it."""
        return self.meets(Span(low=number, high=number))

    def _low_key(self) -> tuple[int, Fraction, int]:
        if self.low is None:
            return (-1, Fraction(0), 0)
        return (0, self.low, 1 if self.low_open else 0)

    def _high_key(self) -> tuple[int, Fraction, int]:
        if self.high is None:
            return (1, Fraction(0), 0)
        return (0, self.high, -1 if self.high_open else 0)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Done:
    """Nothing is left to do here."""

    label: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Closed:
    """No item can bring this about; ``reason`` says why, in Vietnamese."""

    label: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Take:
    """Met as soon as the item ``key``, or one that says more about the same number, is done."""

    key: str
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Keep:
    """Met today, and lost when one of the items ``against`` is done."""

    against: frozenset[str]
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Enough:
    """Met when the weights of the parts that are met come to ``need``.

    ``names`` are what a reader calls the parts; ``label`` what the whole is.
    """

    parts: tuple[Goal, ...]
    need: int
    weights: tuple[int, ...]
    label: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether some part may be left out."""
        return any(sum(self.weights) - weight >= self.need for weight in self.weights)


Goal = Done | Closed | Take | Keep | Enough


def all_of(parts: Iterable[Goal], label: str = "", names: Iterable[str] = ()) -> Goal:
    """Every part."""
    found = tuple(parts)
    return Enough(
        parts=found, need=len(found), weights=(1,) * len(found), label=label, names=tuple(names)
    )


def some_of(count: int, parts: Iterable[Goal], label: str = "", names: Iterable[str] = ()) -> Goal:
    """At least ``count`` of the parts."""
    found = tuple(parts)
    return Enough(
        parts=found, need=count, weights=(1,) * len(found), label=label, names=tuple(names)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A goal and how its items hang together.

    ``stronger[key]``: the items that, when done, do ``key`` as well. ``conflicts``: pairs that
    cannot both be done, since no number satisfies both.
    """

    goal: Goal
    stronger: Mapping[str, frozenset[str]] = field(default_factory=dict)
    conflicts: frozenset[tuple[str, str]] = frozenset()

    def doers(self, key: str) -> frozenset[str]:
        """The items that do ``key``: itself and the stronger ones."""
        return self.stronger.get(key, frozenset()) | {key}


def is_met(problem: Problem, chosen: frozenset[str], goal: Goal | None = None) -> bool:
    """Whether the goal (of the problem, unless given) is met when the chosen items are done."""
    seen: dict[int, bool] = {}

    def met(at: Goal) -> bool:
        if id(at) not in seen:
            seen[id(at)] = _met(at)
        return seen[id(at)]

    def _met(at: Goal) -> bool:
        match at:
            case Done():
                return True
            case Closed():
                return False
            case Take():
                return not chosen.isdisjoint(problem.doers(at.key))
            case Keep():
                return chosen.isdisjoint(at.against)
            case Enough():
                paired = zip(at.parts, at.weights, strict=True)
                return sum(weight for part, weight in paired if met(part)) >= at.need

    return met(goal or problem.goal)


def allowed(problem: Problem, chosen: frozenset[str]) -> bool:
    """Whether no two of the items contradict each other."""
    return not any(one in chosen and other in chosen for one, other in problem.conflicts)


def simplified(goal: Goal) -> Goal:
    """The goal without what is decided: ``Done`` parts taken off, hopeless ones left out.

    A goal used in several places stays one and the same object.
    """
    seen: dict[int, Goal] = {}

    def simple(at: Goal) -> Goal:
        if id(at) not in seen:
            seen[id(at)] = _simple(at)
        return seen[id(at)]

    def _simple(at: Goal) -> Goal:
        if not isinstance(at, Enough):
            return at
        need, parts, weights, names = at.need, [], [], []
        for number, (part, weight) in enumerate(zip(at.parts, at.weights, strict=True)):
            found = simple(part)
            if isinstance(found, Done):
                need -= weight
            elif not isinstance(found, Closed):
                parts.append(found)
                weights.append(weight)
                names.append(at.names[number] if number < len(at.names) else "")
        if need <= 0:
            return Done(label=at.label)
        if sum(weights) < need:
            return Closed(label=at.label, reason=_reason(at))
        if len(parts) == 1 and not at.label:
            return parts[0]
        return Enough(
            parts=tuple(parts), need=need, weights=tuple(weights), label=at.label,
            names=tuple(names),
        )  # fmt: skip

    def _reason(at: Enough) -> str:
        reasons = [found.reason for part in at.parts if isinstance(found := simple(part), Closed)]
        return "; ".join(dict.fromkeys(filter(None, reasons)))

    return simple(goal)


def keys_of(goal: Goal) -> frozenset[str]:
    """The items that the goal mentions."""
    return frozenset(at.key for at in walk(goal) if isinstance(at, Take))


def walk(goal: Goal) -> Iterator[Goal]:
    """Every goal in it once, the outer before the inner."""
    seen: set[int] = set()
    waiting = [goal]
    while waiting:
        at = waiting.pop()
        if id(at) in seen:
            continue
        seen.add(id(at))
        yield at
        if isinstance(at, Enough):
            waiting.extend(reversed(at.parts))
