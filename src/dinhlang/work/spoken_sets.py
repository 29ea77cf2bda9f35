"""Which set of criteria the papers of a place speak of: the rooms above that read papers say so.

A room registers itself when the program starts; this one knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dinhlang.people.access import once
from dinhlang.people.models import User
from dinhlang.places.models import Unit


@dataclass(frozen=True, slots=True)
class Spoken:
    """A paper and its sets.

    ``prefix`` begins the reference of what comes from the paper (“plan:12:”), ``title`` is for
    people, ``sets`` are the ids of the sets whose criteria it names, the main one first.
    ``names``: by number what the paper calls a criterion.
    """

    prefix: str
    title: str
    sets: tuple[str, ...]
    names: dict[str, tuple[str, ...]]


Finder = Callable[[User | None, Unit], list[Spoken]]

_FINDERS: list[Finder] = []


def register(find: Finder) -> None:
    """Says which papers of a place speak of which sets; called when an app is ready.

    ``find(user, place)`` gives those that this person may see; None stands for the program.
    """
    if find not in _FINDERS:
        _FINDERS.append(find)


def of_place(user: User | None, place: Unit) -> list[Spoken]:
    """The papers of the place, the newest first; a page that only reads asks once."""

    def ask() -> list[Spoken]:
        return [each for find in _FINDERS for each in find(user, place)]

    return once(("spoken sets", place.pk, user.pk if user else None), ask)


def ids(user: User | None, place: Unit) -> list[str]:
    """The sets of those papers, each once."""
    return list(dict.fromkeys(name for each in of_place(user, place) for name in each.sets))
