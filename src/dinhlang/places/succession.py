"""What became of a unit, and what it came from: chains of successions, without a database.

A unit is any hashable value (here: primary keys). An ``Arrow`` says that on a day the whole of
one unit, or a part of it, became (part of) another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

U = TypeVar("U", bound=Hashable)
Kind = Literal["keep", "rename", "merge", "split", "mixed"]


@dataclass(frozen=True, slots=True)
class Arrow(Generic[U]):
    """On ``day``, ``old`` became ``new``: wholly, or only a part of it (``main``: the larger)."""

    old: U
    new: U
    day: date
    whole: bool = True
    main: bool = False


@dataclass(frozen=True, slots=True)
class Share(Generic[U]):
    """A unit at the end of a chain; ``whole`` only if every step of ``path`` was whole.

    ``path`` holds the units from the one asked about to this one, both included.
    """

    unit: U
    whole: bool
    path: tuple[U, ...]

    @property
    def steps(self) -> int:
        """How many successions lie between."""
        return len(self.path) - 1


class Lineage(Generic[U]):
    """The arrows of some units, asked forwards and backwards."""

    def __init__(self, arrows: Iterable[Arrow[U]]) -> None:
        self._out: dict[U, list[Arrow[U]]] = defaultdict(list)
        self._in: dict[U, list[Arrow[U]]] = defaultdict(list)
        for arrow in arrows:
            self._out[arrow.old].append(arrow)
            self._in[arrow.new].append(arrow)

    def became(self, unit: U, day: date) -> list[Share[U]]:
        """The units in which ``unit`` lies on that day; itself where nothing had happened yet.

        A unit reached on several ways comes once, by the most whole and then the shortest way.
        """
        return self._follow(unit, forwards=True, limit=day)

    def came_from(self, unit: U, day: date) -> list[Share[U]]:
        """The units of that day of which ``unit`` is made; itself where it existed already."""
        return self._follow(unit, forwards=False, limit=day)

    def main_successor(self, unit: U, day: date) -> U:
        """The one unit to which most of ``unit`` belongs on that day.

        Follows whole arrows, or the arrow marked as main. Where a split has no main part the
        chain ends, at the last unit that is certain.
        """
        seen = {unit}
        since: date | None = None
        while True:
            steps = [a for a in self._out.get(unit, ()) if _due(a.day, since, day)]
            if not steps:
                return unit
            first = min(arrow.day for arrow in steps)
            steps = [arrow for arrow in steps if arrow.day == first]
            sure = [arrow for arrow in steps if arrow.main or arrow.whole]
            if len(sure) != 1 or sure[0].new in seen:
                return unit
            unit, since = sure[0].new, first
            seen.add(unit)

    def _follow(self, unit: U, *, forwards: bool, limit: date) -> list[Share[U]]:
        best: dict[U, Share[U]] = {}
        stack: list[tuple[Share[U], date | None]] = [(Share(unit, True, (unit,)), None)]
        while stack:
            share, since = stack.pop()
            steps = self._steps(share, since, forwards=forwards, limit=limit)
            if not steps:
                held = best.get(share.unit)
                if held is None or _rank(share) < _rank(held):
                    best[share.unit] = share
            for arrow in steps:
                end = arrow.new if forwards else arrow.old
                stack.append(
                    (Share(end, share.whole and arrow.whole, (*share.path, end)), arrow.day)
                )
        return sorted(best.values(), key=_rank)

    def _steps(
        self, share: Share[U], since: date | None, *, forwards: bool, limit: date
    ) -> list[Arrow[U]]:
        """The arrows that lead on from a share, none of them back to where it has been."""
        if forwards:
            return [
                arrow
                for arrow in self._out.get(share.unit, ())
                if _due(arrow.day, since, limit) and arrow.new not in share.path
            ]
        return [
            arrow
            for arrow in self._in.get(share.unit, ())
            if arrow.day > limit
            and (since is None or arrow.day < since)
            and arrow.old not in share.path
        ]


def _due(day: date, since: date | None, limit: date) -> bool:
    return day <= limit and (since is None or day > since)


def _rank(share: Share[U]) -> tuple[bool, int]:
    return (not share.whole, share.steps)


def kind_of(arrows: Sequence[Arrow[U]], *, same_name: bool) -> Kind:
    """What happened when the units of ``arrows`` became one or several others.

    ``same_name``: the one new unit has the name and kind of its one predecessor.
    """
    olds = {arrow.old for arrow in arrows}
    news = {arrow.new for arrow in arrows}
    if len(olds) == 1:
        if len(news) > 1 or not all(arrow.whole for arrow in arrows):
            return "split"
        return "keep" if same_name else "rename"
    return "merge" if all(arrow.whole for arrow in arrows) and len(news) == 1 else "mixed"
