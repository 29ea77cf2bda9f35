"""Which office answers for a criterion of a place: the rooms above that read papers say so.

A room registers itself when the program starts; this one knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dinhlang.people.models import User
from dinhlang.places.models import Unit


@dataclass(frozen=True, slots=True)
class Owner:
    """An office with the paper that charges it, in words, and the line of it as an address."""

    office: str
    source: str
    address: str = ""


Finder = Callable[[User, Unit, str], Mapping[str, Owner]]

_FINDERS: list[Finder] = []


def register(find: Finder) -> None:
    """Says who answers for what; called when an app is ready.

    ``find(user, place, set_id)`` gives owners by the number of the criterion in that set, from
    papers that this person may see.
    """
    if find not in _FINDERS:
        _FINDERS.append(find)


def of_place(user: User, place: Unit, set_id: str) -> dict[str, Owner]:
    """The owners of the set's criteria at the place; those of the first room that knows one."""
    found: dict[str, Owner] = {}
    for find in _FINDERS:
        found = {**find(user, place, set_id), **found}
    return found
