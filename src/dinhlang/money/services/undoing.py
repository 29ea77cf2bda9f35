"""Taking back: a change of a row, a counter-entry, a cancelled receipt, what a file wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User

from .. import sheets
from ..models import (
    Beneficiary,
    MoneyImport,
    Movement,
    Need,
    Pledge,
    Receipt,
    RowChange,
    Source,
    SupportImport,
)
from . import beneficiaries, contributions, importing
from .fields import attribute, kept, revived
from .movements import Moved, move, undo_move
from .rows import NAMES, _write, locked, refuse_less_than_allocated, remove, told
from .support_fields import ReceiptSaid
from .trouble import BadRow

BY_FILE = "hoàn tác nhập tệp"


@dataclass(slots=True)
class TakenBack:
    """How many lines were taken back, and why others stay."""

    lines: int = 0
    stay: list[str] = field(default_factory=list)

    def one(self, name: str, verb: Callable[[], object]) -> None:
        """Take one line back; what refuses is told."""
        try:
            with transaction.atomic():
                verb()
        except BadRow as bad:
            self.stay.append(f"{name}: {bad}")
        else:
            self.lines += 1


def undo_change(user: User, change_id: int, key: UUID) -> Need | Source:
    """Set a need or a source back to what it was before a change, as a change of its own.

    Sent again it does nothing more. Raises ``AccessDenied``, and ``BadRow`` where somebody changed
    the same since.
    """
    with transaction.atomic():
        change = RowChange.objects.select_related("need", "source").get(pk=change_id)
        model: Any = Need if change.need_id else Source
        row: Any = locked(user, model, change.need_id or change.source_id)
        if RowChange.objects.filter(key=key).exists():
            return row  # type: ignore[no-any-return]
        if not change.revision:
            raise BadRow("Dòng này vừa được thêm; muốn bỏ thì xóa dòng.")
        pairs: dict[str, list[Any]] = {}
        for name, (before, after) in change.changes.items():
            now = kept(getattr(row, attribute(name)))
            if now != after:
                raise BadRow("Người khác vừa sửa tiếp dòng này nên không hoàn tác được.")
            refuse_less_than_allocated(row, {name: revived(name, before)})
            setattr(row, attribute(name), revived(name, before))
            pairs[name] = [after, before]
            if row.given and name in row.given and row.given[name] == after != before:
                # The paper's word is offered again.
                row.offered[name] = after
        if pairs:
            row.revision += 1
            row.by, row.at = user, timezone.now()
            _write(row)
            told(row, key, f"hoàn tác: {change.verb}"[:60], pairs, user)
        return row  # type: ignore[no-any-return]


def redo_move(user: User, counter_id: int, key: UUID) -> Movement:
    """Write the movement again that a counter-entry had taken back.

    Raises ``AccessDenied``, ``BadRow``.
    """
    counter = Movement.objects.select_related("undoes").get(pk=counter_id)
    first = counter.undoes
    if first is None:
        raise BadRow("Khoản này không phải bút toán đảo.")
    said = Moved(
        need=first.need_id, source=first.source_id, step=first.step, amount=first.amount,
        day=first.day, paper=first.paper, note="Ghi lại khoản vừa hủy",
        over_reason="Ghi lại khoản vừa hủy",
    )  # fmt: skip
    return move(user, said, key)


def give_again(user: User, counter_id: int, key: UUID) -> Receipt:
    """Give the receipt again that was just cancelled: a number of its own, the same words.

    Numbers have no gaps, so neither the receipt nor its counter goes. Raises ``AccessDenied``,
    ``BadRow``.
    """
    counter = Receipt.objects.select_related("cancels__place").get(pk=counter_id)
    first = counter.cancels
    if first is None:
        raise BadRow("Phiếu này không phải phiếu hủy.")
    said = ReceiptSaid(
        giver=first.giver, kind=first.kind, day=first.day, amount=first.amount,
        quantity=first.quantity, unit=first.unit, price=first.price, village=first.village_id,
        purpose=first.purpose, pledge=first.pledge_id, source=first.source_id,
        is_public=first.is_public,
    )  # fmt: skip
    return contributions.give_receipt(user, first.place, said, key)


def undo_import(user: User, pk: UUID) -> TakenBack:
    """Take back what a workbook wrote, as far as nobody built on it since.

    Entries of the ledger by counter-entries, new rows removed, changed ones set back. Sent again
    it does nothing more. Raises ``AccessDenied``.
    """
    found = MoneyImport.objects.select_related("place").get(pk=pk)
    require(user, Action.EDIT, found.place)
    taken = TakenBack()
    if found.done_at is None:
        return taken
    with transaction.atomic():
        for row in reversed(importing.rows_of(found)):
            name = f"{row.sheet}, dòng {row.number}"
            if row.state == importing.NEW:
                taken.one(name, lambda row=row: _new_back(user, found, row))  # type: ignore[misc]
            elif row.state == importing.CHANGED:
                taken.one(name, lambda row=row: _set_back(user, found, row))  # type: ignore[misc]
        counts = {"dòng": taken.lines, "giữ lại": len(taken.stay)}
        audit.record(user, "hoàn tác tệp kinh phí", found, found.place, counts)
    return taken


def _new_back(user: User, found: MoneyImport, row: importing.Row) -> None:
    key = uuid5(found.pk, f"hoàn tác {row.sheet}:{row.number}")
    if row.sheet == sheets.LEDGER:
        moved = Movement.objects.filter(key=row.key).first()
        if moved is not None:
            undo_move(user, moved.pk, key, BY_FILE)
        return
    model: Any = Need if row.sheet == sheets.NEEDS else Source
    made = model.objects.filter(key=row.key).first()
    if made is not None:
        if made.revision:
            raise BadRow(f"{NAMES[model]} này đã có người sửa tiếp nên giữ lại.")
        remove(user, model, made.pk, key)


def _set_back(user: User, found: MoneyImport, row: importing.Row) -> None:
    change = RowChange.objects.filter(key=uuid5(found.pk, f"{row.sheet}:{row.number}")).first()
    if change is not None:
        undo_change(user, change.pk, uuid5(change.key, "hoàn tác"))


def undo_support_import(user: User, pk: UUID) -> TakenBack:
    """Take the rows off the list, or the pledges, that a file brought in. Raises as above."""
    found = SupportImport.objects.select_related("place").get(pk=pk)
    require(user, Action.EDIT, found.place)
    taken = TakenBack()
    model: Any = Beneficiary if found.policy_id else Pledge
    verb: Any = beneficiaries.remove if found.policy_id else contributions.remove_pledge
    with transaction.atomic():
        for line in found.rows if found.done_at else ():
            made = model.objects.filter(key=uuid5(found.pk, str(line["number"]))).first()
            if made is not None and made.removed_at is None:
                key = uuid5(made.key, "hoàn tác nhập")
                taken.one(
                    f"Dòng {line['number']}",
                    lambda made=made, key=key: verb(user, made.pk, key),  # type: ignore[misc]
                )
        counts = {"dòng": taken.lines, "giữ lại": len(taken.stay)}
        audit.record(user, "hoàn tác tệp danh sách", found, found.place, counts)
    return taken
