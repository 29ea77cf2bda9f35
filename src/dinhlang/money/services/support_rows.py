"""Adding, changing with merging, removing and restoring: what policies, beneficiaries and pledges
have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..models import Beneficiary, Pledge, Policy, Receipt, SupportChange
from .rows import lock
from .support_fields import LABELS, Row, kept, said_of
from .trouble import BadRow, Conflict, Difference

AnyRow = TypeVar("AnyRow", Policy, Beneficiary, Pledge)
FIELD: dict[type[Row | Receipt], str] = {
    Policy: "policy", Beneficiary: "beneficiary", Pledge: "pledge", Receipt: "receipt",
}  # fmt: skip


def place_of(row: Row | Receipt) -> Unit:
    """The commune whose row it is."""
    return row.policy.place if isinstance(row, Beneficiary) else row.place


def locked(user: User, model: type[AnyRow], pk: int) -> AnyRow:
    """The row, while nobody else writes support or money of its place. Raises ``AccessDenied``."""
    path = getattr(model, "place_field", "place")
    place = Unit.objects.get(pk=model.objects.values_list(path, flat=True).get(pk=pk))
    require(user, Action.EDIT, place)
    lock(place)
    return cast(AnyRow, model.objects.select_related(path).get(pk=pk))


def done_before(key: UUID) -> bool:
    """Whether a form with this key was written already."""
    return SupportChange.objects.filter(key=key).exists()


def told(
    row: Row | Receipt, key: UUID, verb: str, changes: Mapping[str, list[Any]], user: User | None
) -> None:
    """Keeps the change in the row's history and in the audit log.

    Of a household the audit line names the policy and the row's number, not who it is.
    """
    place = place_of(row)
    SupportChange.objects.create(
        key=key, place=place, verb=verb, revision=getattr(row, "revision", 0),
        changes=dict(changes), by=user, at=timezone.now(), **{FIELD[type(row)]: row},
    )  # fmt: skip
    if isinstance(row, Beneficiary):
        said = {"dòng": row.pk, "mục": [LABELS.get(name, name) for name in changes]}
        audit.record(user, verb, row.policy, place, said)
    else:
        audit.record(user, verb, row, place, {"changes": dict(changes)})


def written(user: User | None, row: AnyRow, key: UUID, verb: str, new: Mapping[str, Any]) -> AnyRow:
    """Saves the new values of a row that was there, and tells it."""
    before = said_of(row)
    pairs = {
        name: [kept(name, before.get(name, getattr(row, name, None))), kept(name, value)]
        for name, value in new.items()
        if name in LABELS
    }
    for name, value in new.items():
        setattr(row, _attribute(row, name), value)
    row.revision += 1
    row.by, row.at = user, timezone.now()
    row.save()
    told(row, key, verb, pairs, user)
    return row


def _attribute(row: Row, name: str) -> str:
    foreign = {field.name for field in row._meta.fields if field.is_relation}
    return f"{name}_id" if name in foreign else name


def mine(row: Row, seen: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that are this person's own, against what they saw. Raises ``Conflict``."""
    since = list(
        SupportChange.objects.filter(**{FIELD[type(row)]: row}, revision__gt=seen)
        .select_related("by")
        .order_by("pk")
    )
    was: dict[str, Any] = {}
    for each in since:
        for name, (before, _) in each.changes.items():
            was.setdefault(name, before)
    now = said_of(row)
    found, both = {}, []
    for name, value in changes.items():
        if name in was and name in now and now[name] != value:
            if kept(name, value) == was[name]:
                continue
            both.append(Difference(name, LABELS[name], was[name], now[name], value))
        found[name] = value
    if both:
        raise Conflict(both, row.revision, str(since[-1].by or ""))
    return found


def alive(row: Row) -> None:
    """Raises ``BadRow`` for a removed row."""
    if row.removed_at is not None:
        raise BadRow("Dòng này đã bị xóa. Hãy khôi phục rồi sửa.")


def gone(user: User, row: AnyRow, key: UUID, verb: str) -> AnyRow:
    """Removes a row; it stays in the database and can be restored."""
    if row.removed_at is None:
        row.removed_at, row.removed_by = timezone.now(), user
        row.revision += 1
        row.save(update_fields=["removed_at", "removed_by", "revision"])
        told(row, key, verb, {}, user)
    return row


def back(user: User, row: AnyRow, key: UUID, verb: str) -> AnyRow:
    """Brings a removed row back as it was."""
    if row.removed_at is not None:
        row.removed_at = row.removed_by = None
        row.revision += 1
        row.save(update_fields=["removed_at", "removed_by", "revision"])
        told(row, key, verb, {}, user)
    return row
