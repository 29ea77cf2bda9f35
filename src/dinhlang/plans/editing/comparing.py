"""What a new version of a plan changed: items matched by what they say, then told apart.

Every item of either version appears exactly once. Items that say the same are matched first, then
those known by the same number or code, then the most alike; what is left was added or dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from dinhlang.vietnamese import fold

from . import fields
from .draft import Data, Item, items
from .kinds import DOCUMENT, KINDS, STATED, Kind

Change = Literal["same", "changed", "added", "dropped"]

ALIKE = 0.6
"""From this share of common letters (0…1) two texts may be one item that was reworded."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An item in both versions, or in one of them."""

    kind: Kind
    old: Item | None
    new: Item | None
    differences: tuple[Difference, ...] = ()

    @property
    def change(self) -> Change:
        """What happened to it."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "dropped"
        return "changed" if self.differences else "same"

    @property
    def title(self) -> str:
        """The item's name, of the new version where it has it."""
        item = self.new or self.old or {}
        return str(item.get(self.kind.title) or item.get("title") or self.kind.name)


def compare(old: Data, new: Data) -> list[Pair]:
    """Every item of both versions, kind by kind, in the order of the new version.

    Where an item stands in the paper is no difference: a line added above moves all the others.
    """
    pairs = [_whole(kind, old, new) for kind in (DOCUMENT, STATED)]
    texts = _text_of(old), _text_of(new)
    for kind in KINDS:
        pairs.extend(_match(kind, items(old, kind), items(new, kind), texts))
    return pairs


def _text_of(data: Data) -> list[str]:
    return list((data.get("source") or {}).get("text") or [])


def _whole(kind: Kind, old: Data, new: Data) -> Pair:
    def part(data: Data) -> Item:
        found: Any = data
        for name in kind.path:
            found = (found or {}).get(name)
        return found or {}

    return Pair(kind, part(old), part(new), differences(kind, part(old), part(new)))


def differences(kind: Kind, old: Item, new: Item) -> tuple[Difference, ...]:
    """The fields that differ, in the order of the form, lines of the paper left out."""
    found = []
    for field in kind.fields:
        if field.kind == "at":
            continue
        before, after = told(kind, old, field), told(kind, new, field)
        if before != after:
            found.append(Difference(field.label, before, after))
    return tuple(found)


def told(kind: Kind, item: Item, field: fields.Field) -> str:
    """The value of a field in words, the same for what says the same."""
    value = fields.read(item, field.name)
    if field.kind == "lines" and value:
        value = [entry["text"] for entry in value]
    return " ".join(fields.told(field, value).split())


def _match(
    kind: Kind, old: Sequence[Item], new: Sequence[Item], texts: tuple[list[str], list[str]]
) -> Iterator[Pair]:
    partner: dict[int, int] = {}
    for key in (
        lambda item: (item.get("id"), _sense(kind, item)),
        lambda item: _sense(kind, item),
        lambda item: _name(kind, item),
    ):
        _by_key(key, key, old, new, partner)
    # The same words of the paper read another way, or corrected by hand in one version only.
    _by_key(_line_of(texts[0]), _line_of(texts[1]), old, new, partner)
    _by_likeness(kind, old, new, partner)
    taken = set(partner.values())
    for place, item in enumerate(new):
        if place in partner:
            before = old[partner[place]]
            yield Pair(kind, before, item, differences(kind, before, item))
        else:
            yield Pair(kind, None, item)
    for place, item in enumerate(old):
        if place not in taken:
            yield Pair(kind, item, None)


Key = Callable[[Item], Hashable | None]


def _line_of(text: list[str]) -> Key:
    def key(item: Item) -> Hashable | None:
        first, last = item.get("lines") or (0, 0)
        return tuple(line.strip() for line in text[first - 1 : last]) if first else None

    return key


def _by_key(
    old_key: Key,
    new_key: Key,
    old: Sequence[Item],
    new: Sequence[Item],
    partner: dict[int, int],
) -> None:
    """Matches items of the same key, first with first; ``partner`` maps new places to old."""
    taken = set(partner.values())
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for place, item in enumerate(old):
        if place not in taken and (found := old_key(item)) is not None:
            waiting[found].append(place)
    for place, item in enumerate(new):
        found = new_key(item)
        if place not in partner and found is not None and waiting.get(found):
            partner[place] = waiting[found].pop(0)


def _sense(kind: Kind, item: Item) -> Hashable:
    return tuple(told(kind, item, field) for field in kind.fields if field.kind != "at")


def _name(kind: Kind, item: Item) -> Hashable | None:
    """What people know the item by, where that alone tells it from the others."""
    names = {
        "criteria": (item.get("number"), item.get("level")) if item.get("number") else None,
        "targets": (item.get("code"), fold(str(item.get("text")))) if item.get("code") else None,
        "legal_bases": item.get("number"),
        "reporting": (item.get("from"), item.get("to")) if item.get("from") else None,
        "duties": (fold(str(item.get("office"))), fold(str(item.get("text")))),
        "waves": item.get("start"),
    }
    if kind.code in names:
        return names[kind.code]
    return fold(" ".join(str(item.get(kind.title) or "").split())) or None


def _by_likeness(
    kind: Kind, old: Sequence[Item], new: Sequence[Item], partner: dict[int, int]
) -> None:
    taken = set(partner.values())
    befores = [(place, _text(kind, item)) for place, item in enumerate(old) if place not in taken]
    afters = [(place, _text(kind, item)) for place, item in enumerate(new) if place not in partner]
    scores = []
    for n, after in afters:
        matcher = SequenceMatcher(b=after, autojunk=False)
        for o, before in befores:
            matcher.set_seq1(before)
            # The two quick bounds spare most of the pairs the long comparison.
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                score = matcher.ratio()
                if score >= ALIKE:
                    scores.append((-score, abs(n - o), n, o))
    for _, _, n, o in sorted(scores):
        if n not in partner and o not in taken:
            partner[n] = o
            taken.add(o)


def _text(kind: Kind, item: Item) -> str:
    """The item's words for likeness, folded, at most 400 letters."""
    if kind.code == "duties":
        return fold(f"{item.get('office')} {item.get('text')}")[:400]
    return fold(str(item.get(kind.title) or item.get("title") or ""))[:400]


def inherit(old: Data, new: Data, pairs: Sequence[Pair]) -> Data:
    """The new version with the numbers its items had in the old one; the others get fresh ones.

    ``new`` must be the document ``pairs`` was made from, not yet numbered.
    """
    from .draft import numbered, walk

    given = {id(pair.new): pair.old["id"] for pair in pairs if pair.new and pair.old
             and "id" in pair.old}  # fmt: skip
    for _, _, item in walk(new):
        item.pop("id", None)
        if id(item) in given:
            item["id"] = given[id(item)]
    new["next_id"] = old.get("next_id")
    return numbered(new)
