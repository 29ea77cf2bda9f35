"""Where a task or a sum of money comes from: the rooms above say how to get there.

An origin is named by a reference whose first part tells the room: ``plan:12:45``,
``meeting:3:7``. The room registers itself when the program starts; this one knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dinhlang.people.models import User


@dataclass(frozen=True, slots=True)
class Source:
    """An origin as a page shows it.

    ``address`` is empty for who may not see it; ``facts`` are names and values, ``lines`` the
    numbered lines of the paper that say it.
    """

    title: str
    address: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)


Address = Callable[[str], str]
Finder = Callable[[str, User], Source | None]

_ADDRESSES: dict[str, Address] = {}
_FINDERS: dict[str, Finder] = {}


def register(scheme: str, address: Address, find: Finder | None = None) -> None:
    """Says how references that begin with ``scheme:`` are found; called when an app is ready.

    ``address(ref)`` gives the page; it asks no database. ``find(ref, user)`` gives all that this
    person may see of it.
    """
    _ADDRESSES[scheme] = address
    if find is not None:
        _FINDERS[scheme] = find


def address(ref: str) -> str:
    """The page of the origin; empty where none is known. Asks no database."""
    finder = _ADDRESSES.get(ref.partition(":")[0])
    return finder(ref) if finder else ""


def source(ref: str, user: User) -> Source | None:
    """The origin as this person may see it; None where nothing more is known of it."""
    finder = _FINDERS.get(ref.partition(":")[0])
    return finder(ref, user) if finder else None
