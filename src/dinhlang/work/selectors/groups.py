"""The work of a place under its offices, villages or criteria, with counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.models import Office
from dinhlang.people.offices import office_key
from dinhlang.places.models import Level, Unit

from ..models import UNFINISHED, Task, TaskState
from . import unheld
from .charged import Charged, leads, only, spellings, under_one_name
from .criteria import Served
from .lines import Bone, Line, bones, villages_of
from .unheld import Lead
from .views import NO_CRITERION, NOBODY, number_order

NOWHERE, SEVERAL = "toan-xa", "nhieu-tieu-chi"


@dataclass
class Group:
    """The tasks of one office, village or criterion. ``helping`` counts those it is a partner in.

    ``lines`` are filled for the groups that a page shows open. Of a criterion, ``law`` is its set,
    and ``head`` the set's name where the group is the first of it.
    """

    key: str
    name: str
    bones: list[Bone] = field(default_factory=list)
    helping: int = 0
    is_open: bool = False
    is_unheld: bool = False
    lines: list[Line] = field(default_factory=list)
    is_gap: bool = False
    law: str = ""
    number: str = ""
    head: str = ""

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


def by_criterion(rows: QuerySet[Task], served: Served) -> list[Group]:
    """Each task under the criterion it serves, set by set.

    A criterion without any work is there as well: that is what a reader looks for. A task of
    several criteria that was divided stands under those that none of its parts serves; where all
    are served, it stands with what is common to several.
    """
    groups: dict[str, Group] = {}
    known = lawbook.library().sets
    for law in served.sets:
        for criterion in known[law].criteria if law in known else ():
            _group(groups, served, law, criterion.number)
    common = Group(SEVERAL, "Chung cho nhiều tiêu chí, đã chia thành việc nhỏ")
    none = Group(NO_CRITERION, "Không gắn tiêu chí nào")
    found = bones(rows)
    parts = in_parts(found)
    for bone in found:
        left = [number for number in bone.criteria if number not in parts.get(bone.pk, ())]
        for number in left:
            law = served.home(bone.criterion_set, number)
            _group(groups, served, law, number).bones.append(bone)
        if not left:
            (common if bone.criteria else none).bones.append(bone)
    order = {law: at for at, law in enumerate(served.sets)}
    ordered = sorted(
        groups.values(), key=lambda group: (order.get(group.law, 99), number_order(group.number))
    )
    before = ""
    for group in ordered:
        head = served.shorts.get(group.law, group.law) or "Chưa rõ bộ tiêu chí"
        group.head, before = ("" if head == before else head), head
    return [*ordered, *(group for group in (common, none) if group.bones)]


def _group(groups: dict[str, Group], served: Served, law: str, number: str) -> Group:
    key = served.key(law, number)
    if key not in groups:
        name = served.names.get(f"{law}|{number}", "") if law else ""
        title = f"Tiêu chí {number}. {name}" if name else f"Tiêu chí {number}"
        groups[key] = Group(key, title, law=law, number=number)
    return groups[key]


def in_parts(found: Iterable[Bone]) -> dict[int, set[str]]:
    """By task of several criteria, those that its parts serve; dropped parts serve none."""
    rows = list(found)
    several = {bone.pk for bone in rows if len(bone.criteria) > 1}
    parts = defaultdict[int, set[str]](set)
    for bone in rows:
        if bone.parent in several and not bone.is_dropped:
            parts[bone.parent].update(bone.criteria)
    return parts
