"""How tasks look in every list: the word, colour and sign of a state, and how near an end is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .models import UNFINISHED, TaskState
from .moments import Standing, distance, standing


@dataclass(frozen=True, slots=True)
class Look:
    """A word with its colour (``ok``, ``no``, ``wait``, ``na``, ``go``) and its sign."""

    words: str
    tone: str
    icon: str


STATES: dict[str, Look] = {
    TaskState.OPEN: Look("Chưa làm", "na", "○"),
    TaskState.DOING: Look("Đang làm", "go", "▸"),
    TaskState.WAITING: Look("Đang chờ", "wait", "…"),
    TaskState.DONE: Look("Đã xong", "ok", "✓"),
    TaskState.ACCEPTED: Look("Đã nghiệm thu", "ok", "✓✓"),
    TaskState.DROPPED: Look("Không làm nữa", "na", "–"),
}
FINISHED = frozenset({TaskState.DONE.value, TaskState.ACCEPTED.value})
LIVE = frozenset(state.value for state in UNFINISHED)
_NEAR_TONES = {Standing.LATE: "no", Standing.TODAY: "wait", Standing.SOON: "wait"}


_SEVERAL = re.compile(r"tiêu chí (?:số )?(\d+(?:, ?\d+)+)", re.IGNORECASE)


def criteria_served(criterion: str, target: str) -> tuple[str, ...]:
    """The numbers of the criteria a task serves: its own, and those that its target lists.

    “Hoàn thành các tiêu chí 6, 8, 13” is how a task names several.
    """
    found = [criterion] if criterion else []
    if not target:
        return tuple(found)
    if several := _SEVERAL.search(target):
        found += re.findall(r"\d+", several[1])
    return tuple(dict.fromkeys(found))


def near(state: str, start: date | None, end: date | None, on: date) -> Look | None:
    """“quá hạn 3 ngày” with its colour; None for what is finished or has no end."""
    if end is None or state not in LIVE:
        return None
    where = standing(start, end, on)
    sign = "!" if where == Standing.LATE else "◷"
    return Look(distance(end, on), _NEAR_TONES.get(where, "na"), sign)


def is_late(state: str, end: date | None, on: date) -> bool:
    """Whether the end has passed and something is still to be done."""
    return state in LIVE and end is not None and end < on
