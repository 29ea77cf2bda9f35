"""The board: a column a state, the most pressing cards on top."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from ..models import Task, TaskState
from ..showing import STATES, Look
from .lines import Bone, Line, bones, lines

MOST = 20
"""Cards of a column that is not asked for by itself."""
WHOLE = 200


@dataclass(slots=True)
class Column:
    """One state with its tasks."""

    state: str
    look: Look
    bones: list[Bone] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return len(self.bones) - len(self.lines)


def columns(
    rows: QuerySet[Task], on: date, whole: str = "", most: int | None = MOST
) -> list[Column]:
    """All columns with ``most`` cards each (None: all), up to ``WHOLE`` of the one named ``whole``.

    Open ones stand by their end; what is done, by when it was done, the newest first.
    """
    found = {state: Column(state, STATES[state]) for state in TaskState.values}
    for bone in bones(rows):
        found[bone.state].bones.append(bone)
    for state in (TaskState.DONE, TaskState.ACCEPTED):
        found[state].bones.sort(key=_when_done, reverse=True)
    shown = {
        column.state: [bone.pk for bone in column.bones[: WHOLE if column.state == whole else most]]
        for column in found.values()
    }
    ready = {line.pk: line for line in lines([pk for pks in shown.values() for pk in pks], on)}
    for column in found.values():
        column.lines = [ready[pk] for pk in shown[column.state] if pk in ready]
    return list(found.values())


def _when_done(bone: Bone) -> tuple[bool, datetime | date | None, int]:
    return bone.done_at is not None, bone.done_at, bone.pk
