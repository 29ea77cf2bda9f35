"""Tasks that a person may see: those of a place, and those that are theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dinhlang.people.access import Action, current_grants, restrict
from dinhlang.people.models import Office, User
from dinhlang.people.offices import answers, office_key
from dinhlang.places.models import Closure, Unit
from dinhlang.vietnamese import fold

from ..models import UNFINISHED, Task, TaskOffice
from ..policies import at, of_all_villages
from .standing_in import offices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What of the tasks is wanted; an empty word wants all.

    ``office`` is a key of ``office_key``, ``village`` the number of a unit. ``state`` is a
    ``TaskState`` or one of ``unfinished``, ``late``, ``handed-in``. ``first`` and ``last`` keep
    the tasks that the days between them touch.
    """

    text: str = ""
    office: str = ""
    village: int | None = None
    criterion: str = ""
    state: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return self != Filter()


def kept() -> QuerySet[Task]:
    """The tasks that were neither removed nor withdrawn, whoever may see them."""
    return Task.objects.filter(removed_at=None, withdrawn_at=None)


def live(user: User, action: Action = Action.VIEW) -> QuerySet[Task]:
    """The tasks with which the person may do this: not removed, not withdrawn."""
    return restrict(kept(), user, action)


def of_place(user: User, place: Unit, wanted: Filter, today: date) -> QuerySet[Task]:
    """The live tasks of the place, or of a village that they name, as far as they fit."""
    if place.level != "village":
        return matching(at(kept(), user, place), wanted, today)
    named = Task.villages.through.objects.filter(unit=place).values("task")
    here = Q(place=place) | Q(pk__in=named)
    return matching(live(user).filter(here), wanted, today)


def matching(rows: QuerySet[Task], wanted: Filter, today: date) -> QuerySet[Task]:
    """The rows that fit. Subqueries, not joins: no task comes twice."""
    for word in fold(wanted.text).split():
        rows = rows.filter(search_key__contains=word)
    if wanted.office:
        here = TaskOffice.objects.filter(task__in=rows.order_by().values("pk"))
        keys = {wanted.office, *meant_keys(here, _names_of(wanted.office, rows))}
        rows = rows.filter(pk__in=TaskOffice.objects.filter(key__in=keys).values("task"))
    if wanted.village is not None:
        named = Task.villages.through.objects.filter(unit=wanted.village)
        rows = rows.filter(pk__in=named.values("task"))
    if wanted.criterion:
        rows = rows.filter(criterion=wanted.criterion)
    if wanted.first:
        rows = rows.filter(Q(end__gte=wanted.first) | Q(end=None, start__gte=wanted.first))
    if wanted.last:
        rows = rows.filter(Q(start__lte=wanted.last) | Q(start=None, end__lte=wanted.last))
    match wanted.state:
        case "":
            pass
        case "late":
            rows = rows.filter(state__in=UNFINISHED, end__lt=today)
        case "unfinished":
            rows = rows.filter(state__in=UNFINISHED)
        case "handed-in":
            rows = rows.filter(state="done")
        case state:
            rows = rows.filter(state=state)
    return rows


def _names_of(key: str, rows: QuerySet[Task]) -> set[str]:
    """The key with those of the other names of the office that bears this title where they are."""
    places = rows.order_by().values("place")
    named = Office.objects.filter(place__in=places).exclude(other_names="")
    return {key}.union(*(each.keys for each in named if key in each.keys))


def own_offices(user: User, on: date) -> list[Office]:
    """The offices whose tasks are the person's on the day: held, or stood in for."""
    return offices_of(user, on)


def own_villages(user: User) -> QuerySet[Unit]:
    """The villages the person is granted by themselves, as a village head is."""
    granted = current_grants(user, Action.EDIT).filter(place__level="village").values("place")
    return Unit.objects.filter(pk__in=granted)


def mine(user: User, on: date, offices: Iterable[Office] | None = None) -> QuerySet[Task]:
    """The live tasks of the person's offices (at the offices' places) and villages, any state.

    Work given to many at once (all villages, all organisations) is each one's. ``offices`` are
    those of ``own_offices`` where they are known.
    """
    wanted = Q(pk__in=[])
    by_place: dict[int, list[str]] = {}
    for office in own_offices(user, on) if offices is None else offices:
        by_place.setdefault(office.place_id, []).extend(office.keys)
    for place, keys in by_place.items():
        named = TaskOffice.objects.filter(task__place=place)
        meant = meant_keys(named, keys, office_key(user.full_name))
        wanted |= Q(pk__in=named.filter(key__in=meant).values("task"))
    villages = own_villages(user)
    through = Task.villages.through.objects
    wanted |= Q(pk__in=through.filter(unit__in=villages.values("pk")).values("task"))
    wanted |= of_all_villages(villages)
    return live(user).filter(wanted)


def meant_keys(named: QuerySet[TaskOffice], held: Iterable[str], person: str = "") -> set[str]:
    """The keys among the named offices by which any of the held offices, or the person, is meant.

    ``person`` is the ``office_key`` of the holder's full name.
    """
    held = list(held)
    known = named.order_by().values_list("key", flat=True).distinct()
    return {key for key in known if answers(key, held, person)}


def villages_of(place: Unit) -> QuerySet[Unit]:
    """The villages below a place that exist today, by name."""
    below = Closure.objects.filter(ancestor=place).values("descendant")
    return Unit.objects.filter(pk__in=below, level="village", valid_to=None).order_by("sort_key")
