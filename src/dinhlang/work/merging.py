"""Two people change one task: whose value stands where. Pure.

A change comes with what its author saw (*base*). What only one of the two changed is taken; what
both changed to different values is a clash, and then nothing is written. Villages, partners and
the tasks before are sets: what either added or took away counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SETS = frozenset({"partners", "villages", "after"})


@dataclass(frozen=True, slots=True)
class Merged:
    """``write``: the values to be written; ``clashes``: the fields both changed differently.

    Where there are clashes the caller writes nothing, and shows ``write`` as what would be.
    """

    write: dict[str, Any] = field(default_factory=dict)
    clashes: tuple[str, ...] = ()


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """What to write so that no value of either author is lost.

    ``mine`` may name fewer fields than the others; the other two hold at least its fields.
    """
    write: dict[str, Any] = {}
    clashes = []
    for name, value in mine.items():
        then, now = base[name], theirs[name]
        if value in (then, now):
            continue
        if now == then:
            write[name] = value
        elif name in SETS:
            together = union(then, value, now)
            if together != now:
                write[name] = together
        else:
            clashes.append(name)
    return Merged(write, tuple(clashes))


def union(then: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """The members of ``theirs`` without what I took away, and what I added; sorted if numbers."""
    taken = [each for each in then if each not in mine]
    added = [each for each in mine if each not in then and each not in theirs]
    found = [each for each in theirs if each not in taken] + added
    return sorted(found) if all(isinstance(each, int) for each in found) else found
