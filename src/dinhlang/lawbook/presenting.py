"""Sets as pages show them: how complete, how far checked, in force when, each rule in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from dinhlang.law.explaining import describe
from dinhlang.law.library import Effective, Law, Library
from dinhlang.law.provenance import CHECKED_WORDS, Checked, Provenance
from dinhlang.law.requirements import ContentNotLoaded, NotLoaded
from dinhlang.law.sets import CriteriaSet, Criterion, Indicator, Territory
from dinhlang.law.walking import thresholds, walk, walk_threshold
from dinhlang.vietnamese import sort_key

from .sheet.decision import LEVELS
from .sheet.unfolding import is_placeholder

TONES: dict[Checked, tuple[str, str]] = {
    "approved": ("ok", "✓"),
    "sourced": ("ok", "✓"),
    "quoted": ("wait", "“"),
    "unverified": ("wait", "?"),
    "sample": ("mau", "◇"),
    "not_loaded": ("na", "…"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag: its tone, its sign, its words, and how many where it counts."""

    tone: str
    icon: str
    words: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A source: an address to open, or the name of a paper."""

    words: str
    href: str = ""


def chip(provenance: Provenance) -> Chip:
    """How far something is checked."""
    tone, icon = TONES[provenance.checked]
    return Chip(tone, icon, provenance.words)


def links(sources: Iterable[str]) -> list[Link]:
    """The sources; an address is shown by its site."""
    return [
        Link(urlsplit(one).netloc.removeprefix("www."), one)
        if one.startswith(("http://", "https://"))
        else Link(one)
        for one in dict.fromkeys(sources)
    ]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a set is known. ``declared`` is what the decision says it has, if known."""

    criteria: int
    indicators: int
    ready: int
    placeholders: int
    declared_criteria: int | None
    declared_indicators: int | None

    @property
    def whole(self) -> bool:
        """Whether every indicator is there and says all that it demands."""
        if self.placeholders or not self.indicators:
            return False
        declared = self.declared_indicators or self.indicators
        return self.ready == self.indicators >= declared

    @property
    def words(self) -> str:
        """“6/47 chỉ tiêu, 3 đủ mức phải đạt”."""
        of = f"/{self.declared_indicators}" if self.declared_indicators else ""
        if not self.indicators:
            return f"0{of} chỉ tiêu, chưa nạp"
        ready = "đủ mức phải đạt" if self.whole else f"{self.ready} đủ mức phải đạt"
        return f"{self.indicators}{of} chỉ tiêu, {ready}"


def completeness(found: CriteriaSet) -> Completeness:
    """How much of the set is known; indicators that only hold a place do not count."""
    every = [i for c in found.criteria for i in c.indicators]
    known = [one for one in every if not is_placeholder(one)]
    declared = found.declared
    return Completeness(
        criteria=len(found.criteria),
        indicators=len(known),
        ready=sum(is_ready(one) for one in known),
        placeholders=len(every) - len(known),
        declared_criteria=declared.criteria if declared else None,
        declared_indicators=declared.indicators if declared else None,
    )


def is_ready(indicator: Indicator) -> bool:
    """Whether nothing of what the indicator demands is left to be loaded."""
    for node in walk(indicator.requirement):
        if isinstance(node, ContentNotLoaded):
            return False
        for threshold in thresholds(node):
            if any(isinstance(one, NotLoaded) for one in walk_threshold(threshold)):
                return False
    return True


def chips(found: CriteriaSet) -> list[Chip]:
    """How far the indicators are checked, with counts, the best first."""
    counts = Counter(i.provenance.checked for c in found.criteria for i in c.indicators)
    return [
        Chip(*TONES[checked], CHECKED_WORDS[checked], counts[checked])
        for checked in TONES
        if counts[checked]
    ]


@dataclass(frozen=True, slots=True)
class Card:
    """A set in the list."""

    set: CriteriaSet
    status: Chip
    completeness: Completeness
    chips: tuple[Chip, ...]
    in_force: bool


def cards(library: Library, on: date) -> list[tuple[str, list[Card]]]:
    """All sets by level, those in force on the day first, the latest before older ones."""
    found: dict[str, list[Card]] = {}
    for each in library.sets.values():
        codes = frozenset({each.territory.code}) if each.territory else frozenset[str]()
        effective = library.at(on, codes).get(each.id)
        if effective is not None:
            found.setdefault(each.level, []).append(_card(effective.set, library, on, codes))
    for group in found.values():
        group.sort(
            key=lambda card: (
                not card.in_force, card.set.territory is not None,
                -card.set.valid_from.toordinal(), sort_key(card.set.title),
            )
        )  # fmt: skip
    return [(words, found[level]) for level, words in LEVELS.items() if level in found]


def _card(found: CriteriaSet, library: Library, on: date, codes: frozenset[str]) -> Card:
    tag, in_force = status(found, library.at(on, codes))
    return Card(found, tag, completeness(found), tuple(chips(found)), in_force)


def status(found: CriteriaSet, law: Law) -> tuple[Chip, bool]:
    """Whether the set is in force on the law's day, in words."""
    if found.valid_from > law.on:
        return Chip("wait", "◷", f"Áp dụng từ {found.valid_from:%d/%m/%Y}"), False
    if found.valid_to is not None and found.valid_to <= law.on:
        return Chip("na", "–", f"Hết hiệu lực từ {found.valid_to:%d/%m/%Y}"), False
    successors = [
        one for one in law.library.sets.values()
        if found.id in one.replaces and one.valid_from <= law.on
        and (one.territory is None or one.territory.code in law.territories)
    ]  # fmt: skip
    if successors:
        by = min(successors, key=lambda one: one.valid_from)
        return Chip("na", "–", f"Được thay từ {by.valid_from:%d/%m/%Y}"), False
    return Chip("ok", "●", "Đang áp dụng"), True


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator on the page of a set."""

    indicator: Indicator
    rule: str
    chip: Chip
    name_chip: Chip
    links: tuple[Link, ...]
    placeholder: bool
    changed_by: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion on the page of a set."""

    criterion: Criterion
    chip: Chip
    links: tuple[Link, ...]
    indicators: tuple[IndicatorView, ...]


@dataclass(frozen=True, slots=True)
class SetView:
    """The page of a set."""

    set: CriteriaSet
    hash: str
    status: Chip
    completeness: Completeness
    chips: tuple[Chip, ...]
    criteria: tuple[CriterionView, ...]
    decision_chip: Chip
    decision_links: tuple[Link, ...]


def view(effective: Effective, law: Law) -> SetView:
    """The set as it stands on the law's day, read like the law."""
    found = effective.set
    amended = {
        number: step.decision or step.title for step in found.lineage[1:] for number in step.numbers
    }
    return SetView(
        set=found,
        hash=effective.hash,
        status=status(found, law)[0],
        completeness=completeness(found),
        chips=tuple(chips(found)),
        criteria=tuple(_criterion(one, found, law, amended) for one in found.criteria),
        decision_chip=chip(found.decision.provenance),
        # The decision need not be named as its own source; an address of it helps.
        decision_links=tuple(one for one in links(found.decision.provenance.sources) if one.href),
    )


def _criterion(
    criterion: Criterion, found: CriteriaSet, law: Law, amended: dict[str, str]
) -> CriterionView:
    return CriterionView(
        criterion,
        chip(criterion.name_provenance),
        tuple(links(criterion.name_provenance.sources)),
        tuple(
            IndicatorView(
                indicator=one,
                rule=describe(one.requirement, law, found),
                chip=chip(one.provenance),
                name_chip=chip(one.name_provenance),
                links=tuple(links([*one.provenance.sources, *one.name_provenance.sources])),
                placeholder=is_placeholder(one),
                changed_by=amended.get(one.number, ""),
            )
            for one in criterion.indicators
        ),
    )


def territories(library: Library) -> Sequence[Territory]:
    """The provinces that have law of their own here, by name."""
    found = {each.territory.code: each.territory for each in library.documents if each.territory}
    return sorted(found.values(), key=lambda one: sort_key(one.name))
