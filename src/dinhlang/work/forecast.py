"""Which tasks will be late, and why: from what comes before them, and from the pace so far.

Pure: no database, no clock. Nothing here is certain, so every answer says what it rests on, in
plain words that a leader can check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import NamedTuple

PACE_MEMORY = 180
"""Days back for which an office's pace is looked at."""
PACE_LEAST = 4
"""Fewer tasks than this say nothing about an office."""
PACE_SLOW = 0.5
"""An office that was on time less often than this will probably be late again."""
PACE_AHEAD = 45
"""Days ahead for which an office's pace is taken as telling."""
BEGUN_AFTER = 0.34
"""A task of which so much of the time has passed should have been begun."""
PARTS_BEHIND = 0.6
"""Subtasks are behind where the share done is less than this part of the share of time."""


class Job(NamedTuple):
    """A task as the forecast needs it.

    ``needs`` are the numbers of tasks to be finished before it, ``parts`` of its own subtasks,
    ``leads`` keys of its leading offices. ``finished_on`` is the day it was done; ``dropped``
    tasks hold nothing up.
    """

    pk: int
    text: str
    start: date | None = None
    end: date | None = None
    begun: bool = False
    finished_on: date | None = None
    dropped: bool = False
    needs: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    leads: tuple[str, ...] = ()
    waiting_for: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.finished_on is None and not self.dropped

    @property
    def length(self) -> int:
        """Days it was planned to take, at least one; one where the plan gives no beginning."""
        if self.start is None or self.end is None:
            return 1
        return (self.end - self.start).days + 1


class Why(StrEnum):
    """What a forecast rests on."""

    BEFORE = "before"
    PART = "part"
    NOT_BEGUN = "not-begun"
    PARTS = "parts"
    OFFICE = "office"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to expect an end on ``day``; ``by`` is the task that causes it, if one does."""

    why: Why
    day: date
    words: str
    by: int | None = None


class Expected(NamedTuple):
    """When a task will probably be finished. ``reasons`` only where that is after its end."""

    job: Job
    day: date
    reasons: tuple[Reason, ...] = ()

    @property
    def days_late(self) -> int:
        """Days after its end, 0 where it will be in time or has no end."""
        return max(0, (self.day - self.job.end).days) if self.job.end else 0

    @property
    def words(self) -> str:
        """Why, the gravest reason first."""
        return " ".join(reason.words for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Pace:
    """How an office has kept its ends of late: tasks that were due, in time, usual days late."""

    name: str
    due: int
    in_time: int
    usual_delay: int

    @property
    def share(self) -> float:
        """In time of all due, 0 to 1."""
        return self.in_time / self.due if self.due else 1.0

    @property
    def is_slow(self) -> bool:
        """Whether it says that the next tasks will be late as well."""
        return self.due >= PACE_LEAST and self.share < PACE_SLOW and self.usual_delay > 0


def paces(jobs: Iterable[Job], on: date, names: Mapping[str, str]) -> dict[str, Pace]:
    """The pace of each leading office over the last ``PACE_MEMORY`` days."""
    since, delays = on - timedelta(days=PACE_MEMORY), defaultdict[str, list[int]](list)
    for job in jobs:
        end = job.end
        if end is None or job.dropped or not since <= end < on:
            continue
        delay = ((job.finished_on or on) - end).days
        for key in job.leads:
            delays[key].append(max(0, delay))
    found = {}
    for key, days in delays.items():
        late = [each for each in days if each > 0]
        usual = round(median(late)) if late else 0
        found[key] = Pace(names.get(key, key), len(days), len(days) - len(late), usual)
    return found


@dataclass(slots=True)
class _Work:
    """The forecast in the making: every task is worked out once."""

    jobs: Mapping[int, Job]
    on: date
    slow: Mapping[str, Pace]
    done: dict[int, Expected] = field(default_factory=dict)


def forecast(
    jobs: Iterable[Job], on: date, names: Mapping[str, str] | None = None
) -> dict[int, Expected]:
    """When each task that is still open, and has an end or is held up, will be finished.

    ``names`` of the leading offices by key. A circle of dependencies holds nothing up.
    """
    known = {job.pk: job for job in jobs}
    found = paces(known.values(), on, names or {})
    work = _Work(known, on, {key: pace for key, pace in found.items() if pace.is_slow})
    # Only what is open pushes others back, so only that has to come before them.
    still = {pk: job for pk, job in known.items() if job.finished_on is None and not job.dropped}
    for pk in _in_order(still):
        work.done[pk] = _expected(work, still[pk])
    return work.done


def _in_order(jobs: Mapping[int, Job]) -> list[int]:
    """The numbers, each after what it needs; within a circle one comes first all the same."""
    order: list[int] = []
    state: dict[int, int] = {}
    for first, job in jobs.items():
        if not (job.needs or job.parts):
            if first not in state:
                state[first] = 2
                order.append(first)
            continue
        stack = [first]
        while stack:
            pk = stack[-1]
            if state.get(pk) == 2:
                stack.pop()
                continue
            if state.get(pk) == 1:
                state[pk] = 2
                order.append(pk)
                stack.pop()
                continue
            state[pk] = 1
            before = (*jobs[pk].needs, *jobs[pk].parts)
            stack += [each for each in before if each in jobs and each not in state]
    return order


def _expected(work: _Work, job: Job) -> Expected:
    end, on = job.end, work.on
    if end is not None and end < on:
        # What is late already needs no forecast of its own; what waits for it starts after today.
        return Expected(job, on)
    least = end or on
    reasons = _held_up(work, job) if job.needs else []
    if job.parts:
        reasons += _by_parts(work, job)
    reasons += _own_pace(work, job)
    if not reasons:
        return Expected(job, least)
    late = [each for each in reasons if end is None or each.day > end]
    late.sort(key=lambda each: each.day, reverse=True)
    day = max([least, *(each.day for each in late)])
    return Expected(job, day, tuple(late) if end is not None else ())


def _held_up(work: _Work, job: Job) -> list[Reason]:
    """The open task before it that ends last, where it pushes this one over its end."""
    before = [work.done[pk] for pk in job.needs if pk in work.done and work.jobs[pk].is_open]
    if not before:
        return []
    last = max(before, key=lambda each: (each.day, -each.job.pk))
    day = last.day + timedelta(days=job.length)
    if job.end is not None and day <= job.end:
        return []
    words = (
        f"Việc trước là “{short(last.job.text)}” {_delay(last, work.on)} nên việc này "
        f"sớm nhất xong {day:%d/%m/%Y}{_over(job, day)}."
    )
    return [Reason(Why.BEFORE, day, words, last.job.pk)]


def _by_parts(work: _Work, job: Job) -> list[Reason]:
    """The subtask that ends last after the whole, and the share of subtasks against the time."""
    known = [work.jobs[pk] for pk in job.parts if pk in work.jobs and not work.jobs[pk].dropped]
    found: list[Reason] = []
    still = [work.done[each.pk] for each in known if each.pk in work.done]
    if still and job.end is not None:
        last = max(still, key=lambda each: each.day)
        if last.day > job.end:
            words = (
                f"Việc con “{short(last.job.text)}” {_delay(last, work.on)}, sau hạn chung "
                f"{(last.day - job.end).days} ngày."
            )
            found.append(Reason(Why.PART, last.day, words, last.job.pk))
    passed = _passed(job, work.on)
    if passed is None or len(known) < 2 or job.start is None:
        return found
    done = sum(not each.is_open for each in known)
    share = done / len(known)
    if passed >= BEGUN_AFTER and share < passed * PARTS_BEHIND:
        spent = (work.on - job.start).days + 1
        day = job.start + timedelta(days=round(spent / share)) if share else _afresh(job, work.on)
        words = (
            f"Mới xong {done}/{len(known)} việc con khi đã hết {round(passed * 100)} % thời gian; "
            f"theo nhịp này xong khoảng {day:%d/%m/%Y}{_over(job, day)}."
        )
        found.append(Reason(Why.PARTS, day, words))
    return found


def _own_pace(work: _Work, job: Job) -> list[Reason]:
    found, passed = list[Reason](), _passed(job, work.on)
    if passed is not None and passed >= BEGUN_AFTER and not (job.begun or job.parts):
        day = _afresh(job, work.on)
        words = (
            f"Đã hết {round(passed * 100)} % thời gian mà chưa bắt đầu; việc dự tính làm "
            f"{job.length} ngày nên xong khoảng {day:%d/%m/%Y}{_over(job, day)}."
        )
        found.append(Reason(Why.NOT_BEGUN, day, words))
    if job.end is None:
        return found
    left = (job.end - work.on).days
    if job.waiting_for and left <= 7:
        day = job.end + timedelta(days=1)
        words = f"Đang chờ {job.waiting_for} mà chỉ còn {left} ngày."
        found.append(Reason(Why.WAITING, day, words))
    slow = [work.slow[key] for key in job.leads if key in work.slow]
    if slow and left <= PACE_AHEAD:
        pace = max(slow, key=lambda each: each.usual_delay)
        day = job.end + timedelta(days=pace.usual_delay)
        words = (
            f"{pace.name} nửa năm qua đúng hạn {pace.in_time}/{pace.due} việc, "
            f"thường chậm {pace.usual_delay} ngày."
        )
        found.append(Reason(Why.OFFICE, day, words))
    return found


def _passed(job: Job, on: date) -> float | None:
    """The share of its time that has passed, 0 to 1; None where that is not known."""
    if job.start is None or job.end is None or on < job.start:
        return None
    return min(1.0, ((on - job.start).days + 1) / job.length)


def _afresh(job: Job, on: date) -> date:
    return on + timedelta(days=job.length - 1)


def _delay(expected: Expected, on: date) -> str:
    end = expected.job.end
    if end is not None and end < on:
        return f"đang chậm {(on - end).days} ngày"
    if expected.days_late:
        return f"dự kiến chậm {expected.days_late} ngày (xong {expected.day:%d/%m/%Y})"
    return f"đến {expected.day:%d/%m/%Y} mới xong"


def _over(job: Job, day: date) -> str:
    if job.end is None or day <= job.end:
        return ""
    return f", chậm {(day - job.end).days} ngày"


def short(text: str, most: int = 70) -> str:
    """The text cut at a word, with “…” where something was left out."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def critical_chain(jobs: Iterable[Job], expected: Mapping[int, Expected]) -> list[int]:
    """The tasks that decide when the last linked task is finished, the first of them first.

    Every day that one of them is late the last one is late. Empty where nothing is linked.
    """
    known = {job.pk: job for job in jobs}

    def finish(pk: int) -> date:
        job = known[pk]
        if pk in expected:
            return expected[pk].day
        return job.finished_on or job.end or date.min

    linked = [
        job.pk for job in known.values()
        if not job.dropped and any(pk in known and not known[pk].dropped for pk in job.needs)
    ]  # fmt: skip
    if not linked:
        return []
    chain = [max(linked, key=lambda pk: (finish(pk), -pk))]
    while True:
        before = [
            pk for pk in known[chain[-1]].needs
            if pk in known and pk not in chain and not known[pk].dropped
        ]  # fmt: skip
        if not before:
            return chain[::-1]
        chain.append(max(before, key=lambda pk: (finish(pk), -pk)))


@dataclass(frozen=True, slots=True)
class Load:
    """What lies on an office: its open tasks, of these late, and those of the next weeks."""

    key: str
    name: str
    open: int
    late: int
    soon: int


BUSY_DAYS = 14
BUSY_LEAST = 5
BUSY_TIMES = 2.0


def loads(jobs: Iterable[Job], on: date, names: Mapping[str, str]) -> list[Load]:
    """The load of each leading office, the heaviest first.

    ``soon`` counts what is late or ends within ``BUSY_DAYS``. Offices of ``names`` that lead
    nothing open are there with zeros.
    """
    until, found = on + timedelta(days=BUSY_DAYS), {key: [0, 0, 0] for key in names}
    for job in jobs:
        if job.finished_on is not None or job.dropped:
            continue
        end = job.end
        for key in job.leads:
            counts = found.setdefault(key, [0, 0, 0])
            counts[0] += 1
            if end is not None and end <= until:
                counts[1] += end < on
                counts[2] += 1
    rows = [Load(key, names.get(key, key), *counts) for key, counts in found.items()]
    return sorted(rows, key=lambda row: (-row.soon, -row.open, row.name))


def too_much(rows: Sequence[Load]) -> list[Load]:
    """Offices with at least ``BUSY_LEAST`` tasks ahead, and twice as many as is usual."""
    busy = [row.soon for row in rows if row.soon]
    usual = median(busy) if busy else 0
    return [row for row in rows if row.soon >= max(BUSY_LEAST, BUSY_TIMES * usual)]
