"""Support policies: add, change, remove; what plans propose, and what becomes of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold

from .. import eligible
from ..models import Beneficiary, Policy, SupportProposal
from . import support_fields, support_rows
from .rows import lock
from .support_fields import PolicySaid, kept, merged, said_of
from .trouble import BadRow


def add_policy(
    user: User | None, place: Unit, said: PolicySaid, key: UUID, proposal: int | None = None
) -> Policy:
    """A policy of the place; with the same key again it is the policy of the first time.

    ``proposal``: the one it is made from. ``user`` is None for the program itself. Raises
    ``AccessDenied``, ``BadRow``.
    """
    with transaction.atomic():
        if user is not None:
            require(user, Action.EDIT, place)
        lock(place)
        before: Policy | None = Policy.objects.filter(key=key).first()
        if before is not None:
            if before.place_id != place.pk:
                raise BadRow("Biểu mẫu này đã dùng ở nơi khác. Hãy tải lại trang.")
            return before
        values = support_fields.policy(said, place)
        offered = _proposal(place, proposal) if proposal is not None else None
        row = Policy(
            key=key, place=place, by=user, at=timezone.now(),
            origin_ref=offered.origin_ref if offered else "",
            kind_key=fold(values["kind"])[:80], **_attributes(values),
        )  # fmt: skip
        row.save()
        if offered is not None:
            offered.policy, offered.decided_by, offered.decided_at = row, user, timezone.now()
            offered.save(update_fields=["policy", "decided_by", "decided_at"])
        pairs = {name: [None, kept(name, value)] for name, value in values.items() if value}
        support_rows.told(row, key, "thêm chính sách hỗ trợ", pairs, user)
        return row


def _attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    return {support_fields.attribute(name): value for name, value in values.items()}


def _proposal(place: Unit, pk: int) -> SupportProposal:
    found: SupportProposal | None = SupportProposal.objects.filter(pk=pk, place=place).first()
    if found is None or found.policy_id is not None or found.withdrawn_at is not None:
        raise BadRow("Đề xuất này đã được xử lý. Hãy tải lại trang.")
    return found


def change_policy(
    user: User, policy_id: int, key: UUID, seen_revision: int, changes: Mapping[str, Any]
) -> Policy:
    """Change fields of a policy; what others changed since and this person left alone is kept.

    A new amount holds for those not yet paid. Raises ``AccessDenied``, ``BadRow``, ``Conflict``.
    """
    with transaction.atomic():
        row = support_rows.locked(user, Policy, policy_id)
        if support_rows.done_before(key):
            return row
        support_rows.alive(row)
        wanted = support_rows.mine(row, seen_revision, changes)
        values = support_fields.policy(merged(row, wanted), row.place)
        values["groups"] = tuple(values["groups"])
        before = said_of(row)
        new = {name: value for name, value in values.items() if value != before[name]}
        if not new:
            return row
        if "groups" in new:
            new["groups"] = list(new["groups"])
        row.kind_key = fold(values["kind"])[:80]
        support_rows.written(user, row, key, "sửa chính sách hỗ trợ", new)
        if "amount" in new:
            _count_again(row)
        return row


def _count_again(row: Policy) -> None:
    waiting = list(Beneficiary.objects.filter(policy=row, paid_on=None))
    for each in waiting:
        each.amount = eligible.share(row.amount, each.quantity)
    Beneficiary.objects.bulk_update(waiting, ["amount"], batch_size=500)


def remove_policy(user: User, policy_id: int, key: UUID) -> Policy:
    """Remove a policy by which nothing was paid. Raises ``AccessDenied``, ``BadRow``."""
    with transaction.atomic():
        row = support_rows.locked(user, Policy, policy_id)
        rows = Beneficiary.objects.filter(policy=row, removed_at=None)
        if rows.exclude(paid_on=None).exists():
            raise BadRow("Chính sách này đã chi hỗ trợ nên không xóa được.")
        return support_rows.gone(user, row, key, "xóa chính sách hỗ trợ")


def restore_policy(user: User, policy_id: int, key: UUID) -> Policy:
    """Bring a removed policy back with its list. Raises ``AccessDenied``."""
    with transaction.atomic():
        row = support_rows.locked(user, Policy, policy_id)
        return support_rows.back(user, row, key, "khôi phục chính sách hỗ trợ")


# --- What plans propose ---------------------------------------------------------------------------


def propose(
    user: User | None, place: Unit, year: int, prefix: str, items: Iterable[Mapping[str, Any]],
    origin_text: str = "",
) -> None:  # fmt: skip
    """Offer the support that a plan's accepted version speaks of; an officer confirms each.

    ``prefix``: “plan:<pk>”; ``items`` are the plan's ``support`` items as JSON. A later version
    updates what nobody decided on and withdraws what it has no more; policies that were made
    stay as they are. Called within the transaction that accepts the version.
    """
    now = timezone.now()
    known = {
        row.origin_ref: row
        for row in SupportProposal.objects.filter(place=place, origin_ref__startswith=f"{prefix}:")
    }
    there = set()
    for item in items:
        ref = f"{prefix}:{item['id']}"
        there.add(ref)
        row = known.get(ref) or SupportProposal(place=place, origin_ref=ref, at=now)
        if row.policy_id is not None:
            continue
        text = str(item.get("text") or "")
        row.year, row.text, row.amount = year, text, int(item.get("amount") or 0)
        row.per, row.basis = str(item.get("per") or "hộ")[:30], str(item.get("basis") or "")[:300]
        row.groups, row.technical = eligible.groups_of(text), eligible.technical_of(text)
        row.origin_text, row.withdrawn_at = origin_text[:300], None
        row.save()
    gone = [row.pk for ref, row in known.items() if ref not in there and row.policy_id is None]
    SupportProposal.objects.filter(pk__in=gone).update(withdrawn_at=now)


def said_by(proposal: SupportProposal) -> dict[str, Any]:
    """The proposal as the fields of a policy's form."""
    name = eligible.name_of(proposal.text)
    return {
        "name": f"Hỗ trợ: {name}"[:300], "kind": name[:80], "groups": tuple(proposal.groups),
        "technical": proposal.technical, "amount": proposal.amount, "per": proposal.per,
        "basis": proposal.basis, "year": proposal.year,
    }  # fmt: skip


def decline(user: User, proposal_id: int, reason: str) -> SupportProposal:
    """Leave a proposal aside, with the reason. Raises ``AccessDenied``, ``BadRow``."""
    with transaction.atomic():
        row: SupportProposal = SupportProposal.objects.select_related("place").get(pk=proposal_id)
        require(user, Action.EDIT, row.place)
        reason = " ".join(reason.split())[:300]
        if not reason:
            raise BadRow("Hãy ghi lý do không áp dụng.", "reason")
        if row.policy_id is not None or row.declined:
            return row
        row.declined, row.decided_by, row.decided_at = reason, user, timezone.now()
        row.save(update_fields=["declined", "decided_by", "decided_at"])
        audit.record(
            user, "bỏ đề xuất chính sách hỗ trợ", row, row.place, {"lý do": reason}
        )  # fmt: skip
        return row


def reopen(user: User, proposal_id: int) -> SupportProposal:
    """Put a declined proposal back among the open ones. Raises ``AccessDenied``."""
    with transaction.atomic():
        row: SupportProposal = SupportProposal.objects.select_related("place").get(pk=proposal_id)
        require(user, Action.EDIT, row.place)
        if row.declined:
            row.declined, row.decided_by, row.decided_at = "", None, None
            row.save(update_fields=["declined", "decided_by", "decided_at"])
            audit.record(user, "xem lại đề xuất chính sách", row, row.place)
        return row


def part(key: UUID, name: object) -> UUID:
    """The key of one part of what a form does to many rows."""
    return uuid5(key, str(name))
