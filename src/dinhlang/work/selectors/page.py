"""Everything on the page of one task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from dinhlang.facts import catalogue
from dinhlang.facts.models import Evidence
from dinhlang.people.access import Action, can, restrict
from dinhlang.people.among import Among
from dinhlang.people.models import Office, User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, format_money

from .. import origins
from ..models import UNFINISHED, StandIn, Task, TaskLink, TaskOffice, TaskState
from ..said import LABELS
from ..services.following import differences
from ..showing import FINISHED, STATES, Look, near
from . import history as past
from . import serving, standing_in, unheld
from .lines import Line, lines
from .tasks import live, villages_of

MOST_FOUND = 20
MOST_FILES = 40
MOST_OFFICES = 80


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that people set otherwise than the origin says; both in words."""

    field: str
    label: str
    here: str
    there: str


@dataclass(slots=True)
class Part:
    """One part of the task that is edited in place: its name in the address, label and words."""

    slug: str
    label: str
    words: list[str]
    empty: str = "chưa ghi"
    differences: list[Difference] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """The smaller tasks of a task, with their sums: money in đồng, share done in whole %."""

    lines: list[Line]
    cost: int | None
    share: int
    done: int
    count: int

    @property
    def cost_words(self) -> str:
        """The sum in words; empty where none says a cost."""
        return format_money(self.cost) if self.cost is not None else ""


@dataclass
class Page:
    """A task with all that belongs to it, as this person sees it on the day."""

    user: User
    task: Task
    on: date

    @cached_property
    def look(self) -> Look:
        """The state's word, colour and sign."""
        return STATES[self.task.state]

    @cached_property
    def near(self) -> Look | None:
        """How near its end is."""
        return near(self.task.state, self.task.start, self.task.end, self.on)

    @cached_property
    def may_edit(self) -> bool:
        """Whether the person may change it now."""
        return self.task.removed_at is None and self._may(Action.EDIT)

    @cached_property
    def may_review(self) -> bool:
        """Whether the person accepts it."""
        return self.task.removed_at is None and self._may(Action.REVIEW)

    @cached_property
    def may_change(self) -> bool:
        """Whether its fields can be edited; what was accepted stays as it is."""
        return self.may_edit and self.task.state != TaskState.ACCEPTED

    @cached_property
    def may_remove(self) -> bool:
        """Whether the person may delete it."""
        own = self.task.created_by_id == self.user.pk
        return self.may_edit and (own or self._may(Action.REVIEW))

    @cached_property
    def may_restore(self) -> bool:
        """Whether the person may bring the removed task back."""
        own = self.task.removed_by_id == self.user.pk
        return self.task.removed_at is not None and (own or self._may(Action.REVIEW))

    def _may(self, action: Action) -> bool:
        # Whoever may do it at the place may do it with its tasks: no need to look for the row.
        if can(self.user, action, self.task.place):
            return True
        rows = Task.objects.restrict(self.user, action).filter(pk=self.task.pk)
        return bool(rows.exists())

    @cached_property
    def sees_place(self) -> bool:
        """Whether the views of the place's work are open to the person."""
        return can(self.user, Action.VIEW, self.task.place)

    @cached_property
    def offices(self) -> list[TaskOffice]:
        """The offices it names, those who lead first."""
        return list(self.task.offices.order_by("-leads", "pk"))

    @property
    def lead(self) -> list[str]:
        """Who leads."""
        return [each.name for each in self.offices if each.leads]

    @property
    def partners(self) -> list[str]:
        """Who works with them."""
        return [each.name for each in self.offices if not each.leads]

    @cached_property
    def stand_ins(self) -> list[StandIn]:
        """Who stands in for its offices on the day."""
        keys = [each.key for each in self.offices]
        return standing_in.covering(keys, self.task.place, self.on) if keys else []

    @cached_property
    def lacking(self) -> list[unheld.Lacking]:
        """Its leads, where nobody holds any of them."""
        return unheld.lacking(self.task, self.on)

    @cached_property
    def may_manage(self) -> bool:
        """Whether the person puts people into offices of the place."""
        return can(self.user, Action.MANAGE, self.task.place)

    @cached_property
    def offices_here(self) -> list[Office]:
        """The open offices of the place."""
        return list(Office.objects.filter(place=self.task.place, closed_on=None))

    @cached_property
    def villages(self) -> list[Unit]:
        """The villages it names, by name."""
        return list(self.task.villages.order_by("sort_key"))

    @cached_property
    def served(self) -> serving.Served:
        """The criterion it serves, in words."""
        return serving.served(self.task)

    @cached_property
    def _links(self) -> list[tuple[int, int]]:
        """Pairs of a task and the one before it, this one being either."""
        here = Q(task=self.task) | Q(after=self.task)
        return list(TaskLink.objects.filter(here).order_by("pk").values_list("task", "after"))

    @cached_property
    def _family(self) -> dict[int, Line]:
        """The tasks before, after and within this one that the person sees, by number."""
        linked = {pk for pair in self._links for pk in pair}
        rows = Task.objects.restrict(self.user).filter(
            Q(Among("pk", linked)) | Q(parent=self.task, withdrawn_at=None), removed_at=None
        )
        seen = list(rows.order_by("position", "pk").values_list("pk", flat=True))
        return {line.pk: line for line in lines(seen, self.on)}

    def _those(self, wanted: Iterable[int]) -> list[Line]:
        return [self._family[pk] for pk in wanted if pk in self._family]

    @cached_property
    def before(self) -> list[Line]:
        """The tasks that come first."""
        return self._those(after for task, after in self._links if task == self.task.pk)

    @cached_property
    def following(self) -> list[Line]:
        """The tasks that wait for this one."""
        return self._those(task for task, after in self._links if after == self.task.pk)

    @cached_property
    def blocked_by(self) -> list[Line]:
        """What must be finished first and is not."""
        return [each for each in self.before if each.state in UNFINISHED]

    @cached_property
    def parts_of(self) -> Parts:
        """The smaller tasks it is made of."""
        found = [line for line in self._family.values() if line.parent == self.task.pk]
        wanted = [each for each in found if each.state != TaskState.DROPPED]
        costs = [each.cost for each in wanted if each.cost is not None]
        done = sum(each.state in FINISHED for each in wanted)
        return Parts(
            lines=found,
            cost=sum(costs) if costs else None,
            share=100 * done // len(wanted) if wanted else 0,
            done=done,
            count=len(wanted),
        )

    @cached_property
    def history(self) -> list[past.Entry]:
        """What was done to it, the latest first."""
        return past.history(self.task)

    @cached_property
    def files(self) -> list[Evidence]:
        """The files handed in with it, each once, the latest first."""
        found = {each.file.pk: each.file for each in self.history if each.file}
        return [each for each in found.values() if each.set_aside_at is None]

    @cached_property
    def other_files(self) -> list[Evidence]:
        """The newest papers of the place that were not handed in with it."""
        return files_of(self.user, self.task.place, [each.pk for each in self.files])

    @cached_property
    def office_names(self) -> list[str]:
        """Offices to suggest."""
        return office_names(self.task.place)

    @cached_property
    def source(self) -> origins.Source | None:
        """Where it comes from, as this person may see it."""
        return origins.source(self.task.origin_ref, self.user) if self.task.origin_ref else None

    @cached_property
    def differences(self) -> list[Difference]:
        """Where people set it otherwise than its origin says."""
        rows = differences(self.task)
        numbers = {name: (here, there) for name, here, there in rows}
        names = past.names_for(numbers)
        return [
            Difference(
                name, LABELS[name],
                past.words(name, here, names), past.words(name, there, names),
            )
            for name, here, there in rows
        ]  # fmt: skip

    @cached_property
    def parts(self) -> list[Part]:
        """The parts that are edited in place, in the order of the page."""
        task = self.task
        measure = catalogue.known().get(task.measure)
        made = [
            Part("viec", "Việc", [task.text]),
            Part("co-quan", "Chủ trì, phối hợp", self._office_words(), "chưa giao"),
            Part("thoi-gian", "Thời gian", self._time_words(), "chưa có hạn"),
            Part("thon", "Thôn", [each.name for each in self.villages], "cả xã"),
            Part("san-pham", "Sản phẩm phải giao", _words(task.product)),
            Part("tieu-chi", "Tiêu chí, mục tiêu", self._criterion_words(), "chưa gắn"),
            Part(
                "so-lieu", "Số liệu ghi khi nghiệm thu",
                _words(measure.name if measure else task.measure), "không ghi số liệu",
            ),
            Part("kinh-phi", "Kinh phí", self._cost_words()),
            Part(
                "lam-sau", "Làm sau việc", [each.text for each in self.before],
                "không chờ việc nào",
            ),
            Part("ghi-chu", "Ghi chú", _words(task.remarks)),
        ]  # fmt: skip
        by_slug = {part.slug: part for part in made}
        for each in self.differences:
            by_slug[SLUGS[each.field]].differences.append(each)
        return made

    def _office_words(self) -> list[str]:
        found = [f"Chủ trì: {name}" for name in self.lead]
        return found + [f"Phối hợp: {name}" for name in self.partners]

    def _time_words(self) -> list[str]:
        start, end = self.task.start, self.task.end
        if start and end:
            return [f"{start:%d/%m/%Y} – {end:%d/%m/%Y}"]
        return [f"đến {end:%d/%m/%Y}"] if end else [f"từ {start:%d/%m/%Y}"] if start else []

    def _criterion_words(self) -> list[str]:
        said = self.served
        return [each for each in (said.words, said.set_name, self.task.target) if each]

    def _cost_words(self) -> list[str]:
        found = [format_money(self.task.cost)] if self.task.cost is not None else []
        if self.parts_of.cost is not None:
            found.append(f"các việc nhỏ cộng lại {self.parts_of.cost_words}")
        return found


SLUGS = {
    "text": "viec", "start": "thoi-gian", "end": "thoi-gian", "lead": "co-quan",
    "partners": "co-quan", "villages": "thon", "product": "san-pham",
    "criterion_set": "tieu-chi", "criterion": "tieu-chi", "indicator": "tieu-chi",
    "target": "tieu-chi", "measure": "so-lieu", "cost": "kinh-phi", "after": "lam-sau",
    "remarks": "ghi-chu",
}  # fmt: skip
"""The part of the page that each field stands in."""


def _words(text: str) -> list[str]:
    return [text] if text else []


def office_names(place: Unit) -> list[str]:
    """Offices to suggest: those of the place first, then those its tasks name most lately."""
    found = dict.fromkeys(
        Office.objects.filter(place=place, closed_on=None).values_list("title", flat=True)
    )
    named = TaskOffice.objects.filter(task__place=place, task__removed_at=None)
    for name in named.order_by("-pk").values_list("name", flat=True)[:400]:
        found.setdefault(name)
        if len(found) >= MOST_OFFICES:
            break
    return list(found)


def posts_of(place: Unit) -> list[tuple[str, tuple[str, ...]]]:
    """The open offices of the place: pairs of title and the keys of all its names."""
    rows = Office.objects.filter(place=place, closed_on=None)
    return [(each.title, each.keys) for each in rows]


def village_choices(place: Unit, chosen: Iterable[int]) -> list[tuple[Unit, bool]]:
    """The villages of the place today, and those chosen that are gone since."""
    wanted = set(chosen)
    rows = list(villages_of(place)) if place.level != "village" else []
    missing = wanted - {each.pk for each in rows}
    rows += list(Unit.objects.filter(pk__in=missing))
    return [(each, each.pk in wanted) for each in rows]


def others(user: User, task: Task, text: str, without: Sequence[int]) -> list[tuple[int, str]]:
    """Tasks of the same place that could come before this one: number and words."""
    rows = live(user).filter(place=task.place_id).exclude(pk__in=[task.pk, *without])
    for word in fold(text).split():
        rows = rows.filter(search_key__contains=word)
    if not text.strip():
        rows = rows.filter(state__in=UNFINISHED)
    found = rows.order_by("end", "pk")[:MOST_FOUND]
    return [(each.pk, _with_end(each)) for each in found]


def _with_end(task: Task) -> str:
    return f"{task.text[:140]}{f' (hạn {task.end:%d/%m/%Y})' if task.end else ''}"


def files_of(user: User, place: Unit, without: Iterable[int]) -> list[Evidence]:
    """The newest papers of the place that could be handed in with a task."""
    rows: Any = restrict(Evidence.objects.filter(place=place, set_aside_at=None), user)
    return list(rows.exclude(pk__in=list(without)).order_by("-at", "-pk")[:MOST_FILES])


def removed(user: User, place: Unit) -> list[Task]:
    """The place's removed tasks that went by themselves, the latest first, at most 200."""
    rows = Task.objects.restrict(user, Action.EDIT).filter(place=place, removed_at__isnull=False)
    whole = rows.exclude(parent__removed_at__isnull=False)
    return list(whole.select_related("removed_by").order_by("-removed_at")[:200])
