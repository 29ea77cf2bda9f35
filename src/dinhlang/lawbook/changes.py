"""What a loaded text changes: indicators added, changed, removed, each with its rule in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dinhlang.law.explaining import describe
from dinhlang.law.library import Effective, Law, Library
from dinhlang.law.provenance import Provenance
from dinhlang.law.sets import Amendment, CriteriaSet, Criterion, Indicator
from dinhlang.law.walking import measures_of, walk
from dinhlang.law.writing import digest
from dinhlang.vietnamese import fold, format_date

from .sheet.unfolding import is_placeholder

Kind = Literal["added", "changed", "removed", "same"]


@dataclass(frozen=True, slots=True)
class Side:
    """An indicator before or after: its number, name, rule in words, and how far it is checked."""

    criterion: str
    number: str
    name: str
    rule: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Difference:
    """One indicator. ``old`` is None where it is new, ``new`` where it is gone."""

    kind: Kind
    old: Side | None
    new: Side | None

    @property
    def rule_changes(self) -> bool:
        """Whether what is demanded is another."""
        return self.old is not None and self.new is not None and self.old.rule != self.new.rule

    @property
    def name_changes(self) -> bool:
        """Whether the words of the indicator are others."""
        return self.old is not None and self.new is not None and self.old.name != self.new.name

    @property
    def provenance_changes(self) -> bool:
        """Whether it is checked further, or less."""
        if self.old is None or self.new is None:
            return False
        return self.old.provenance.checked != self.new.provenance.checked


@dataclass(frozen=True, slots=True)
class Aside:
    """Something said of the decision that changes: its heading, before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything a text changes, against ``before`` (None: it stands in nothing's place).

    ``beside`` are the sets of its kind that stay in force; ``asides`` what changes besides the
    indicators; ``identical``: the very same text is law already.
    """

    before: CriteriaSet | None
    after: CriteriaSet
    differences: tuple[Difference, ...]
    beside: tuple[CriteriaSet, ...] = ()
    asides: tuple[Aside, ...] = ()
    identical: bool = False

    @property
    def nothing(self) -> bool:
        """Whether no indicator is added, changed or removed."""
        return all(one.kind == "same" for one in self.differences)

    def of(self, kind: Kind) -> list[Difference]:
        """Those of one kind, in the order of the new set."""
        return [one for one in self.differences if one.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {kind: len(self.of(kind)) for kind in ("added", "changed", "removed", "same")}


def changes_of(document: CriteriaSet | Amendment, library: Library) -> Changes:
    """What the document changes on its first day, against the law without it."""
    day = document.valid_from
    codes = frozenset({document.territory.code}) if document.territory else frozenset[str]()
    old_law = library.at(day, codes)
    new_law = library.plus(
        [document] if isinstance(document, CriteriaSet) else [],
        [document] if isinstance(document, Amendment) else [],
    ).at(day, codes)
    if isinstance(document, CriteriaSet):
        name, before = document.id, _before(document, old_law)
    else:
        name, before = document.amends, old_law.get(document.amends)
    found = new_law.get(name)
    assert found is not None
    old = before.set if before is not None else None
    differences = _differences(
        old, old_law, found.set, new_law, by_number=old is not None and old.id == name
    )
    return Changes(
        old,
        found.set,
        tuple(differences),
        tuple(_beside(document, old_law)) if isinstance(document, CriteriaSet) else (),
        tuple(_asides(old, document)) if isinstance(document, CriteriaSet) and old else (),
        any(one.id == document.id and digest(one) == digest(document) for one in library.documents),
    )


def _before(document: CriteriaSet, law: Law) -> Effective | None:
    """The set whose place it takes: the one of its own id, or one that it says it replaces."""
    if (same := law.get(document.id)) is not None:
        return same
    for name in document.replaces:
        replaced = law.get(name)
        if replaced is not None and replaced.set.level == document.level:
            return replaced
    return None


def _beside(document: CriteriaSet, law: Law) -> Iterable[CriteriaSet]:
    """The sets of its kind that go on; made-up ones only beside a made-up one."""
    for each in law.in_force(document.level, document.subject):
        own = each.set.id == document.id or each.set.id in document.replaces
        if not own and (document.sample or not each.set.sample):
            yield each.set


def _asides(old: CriteriaSet, new: CriteriaSet) -> Iterable[Aside]:
    pairs = (
        ("Tên bộ", old.title, new.title),
        ("Tên ngắn", old.short, new.short),
        ("Số quyết định", old.decision.number, new.decision.number),
        ("Cơ quan ban hành", old.decision.issuer, new.decision.issuer),
        ("Ngày ban hành", _day(old.decision.date), _day(new.decision.date)),
        ("Có hiệu lực từ", _day(old.valid_from), _day(new.valid_from)),
        ("Hết hiệu lực từ", _day(old.valid_to), _day(new.valid_to)),
        ("Giai đoạn", _span(old), _span(new)),
        ("Thay thế", ", ".join(old.replaces), ", ".join(new.replaces)),
        ("Cần đạt", str(old.at_least or "tất cả"), str(new.at_least or "tất cả")),
    )
    return (Aside(label, was or "chưa ghi", now or "chưa ghi") for label, was, now in pairs
            if was != now)  # fmt: skip


def _day(day: date | None) -> str:
    return format_date(day) if day is not None else ""


def _span(found: CriteriaSet) -> str:
    return f"{found.years[0]} - {found.years[1]}" if found.years else ""


def _differences(
    old: CriteriaSet | None, old_law: Law, new: CriteriaSet, new_law: Law, *, by_number: bool
) -> Iterable[Difference]:
    before = list(_indicators(old)) if old is not None else []
    left = dict(enumerate(before))
    for criterion, indicator in _indicators(new):
        at = _match(indicator, left, by_number=by_number)
        after = _side(criterion, indicator, new, new_law)
        if at is None or old is None:
            yield Difference("added", None, after)
            continue
        was = _side(*left.pop(at), old, old_law)
        same = (was.name, was.rule, was.provenance.checked) == (
            after.name, after.rule, after.provenance.checked,
        )  # fmt: skip
        yield Difference("same" if same else "changed", was, after)
    if old is not None:
        for criterion, indicator in left.values():
            yield Difference("removed", _side(criterion, indicator, old, old_law), None)


def _indicators(found: CriteriaSet) -> Iterable[tuple[Criterion, Indicator]]:
    """Those that are known: what only holds a place is neither new nor missed."""
    return (
        (criterion, one)
        for criterion in found.criteria
        for one in criterion.indicators
        if not is_placeholder(one)
    )


def _match(
    indicator: Indicator, left: dict[int, tuple[Criterion, Indicator]], *, by_number: bool
) -> int | None:
    """Which of the old ones it is: by number within one set, by name, by what is measured."""
    if by_number:
        for at, (_, one) in left.items():
            if one.number == indicator.number:
                return at
    for at, (_, one) in left.items():
        if fold(one.name) == fold(indicator.name):
            return at
    measured = _measures(indicator)
    for at, (_, one) in left.items():
        if measured and measured == _measures(one):
            return at
    return None


def _measures(indicator: Indicator) -> list[str]:
    return [name for node in walk(indicator.requirement) for name, _ in measures_of(node)]


def _side(criterion: Criterion, indicator: Indicator, found: CriteriaSet, law: Law) -> Side:
    return Side(
        criterion=f"{criterion.number}. {criterion.name}",
        number=indicator.number,
        name=indicator.name,
        rule=describe(indicator.requirement, law, found),
        provenance=indicator.provenance,
    )
