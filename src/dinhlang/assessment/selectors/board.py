"""The board of one unit: every criterion by one set on one day, with what a plan claims."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dinhlang.law.sets import CriteriaSet
from dinhlang.law.verdicts import Counts, CriterionVerdict, SetVerdict, State
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit

from .. import contradictions, reasons, showing
from ..contradictions import Contradiction
from ..showing import Look
from . import claims as claiming
from .claims import Claim, Claims
from .verdicts import Ground, ground, verdict_on

ORDER = (State.MET, State.NOT_MET, State.UNKNOWN, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Tile:
    """One criterion; ``unconfirmed``: its indicators judged by a number nobody confirmed."""

    number: str
    name: str
    group: str
    state: State
    met: int
    total: int
    reason: str
    owner: str
    claim: Claim | None
    contradictions: tuple[Contradiction, ...]
    unconfirmed: int = 0

    @property
    def look(self) -> Look:
        """Word, tone and icon of the state."""
        return showing.state(self.state)

    @property
    def shows_claim(self) -> bool:
        """Whether what the plan says is to be read: facts that settle it replace the claim."""
        return self.claim is not None and self.state is State.UNKNOWN


@dataclass(frozen=True, slots=True)
class Bit:
    """One part of the bar: so many of the indicators, from ``start`` on."""

    look: Look
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A set one may look at instead."""

    set: CriteriaSet
    is_chosen: bool
    in_force: bool

    @property
    def words(self) -> str:
        """The short name with what is to be known of it before it is chosen."""
        says_so = "mẫu)" in self.set.short
        return self.set.short + (" (mẫu)" if self.set.sample and not says_so else "")


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about the set on this day, and another set to look at."""

    text: str
    other: CriteriaSet | None = None


@dataclass(slots=True)
class Board:
    """Everything on the board. ``has_villages``: its villages can be judged by a set of theirs."""

    unit: Unit
    on: date
    verdict: SetVerdict
    tiles: list[Tile]
    claims: Claims
    choices: list[Choice]
    notes: list[Note] = field(default_factory=list)
    has_villages: bool = False

    @property
    def set(self) -> CriteriaSet:
        """The set as amended."""
        return self.verdict.set

    @property
    def look(self) -> Look:
        """The state of the whole."""
        return showing.state(self.verdict.state)

    @property
    def bar(self) -> list[Bit]:
        """The indicators by state, side by side."""
        return bar(self.verdict.indicator_counts)

    @property
    def unconfirmed(self) -> int:
        """How many indicators are judged by a number that nobody confirmed."""
        return sum(tile.unconfirmed for tile in self.tiles)

    @property
    def contradictions(self) -> list[tuple[Tile, Contradiction]]:
        """Everything in which plan, facts and law disagree."""
        return [(tile, each) for tile in self.tiles for each in tile.contradictions]

    @property
    def whole_claim(self) -> Claim | None:
        """What the plan says of the whole set, for a village it names."""
        return self.claims.whole

    @property
    def whole_contradiction(self) -> Contradiction | None:
        """That, where facts say otherwise."""
        return contradictions.of_claim(self.claims.whole, self.verdict.state)


def bar(counts: Counts) -> list[Bit]:
    """The parts of a bar, those with nothing left out."""
    found: list[Bit] = []
    start = 0
    for state in ORDER:
        count = getattr(counts, state.value)
        if count:
            found.append(Bit(showing.state(state), count, start))
            start += count
    return found


def board(
    user: User, unit: Unit, set_id: str, on: date, known_at: datetime | None = None
) -> Board | None:
    """The board by what is known now, or was at ``known_at``.

    None where there is no such set for such a unit.
    """
    here = ground(unit, on)
    found = verdict_on(here, set_id, known_at)
    if found is None:
        return None
    claims = claiming.claims(user, unit, found.set, on)
    return Board(
        unit=unit,
        on=on,
        verdict=found,
        tiles=[_tile(each, claims, here, found.set) for each in found.criteria],
        claims=claims,
        choices=choices(here, set_id),
        notes=notes(here, found.set),
        has_villages=(
            unit.level == Level.COMMUNE and replace(here, subject="village").first() is not None
        ),
    )


def _tile(verdict: CriterionVerdict, claims: Claims, here: Ground, criteria: CriteriaSet) -> Tile:
    criterion = verdict.criterion
    return Tile(
        number=criterion.number,
        name=criterion.name,
        group=criterion.group,
        state=verdict.state,
        met=sum(each.state is State.MET for each in verdict.indicators),
        total=sum(each.state is not State.NOT_APPLICABLE for each in verdict.indicators),
        reason=reasons.short(verdict, here.law, criteria),
        owner=claims.owners.get(criterion.number, ""),
        claim=claims.criteria.get(criterion.number),
        contradictions=tuple(contradictions.of_criterion(verdict, claims, here.law.measures)),
        unconfirmed=sum(reasons.rests_on_unconfirmed(each) for each in verdict.indicators),
    )


def choices(here: Ground, set_id: str) -> list[Choice]:
    """The sets for such a unit: those in force first, then those of other times."""
    return [
        *(Choice(each, each.id == set_id, True) for each in here.in_force()),
        *(Choice(each, each.id == set_id, False) for each in here.others()),
    ]


def notes(here: Ground, criteria: CriteriaSet) -> list[Note]:
    """What a reader of this board must know about the set on this day."""
    found: list[Note] = []
    if criteria.sample:
        found.append(Note("Đây là bộ mẫu để xem thử, không phải quy định của cơ quan nào."))
    in_force = here.in_force()
    is_in_force = any(each.id == criteria.id for each in in_force)
    later = [each for each in here.law.library.sets.values() if criteria.id in each.replaces]
    if here.on < criteria.valid_from:
        found.append(Note(f"Ngày này bộ chưa có hiệu lực: bắt đầu từ {_day(criteria.valid_from)}."))
    elif not is_in_force:
        after = next((each for each in later if each.valid_from <= here.on), None)
        if after is not None:
            text = f"Ngày này bộ đã được thay, từ {_day(after.valid_from)}."
        else:
            text = "Ngày này bộ không còn áp dụng ở đây."
        found.append(Note(text, after))
    elif criteria.years is not None and here.on.year > criteria.years[1]:
        first, last = criteria.years
        after = next((each for each in later if each.valid_from > here.on), None)
        text = f"Giai đoạn {first}–{last} của bộ đã hết; chưa có bộ thay thế nào có hiệu lực."
        if after is not None:
            text = f"Giai đoạn {first}–{last} của bộ đã hết."
        found.append(Note(text, after))
    if is_in_force:
        found += [
            Note(f"Bộ thay thế có hiệu lực từ {_day(each.valid_from)}.", each)
            for each in later
            if each.valid_from > here.on
        ]
    return found


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
