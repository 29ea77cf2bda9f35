"""Two people's versions of one text, both made from the same one: nothing either typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any


def merged(base: str, theirs: str, mine: str) -> str:
    """The text with both persons' lines: theirs first where both wrote at one place.

    A line that either took out or rewrote is out; every line that either wrote is in.
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    lines = base.split("\n")
    gone_t, new_t = _edits(lines, theirs.split("\n"))
    gone_m, new_m = _edits(lines, mine.split("\n"))
    out: list[str] = []
    for at in range(len(lines) + 1):
        first = new_t.get(at, [])
        out += first
        out += [line for line in new_m.get(at, []) if line not in first]
        if at < len(lines) and at not in gone_t and at not in gone_m:
            out.append(lines[at])
    return "\n".join(out)


def _edits(base: list[str], other: list[str]) -> tuple[set[int], dict[int, list[str]]]:
    """Which lines are gone, and what was written before each."""
    gone: set[int] = set()
    new: dict[int, list[str]] = {}
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind in ("delete", "replace"):
            gone.update(range(a, b))
        if kind in ("insert", "replace"):
            new.setdefault(a, []).extend(other[c:d])
    return gone, new


LINES = frozenset({"attendees", "absent"})
"""Fields of many lines, in which both persons' lines are kept."""


def fields(
    base: Mapping[str, Any], mine: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """What to write of one's own values, and the fields both changed to different ones.

    ``base`` is what one began with, ``now`` what stands there.
    """
    write: dict[str, Any] = {}
    clashes = []
    for name, value in mine.items():
        then, theirs = base.get(name), now[name]
        if value in (then, theirs):
            continue
        if name in LINES:
            together = merged(then or "", theirs, value)
            if together != theirs:
                write[name] = together
        elif theirs == then:
            write[name] = value
        else:
            clashes.append(name)
    return write, clashes
