"""The shortest way to the standard: which of the missing things to do so that the set is met.

``shortest`` is exact: no set of items is better in the order asked for. The cheapest way has, in
this order, the fewest thresholds that are not loaded, the fewest items without a cost, the lowest
cost, the earliest end, the fewest items; with no costs given it is the way with the fewest items.
The fastest has the items run side by side: fewest thresholds not loaded, fewest items without
months, the earliest end, then as the cheapest. A number given for an earlier year is not taken
for this year's, although the latest number known is what a verdict rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal

from .evaluating import evaluate
from .protocols import EffectiveSet, LawOfDay
from .shortest_building import Built, build
from .shortest_goals import Closed, Done, Enough, Goal, Problem, is_met, simplified, walk
from .shortest_items import Item, conflicting_items, stronger_items, with_done
from .shortest_solving import SECONDS, Latest, Level, Progress, SolverError, TooSlow, Total, solve
from .subjects import Subject
from .verdicts import State

__all__ = [
    "Branch",
    "Choice",
    "Item",
    "SolverError",
    "TooSlow",
    "Way",
    "Ways",
    "shortest",
]

MOST_BRANCHES = 24
"""Of so many choices it is worked out what each would ask; of more only what is missing."""

Costs = Mapping[str, int | None]
"""In đồng, by the key of the item; None or absent: not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One of the parts to choose from, and what it asks by itself in the cheapest way.

    ``cost`` is the sum of the costs known (đồng), ``months`` the longest of those known;
    ``closed`` says why it cannot be reached at all.
    """

    name: str
    items: tuple[Item, ...] = ()
    cost: int = 0
    unpriced: int = 0
    months: int | None = None
    closed: str = ""

    @property
    def not_loaded(self) -> int:
        """How many of the items are thresholds to load."""
        return sum(item.kind == "law" for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A place in the set where not everything is needed: what was taken and what left out."""

    label: str
    taken: tuple[Branch, ...]
    left: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A set of items that, done, meets the whole set.

    ``cost``: the sum of the known costs (đồng); ``unpriced``: items without one. ``months``: the
    longest of the known durations; ``undated``: items without one. ``left``: items of the set
    that this way does without. ``is_sure``: no threshold among the items is unknown, and
    evaluating the set with the items done says that it is met.
    """

    items: tuple[Item, ...]
    cost: int
    unpriced: tuple[Item, ...]
    months: int | None
    undated: tuple[Item, ...]
    left: tuple[Item, ...]
    choices: tuple[Choice, ...]
    is_sure: bool

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the items."""
        return frozenset(item.key for item in self.items)

    @property
    def not_loaded(self) -> tuple[Item, ...]:
        """Those of the items that are thresholds to load, and no work."""
        return tuple(item for item in self.items if item.kind == "law")

    @property
    def to_do(self) -> tuple[Item, ...]:
        """The items that are work or numbers to give."""
        return tuple(item for item in self.items if item.kind != "law")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What can be done: ``state`` “met” (nothing left), “open”, or “closed” (no way this year).

    ``items``: everything that is missing anywhere in the set. ``forced``: keys no way can do
    without. ``cheapest_next``: the best way that does not contain the cheapest one, None where
    there is no other. ``reasons``: for “closed”, what cannot be brought about.
    """

    state: Literal["met", "open", "closed"]
    items: tuple[Item, ...] = ()
    forced: frozenset[str] = frozenset()
    cheapest: Way | None = None
    fastest: Way | None = None
    cheapest_next: Way | None = None
    fastest_next: Way | None = None
    reasons: tuple[str, ...] = ()
    seconds: float = 0.0


def shortest(
    effective: EffectiveSet,
    subject: Subject,
    law: LawOfDay,
    costs: Costs | None = None,
    months: Costs | None = None,
    *,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> Ways:
    """The cheapest and the fastest way for the unit to meet the set on the day of the law.

    ``costs`` in whole đồng and ``months`` by the items' keys; those not given are not known.
    ``progress`` is told the share done and the step. Raises ``SolverError`` (``TooSlow`` where
    ``seconds`` do not suffice).
    """
    began = monotonic()
    tell = progress or (lambda share, step: None)
    tell(0.0, "Đọc bộ tiêu chí")
    built = build(effective, subject, law)
    finder = _Finder(built, costs or {}, months or {}, began + seconds, seconds)
    items = finder.ordered(built.items)
    goal = simplified(built.goal)
    if isinstance(goal, Done):
        return Ways(state="met", seconds=monotonic() - began)
    tell(0.1, "Tìm cách rẻ nhất")
    cheap = finder.find(finder.cheap)
    if cheap is None:
        reasons = _reasons(built.goal)
        return Ways(state="closed", items=items, reasons=reasons, seconds=monotonic() - began)
    tell(0.4, "Tìm cách rẻ thứ hai")
    cheap_next = finder.find(finder.cheap, cheap)
    tell(0.6, "Tìm cách nhanh nhất")
    fast = finder.find(finder.fast) or cheap
    fast_next = finder.find(finder.fast, fast)
    tell(0.8, "Kiểm lại và so các lựa chọn")

    def way(keys: frozenset[str] | None) -> Way | None:
        if keys is None:
            return None
        chosen = [built.items[key] for key in keys]
        sure = all(item.kind != "law" for item in chosen)
        if sure:
            done = with_done(subject, chosen, law)
            sure = evaluate(effective, done, law).state is State.MET
        return finder.way(keys, sure)

    found = Ways(
        state="open",
        items=items,
        forced=finder.forced(),
        cheapest=way(cheap),
        fastest=way(fast),
        cheapest_next=way(cheap_next),
        fastest_next=way(fast_next),
        seconds=monotonic() - began,
    )
    tell(1.0, "Xong")
    return found


class _Finder:
    """The searches over one problem, and what their answers mean."""

    def __init__(
        self, built: Built, costs: Costs, months: Costs, until: float, seconds: float
    ) -> None:
        self.built, self.until, self.seconds = built, until, seconds
        items = built.items
        self.goal = simplified(built.goal)
        self.branches: dict[int, Branch] = {}
        self.problem = Problem(
            goal=self.goal,
            stronger=stronger_items(items.values()),
            conflicts=conflicting_items(items.values()),
        )
        real = [key for key, item in items.items() if item.kind != "law"]
        self.costs = {key: cost for key in real if (cost := costs.get(key)) is not None}
        self.months = {key: long for key in real if (long := months.get(key)) is not None}
        law = Total({key: 1 for key, item in items.items() if item.kind == "law"})
        unpriced = Total({key: 1 for key in real if key not in self.costs})
        undated = Total({key: 1 for key in real if key not in self.months})
        each = Total(dict.fromkeys(items, 1))
        # Of ways that are otherwise equal the one that comes first in the set.
        first = Total({key: place for place, key in enumerate(items)})
        total, end = Total(self.costs), Latest(self.months)
        self.cheap: list[Level] = [law, unpriced, total, end, each, first]
        self.fast: list[Level] = [law, undated, end, unpriced, total, each, first]

    def find(
        self, levels: list[Level], other_than: frozenset[str] | None = None
    ) -> frozenset[str] | None:
        """The keys of the best items; not all of ``other_than`` among them."""
        left = self.until - monotonic()
        if left <= 0:
            raise TooSlow(self.seconds)
        without = () if other_than is None else (other_than,)
        return solve(self.problem, levels, without, left)

    def forced(self) -> frozenset[str]:
        """The items without which the goal cannot be met, whatever else is done."""
        every = frozenset(self.built.items)
        return frozenset(
            key for key in every if not is_met(self.problem, every - self.problem.doers(key))
        )

    def way(self, keys: frozenset[str], is_sure: bool) -> Way:
        """A found set of items with everything to be said about it."""
        real = [item for item in self.ordered(self.built.items) if item.kind != "law"]
        chosen = self.ordered(keys)
        done = frozenset().union(keys, *([self._done_by(keys)]))
        return Way(
            items=chosen,
            cost=sum(self.costs.get(key, 0) for key in keys),
            unpriced=tuple(item for item in real if item.key in keys - self.costs.keys()),
            months=max((self.months[key] for key in keys & self.months.keys()), default=None),
            undated=tuple(item for item in real if item.key in keys - self.months.keys()),
            left=tuple(i for i in self.ordered(self.built.items) if i.key not in done),
            choices=tuple(self._choices(keys)),
            is_sure=is_sure,
        )

    def _done_by(self, keys: frozenset[str]) -> frozenset[str]:
        """Items that come true because a stronger one is done."""
        return frozenset(
            key for key in self.built.items if not keys.isdisjoint(self.problem.doers(key))
        )

    def ordered(self, keys: Iterable[str]) -> tuple[Item, ...]:
        """The items in the order of the set."""
        wanted = frozenset(keys)
        return tuple(item for key, item in self.built.items.items() if key in wanted)

    def _choices(self, keys: frozenset[str]) -> list[Choice]:
        found: list[Choice] = []
        waiting: list[Goal] = [self.goal]
        seen: set[int] = set()
        while waiting:
            at = waiting.pop()
            if not isinstance(at, Enough) or id(at) in seen:
                continue
            seen.add(id(at))
            taken = [part for part in at.parts if is_met(self.problem, keys, part)]
            # What was not taken leads to choices nobody has to make.
            waiting.extend(reversed(taken))
            if not at.is_choice:
                continue
            named = dict(zip(map(id, at.parts), at.names, strict=False))
            left = [part for part in at.parts if not any(part is each for each in taken)]
            found.append(
                Choice(
                    label=at.label,
                    taken=tuple(self._branch(part, named.get(id(part), "")) for part in taken),
                    left=tuple(
                        self._branch(part, named.get(id(part), "")) for part in left[:MOST_BRANCHES]
                    ),
                )
            )
        return found

    def _branch(self, goal: Goal, name: str) -> Branch:
        if id(goal) not in self.branches:
            self.branches[id(goal)] = self._asks(goal)
        return replace(self.branches[id(goal)], name=name)

    def _asks(self, goal: Goal) -> Branch:
        problem = Problem(
            goal=goal, stronger=self.problem.stronger, conflicts=self.problem.conflicts
        )
        left = max(self.until - monotonic(), 0.0)
        try:
            keys = solve(problem, self.cheap, (), left)
        except TooSlow:
            # The ways themselves are found; only this comparison is left out.
            return Branch(name="", closed="chưa kịp tính")
        if keys is None:
            return Branch(name="", closed="; ".join(_reasons(goal)))
        dated = keys & self.months.keys()
        return Branch(
            name="",
            items=self.ordered(keys),
            cost=sum(self.costs.get(key, 0) for key in keys),
            unpriced=sum(self.built.items[key].kind != "law" for key in keys - self.costs.keys()),
            months=max((self.months[key] for key in dated), default=None),
        )


def _reasons(goal: Goal) -> tuple[str, ...]:
    """Why a goal cannot be reached: what its hopeless parts say."""
    simple = simplified(goal)
    if isinstance(simple, Closed) and simple.reason:
        return tuple(dict.fromkeys(simple.reason.split("; ")))
    said = dict.fromkeys(at.reason for at in walk(goal) if isinstance(at, Closed) and at.reason)
    return tuple(said) or ("các yêu cầu của bộ tiêu chí đòi một số liệu ở hai mức trái nhau",)
