"""What comes before what: no task may wait for itself, be it through others. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", int, int | str)


def circle(start: int, needs: Mapping[int, Collection[int]]) -> list[int]:
    """The way from ``start`` back to itself along ``needs``; empty where there is none.

    ``needs[a]`` are the tasks that must be finished before ``a``.
    """
    came: dict[int, int] = {}
    open_ends = [start]
    while open_ends:
        here = open_ends.pop()
        for before in needs.get(here, ()):
            if before == start:
                return _way(start, here, came)
            if before not in came:
                came[before] = here
                open_ends.append(before)
    return []


def _way(start: int, last: int, came: Mapping[int, int]) -> list[int]:
    found = [start]
    here = last
    while here != start:
        found.append(here)
        here = came[here]
    found.append(start)
    return list(reversed(found))


def graph(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """``needs`` out of pairs ``(task, the one before)``."""
    found: dict[int, list[int]] = {}
    for task, before in pairs:
        found.setdefault(task, []).append(before)
    return found


def depth(start: Node, above: Mapping[Node, Node]) -> int:
    """How many tasks it stands in, itself among them; there must be no circle in ``above``."""
    found = 1
    while start in above:
        start, found = above[start], found + 1
    return found
