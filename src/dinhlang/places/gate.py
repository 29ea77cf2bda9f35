"""The way from places to access and audit, which live in the room above and are looked up late.

People stand on places, so places cannot import them; by name they are found when needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from .models import Unit

ACCESS = "dinhlang.people.access"
AUDIT = "dinhlang.people.audit"


def _access(name: str) -> Any:
    return import_string(f"{ACCESS}.{name}")


def allowed_places(user: Any, action: str) -> QuerySet[Unit]:
    """The places where this person may do that today."""
    found: QuerySet[Unit] = _access("allowed_places")(user, _access("Action")(action))
    return found


def is_everywhere(user: Any, action: str) -> bool:
    """Whether this person may do that at all places, those not yet entered included."""
    return bool(_access("is_everywhere")(user, _access("Action")(action)))


def can(user: Any, action: str, place: Unit | None) -> bool:
    """Whether this person may do that at the place; ``None`` asks for everywhere."""
    return bool(_access("can")(user, _access("Action")(action), place))


def require(user: Any, action: str, place: Unit | None) -> None:
    """Raises ``people.access.AccessDenied`` where ``can`` says no.

    ``user`` is ``None`` for the program itself (a command of its operator), which may.
    """
    if user is not None:
        _access("require")(user, _access("Action")(action), place)


def record(
    user: Any, verb: str, target: Any, place: Unit | None, details: Mapping[str, Any] | None = None
) -> None:
    """Writes the audit line, inside the caller's transaction."""
    write: Callable[..., object] = import_string(f"{AUDIT}.record")
    write(user, verb, target, place=place, details=details)


def person(pk: int | None) -> Any:
    """The person of this number, ``None`` where there is none."""
    return import_string("dinhlang.people.models.User").objects.filter(pk=pk).first()
