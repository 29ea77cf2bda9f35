"""Which sets ask for which: circles would never come to an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .requirements import MeetsCriterion, MeetsSet, MetShare, RelativeTo, Requirement
from .sets import Amendment, CriteriaSet
from .walking import indicators, thresholds, walk, walk_threshold

_Place = tuple[str, str]
"""A set and one of its indicators."""


def circles(
    sets: Mapping[str, CriteriaSet], amendments: Iterable[Amendment] = ()
) -> list[tuple[str, ...]]:
    """The circles of sets that ask for each other, each as a row of ids that ends as it begins.

    Looked for between indicators: two sets may ask for different parts of each other. What an
    amendment asks for counts as asked for by the set that it amends.
    """
    arrows: dict[_Place, list[_Place]] = {}
    rows: list[tuple[str, CriteriaSet | Amendment]] = list(sets.items())
    rows += [(each.amends, each) for each in amendments]
    for name, document in rows:
        for number, requirement in indicators(document):
            arrows.setdefault((name, number), []).extend(_asked_for(requirement, sets))
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[_Place] = set()
    for start in arrows:
        for circle in _circles_from(start, arrows, done):
            names = [place[0] for place in circle]
            row = [name for at, name in enumerate(names) if at == 0 or name != names[at - 1]]
            if len(row) == 1:
                row *= 2
            found.setdefault(frozenset(row), tuple(row))
    return list(found.values())


def _asked_for(requirement: Requirement, sets: Mapping[str, CriteriaSet]) -> Iterator[_Place]:
    for node in walk(requirement):
        if isinstance(node, MeetsSet | MetShare):
            yield from _places(node.set, None, sets)
        elif isinstance(node, MeetsCriterion):
            yield from _places(node.set, node.number, sets)
        for threshold in thresholds(node):
            for each in walk_threshold(threshold):
                if isinstance(each, RelativeTo):
                    yield from _places(each.set, each.indicator, sets)


def _places(name: str, number: str | None, sets: Mapping[str, CriteriaSet]) -> Iterator[_Place]:
    if name not in sets:
        return
    for criterion in sets[name].criteria:
        for indicator in criterion.indicators:
            if number in (None, criterion.number, indicator.number):
                yield name, indicator.number


def _circles_from(
    start: _Place, arrows: Mapping[_Place, list[_Place]], done: set[_Place]
) -> Iterator[list[_Place]]:
    """Depth first without recursion; what was looked through once is not looked through again."""
    if start in done:
        return
    way: list[_Place] = [start]
    left = [iter(arrows.get(start, ()))]
    while way:
        following = next(left[-1], None)
        if following is None:
            done.add(way.pop())
            left.pop()
        elif following in way:
            yield [*way[way.index(following) :], following]
        elif following not in done:
            way.append(following)
            left.append(iter(arrows.get(following, ())))
