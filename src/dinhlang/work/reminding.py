"""Who is to be told of which task on a day. Pure: tasks, a rule, people and the day are given.

Every telling hangs on the day on which it *fell due* (the anchor), not on the day somebody
looked. So a machine that was off says the next morning what it had to say, and says it once: the
key is made of the task, its end, the kind, the anchor and the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

ESCALATE_EVERY = 7
"""Days between two times that leaders hear of the same late task."""
ACCEPT_EVERY = 3
"""Days between two times that the same finished task is said to wait for acceptance."""
LONGEST_BEFORE, LONGEST_AFTER = 120, 60


class Kind(StrEnum):
    """What a telling is; the values are those of ``NoticeKind``."""

    BEFORE = "before"
    ACCEPT = "accept"
    ON_DAY = "on-day"
    LATE = "late"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a place speaks of its tasks; the values are the defaults, all in days.

    ``before`` are days before the end; ``after_every`` 0 never speaks of a late task again;
    ``escalate_after`` None never goes to the leaders.
    """

    is_on: bool = True
    before: tuple[int, ...] = (7, 1)
    on_day: bool = True
    after_every: int = 3
    to_partners: bool = False
    to_villages: bool = True
    escalate_after: int | None = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What has a day and people: a task, or a commitment.

    ``sort`` and ``number`` name it in keys. ``done_on`` is the day it was handed in, where it
    waits for acceptance; otherwise it is unfinished. ``leads``, ``partners`` and ``villagers``
    are numbers of people.
    """

    sort: str
    number: int
    text: str
    end: date | None
    done_on: date | None = None
    leads: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()
    villagers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Telling:
    """One person is to be told one thing. ``words`` say how near the end is."""

    matter: Matter
    kind: Kind
    anchor: date
    person: int
    words: str

    @property
    def key(self) -> str:
        """What makes it come once: a new end of the task begins anew."""
        end = self.matter.end or self.anchor
        return (
            f"{self.matter.sort}:{self.matter.number}:{end.isoformat()}:{self.kind}"
            f":{self.anchor.isoformat()}:{self.person}"
        )


@dataclass(frozen=True, slots=True)
class Deciders:
    """Numbers of the people above the work: who leads the place, who accepts tasks."""

    leaders: frozenset[int] = field(default_factory=frozenset)
    reviewers: frozenset[int] = field(default_factory=frozenset)


def plan(matters: Iterable[Matter], rule: Rule, deciders: Deciders, day: date) -> Iterator[Telling]:
    """All that is to be told by the end of this day, each person at most once a task.

    Where a leader also leads the task, the weightier telling is given.
    """
    if not rule.is_on:
        return
    for matter in matters:
        found: dict[int, Telling] = {}
        for kind, anchor, people in _due(matter, rule, deciders, day):
            words = told(kind, matter.end, day)
            for person in people:
                found[person] = Telling(matter, kind, anchor, person, words)
        yield from (found[person] for person in sorted(found))


def _due(
    matter: Matter, rule: Rule, deciders: Deciders, day: date
) -> Iterator[tuple[Kind, date, frozenset[int]]]:
    """Kind, anchor and people, the weightiest last."""
    if matter.done_on is not None:
        anchor = _last(matter.done_on, 0, ACCEPT_EVERY, day)
        if anchor:
            yield Kind.ACCEPT, anchor, deciders.reviewers
        return
    if matter.end is None:
        return
    workers = matter.leads
    if rule.to_partners:
        workers |= matter.partners
    if rule.to_villages:
        workers |= matter.villagers
    # Work that nobody answers for is a matter of those who hand out work.
    workers = workers or deciders.reviewers
    late = (day - matter.end).days
    if late < 0:
        step = min((before for before in rule.before if before >= -late), default=None)
        if step:
            yield Kind.BEFORE, matter.end - timedelta(days=step), workers
    elif late == 0:
        if rule.on_day:
            yield Kind.ON_DAY, matter.end, workers
    else:
        if rule.after_every and (anchor := _last(matter.end, 1, rule.after_every, day)):
            yield Kind.LATE, anchor, workers
        if rule.escalate_after is not None:
            anchor = _last(matter.end, max(rule.escalate_after, 1), ESCALATE_EVERY, day)
            if anchor:
                yield Kind.ESCALATED, anchor, deciders.leaders


def _last(origin: date, first: int, every: int, day: date) -> date | None:
    """The latest of the days origin + first, + first + every, … that is not after ``day``."""
    passed = (day - origin).days - first
    if passed < 0:
        return None
    return origin + timedelta(days=first + passed - passed % every)


def told(kind: Kind, end: date | None, day: date) -> str:
    """``còn 5 ngày, hạn 30/06/2026``; ``quá hạn 3 ngày``; ``đã xong, chờ nghiệm thu``."""
    if kind == Kind.ACCEPT:
        return "đã báo xong, chờ nghiệm thu"
    assert end is not None
    late = (day - end).days
    if late > 0:
        return f"quá hạn {late} ngày (hạn {end:%d/%m/%Y})"
    if late == 0:
        return "hạn hôm nay"
    near = "hạn ngày mai" if late == -1 else f"còn {-late} ngày"
    return f"{near} ({end:%d/%m/%Y})"


class BadRule(ValueError):
    """What was typed cannot be a rule; the message is for the user, ``field`` the box at fault."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def read_days(text: str, field: str = "before") -> tuple[int, ...]:
    """``“7, 3 và 1”`` → ``(7, 3, 1)``, the largest first. Raises ``BadRule``."""
    words = text.replace("và", " ").replace(",", " ").replace(";", " ").split()
    found = set()
    for word in words:
        if not word.isdecimal() or not 1 <= int(word) <= LONGEST_BEFORE:
            raise BadRule(
                f"“{word}” không phải số ngày. Hãy ghi các số từ 1 đến {LONGEST_BEFORE}, "
                "cách nhau bằng dấu phẩy, ví dụ 7, 1.", field,
            )  # fmt: skip
        found.add(int(word))
    if len(found) > 6:
        raise BadRule("Nhắc trước nhiều nhất 6 lần cho một việc.", field)
    return tuple(sorted(found, reverse=True))
