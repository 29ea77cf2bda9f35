"""The list of a policy: who stands on it, whose condition was checked, who was paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, fold, sort_key

from ..models import Beneficiary, Policy
from ..selectors import doubles
from ..selectors.support import troubles_of
from . import support_fields, support_rows
from .policies import part
from .rows import lock
from .support_fields import BeneficiarySaid, kept, merged, said_of
from .trouble import BadRow, TooMuch


class DoubleSupport(BadRow):
    """Somebody is supported already; written only with a reason, which is kept."""


def add(user: User, policy_id: int, said: BeneficiarySaid, key: UUID) -> Beneficiary:
    """Put a household or work on the list; with the same key again it is the row of the first time.

    Raises ``AccessDenied``, ``BadRow``, ``DoubleSupport`` where it stands on a list already and
    no reason is given.
    """
    with transaction.atomic():
        policy = _open(user, policy_id)
        before: Beneficiary | None = Beneficiary.objects.filter(key=key).first()
        if before is not None:
            if before.policy_id != policy.pk:
                raise BadRow("Biểu mẫu này đã dùng ở nơi khác. Hãy tải lại trang.")
            return before
        row = Beneficiary(key=key, policy=policy, by=user, at=timezone.now())
        values = support_fields.beneficiary(said, row)
        for name, value in values.items():
            setattr(row, support_fields.attribute(name), value)
        _index(row)
        refuse_double(row)
        row.save()
        pairs = {name: [None, kept(name, value)] for name, value in values.items() if value}
        support_rows.told(row, key, "thêm vào danh sách hỗ trợ", pairs, user)
        return row


def _open(user: User, policy_id: int) -> Policy:
    policy = support_rows.locked(user, Policy, policy_id)
    if policy.removed_at is not None:
        raise BadRow("Chính sách này đã bị xóa.")
    return policy


def _index(row: Beneficiary) -> None:
    row.name_key = fold(row.name)[:160]
    row.sort_key = sort_key(row.name)[:400]
    row.search_key = fold(f"{row.name} {row.address} {row.group} {row.identity}")[:500]


def refuse_double(row: Beneficiary) -> None:
    """Raises ``DoubleSupport`` where the row needs a reason and has none."""
    if row.double_reason:
        return
    found = doubles.of_rows(row.policy, [row])[0]
    if found:
        raise DoubleSupport(
            f"{found[0].words} Nếu vẫn đúng, hãy ghi lý do nhận trùng.", "double_reason"
        )


def change(
    user: User, row_id: int, key: UUID, seen_revision: int, changes: Mapping[str, Any]
) -> Beneficiary:
    """Change fields of a row; what others changed since and this person left alone is kept.

    A new name, identity or village is checked against double support again. What was paid stays
    as it was paid. Raises ``AccessDenied``, ``BadRow``, ``DoubleSupport``, ``Conflict``.
    """
    with transaction.atomic():
        row = support_rows.locked(user, Beneficiary, row_id)
        if support_rows.done_before(key):
            return row
        support_rows.alive(row)
        wanted = support_rows.mine(row, seen_revision, changes)
        values = support_fields.beneficiary(merged(row, wanted), row)
        before = said_of(row) | {"amount": row.amount}
        new = {name: value for name, value in values.items() if value != before[name]}
        if set(new) == {"amount"} or not new:
            return row
        if row.paid_on is not None and set(new) - {"note", "double_reason"}:
            raise BadRow(f"“{row.name}” đã được chi. Hãy hủy ghi chi trước khi sửa.")
        for name, value in new.items():
            setattr(row, support_fields.attribute(name), value)
        _index(row)
        if set(new) & {"name", "identity", "village", "double_reason"}:
            refuse_double(row)
        pairs = {name: [kept(name, before[name]), kept(name, new[name])] for name in new}
        row.revision += 1
        row.by, row.at = user, timezone.now()
        row.save()
        support_rows.told(row, key, "sửa danh sách hỗ trợ", pairs, user)
        return row


def remove(user: User, row_id: int, key: UUID) -> Beneficiary:
    """Take a row that was not paid off the list. Raises ``AccessDenied``, ``BadRow``."""
    with transaction.atomic():
        row = support_rows.locked(user, Beneficiary, row_id)
        if row.paid_on is not None:
            raise BadRow(f"“{row.name}” đã được chi nên không xóa được. Hãy hủy ghi chi trước.")
        return support_rows.gone(user, row, key, "xóa khỏi danh sách hỗ trợ")


def restore(user: User, row_id: int, key: UUID) -> Beneficiary:
    """Put a removed row back. Raises ``AccessDenied``, ``DoubleSupport`` where it came twice."""
    with transaction.atomic():
        row = support_rows.locked(user, Beneficiary, row_id)
        if row.removed_at is not None:
            refuse_double(row)
        return support_rows.back(user, row, key, "đưa lại vào danh sách hỗ trợ")


# --- Checked and paid -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a row that was ticked: done, or why not."""

    row: Beneficiary
    refused: str = ""


def mark_checked(
    user: User, policy_id: int, row_ids: Iterable[int], day: date, key: UUID
) -> list[Marked]:
    """The technical condition of these was found met that day. Raises ``AccessDenied``, ``BadRow``.

    A row that was checked already stays as it is.
    """
    _not_later(day)
    with transaction.atomic():
        policy = _open(user, policy_id)
        return [
            _mark(user, row, key, "ghi kiểm tra đạt", {"checked_on": day})
            if row.checked_on is None
            else Marked(row)
            for row in _ticked(policy, row_ids)
        ]


def uncheck(user: User, policy_id: int, row_ids: Iterable[int], key: UUID) -> list[Marked]:
    """Take back that the condition was met, of those not paid. Raises ``AccessDenied``."""
    with transaction.atomic():
        policy = _open(user, policy_id)
        found = []
        for row in _ticked(policy, row_ids):
            if row.paid_on is not None:
                found.append(Marked(row, "đã chi"))
            elif row.checked_on is not None:
                found.append(_mark(user, row, key, "bỏ kiểm tra đạt", {"checked_on": None}))
        return found


def mark_paid(
    user: User, policy_id: int, row_ids: Iterable[int], day: date, paper: str, key: UUID
) -> list[Marked]:
    """These were paid that day by that paper. Raises ``AccessDenied``, ``BadRow``, ``TooMuch``.

    Refused row by row: not an eligible group, the condition not checked, no identity number where
    households are paid, supported twice without a reason. Over the policy's number or total
    nobody is paid.
    """
    _not_later(day)
    paper = clean_spaces(paper)[:200]
    if not paper:
        raise BadRow("Hãy ghi số, ngày của chứng từ chi (phiếu chi, ủy nhiệm chi).", "paper")
    with transaction.atomic():
        policy = _open(user, policy_id)
        rows = _ticked(policy, row_ids)
        wrong = troubles_of(policy, rows)
        waiting = [row for row in rows if row.paid_on is None]
        good = [row for row in waiting if not _stops(wrong[row.pk], row, day)]
        refuse_over(policy, good)
        return [
            _mark(user, row, key, "ghi chi hỗ trợ", {"paid_on": day, "paper": paper})
            if row in good
            else Marked(row, "" if row.paid_on else _stops(wrong[row.pk], row, day))
            for row in rows
        ]


def _stops(found: Sequence[Any], row: Beneficiary, day: date) -> str:
    """Why the row cannot be paid; empty where it can."""
    if row.checked_on is not None and row.checked_on > day:
        return "ngày chi trước ngày kiểm tra đạt"
    return "; ".join(each.text for each in found if each.stops)


def refuse_over(policy: Policy, good: Sequence[Beneficiary]) -> None:
    """Raises ``TooMuch`` where paying these goes over the policy's number or total."""
    if not good:
        return
    paid = Beneficiary.objects.filter(policy=policy, removed_at=None).exclude(paid_on=None)
    sums = paid.aggregate(amount=Sum("amount"), quantity=Sum("quantity"))
    quantity = (sums["quantity"] or 0) + sum(row.quantity for row in good)
    if policy.most is not None and quantity > policy.most * 1000:
        raise TooMuch(
            f"Vượt số lượng tối đa {policy.most} {policy.per} của chính sách. Chưa ghi chi ai."
        )
    amount = (sums["amount"] or 0) + sum(row.amount for row in good)
    if policy.total is not None and amount > policy.total:
        raise TooMuch("Vượt tổng tiền tối đa của chính sách. Chưa ghi chi ai.")


def unpay(user: User, policy_id: int, row_ids: Iterable[int], key: UUID) -> list[Marked]:
    """Take back that these were paid, written by mistake. Raises ``AccessDenied``."""
    with transaction.atomic():
        policy = _open(user, policy_id)
        return [
            _mark(user, row, key, "hủy ghi chi hỗ trợ", {"paid_on": None, "paper": ""})
            for row in _ticked(policy, row_ids)
            if row.paid_on is not None
        ]


def _ticked(policy: Policy, row_ids: Iterable[int]) -> list[Beneficiary]:
    rows = list(
        Beneficiary.objects.filter(policy=policy, pk__in=list(row_ids), removed_at=None)
        .select_related("village")
        .order_by("sort_key", "pk")
    )
    for row in rows:
        row.policy = policy
    return rows


def _mark(
    user: User, row: Beneficiary, key: UUID, verb: str, new: Mapping[str, Any]
) -> Marked:  # fmt: skip
    own = part(key, row.pk)
    if support_rows.done_before(own):
        return Marked(row)
    pairs = {name: [kept(name, getattr(row, name)), kept(name, new[name])] for name in new}
    for name, value in new.items():
        setattr(row, name, value)
    row.revision += 1
    row.by, row.at = user, timezone.now()
    row.save(update_fields=[*new, "revision", "by", "at"])
    support_rows.told(row, own, verb, pairs, user)
    return Marked(row)


def _not_later(day: date) -> None:
    if day > timezone.localdate():
        raise BadRow("Ngày không thể ở sau hôm nay.", "day")


# --- Many at once ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A row as typed in the grid or a sheet: ``pk`` None for a new one."""

    said: BeneficiarySaid
    key: UUID
    pk: int | None = None
    seen: int = 0


def add_all(user: User, place: Unit, policy_id: int, lines: Sequence[Line]) -> list[Beneficiary]:
    """Put all of them on the list, or none. Raises as ``add`` does, with the line's number."""
    with transaction.atomic():
        require(user, Action.EDIT, place)
        lock(place)
        made = []
        for at, line in enumerate(lines, 1):
            try:
                made.append(add(user, policy_id, line.said, line.key))
            except BadRow as bad:
                raise BadRow(f"Dòng {at} ({line.said.name}): {bad}", bad.field) from bad
        return made
