"""What people did to a version by hand, done again to the next one where it still says the same.

A correction is known by the item as it was read and as it was left. It is done again where the
same lines stand in the new paper and were read the same way: field by field, so that what the new
paper changed stays changed. A finding set aside stays so where its words and its lines are the
same.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dinhlang.papers.plan import Finding

from . import draft, fields
from .comparing import told
from .draft import PARTS, Data, Item, NoSuchItem
from .kinds import BY_CODE, Kind

Verb = Literal["change", "add", "drop"]


@dataclass(frozen=True, slots=True)
class Step:
    """One saved edit: its verb, the number of its item, and what the edit remembers."""

    verb: str
    item: int
    before: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Correction:
    """An item corrected by hand: ``raw`` as it was read, ``final`` as it was left.

    ``raw`` is None for an item that was added, or was changed before this was remembered;
    ``final`` is None for one that was dropped.
    """

    verb: Verb
    kind: Kind
    raw: Item | None
    final: Item | None


@dataclass(frozen=True, slots=True)
class Carried:
    """A correction done again: the number of the item in the new document, and what it was."""

    verb: Verb
    item: int
    before: dict[str, Any] | None


def corrections(document: Data, steps: Iterable[Step]) -> list[Correction]:
    """What the edits of a review made of its items, each item once, in the order of the edits."""
    raw: dict[int, Item | None] = {}
    added: set[int] = set()
    dropped: dict[int, Mapping[str, Any]] = {}
    for step in steps:
        was = step.before or {}
        if step.verb == "change" and step.item not in added:
            raw.setdefault(step.item, was.get("was"))
        elif step.verb == "add":
            added.add(step.item)
        elif step.verb == "drop" and was:
            dropped[step.item] = was
        elif step.verb == "restore":
            dropped.pop(step.item, None)
    out = []
    for number in dict.fromkeys([*raw, *added]):
        if number in dropped:
            continue
        try:
            kind, final = draft.part(document, number)
        except NoSuchItem:
            continue
        verb: Verb = "add" if number in added else "change"
        out.append(Correction(verb, kind, raw.get(number), final))
    for number, was in dropped.items():
        if number not in added:
            read = raw.get(number) or was["item"]
            out.append(Correction("drop", BY_CODE[was["kind"]], read, None))
    return out


def carry(old: Data, new: Data, made: Sequence[Correction]) -> tuple[Data, list[Carried]]:
    """The new document (numbered) with the corrections done again, and which were."""
    new = copy.deepcopy(new)
    places = _Places(_text(old), _text(new))
    taken: set[int] = set()
    done: list[Carried] = []
    for each in made:
        if each.kind.code in {kind.code for kind in PARTS.values()}:
            found = _part(new, each)
        elif each.verb == "add":
            found = _added(new, each, places)
        else:
            found = _again(new, each, places, taken)
        if found:
            done.append(found)
    return new, done


def _part(new: Data, each: Correction) -> Carried | None:
    """The head of the paper, or its stated totals: fields that were read as they were then."""
    number = next(number for number, kind in PARTS.items() if kind.code == each.kind.code)
    _, item = draft.part(new, number)
    if each.raw is None or each.final is None:
        return None
    before = copy.deepcopy(item)
    return Carried("change", number, {"was": before}) if _fields(each, item, None) else None


def _added(new: Data, each: Correction, places: _Places) -> Carried | None:
    final = each.final or {}
    shift = places.shift(final)
    if shift is None or any(
        _sense(each.kind, item) == _sense(each.kind, final) for item in draft.items(new, each.kind)
    ):
        return None
    item = _moved(final, shift)
    item["id"] = int(new["next_id"])
    new["next_id"] = item["id"] + 1
    draft.list_of(new, each.kind).append(item)
    return Carried("add", item["id"], None)


def _again(new: Data, each: Correction, places: _Places, taken: set[int]) -> Carried | None:
    """A change or a drop, at the item that stands on the same lines."""
    known = each.raw or each.final or {}
    shift = places.shift(known)
    if shift is None:
        return None
    lines = [line + shift for line in known["lines"]]
    there = [
        item
        for item in draft.items(new, each.kind)
        if list(item.get("lines") or []) == lines and item["id"] not in taken
    ]
    same = [item for item in there if _sense(each.kind, item) == _sense(each.kind, known)]
    if each.verb == "drop":
        if not same:
            return None
        number = int(same[0]["id"])
        place, item = draft.find(new, number)
        draft.items(new, place.kind).pop(place.index)
        was = {"kind": place.kind.code, "index": place.index, "item": item}
        return Carried("drop", number, was)
    fitting = same or (there if len(there) == 1 else [])
    if not fitting:
        return None
    target = fitting[0]
    before = copy.deepcopy(target)
    if not _fields(each, target, shift):
        return None
    taken.add(int(target["id"]))
    return Carried("change", int(target["id"]), {"was": before})


def _fields(each: Correction, item: Item, shift: int | None) -> bool:
    """Writes the corrected fields into ``item``; says whether any was written.

    Of an item whose reading was not remembered all fields are written that the person could see.
    """
    final, raw, wrote = each.final or {}, each.raw, False
    moved = _moved(final, shift or 0)
    for field in each.kind.fields:
        if field.kind == "at":
            continue
        mine, now = told(each.kind, final, field), told(each.kind, item, field)
        read = now if raw is None else told(each.kind, raw, field)
        if mine == read or now != read:
            continue
        head, _, tail = field.name.partition(".")
        if tail:
            inner = dict(item.get(head) or {})
            inner[tail] = fields.read(moved, field.name)
            inner.setdefault("text", "")
            filled = any(value not in (None, "") for value in inner.values())
            item[head] = inner if filled else None
        else:
            item[head] = moved.get(head)
        wrote = True
    return wrote


def _sense(kind: Kind, item: Item) -> tuple[str, ...]:
    return tuple(told(kind, item, field) for field in kind.fields if field.kind != "at")


def silences(
    old: Sequence[Finding],
    old_text: Sequence[str],
    silenced: Mapping[str, str],
    new: Sequence[Finding],
    new_text: Sequence[str],
) -> dict[str, str]:
    """The findings of the new paper to set aside, by number, with the reasons given before.

    A finding is the same where its check, the words it quotes and the lines it names are.
    """
    waiting: dict[tuple[Any, ...], list[str]] = {}
    for finding in old:
        reason = silenced.get(str(draft.finding_number(finding)))
        if reason is not None:
            waiting.setdefault(_mark(finding, old_text), []).append(reason)
    out = {}
    for finding in new:
        reasons = waiting.get(_mark(finding, new_text))
        if reasons:
            out[str(draft.finding_number(finding))] = reasons.pop(0)
    return out


def _mark(finding: Finding, text: Sequence[str]) -> tuple[Any, ...]:
    lines = tuple(_words(text, first, last) for first, last in finding.lines)
    return finding.code, tuple(" ".join(quote.split()) for quote in finding.quotes), lines


def _text(data: Data) -> list[str]:
    return list((data.get("source") or {}).get("text") or [])


def _words(text: Sequence[str], first: int, last: int) -> str:
    return " ".join(" ".join(text[first - 1 : last]).split())


def _moved(item: Item, shift: int) -> Item:
    """The item so many lines further down, without its number."""
    item = copy.deepcopy(item)
    item.pop("id", None)
    _shift(item, shift)
    return item


def _shift(value: Any, shift: int) -> None:
    if isinstance(value, list):
        for inner in value:
            _shift(inner, shift)
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key == "lines" and inner:
            value[key] = [line + shift for line in inner]
        elif key == "spans" and inner:
            value[key] = [[line + shift, start, end] for line, start, end in inner]
        else:
            _shift(inner, shift)


class _Places:
    """Where lines of the old paper stand in the new one."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self.old, self.new = old, new

    def shift(self, item: Mapping[str, Any]) -> int | None:
        """How many lines further down the item's lines stand; None where they do not.

        Lines that stand several times are told apart by their order, and not at all where the
        papers have them different numbers of times.
        """
        first, last = item.get("lines") or (0, 0)
        words = _words(self.old, first, last) if first else ""
        if not words:
            return None
        height = last - first
        here, there = self._all(self.old, words, height), self._all(self.new, words, height)
        if len(here) != len(there) or first not in here:
            return None
        return there[here.index(first)] - first

    @staticmethod
    def _all(text: list[str], words: str, height: int) -> list[int]:
        lead = Counter(words.split()[:1])
        return [
            number
            for number in range(1, len(text) - height + 1)
            if Counter(text[number - 1].split()[:1]) == lead
            and _words(text, number, number + height) == words
        ]
