"""The verdict on one unit by a set for a day, and how it was at the end of earlier months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast

from dinhlang.facts import selectors as facts
from dinhlang.law.evaluating import evaluate
from dinhlang.law.library import Effective, Law
from dinhlang.law.requirements import ContentNotLoaded
from dinhlang.law.sets import CriteriaSet, SetLevel, SubjectLevel
from dinhlang.law.verdicts import SetVerdict, State
from dinhlang.lawbook import selectors as lawbook
from dinhlang.places.models import Unit

from ..showing import ZONE

MONTHS = 12
LEVEL_ORDER: tuple[SetLevel, ...] = (
    "ntm", "advanced", "model", "modern", "village", "model-village", "smart-village",
    "model-garden", "field", "recognition", "province",
)  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """The law of a day at a place, from which sets are chosen and verdicts made.

    ``subject``: the level of the units that are judged, that of the place unless asked otherwise.
    """

    unit: Unit
    on: date
    law: Law
    subject: SubjectLevel

    def effective(self, set_id: str) -> Effective | None:
        """The set as it stands here on the day; None where it is not one for such a unit."""
        found = self.law.get(set_id)
        if found is None or found.set.subject != self.subject or not self._is_here(found.set):
            return None
        return found

    def _is_here(self, criteria: CriteriaSet) -> bool:
        return criteria.territory is None or criteria.territory.code in self.law.territories

    def in_force(self) -> list[CriteriaSet]:
        """The sets in force for such a unit, in the order of levels; samples last."""
        rows = [each.set for each in self.law.in_force(subject=self.subject)]
        return sorted(rows, key=_rank)

    def others(self) -> list[CriteriaSet]:
        """The sets of other times for such a unit, the latest first."""
        now = {each.id for each in self.in_force()}
        rows = [
            each
            for each in self.law.library.sets.values()
            if each.subject == self.subject and each.id not in now and self._is_here(each)
        ]
        return sorted(rows, key=lambda each: (-each.valid_from.toordinal(), _rank(each)))

    def first(self, levels: tuple[str, ...] = ()) -> CriteriaSet | None:
        """The set to begin with: one with content, of these levels if any is, no sample if any.

        A sample stands in only where the real set of its level is hardly loaded.
        """
        rows = self.in_force() or self.others()
        return min(
            rows,
            key=lambda each: (is_bare(each), each.level not in levels, _place(each), each.sample),
            default=None,
        )


def _place(criteria: CriteriaSet) -> int:
    level = criteria.level
    return LEVEL_ORDER.index(level) if level in LEVEL_ORDER else len(LEVEL_ORDER)


def _rank(criteria: CriteriaSet) -> tuple[bool, int, str]:
    return criteria.sample, _place(criteria), criteria.id


def is_bare(criteria: CriteriaSet) -> bool:
    """Whether of half of the indicators, or more, it is not loaded what they demand."""
    loaded = [
        not isinstance(indicator.requirement, ContentNotLoaded)
        for criterion in criteria.criteria
        for indicator in criterion.indicators
    ]
    return 2 * sum(loaded) <= len(loaded)


def ground(unit: Unit, on: date, subject: str = "") -> Ground:
    """The law at the place on the day."""
    # The levels of units carry the same names among places and in the law.
    level = cast(SubjectLevel, subject or str(unit.level))
    return Ground(unit, on, lawbook.law_for(unit, on), level)


def verdict(
    unit: Unit, set_id: str, on: date, known_at: datetime | None = None
) -> SetVerdict | None:
    """The verdict by what is known now (or was at ``known_at``).

    None where there is no such set for such a unit.
    """
    return verdict_on(ground(unit, on), set_id, known_at)


def verdict_on(here: Ground, set_id: str, known_at: datetime | None = None) -> SetVerdict | None:
    """The same, where the law is known already."""
    effective = here.effective(set_id)
    if effective is None:
        return None
    return evaluate(effective, facts.subject(here.unit, here.on, known_at), here.law)


@dataclass(frozen=True, slots=True)
class Point:
    """The counts of one day."""

    on: date
    criteria: int
    indicators: int
    total: int


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion whose state is another than at the end of last month; ``place`` from 1."""

    place: int
    number: str
    name: str
    before: State
    now: State

    @property
    def words(self) -> str:
        """What happened, in one breath."""
        if self.now is State.MET:
            return "▲ mới đạt"
        if self.before is State.MET:
            return "▼ không còn đạt"
        return f"trước: {self.before.words.lower()}"


@dataclass(frozen=True, slots=True)
class Trend:
    """The ends of the last months and the day itself; differences in indicators met.

    A difference is None where the set did not hold yet. ``changes``: since last month.
    """

    points: tuple[Point, ...]
    since_month: int | None
    since_quarter: int | None
    changes: tuple[Change, ...] = ()

    @property
    def fell_month(self) -> int:
        """By how many it fell since the end of last month."""
        return -(self.since_month or 0)

    @property
    def fell_quarter(self) -> int:
        """By how many it fell since the end of last quarter."""
        return -(self.since_quarter or 0)


def end_of(day: date) -> datetime:
    """The last moment of the day, for what was known on it."""
    return datetime.combine(day, time.max, ZONE)


def trend(unit: Unit, set_id: str, on: date, known_then: bool) -> Trend:
    """How many were met at the end of each of the last twelve months, and on the day.

    Each by what was known on its own day (``known_then``), or all by what is known now.
    """
    now = ground(unit, on)
    law = now.law
    points: list[Point] = []
    verdicts: dict[date, SetVerdict] = {}
    for day in (*month_ends(on, MONTHS - 1), on):
        here = replace(now, on=day, law=law.library.at(day, law.territories))
        effective = here.effective(set_id)
        if effective is None or day < effective.set.valid_from:
            continue
        subject = facts.subject(unit, day, end_of(day) if known_then else None)
        found = evaluate(effective, subject, here.law)
        verdicts[day] = found
        counts = found.indicator_counts
        points.append(Point(day, found.criteria_counts.met, counts.met, counts.total))
    by_day = {point.on: point for point in points}
    month, quarter = month_ends(on, 1)[0], quarter_end(on)
    return Trend(
        tuple(points),
        _difference(by_day, month, on),
        _difference(by_day, quarter, on),
        _changes(verdicts.get(month), verdicts.get(on)),
    )


def _changes(before: SetVerdict | None, now: SetVerdict | None) -> tuple[Change, ...]:
    if before is None or now is None:
        return ()
    old = {each.criterion.number: each.state for each in before.criteria}
    return tuple(
        Change(place, each.criterion.number, each.criterion.name, was, each.state)
        for place, each in enumerate(now.criteria, start=1)
        if (was := old.get(each.criterion.number)) is not None and was is not each.state
    )


def _difference(by_day: dict[date, Point], before: date, on: date) -> int | None:
    if before not in by_day or on not in by_day:
        return None
    return by_day[on].indicators - by_day[before].indicators


def month_ends(on: date, count: int) -> list[date]:
    """The last days of the ``count`` months before that of the day, the oldest first."""
    found: list[date] = []
    day = on
    for _ in range(count):
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return found[::-1]


def quarter_end(on: date) -> date:
    """The last day of the quarter before that of the day."""
    return date(on.year, (on.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
