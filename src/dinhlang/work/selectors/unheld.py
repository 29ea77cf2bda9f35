"""Work that nobody has: given to an office that no account holds on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from dinhlang.people.among import Among
from dinhlang.people.models import Grant, Office
from dinhlang.people.offices import VILLAGE_KEYS, answers, keys_of, office_key, the_one
from dinhlang.people.roles import Role
from dinhlang.places.models import Level, Unit

from ..models import UNFINISHED, Task, TaskOffice
from .standing_in import in_force


class Lead(NamedTuple):
    """A task, its place, and the key of an office that leads it."""

    task: int
    place: int
    key: str


@dataclass(frozen=True, slots=True)
class Post:
    """An office by the keys of its names, with one who answers for it ("": nobody)."""

    title: str
    keys: tuple[str, ...]
    person: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Nobodys:
    """The tasks whose leads nobody holds, and the offices in question by place and key."""

    tasks: frozenset[int] = frozenset()
    offices: frozenset[tuple[int, str]] = field(default_factory=frozenset)


def posts(places: Collection[int], on: date) -> dict[int, list[Post]]:
    """The open offices of each place and of its villages, a row a person who answers for it.

    Who stands in on the day answers as who holds it; only people who can sign in.
    """
    rows = Office.objects.filter(
        Q(Among("place_id", places)) | Q(Among("place__parent_id", places)), closed_on=None
    )
    found: dict[int, list[Post]] = {place: [] for place in places}
    covered = dict(
        in_force(on).filter(person__is_active=True).values_list("office", "person__full_name")
    )
    wanted = (
        *("pk", "title", "other_names", "place", "place__parent", "place__level", "place__name"),
        *("holdings__user__full_name", "holdings__start", "holdings__end"),
        "holdings__user__is_active",
    )
    for row in rows.order_by("pk").values_list(*wanted):
        pk, title, other, place, parent, level, name, person, start, end, active = row
        is_today = bool(active) and (start is None or start <= on) and (end is None or end >= on)
        holder = person if is_today else covered.get(pk, "")
        for at in {place, parent} & found.keys():
            is_here = at == place
            keys = keys_of(title, other)
            if not is_here and level == Level.VILLAGE:
                # “Trưởng thôn Soi” is how the commune calls the head whose office is in it.
                keys += tuple(f"{key} {office_key(name)}"[:200] for key in keys)
            found[at].append(Post(title, keys, office_key(holder), is_here))
    return found


def is_held(key: str, here: Iterable[Post]) -> bool:
    """Whether somebody answers for the office that is called so."""
    return any(post.person and answers(key, post.keys, post.person) for post in here)


def among(leads: Iterable[Lead], on: date, known: dict[int, list[Post]] | None = None) -> Nobodys:
    """Which of these tasks nobody has: all the offices that lead them are nobody's.

    Work of the heads of villages is held where a village that the task names, or of all villages
    any, has a head. At most four queries. ``known``: the posts, where the caller has them.
    """
    by_task: dict[int, list[Lead]] = defaultdict(list)
    for lead in leads:
        by_task[lead.task].append(lead)
    wanted = {(lead.place, lead.key) for found in by_task.values() for lead in found}
    if not wanted:
        return Nobodys()
    here = known if known is not None else posts({place for place, _ in wanted}, on)
    empty = {(place, key) for place, key in wanted if not is_held(key, here.get(place, ()))}
    if not empty:
        return Nobodys()
    headed = _Heads(empty, by_task, on)
    tasks, offices = set(), set()
    for task, found in by_task.items():
        lacking = [
            lead for lead in found
            if (lead.place, lead.key) in empty and not headed.answer(lead)
        ]  # fmt: skip
        offices |= {(lead.place, lead.key) for lead in lacking}
        if len(lacking) == len(found):
            tasks.add(task)
    return Nobodys(frozenset(tasks), frozenset(offices))


class _Heads:
    """The heads of villages, who are so by their role and not by an office."""

    def __init__(
        self, empty: set[tuple[int, str]], by_task: dict[int, list[Lead]], on: date
    ) -> None:
        places = {place for place, _ in empty}
        near = Q(Among("place_id", places)) | Q(Among("place__parent_id", places))
        grants = Grant.objects.filter(
            near, role=Role.VILLAGE_HEAD.value, user__is_active=True, place__level=Level.VILLAGE
        ).on(on)
        rows = grants.values_list("place", "place__parent", "place__kind", "place__name").distinct()
        self._names: dict[int, frozenset[str]] = {}
        self._of: dict[int, set[int]] = defaultdict(set)
        for place, parent, kind, name in rows:
            self._names[place] = called(kind, name)
            for at in (place, parent or place):
                self._of[at].add(place)
        self._named: dict[int, set[int]] = defaultdict(set)
        if self._names:
            some = {task for task, found in by_task.items()
                    if any((lead.place, lead.key) in empty for lead in found)}  # fmt: skip
            through: Any = Task.villages.through
            pairs = through.objects.filter(Among("unit_id", set(self._names)))
            for task, unit in pairs.values_list("task_id", "unit_id"):
                if task in some:
                    self._named[task].add(unit)

    def answer(self, lead: Lead) -> bool:
        """Whether a head answers for this lead of the task."""
        named = self._named.get(lead.task, set())
        if lead.key in VILLAGE_KEYS:
            return bool(named or self._of.get(lead.place))
        # A task of the village itself is its head's as one that names it is.
        own = {lead.place} & self._names.keys()
        return any(lead.key in self._names[unit] or lead.key in HEAD for unit in named | own)


HEAD = frozenset(office_key(f"trưởng {kind}") for kind in ("thôn", "khu", "bản", "ấp", "xóm"))
"""How a task of one village calls its head."""


def called(kind: str, name: str) -> frozenset[str]:
    """How papers name a village and its head: the keys of “thôn Soi”, “trưởng thôn Soi” …"""
    village = office_key(f"{kind} {name}")
    before = ("", "truong ", "ban phat trien ", "truong ban phat trien ", "ong truong ")
    return frozenset(f"{each}{village}" for each in before)


def leads_of(rows: QuerySet[Task]) -> list[Lead]:
    """The offices that lead those of the tasks that are unfinished."""
    open_ones = rows.filter(state__in=UNFINISHED).order_by()
    named = TaskOffice.objects.filter(task__in=open_ones.values("pk"), leads=True).order_by()
    return [Lead(*row) for row in named.values_list("task_id", "task__place_id", "key")]


def of_rows(rows: QuerySet[Task], on: date) -> Nobodys:
    """Which of the tasks nobody has on the day."""
    return among(leads_of(rows), on)


def where(unit: Unit, on: date) -> dict[int, list[Post]]:
    """The posts of the place and of its villages, each by its place."""
    return posts({unit.pk}, on)


@dataclass(frozen=True, slots=True)
class Lacking:
    """An office that leads and that nobody holds: as the task calls it, and as the place has it.

    ``office`` is None where the place has no office called so.
    """

    name: str
    office: Office | None


def lacking(task: Task, on: date) -> list[Lacking]:
    """The leads of the task that nobody holds; empty where anybody has the task."""
    named = list(task.offices.all())
    charged = [Lead(task.pk, task.place_id, each.key) for each in named if each.leads]
    if task.state not in UNFINISHED or task.pk not in among(charged, on).tasks:
        return []
    here = list(Office.objects.filter(place=task.place_id, closed_on=None))
    known = [(office.title, office.keys) for office in here]
    by_title = {office.title: office for office in here}
    return [
        Lacking(each.name, by_title.get(the_one(each.key, known)))
        for each in named if each.leads
    ]  # fmt: skip


@dataclass(slots=True)
class Unknown:
    """A name that leads unfinished work and that no office of the place bears."""

    key: str
    name: str
    count: int = 0


def unknown(unit: Unit, helds: Iterable[Office], on: date) -> list[Unknown]:
    """What leads work of the place, is held by nobody and is no office there, the most first."""
    rows = Task.objects.filter(place=unit, removed_at=None, withdrawn_at=None)
    found = among(leads_of(rows), on).offices
    known = [(office.title, office.keys) for office in helds if office.place_id == unit.pk]
    keys = [key for _, key in found if not the_one(key, known)]
    named: dict[str, Unknown] = {}
    open_ones = TaskOffice.objects.filter(
        task__in=rows.filter(state__in=UNFINISHED).order_by().values("pk"), leads=True,
        key__in=keys,
    ) if keys else TaskOffice.objects.none()  # fmt: skip
    for key, name in open_ones.order_by("pk").values_list("key", "name"):
        named.setdefault(key, Unknown(key, name)).count += 1
    return sorted(named.values(), key=lambda each: (-each.count, each.key))
