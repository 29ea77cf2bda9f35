"""The work of a place under its offices, villages or criteria, with counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from dinhlang.people.models import Office
from dinhlang.people.offices import office_key
from dinhlang.places.models import Level, Unit

from ..models import UNFINISHED, Task, TaskState
from . import unheld
from .charged import Charged, leads, only, spellings, under_one_name
from .lines import Bone, Line, bones, villages_of
from .unheld import Lead
from .views import NO_CRITERION, NOBODY, number_order

NOWHERE = "toan-xa"


@dataclass
class Group:
    """The tasks of one office, village or criterion. ``helping`` counts those it is a partner in.

    ``lines`` are filled for the groups that a page shows open.
    """

    key: str
    name: str
    bones: list[Bone] = field(default_factory=list)
    helping: int = 0
    is_open: bool = False
    is_unheld: bool = False
    lines: list[Line] = field(default_factory=list)
    is_gap: bool = False

    @cached_property
    def states(self) -> Counter[str]:
        """How many are in each state; to be asked once all of them are there."""
        return Counter(bone.state for bone in self.bones)

    @property
    def total(self) -> int:
        """All that were not dropped."""
        return len(self.bones) - self.states[TaskState.DROPPED]

    @property
    def done(self) -> int:
        """Done or accepted."""
        return self.states[TaskState.DONE] + self.states[TaskState.ACCEPTED]

    @property
    def doing(self) -> int:
        """Under way."""
        return self.states[TaskState.DOING]

    @property
    def waiting(self) -> int:
        """Held up."""
        return self.states[TaskState.WAITING]

    def late(self, on: date) -> int:
        """Past their end."""
        return sum(bone.is_late(on) for bone in self.bones)

    @property
    def shares(self) -> list[tuple[str, float, float]]:
        """The bar: tone, where it begins and how wide it is, in hundredths of its length."""
        if not self.total:
            return []
        found, at = list[tuple[str, float, float]](), 0.0
        parts = (("ok", self.done), ("go", self.doing), ("wait", self.waiting))
        for tone, count in parts:
            width = count / self.total * 100
            if count:
                found.append((tone, round(at, 2), round(width, 2)))
            at += width
        return found


def by_office(
    rows: QuerySet[Task], offices: Iterable[Charged], unit: Unit, on: date
) -> list[Group]:
    """Each task under those of the offices that lead it; those nobody leads come first.

    The offices of the place that lead nothing are there as well; what nobody holds on the day and
    leads unfinished work is marked.
    """
    found = bones(rows)
    held = Office.objects.filter(place=unit, closed_on=None).order_by("title")
    posts = [(each.title, each.keys) for each in held]
    named = under_one_name(only(offices, {bone.pk for bone in found}), posts)
    names = spellings(named)
    for title, _ in posts:
        names.setdefault(office_key(title), title)
    leading, helping = leads(named), defaultdict[str, int](int)
    for each in named:
        if not each.leads:
            helping[each.key] += len(each.tasks)
    groups = {key: Group(key, name, helping=helping[key]) for key, name in names.items()}
    gap = Group(NOBODY, "Chưa giao cho ai", is_gap=True)
    for bone in found:
        for key in leading.get(bone.pk) or ():
            groups[key].bones.append(bone)
        if bone.pk not in leading:
            gap.bones.append(bone)
    _mark_unheld(groups, found, leading, on)
    ordered = sorted(groups.values(), key=lambda group: (not group.bones, group.key))
    return [gap, *ordered] if gap.bones else ordered


def _mark_unheld(
    groups: Mapping[str, Group], found: Iterable[Bone], leading: Mapping[int, list[str]], on: date
) -> None:
    open_ones = [bone for bone in found if bone.state in UNFINISHED]
    charged = [Lead(e.pk, e.place, key) for e in open_ones for key in leading.get(e.pk) or ()]
    for _, key in unheld.among(charged, on).offices:
        groups[key].is_unheld = True


def by_village(rows: QuerySet[Task], unit: Unit) -> list[Group]:
    """Each task under the villages it names; those of the whole place come last."""
    villages = Unit.objects.filter(parent=unit, level=Level.VILLAGE, valid_to=None)
    if unit.level == Level.VILLAGE:
        villages = Unit.objects.filter(pk=unit.pk)
    groups = {each.pk: Group(str(each.pk), each.title) for each in villages.order_by("sort_key")}
    named = defaultdict[int, list[int]](list)
    naming = villages_of(rows)
    for village, of in naming.items():
        for task in of:
            named[task].append(village)
    whole = Group(NOWHERE, f"Chung toàn {unit.kind}")
    missing = naming.keys() - groups.keys()
    for each in Unit.objects.filter(pk__in=missing).order_by("sort_key") if missing else ():
        groups[each.pk] = Group(str(each.pk), each.title)
    for bone in bones(rows):
        here = named.get(bone.pk) or ([bone.place] if bone.place in groups else [])
        for village in here:
            groups[village].bones.append(bone)
        if not here:
            whole.bones.append(bone)
    return [*groups.values(), whole] if whole.bones else list(groups.values())


def by_criterion(rows: QuerySet[Task], names: Mapping[str, str]) -> list[Group]:
    """Each task under the criterion it serves. ``names`` of all criteria of the set in use.

    A criterion without any work is there as well: that is what a reader looks for.
    """
    groups = {
        number: Group(number, f"{number}. {name}")
        for number, name in sorted(names.items(), key=lambda pair: number_order(pair[0]))
    }
    none = Group(NO_CRITERION, "Không gắn tiêu chí nào")
    for bone in bones(rows):
        for number in bone.criteria:
            if number not in groups:
                groups[number] = Group(number, f"Tiêu chí {number}")
            groups[number].bones.append(bone)
        if not bone.criteria:
            none.bones.append(bone)
    found = sorted(groups.values(), key=lambda group: number_order(group.key))
    return [*found, none] if none.bones else found
