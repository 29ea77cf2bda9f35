"""What pages of leave, hand-over and delegation show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from dinhlang.people.access import Action, restrict
from dinhlang.people.models import Grant, Office, OfficeHolding, User
from dinhlang.people.offices import answers
from dinhlang.places.models import Closure, Unit

from ..models import UNFINISHED, HandOver, StandIn, Task, TaskOffice
from .tasks import meant_keys

MOST = 300


@dataclass(slots=True)
class Held:
    """An office with who holds it, who stands in for it, and how much it has unfinished."""

    office: Office
    holders: list[User] = field(default_factory=list)
    stand_ins: list[StandIn] = field(default_factory=list)
    unfinished: int = 0
    late: int = 0

    @property
    def is_nobodys(self) -> bool:
        """Whether it leads work and nobody answers for it on any day known."""
        return bool(self.unfinished) and not self.holders and not self.stand_ins


def offices(place: Unit, on: date) -> list[Held]:
    """The open offices of the place and of its villages, with their work of the day."""
    below = Closure.objects.filter(ancestor=place).values("descendant")
    rows = Office.objects.filter(Q(place=place) | Q(place__in=below), closed_on=None)
    found = {
        row.pk: Held(row)
        for row in rows.select_related("place").order_by("-place__level", "place_id", "title")
    }
    for holding in (
        OfficeHolding.objects.filter(office__in=found).on(on).select_related("user").order_by("pk")
    ):
        found[holding.office_id].holders.append(holding.user)
    for row in StandIn.objects.filter(office__in=found, ended_at=None, last__gte=on).select_related(
        "person"
    ):
        found[row.office_id].stand_ins.append(row)
    _count(list(found.values()), on)
    here = [held for held in found.values() if held.office.place_id == place.pk]
    return here + [held for held in found.values() if held.office.place_id != place.pk]


def _count(helds: list[Held], on: date) -> None:
    """How much each office leads that is unfinished, in one query for all."""
    places = {held.office.place_id for held in helds}
    rows = TaskOffice.objects.filter(
        task__place__in=places, task__removed_at=None, task__withdrawn_at=None,
        task__state__in=UNFINISHED, leads=True,
    ).values_list("task__place", "key", "task", "task__end")  # fmt: skip
    by_key: dict[tuple[int, str], list[tuple[int, date | None]]] = {}
    for place_id, key, task_id, end in rows:
        by_key.setdefault((place_id, key), []).append((task_id, end))
    for held in helds:
        tasks: dict[int, date | None] = {}
        for (place_id, key), found in by_key.items():
            if place_id == held.office.place_id and _is_its(key, held.office):
                tasks.update(found)
        held.unfinished = len(tasks)
        held.late = sum(end is not None and end < on for end in tasks.values())


def _is_its(key: str, office: Office) -> bool:
    return answers(key, office.keys)


def unfinished(office: Office) -> list[Task]:
    """The unfinished tasks that the office leads or takes part in, the most pressing first."""
    named = TaskOffice.objects.filter(task__place=office.place_id)
    meant = meant_keys(named, office.keys)
    rows = Task.objects.filter(
        pk__in=named.filter(key__in=meant).values("task"), state__in=UNFINISHED,
        removed_at=None, withdrawn_at=None,
    )  # fmt: skip
    rows = rows.select_related("place").prefetch_related("offices")
    return list(rows.order_by(F("end").asc(nulls_last=True), "pk"))


def may_stand_in(person: User, office: Office) -> bool:
    """Whether the person has a role or an office at the place, above it, or in its commune."""
    near = set(
        Closure.objects.filter(descendant=office.place_id).values_list("ancestor", flat=True)
    )
    commune = office.place.parent_id if office.place.level == "village" else office.place_id
    inside = set(Closure.objects.filter(ancestor=commune).values_list("descendant", flat=True))
    places = near | inside | {office.place_id}
    granted = Grant.objects.filter(user=person, place__in=places).on(timezone.localdate())
    if granted.exclude(role="resident").exists():
        return True
    held = OfficeHolding.objects.filter(user=person, office__place__in=places)
    return held.on(timezone.localdate()).exists()


def candidates(place: Unit) -> QuerySet[User]:
    """The people who may stand in for or take over an office of the place or its villages."""
    below = Closure.objects.filter(ancestor=place).values("descendant")
    inside = Q(place=place) | Q(place__in=below)
    granted = Grant.objects.filter(inside).exclude(role="resident").on(timezone.localdate())
    held = OfficeHolding.objects.filter(Q(office__place=place) | Q(office__place__in=below)).on(
        timezone.localdate()
    )
    return User.objects.filter(
        Q(pk__in=granted.values("user")) | Q(pk__in=held.values("user")), is_active=True
    ).order_by("sort_key")


def stand_ins(user: User, place: Unit) -> list[StandIn]:
    """The stand-ins of the place's offices and its villages', the latest first."""
    below = Closure.objects.filter(ancestor=place).values("descendant")
    rows = restrict(StandIn.objects.all(), user).filter(
        Q(office__place=place) | Q(office__place__in=below)
    )
    return list(rows.select_related("office__place", "person", "by", "ended_by")[:MOST])


def hand_overs(user: User, place: Unit) -> list[HandOver]:
    """The hand-overs of the place's offices and its villages', the latest first."""
    below = Closure.objects.filter(ancestor=place).values("descendant")
    rows = restrict(HandOver.objects.all(), user).filter(
        Q(office__place=place) | Q(office__place__in=below)
    )
    return list(rows.select_related("office__place", "giver", "taker", "by")[:MOST])


def held_over_time(office: Office) -> list[OfficeHolding]:
    """Who held the office when, the latest first."""
    return list(office.holdings.select_related("user").order_by("-start", "-pk"))


def may_delegate(user: User, task: Task) -> bool:
    """Whether the person may pass this task on."""
    return Task.objects.restrict(user, Action.EDIT).filter(pk=task.pk).exists()
