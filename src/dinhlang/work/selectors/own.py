"""A person's own work: what is late, of today, of this week, later, held up, handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from dinhlang.people.access import Action
from dinhlang.people.models import Office, User

from ..models import UNFINISHED, Task, TaskState
from . import tasks
from .lines import Bone, Line, bones, lines

MOST = 20
"""Rows of a part that is not asked for by itself."""


@dataclass(slots=True)
class Part:
    """A part of the page: ``code`` names it in the address, ``tone`` colours its heading."""

    code: str
    name: str
    tone: str = ""
    bones: list[Bone] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return len(self.bones) - len(self.lines)


def parts(
    user: User,
    on: date,
    whole: str = "",
    most: int | None = MOST,
    offices: list[Office] | None = None,
) -> list[Part]:
    """The parts of the person's work that have anything in them, in the order of haste.

    ``whole`` names a part of which all rows are wanted, the others being left out; of the others
    ``most`` rows are shown (None: all). ``offices`` are the person's where they are known.
    """
    most = None if whole else most
    wanted = tasks.mine(user, on, offices).filter(state__in=(*UNFINISHED, TaskState.DONE))
    found = sorted_out(bones(wanted), on)
    found.append(Part("cho-duyet", "Chờ bạn nghiệm thu", bones=bones(to_accept(user))))
    found.insert(0, found.pop())
    kept = [part for part in found if part.bones and whole in ("", part.code)]
    shown = [bone.pk for part in kept for bone in part.bones[:most]]
    ready = {line.pk: line for line in lines(list(dict.fromkeys(shown)), on)}
    for part in kept:
        part.lines = [ready[bone.pk] for bone in part.bones[:most] if bone.pk in ready]
    return kept


def to_accept(user: User) -> QuerySet[Task]:
    """What was handed in and waits for this person's acceptance."""
    return tasks.live(user, Action.REVIEW).filter(state=TaskState.DONE)


def sorted_out(rows: list[Bone], on: date) -> list[Part]:
    """The tasks under the parts of the page; those accepted or dropped are in none."""
    late = Part("qua-han", "Quá hạn", "no")
    today = Part("hom-nay", "Hôm nay", "wait")
    week = Part("tuan-nay", "Từ nay đến Chủ nhật", "wait")
    later = Part("sau", "Sau đó")
    waiting = Part("dang-cho", "Đang chờ")
    handed = Part("da-nop", "Đã nộp, chờ nghiệm thu", "ok")
    sunday = on + timedelta(days=6 - on.weekday())
    for bone in rows:
        if bone.state == TaskState.DONE:
            handed.bones.append(bone)
        elif bone.is_finished or bone.is_dropped:
            continue
        elif bone.end is not None and bone.end < on:
            late.bones.append(bone)
        elif bone.state == TaskState.WAITING:
            waiting.bones.append(bone)
        elif bone.end == on:
            today.bones.append(bone)
        elif bone.end is not None and bone.end <= sunday:
            week.bones.append(bone)
        else:
            later.bones.append(bone)
    return [late, today, week, later, waiting, handed]
