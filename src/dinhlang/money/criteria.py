"""The criteria that needs are written under: their names, and the set in which each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dinhlang.law.sets import CriteriaSet
from dinhlang.lawbook import selectors as lawbook
from dinhlang.places.models import Unit
from dinhlang.work import naming, spoken_sets
from dinhlang.work.spoken_sets import Spoken

from .models import Need


def names(place: Unit, year: int) -> dict[str, str]:
    """Number → name, in order, of the set for communes in force at the end of the year.

    National names: of several sets the first level's counts. Empty where none is loaded.
    """
    chosen = own_set(year)
    return {each.number: each.name for each in chosen.criteria} if chosen else {}


def own_set(year: int) -> CriteriaSet | None:
    """The set whose numbers the forms of the year offer; None where none is loaded."""
    law = lawbook.law(date(year, 12, 31))
    rows = [each.set for each in law.in_force(subject="commune")]
    return min(rows, key=_rank, default=None)


def _rank(each: CriteriaSet) -> tuple[bool, bool, bool, str]:
    return each.level == "recognition", each.sample, each.level != "ntm", each.id


@dataclass(frozen=True, slots=True)
class Laws:
    """The sets that the needs of a year may stand in: those of its papers, and the year's own."""

    own: CriteriaSet | None
    papers: tuple[Spoken, ...]
    known: Mapping[str, CriteriaSet]

    @classmethod
    def of(cls, place: Unit, year: int) -> Laws:
        """The sets of the place and year."""
        papers = tuple(spoken_sets.of_place(None, place))
        return cls(own_set(year), papers, lawbook.library().sets)

    def law(self, need: Need) -> CriteriaSet | None:
        """The set in which the need's criterion stands; None where that is not certain.

        That of the paper it was taken from; else the year's own, where it calls the number so.
        """
        if not need.criterion:
            return None
        paper = next((p for p in self.papers if need.origin_ref.startswith(p.prefix)), None)
        if paper is not None:
            sets = [self.known[name] for name in paper.sets if name in self.known]
        elif need.origin_ref:
            sets = []
        else:
            sets = [self.own] if self.own is not None else []
        return next((each for each in sets if _called(each, need)), None)

    def titles(self, needs: Iterable[Need]) -> dict[int, tuple[str, str]]:
        """By need: the id of its set, and “2. Giao thông (Xã NTM nâng cao 2021–2025)”.

        The set is named where the needs stand in more than one; it is told where none is certain.
        """
        rows = [need for need in needs if need.criterion]
        laws = {need.pk: self.law(need) for need in rows}
        several = len({law.id if law else "" for law in laws.values()}) > 1
        found = {}
        for need in rows:
            law = laws[need.pk]
            title = f"{need.criterion}. {name}" if (name := self._name(need, law)) else (
                need.criterion
            )  # fmt: skip
            if several:
                title += f" ({law.short or law.title})" if law else " (chưa rõ bộ tiêu chí)"
            found[need.pk] = (law.id if law else "", title)
        return found

    def _name(self, need: Need, law: CriteriaSet | None) -> str:
        if need.criterion_name or law is None:
            return need.criterion_name
        return next((each.name for each in law.criteria if each.number == need.criterion), "")


def _called(law: CriteriaSet, need: Need) -> bool:
    """Whether the set has the number, and calls it as the need does where that names it."""
    own = next((each.name for each in law.criteria if each.number == need.criterion), "")
    if not own or not need.criterion_name:
        return bool(own)
    ours, theirs = set(naming.bare(own).split()), set(naming.bare(need.criterion_name).split())
    return len(ours & theirs) * 2 >= min(len(ours), len(theirs))
