"""Contributions: what was promised, the receipts for what came, and taking receipts back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, fold

from ..models import Pledge, Receipt, Source
from . import support_fields, support_rows
from .policies import part
from .rows import lock
from .support_fields import PledgeSaid, ReceiptSaid, kept, merged, said_of
from .trouble import BadRow

SAME = "Biểu mẫu này đã dùng ở nơi khác. Hãy tải lại trang."


# --- Pledges --------------------------------------------------------------------------------------


def add_pledge(user: User | None, place: Unit, year: int, said: PledgeSaid, key: UUID) -> Pledge:
    """Write down a promise; with the same key again it is the pledge of the first time.

    ``user`` is None for the program itself. Raises ``AccessDenied``, ``BadRow``.
    """
    with transaction.atomic():
        if user is not None:
            require(user, Action.EDIT, place)
        lock(place)
        before: Pledge | None = Pledge.objects.filter(key=key).first()
        if before is not None:
            if before.place_id != place.pk:
                raise BadRow(SAME)
            return before
        if not 2000 <= year <= 2100:
            raise BadRow("Năm từ 2000 đến 2100.", "year")
        values = support_fields.gift(said, place)
        row = Pledge(key=key, place=place, year=year, by=user, at=timezone.now())
        for name, value in values.items():
            setattr(row, support_fields.attribute(name), value)
        _index(row)
        row.save()
        pairs = {name: [None, kept(name, value)] for name, value in values.items() if value}
        support_rows.told(row, key, "ghi đăng ký đóng góp", pairs, user)
        return row


def _index(row: Pledge | Receipt) -> None:
    row.search_key = fold(f"{row.giver} {row.purpose}")[:500]


def change_pledge(
    user: User, pledge_id: int, key: UUID, seen_revision: int, changes: Mapping[str, Any]
) -> Pledge:
    """Change fields of a pledge; what others changed since and this person left alone is kept.

    The kind of a pledge of which something came stays. Raises ``AccessDenied``, ``BadRow``,
    ``Conflict``.
    """
    with transaction.atomic():
        row = support_rows.locked(user, Pledge, pledge_id)
        if support_rows.done_before(key):
            return row
        support_rows.alive(row)
        wanted = support_rows.mine(row, seen_revision, changes)
        values = support_fields.gift(merged(row, wanted), row.place)
        before = said_of(row)
        new = {name: value for name, value in values.items() if value != before[name]}
        if not new:
            return row
        if "kind" in new and Receipt.objects.filter(pledge=row).exists():
            raise BadRow("Đã có phiếu thu nên không đổi được loại đóng góp.", "kind")
        for name, value in new.items():
            setattr(row, support_fields.attribute(name), value)
        _index(row)
        pairs = {name: [kept(name, before[name]), kept(name, value)] for name, value in new.items()}
        row.revision += 1
        row.by, row.at = user, timezone.now()
        row.save()
        support_rows.told(row, key, "sửa đăng ký đóng góp", pairs, user)
        return row


def remove_pledge(user: User, pledge_id: int, key: UUID) -> Pledge:
    """Remove a pledge of which nothing came. Raises ``AccessDenied``, ``BadRow``."""
    with transaction.atomic():
        row = support_rows.locked(user, Pledge, pledge_id)
        if Receipt.objects.filter(pledge=row, cancels=None, cancelled_by=None).exists():
            raise BadRow("Đăng ký này đã có phiếu thu. Hãy hủy phiếu thu trước khi xóa.")
        return support_rows.gone(user, row, key, "xóa đăng ký đóng góp")


def restore_pledge(user: User, pledge_id: int, key: UUID) -> Pledge:
    """Bring a removed pledge back. Raises ``AccessDenied``."""
    with transaction.atomic():
        row = support_rows.locked(user, Pledge, pledge_id)
        return support_rows.back(user, row, key, "khôi phục đăng ký đóng góp")


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """A pledge as a sheet has it."""

    said: PledgeSaid
    key: UUID


def add_pledges(
    user: User, place: Unit, year: int, lines: Sequence[PledgeLine]
) -> list[Pledge]:  # fmt: skip
    """Write all of them down, or none. Raises as ``add_pledge`` does, with the line's number."""
    with transaction.atomic():
        made = []
        for at, line in enumerate(lines, 1):
            try:
                made.append(add_pledge(user, place, year, line.said, line.key))
            except BadRow as bad:
                raise BadRow(f"Dòng {at} ({line.said.giver}): {bad}", bad.field) from bad
        return made


# --- Receipts -------------------------------------------------------------------------------------


def give_receipt(user: User | None, place: Unit, said: ReceiptSaid, key: UUID) -> Receipt:
    """Write down what came and give it the place's next number of the year of its day.

    Numbers have no gaps and come once: who writes for the place waits for the one before. With
    the same key again it is the receipt of the first time. ``user`` is None for the program
    itself. Raises ``AccessDenied``, ``BadRow``.
    """
    with transaction.atomic():
        if user is not None:
            require(user, Action.EDIT, place)
        lock(place)
        before: Receipt | None = Receipt.objects.filter(key=key).first()
        if before is not None:
            if before.place_id != place.pk:
                raise BadRow(SAME)
            return before
        pledge = _pledge(place, said)
        values = support_fields.gift(said, place)
        _day(said.day)
        source = _source(place, said)
        row = Receipt(key=key, place=place, year=said.day.year, by=user, at=timezone.now())
        for name, value in (values | {"source": source}).items():
            setattr(row, support_fields.attribute(name), value)
        _index(row)
        row.number = next_number(place, row.year)
        row.save(force_insert=True)
        audit.record(
            user, "lập phiếu thu đóng góp", row, place,
            {"số": row.number, "năm": row.year, "loại": row.get_kind_display(),
             "số tiền": row.amount, "đăng ký": pledge.pk if pledge else None},
        )  # fmt: skip
        return row


def next_number(place: Unit, year: int) -> int:
    """The number after the last one; only true while the place is locked."""
    rows = Receipt.objects.filter(place=place, year=year).order_by()
    last = rows.aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _pledge(place: Unit, said: ReceiptSaid) -> Pledge | None:
    if said.pledge is None:
        return None
    row: Pledge | None = Pledge.objects.filter(
        pk=said.pledge, place=place, removed_at=None
    ).first()  # fmt: skip
    if row is None:
        raise BadRow("Không có đăng ký này, hoặc đã bị xóa.", "pledge")
    if row.kind != said.kind:
        raise BadRow(
            f"Đăng ký này là “{row.get_kind_display()}”. Khoản khác loại hãy lập phiếu riêng.",
            "kind",
        )
    return row


def _day(day: date) -> None:
    if day > timezone.localdate():
        raise BadRow("Ngày nhận không thể ở sau hôm nay.", "day")
    if day.year < 2000:
        raise BadRow("Năm từ 2000 đến 2100.", "day")


def _source(place: Unit, said: ReceiptSaid) -> int | None:
    """The source of money it counts for: the one chosen, else the only one of its kind."""
    rows = Source.objects.filter(
        place=place, year=said.day.year, kind=said.kind, removed_at=None, withdrawn_at=None
    )
    if said.source is not None:
        if not rows.filter(pk=said.source).exists():
            raise BadRow("Nguồn vốn phải cùng loại và cùng năm với phiếu thu.", "source")
        return said.source
    found = list(rows.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def cancel_receipt(user: User, receipt_id: int, reason: str, day: date, key: UUID) -> Receipt:
    """Take a receipt back by one of the same amount below nought, with a number of its own.

    Raises ``AccessDenied``, ``BadRow`` where it was taken back already or there is no reason.
    """
    with transaction.atomic():
        row = _receipt(user, receipt_id)
        before: Receipt | None = Receipt.objects.filter(key=key).first()
        if before is not None and before.cancels_id == row.pk:
            return before
        if before is not None:
            raise BadRow(SAME)
        reason = clean_spaces(reason)[:300]
        if not reason:
            raise BadRow("Hãy ghi lý do hủy phiếu.", "reason")
        if row.cancels_id is not None:
            raise BadRow("Đây là phiếu hủy; muốn ghi lại thì lập phiếu thu mới.")
        if Receipt.objects.filter(cancels=row).exists():
            raise BadRow("Phiếu này đã được hủy trước đó.")
        _day(day)
        if day < row.day:
            raise BadRow("Ngày hủy không thể trước ngày lập phiếu.", "day")
        made = Receipt(
            key=key, place=row.place, village=row.village, year=day.year, pledge=row.pledge,
            source=row.source, giver=row.giver, purpose=row.purpose, kind=row.kind,
            quantity=-row.quantity if row.quantity else row.quantity, unit=row.unit,
            price=row.price, amount=-row.amount, day=day, is_public=row.is_public, cancels=row,
            reason=reason, by=user, at=timezone.now(), search_key=row.search_key,
            number=next_number(row.place, day.year),
        )  # fmt: skip
        made.save(force_insert=True)
        audit.record(
            user, "hủy phiếu thu đóng góp", row, row.place,
            {"phiếu hủy": f"{made.number}/{made.year}", "lý do": reason},
        )  # fmt: skip
        return made


def _receipt(user: User, pk: int) -> Receipt:
    place = Unit.objects.get(pk=Receipt.objects.values_list("place", flat=True).get(pk=pk))
    require(user, Action.EDIT, place)
    lock(place)
    row: Receipt = Receipt.objects.select_related("place", "village", "pledge", "source").get(pk=pk)
    return row


def thank(
    user: User, place: Unit, receipt_ids: Iterable[int], day: date, key: UUID
) -> list[Receipt]:  # fmt: skip
    """These givers were thanked that day. Those thanked already stay. Raises ``AccessDenied``."""
    with transaction.atomic():
        require(user, Action.EDIT, place)
        lock(place)
        _day(day)
        rows = Receipt.objects.filter(
            pk__in=list(receipt_ids), place=place, thanked_on=None, cancels=None, cancelled_by=None
        ).select_related("place")
        found = list(rows)
        for row in found:
            row.thanked_on = day
            row.save(update_fields=["thanked_on"])
            said = {"thanked_on": [None, day.isoformat()]}
            support_rows.told(row, part(key, row.pk), "ghi đã cảm ơn", said, user)
        return found


def show_name(user: User, receipt_id: int, shown: bool, key: UUID) -> Receipt:
    """Whether the giver's name may stand in the public ledger; leaving it out holds at once.

    Raises ``AccessDenied``.
    """
    with transaction.atomic():
        row = _receipt(user, receipt_id)
        if row.is_public != shown and not support_rows.done_before(key):
            row.is_public = shown
            row.save(update_fields=["is_public"])
            verb = "cho nêu tên người đóng góp" if shown else "không nêu tên người đóng góp"
            support_rows.told(row, key, verb, {"is_public": [not shown, shown]}, user)
        return row
