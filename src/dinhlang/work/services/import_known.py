"""What is known of a place when a file of tasks is made for it, or read for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from dinhlang.law.sets import CriteriaSet
from dinhlang.people.access import Action
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold

from .. import said
from ..models import Task, TaskNote
from ..said import Plain
from ..selectors import serving
from ..selectors.tasks import live, villages_of
from ..showing import FINISHED

FROM_FILE = "Tệp Excel"
"""How the origin of a task begins that a file made."""
MARKS = ("tep:state", "tep:accept")
"""What the notes are keyed with that bring a new task into the state its line says."""
Node = int | str
"""A task of a file: the number of one that is there, the key of one that is yet to be made."""


class Known:
    """What a place's file is made of and held against."""

    def __init__(self, user: User, place: Unit, on: date) -> None:
        self.user, self.place, self.on = user, place, on
        self.uses: Counter[str] = Counter()

    @cached_property
    def sets(self) -> list[CriteriaSet]:
        """The sets in force here; the one that most of the tasks serve comes first."""
        rows = live(self.user).filter(place=self.place).exclude(criterion_set="").order_by()
        used = Counter(rows.values_list("criterion_set", flat=True))
        found = serving.sets_of(self.place, self.on)
        return sorted(found, key=lambda each: -used[each.id])

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """All tasks of the place that the person may change, by key, removed ones too."""
        rows = Task.objects.restrict(self.user, Action.EDIT).filter(place=self.place)
        found = rows.prefetch_related("offices", "villages", "needs").order_by("pk")
        return {str(task.key): task for task in found}

    @cached_property
    def live(self) -> dict[int, Task]:
        """Those that are neither removed nor withdrawn, by number."""
        return {
            task.pk: task
            for task in self.tasks.values()
            if task.removed_at is None and task.withdrawn_at is None
        }

    @cached_property
    def brought(self) -> dict[int, int]:
        """The revisions with which files left the tasks that they made, where they gave a state."""
        made = {
            uuid5(UUID(key), mark)
            for key, task in self.tasks.items()
            for mark in MARKS
            if task.origin_text.startswith(FROM_FILE)
        }
        notes = TaskNote.objects.filter(
            task__place=self.place, task__origin_text__startswith=FROM_FILE
        )
        rows = notes.order_by("revision").values_list("key", "task", "revision")
        return {task: revision for key, task, revision in rows if key in made}

    @cached_property
    def words(self) -> dict[Node, str]:
        """The words of the living tasks; those of a file's new ones are added as it is read."""
        return {pk: task.text for pk, task in self.live.items()}

    @cached_property
    def alike(self) -> dict[tuple[str, str], Task]:
        """The living tasks by their words and end."""
        return {
            (fold(task.text), task.end.isoformat() if task.end else ""): task
            for task in self.live.values()
        }

    @cached_property
    def villages(self) -> dict[int, str]:
        """The villages here by number, and those that tasks name."""
        found = {unit.pk: unit.title for unit in villages_of(self.place)}
        for task in self.tasks.values():
            found |= {unit.pk: unit.title for unit in task.villages.all()}
        return found

    @cached_property
    def named(self) -> dict[str, int]:
        """Numbers of villages by any way of writing their names."""
        units = Unit.objects.filter(pk__in=list(self.villages))
        found: dict[str, int] = {}
        for unit in units:
            for name in (unit.title, unit.full_name, unit.name):
                found.setdefault(fold(name), unit.pk)
        return found

    @cached_property
    def criteria(self) -> list[str]:
        """The criteria of the first set and their indicators, as they stand in the list."""
        found = []
        for criterion in self.sets[0].criteria if self.sets else ():
            found.append(f"{criterion.number}. {criterion.name}"[:240])
            found += [f"{one.number} {one.name}"[:240] for one in criterion.indicators]
        return found

    def own_key(self, given: str) -> str:
        """The key here of a task that the file of another place calls by ``given``."""
        return str(uuid5(NAMESPACE_URL, f"dinhlang:work:{self.place.pk}:{given}"))

    def key_of(self, text: str, villages: Sequence[int]) -> str:
        """The key of a line without one: the same for the same line of a file sent again."""
        name = f"dinhlang:work:{self.place.pk}:{fold(text)}:{sorted(villages)}"
        self.uses[name] += 1
        return str(uuid5(NAMESPACE_URL, f"{name}:{self.uses[name]}"))

    def now(self, task: Task) -> Plain:
        """The fields of the task that a file has, plain; nothing more is asked."""
        offices = sorted(task.offices.all(), key=lambda each: each.pk)
        plain: Plain = {name: getattr(task, name) for name in ("text", "product", "remarks")}
        plain |= {name: getattr(task, name) for name in ("criterion_set", "criterion")}
        plain |= {"indicator": task.indicator, "cost": task.cost}
        for name in said.DAYS:
            day = getattr(task, name)
            plain[name] = day.isoformat() if day else None
        plain["lead"] = [each.name for each in offices if each.leads]
        plain["partners"] = [each.name for each in offices if not each.leads]
        plain["villages"] = sorted(unit.pk for unit in task.villages.all())
        plain["after"] = sorted(
            each.after_id for each in task.needs.all() if each.after_id in self.live
        )
        plain["parent"] = task.parent_id if task.parent_id in self.live else None
        plain |= {"state": task.state, "waiting_for": task.waiting_for, "reason": task.reason}
        done = task.done_at if task.state in FINISHED else None
        plain["done_on"] = timezone.localdate(done).isoformat() if done else None
        return plain
