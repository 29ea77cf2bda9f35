"""Who sees and changes a task, which its own place alone does not settle."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from dinhlang.people.access import (
    Action,
    Person,
    Policy,
    allowed_numbers,
    allowed_places,
    can,
    is_everywhere,
    numbers_below,
    places_below,
    register,
    restrict,
)
from dinhlang.people.among import Among
from dinhlang.people.offices import VILLAGE_KEYS
from dinhlang.places.models import Level, Unit

from .models import Task, TaskOffice

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class TaskPolicy(Policy):
    """A task belongs to its place, and to the villages that it names.

    Those see and change it without seeing the rest of the place. One given to the heads of all
    villages is seen from each of them; it is not one village's to change.
    """

    def visible(self, rows: Rows, user: Person | None, action: Action) -> Rows:
        """The tasks for which the person may do this."""
        if is_everywhere(user, action):
            return rows
        through: Any = Task.villages.through
        few = allowed_numbers(user, action)
        # A subquery, not a join: a task of two villages must not come twice.
        if few is not None:
            here, named = Q(Among("place_id", few)), through.objects.filter(Among("unit_id", few))
        else:
            places = allowed_places(user, action).values("pk")
            here, named = Q(place__in=places), through.objects.filter(unit__in=places)
        theirs = here | Q(pk__in=named.values("task"))
        if action == Action.VIEW:
            villages = Unit.objects.filter(level=Level.VILLAGE)
            near = Q(Among("pk", few)) if few is not None else Q(pk__in=places)
            theirs |= of_all_villages(villages.filter(near))
        return rows.filter(theirs)


def of_all_villages(villages: QuerySet[Unit]) -> Q:
    """The tasks of the communes of the villages that charge the heads of all their villages.

    Not those that name villages: they are of these alone.
    """
    through: Any = Task.villages.through
    charged = TaskOffice.objects.filter(key__in=VILLAGE_KEYS).order_by()
    named = Q(Exists(through.objects.filter(task=OuterRef("pk"))))
    near = Q(place__in=villages.order_by().values("parent"))
    return near & Q(pk__in=charged.values("task")) & ~named


def below(rows: Rows, user: Person | None, place: Unit, action: Action = Action.VIEW) -> Rows:
    """The tasks of the place, and of those below it, for which the person may do this.

    As ``restrict`` finds them: who may do it at the place may do it with all of these tasks, so
    the database need not be asked about each.
    """
    few = numbers_below(place)
    if few is not None:
        return _known(rows.filter(Among("place_id", few)), user, place, action)
    return _known(rows.filter(place__in=places_below(place).values("pk")), user, place, action)


def at(rows: Rows, user: Person | None, place: Unit, action: Action = Action.VIEW) -> Rows:
    """The tasks of the place itself for which the person may do this."""
    return _known(rows.filter(place=place), user, place, action)


def _known(here: Rows, user: Person | None, place: Unit, action: Action) -> Rows:
    return here if can(user, action, place) else restrict(here, user, action)


def register_policies() -> None:
    """Called when the app is ready."""
    register(Task, TaskPolicy())
