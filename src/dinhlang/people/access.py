"""Who may see and do what: grants, the places below them, and ``restrict`` on every list.

A grant is a role at a place from a day to a day. It reaches the place and all places below it.
Every list a person sees goes through ``restrict``, every change through ``require``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dinhlang.places.models import Closure, Unit

from .among import Among
from .models import Grant, OfficeHolding, User
from .roles import ALLOWED, GIVABLE, LABELS, Action, Role, roles_allowing

__all__ = [
    "ALLOWED",
    "GIVABLE",
    "LABELS",
    "AccessDenied",
    "Action",
    "Policy",
    "RestrictedQuerySet",
    "Role",
    "allowed_numbers",
    "allowed_places",
    "can",
    "can_anywhere",
    "current_grants",
    "held_office",
    "held_roles",
    "is_everywhere",
    "numbers_below",
    "once",
    "one_look",
    "places_below",
    "places_of",
    "policy_of",
    "register",
    "require",
    "restrict",
    "roles_allowing",
    "works_here",
]

Person = User | AnonymousUser
Rows = TypeVar("Rows", bound=models.QuerySet[Any])
Found = TypeVar("Found")


class AccessDenied(Exception):
    """Somebody asked for what they may not do; the message is for them."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or "Tài khoản của bạn không có quyền làm việc này. "
            "Nếu cần, hãy đề nghị người quản trị cấp thêm quyền."
        )


def today() -> date:
    """The day in Vietnam."""
    return timezone.localdate()


def current_grants(
    user: Person | None, action: Action | None = None, on: date | None = None
) -> models.QuerySet[Grant]:
    """The grants of the person that are in force on the day (today), and allow the action.

    None for nobody, for a stranger, and for an account that was switched off.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return Grant.objects.none()
    found = Grant.objects.filter(user=user).on(on or today())
    if action is not None:
        found = found.filter(role__in=[role.value for role in roles_allowing(action)])
    return found


FEW = 400
"""Places reached by somebody's grants up to which a query names them one by one."""


@dataclass(slots=True)
class _Look:
    """What was found of rights, and of what else is asked for again, while one page is made."""

    grants: dict[tuple[int, date], list[tuple[str, int | None]]] = field(default_factory=dict)
    below: dict[frozenset[int], list[int] | None] = field(default_factory=dict)
    above: dict[int, frozenset[int]] = field(default_factory=dict)
    others: dict[Hashable, Any] = field(default_factory=dict)


_look: ContextVar[_Look | None] = ContextVar("dinhlang_look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Inside, grants and the places they reach are read once and not again.

    For what only reads: a page shows rights as they stood when it was begun. Whoever changes
    something asks the database each time.
    """
    token = _look.set(_Look())
    try:
        yield
    finally:
        _look.reset(token)


def once(key: Hashable, ask: Callable[[], Found]) -> Found:
    """What ``ask`` finds, asked for once a look; outside of one each time."""
    look = _look.get()
    if look is None:
        return ask()
    if key not in look.others:
        look.others[key] = ask()
    found: Found = look.others[key]
    return found


def _grants(user: Person | None, on: date | None) -> list[tuple[str, int | None]]:
    """Role and place of each grant in force on the day."""
    if user is None or not user.is_authenticated or not user.is_active:
        return []
    look, day = _look.get(), on or today()
    known = look.grants.get((user.pk, day)) if look else None
    if known is None:
        known = list(current_grants(user, on=day).values_list("role", "place_id"))
        if look:
            look.grants[user.pk, day] = known
    return known


def held_office(user: User, on: date) -> OfficeHolding | None:
    """The office that the person holds on the day, the one begun last; read once a look."""
    rows = OfficeHolding.objects.filter(user=user).on(on).select_related("office__place")
    return once(("office", user.pk, on), rows.first)


def held_roles(user: Person | None, on: date | None = None) -> set[Role]:
    """The roles granted to the person, anywhere, on the day (today)."""
    return {Role(role) for role, _ in _grants(user, on)}


def _granted(user: Person | None, action: Action, on: date | None) -> set[int | None]:
    """The places of the grants that allow the action; None among them: everywhere."""
    allowing = {role.value for role in roles_allowing(action)}
    return {place for role, place in _grants(user, on) if role in allowing}


def is_everywhere(user: Person | None, action: Action, on: date | None = None) -> bool:
    """Whether the person may do this at all places, those not yet entered included."""
    return None in _granted(user, action, on)


def allowed_places(
    user: Person | None, action: Action, on: date | None = None
) -> models.QuerySet[Unit]:
    """The places where the person may do this on the day (today): granted ones and all below."""
    places = _granted(user, action, on)
    if None in places:
        return Unit.objects.all()
    granted = frozenset(place for place in places if place is not None)
    few = _few_below(granted)
    if few is not None:
        return Unit.objects.filter(Among("pk", few))
    below = Closure.objects.filter(ancestor__in=granted).values("descendant")
    return Unit.objects.filter(Q(pk__in=granted) | Q(pk__in=below))


def allowed_numbers(
    user: Person | None, action: Action, on: date | None = None
) -> list[int] | None:
    """The numbers of ``allowed_places`` where they are known and few; None: ask for those."""
    places = _granted(user, action, on)
    if None in places:
        return None
    return _few_below(frozenset(place for place in places if place is not None))


def _few_below(granted: frozenset[int]) -> list[int] | None:
    """The places and all below them, read once a look; None: too many, or outside of one."""
    look = _look.get()
    if look is None:
        return None
    if granted not in look.below:
        rows = Closure.objects.filter(ancestor__in=granted).order_by()
        found = list(rows.values_list("descendant_id", flat=True)[: FEW + 1]) if granted else []
        look.below[granted] = None if len(found) > FEW else sorted({*found, *granted})
    return look.below[granted]


def numbers_below(place: Unit) -> list[int] | None:
    """The numbers of ``places_below`` where they are known and few; None: ask for those."""
    return _few_below(frozenset({place.pk}))


def places_below(place: Unit) -> models.QuerySet[Unit]:
    """The place and all below it, whoever may see them."""
    few = numbers_below(place)
    if few is not None:
        return Unit.objects.filter(Among("pk", few))
    below = Closure.objects.filter(ancestor=place).values("descendant")
    return Unit.objects.filter(pk__in=below)


def can(user: Person | None, action: Action, place: Unit | None, on: date | None = None) -> bool:
    """Whether the person may do this at the place; ``None`` asks for everywhere."""
    places = _granted(user, action, on)
    if None in places:
        return True
    return place is not None and bool(places) and bool(places & _above(place.pk))


def _above(place: int) -> frozenset[int]:
    """The place and all above it, read once a look."""
    look = _look.get()
    known = look.above.get(place) if look else None
    if known is None:
        rows = Closure.objects.filter(descendant=place).order_by()
        known = frozenset({place, *rows.values_list("ancestor_id", flat=True)})
        if look:
            look.above[place] = known
    return known


def can_anywhere(user: Person | None, action: Action, on: date | None = None) -> bool:
    """Whether there is any place where the person may do this."""
    return bool(_granted(user, action, on))


def works_here(user: Person | None, on: date | None = None) -> bool:
    """Whether the person sees more than the public pages."""
    return can_anywhere(user, Action.VIEW, on)


def require(user: Person | None, action: Action, place: Unit | None) -> None:
    """Raises ``AccessDenied`` where ``can`` says no."""
    if not can(user, action, place):
        raise AccessDenied


class Policy:
    """Who sees and changes the rows of a model: those of allowed places, unless it says otherwise.

    A model names the field that leads to its place (``place_field = "plan__place"``; ``place``
    by default). One that needs other rules registers a policy of its own.
    """

    def visible(self, rows: Rows, user: Person | None, action: Action) -> Rows:
        """The rows for which the person may do this."""
        field = "pk" if rows.model is Unit else getattr(rows.model, "place_field", "place")
        if is_everywhere(user, action):
            return rows
        few = allowed_numbers(user, action)
        if few is not None:
            return rows.filter(**{f"{field}__in": few})
        return rows.filter(**{f"{field}__in": allowed_places(user, action).values("pk")})

    def allows(self, row: models.Model, user: Person | None, action: Action) -> bool:
        """Whether the person may do this with this row."""
        rows = type(row)._default_manager.filter(pk=row.pk)
        return self.visible(rows, user, action).exists()


_BY_PLACE = Policy()
_OWN: dict[type[models.Model], Policy] = {}


def register(model: type[models.Model], policy: Policy) -> None:
    """Gives a model a policy of its own; called once, when its app is ready."""
    _OWN[model] = policy


def policy_of(model: type[models.Model]) -> Policy:
    """The model's policy: its own, or the one by place."""
    return _OWN.get(model, _BY_PLACE)


def restrict(rows: Rows, user: Person | None, action: Action = Action.VIEW) -> Rows:
    """The rows of any query set for which the person may do this."""
    return policy_of(rows.model).visible(rows, user, action)


class RestrictedQuerySet(models.QuerySet[Any]):
    """A query set that can be narrowed to what a person may see or do."""

    def restrict(self, user: Person | None, action: Action = Action.VIEW) -> Self:
        """The rows for which the person may do this, by the model's policy."""
        return restrict(self, user, action)


def places_of(grants: Iterable[Grant]) -> list[Unit]:
    """The places granted, each once."""
    return list({grant.place.pk: grant.place for grant in grants if grant.place}.values())
