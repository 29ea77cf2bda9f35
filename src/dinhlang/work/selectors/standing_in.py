"""Whose work is whose on a day: offices held, offices stood in for, heads of villages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dinhlang.people.access import Action, roles_allowing
from dinhlang.people.models import Grant, Office, OfficeHolding, User
from dinhlang.people.offices import answers
from dinhlang.people.roles import Role
from dinhlang.places.models import Unit

from ..models import StandIn


@dataclass(frozen=True, slots=True)
class Post:
    """An office and a person who answers for it on a day; ``instead_of`` names the absent ones."""

    office: Office
    person: User
    stand_in: StandIn | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The office's names as tasks name it."""
        return self.office.keys


def offices_of(user: User, on: date) -> list[Office]:
    """The offices whose work is the person's on the day: those held and those stood in for."""
    held = OfficeHolding.objects.filter(user=user).on(on).values("office")
    covered = in_force(on).filter(person=user).values("office")
    rows = Office.objects.filter(Q(pk__in=held) | Q(pk__in=covered))
    return list(rows.select_related("place"))


def in_force(on: date) -> QuerySet[StandIn]:
    """The stand-ins of the day that were not ended before."""
    found: QuerySet[StandIn] = StandIn.objects.filter(ended_at=None, first__lte=on, last__gte=on)
    return found


def posts(place: Unit, on: date) -> list[Post]:
    """Who answers for each office of the place on the day; only people who can sign in."""
    held = (
        OfficeHolding.objects.filter(office__place=place, office__closed_on=None)
        .on(on)
        .filter(user__is_active=True)
        .select_related("office__place", "user")
        .order_by("office__title", "pk")
    )
    covered = in_force(on).filter(
        office__place=place, office__closed_on=None, person__is_active=True
    )
    return [
        *(Post(row.office, row.user) for row in held),
        *(
            Post(row.office, row.person, row)
            for row in covered.select_related("office__place", "person")
        ),
    ]


def covering(keys: Iterable[str], place: Unit, on: date) -> list[StandIn]:
    """The stand-ins of the day for the offices that a task of the place names."""
    wanted = list(keys)
    rows = in_force(on).filter(office__place=place).select_related("office", "person", "by")
    return [row for row in rows if any(answers(key, row.office.keys) for key in wanted)]


def leaders(place: Unit, on: date) -> list[User]:
    """The people granted the role of leader at the place itself."""
    return _granted(place, on, [Role.LEADER])


def reviewers(place: Unit, on: date) -> list[User]:
    """The people granted at the place itself a role that decides on others' work."""
    wanted = [role for role in roles_allowing(Action.REVIEW) if role != Role.ADMIN]
    return _granted(place, on, wanted)


def managers(place: Unit, on: date) -> list[User]:
    """The people granted at the place itself a role that manages it."""
    wanted = [role for role in roles_allowing(Action.MANAGE) if role != Role.ADMIN]
    return _granted(place, on, wanted)


def _granted(place: Unit, on: date, roles: Iterable[Role]) -> list[User]:
    rows = Grant.objects.filter(place=place, role__in=[role.value for role in roles]).on(on)
    return list(User.objects.filter(pk__in=rows.values("user"), is_active=True))


def village_heads(villages: Iterable[int], on: date) -> dict[int, list[int]]:
    """The people who are granted the role of village head at each of the villages."""
    rows = Grant.objects.filter(place__in=list(villages), role=Role.VILLAGE_HEAD.value).on(on)
    found: dict[int, list[int]] = {}
    for place, user in rows.filter(user__is_active=True).values_list("place", "user"):
        if place is not None:
            found.setdefault(place, []).append(user)
    return found
