"""Bringing in a filled list: read and checked line by line, shown, then written all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.kinds import split_kind
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold, parse_number

from .. import support_sheets, typed
from ..models import Beneficiary, Pledge, Policy, SourceKind, SupportImport
from ..selectors import doubles
from . import beneficiaries, contributions, support_fields
from .support_fields import BeneficiarySaid, PledgeSaid
from .trouble import BadRow

Row = dict[str, Any]
"""A line as kept: number, key, name, said (JSON), error, old (it is there already)."""


def bring_in_list(user: User, policy: Policy, filename: str, content: bytes, key: UUID) -> Any:
    """Read a filled list of a policy; with the same key again it is the one of the first time.

    Raises ``AccessDenied``, ``BadSheet``.
    """
    kind = SupportImport.Kind.BENEFICIARIES
    return _bring_in(user, policy.place, kind, policy.year, policy, filename, content, key)


def bring_in_pledges(
    user: User, place: Unit, year: int, filename: str, content: bytes, key: UUID
) -> Any:
    """Read a filled list of pledges. Raises ``AccessDenied``, ``BadSheet``."""
    kind = SupportImport.Kind.PLEDGES
    return _bring_in(user, place, kind, year, None, filename, content, key)


def _bring_in(
    user: User, place: Unit, kind: str, year: int, policy: Policy | None, filename: str,
    content: bytes, key: UUID,
) -> SupportImport:  # fmt: skip
    require(user, Action.EDIT, place)
    before: SupportImport | None = SupportImport.objects.filter(submission=key, by=user).first()
    if before is not None:
        return before
    if policy is not None:
        rows = _list_rows(policy, support_sheets.read(content, support_sheets.BENEFICIARIES))
    else:
        rows = _pledge_rows(place, year, support_sheets.read(content, support_sheets.PLEDGES))
    with transaction.atomic():
        made: SupportImport = SupportImport.objects.create(
            submission=key, place=place, kind=kind, policy=policy, year=year,
            filename=filename.replace("\\", "/").rsplit("/", 1)[-1][:200] or "danh-sach.xlsx",
            rows=rows, by=user, at=timezone.now(),
        )  # fmt: skip
        bad = sum(bool(row["error"]) for row in rows)
        audit.record(
            user, f"đọc tệp {made.get_kind_display().lower()}", policy or place, place,
            {"số dòng": len(rows), "dòng lỗi": bad},
        )  # fmt: skip
    return made


class Villages:
    """The villages of a commune by any way of writing their names."""

    def __init__(self, place: Unit) -> None:
        self.rows = list(Unit.objects.filter(parent=place, level=Level.VILLAGE).current())
        self.by_name: dict[str, int] = {}
        for row in self.rows:
            for name in (row.name, row.title, split_kind(row.name)[1]):
                self.by_name.setdefault(fold(name), row.pk)

    def named(self, name: str) -> int | None:
        """The village of that name; None for no name. Raises ``BadRow``."""
        if not name.strip():
            return None
        found = self.by_name.get(fold(name)) or self.by_name.get(fold(split_kind(name)[1]))
        if found is None:
            raise BadRow(f"Xã không có thôn “{name[:60]}”.", "village")
        return found


def _list_rows(policy: Policy, lines: Sequence[support_sheets.Line]) -> list[Row]:
    villages = Villages(policy.place)
    known = _known(Beneficiary, [line.key for line in lines], policy.place)
    rows, made = [], []
    for line in lines:
        row = _row(line, "name", known)
        rows.append(row)
        if row["old"]:
            continue
        try:
            said = list_said(line.cells, villages)
            unsaved = Beneficiary(pk=-line.number, policy=policy)
            values = support_fields.beneficiary(said, unsaved)
        except (BadRow, typed.BadTyped) as bad:
            row["error"] = str(bad)
            continue
        row["said"] = asdict(said) | {"identity": values["identity"]}
        for name, value in values.items():
            setattr(unsaved, support_fields.attribute(name), value)
        unsaved.name_key = fold(unsaved.name)
        made.append((row, unsaved))
    _doubles(policy, made)
    return rows


def _doubles(policy: Policy, made: Sequence[tuple[Row, Beneficiary]]) -> None:
    """Those on a list already, and those twice in the file, have an error without a reason."""
    there = doubles.of_rows(policy, [unsaved for _, unsaved in made])
    first: dict[Any, int] = {}
    for (row, unsaved), found in zip(made, there, strict=True):
        mark = unsaved.identity or (unsaved.name_key, unsaved.village_id)
        before = first.setdefault(mark, row["number"])
        if unsaved.double_reason:
            continue
        if before != row["number"]:
            row["error"] = f"Trùng với dòng {before} của tệp."
        elif found:
            row["error"] = f"{found[0].words} Nếu vẫn đúng, ghi cột Lý do nhận trùng."


def list_said(cells: Mapping[str, str], villages: Villages) -> BeneficiarySaid:
    """A line of a policy's list as typed. Raises ``BadRow``."""
    return BeneficiarySaid(
        name=cells.get("name", ""),
        village=villages.named(cells.get("village", "")),
        identity=cells.get("identity", ""),
        address=cells.get("address", ""),
        group=cells.get("group", ""),
        quantity=quantity(cells.get("quantity", "")) or 1000,
        note=cells.get("note", ""),
        double_reason=cells.get("double_reason", ""),
    )


def quantity(words: str) -> int | None:
    """“2,5” in thousandths; None for nothing. Raises ``BadRow``."""
    if not words.strip():
        return None
    number = parse_number(words.strip())
    if number is None or number <= 0 or number * 1000 != int(number * 1000):
        raise BadRow("Số lượng ghi như “2” hoặc “2,5”.", "quantity")
    return int(number * 1000)


def _pledge_rows(place: Unit, year: int, lines: Sequence[support_sheets.Line]) -> list[Row]:
    villages = Villages(place)
    known = _known(Pledge, [line.key for line in lines], place)
    there = {
        (each.giver, each.village_id, each.kind, each.amount, each.quantity, each.purpose)
        for each in Pledge.objects.filter(place=place, year=year, removed_at=None)
    }
    rows = []
    for line in lines:
        row = _row(line, "giver", known)
        rows.append(row)
        if row["old"]:
            continue
        try:
            said = pledge_said(line.cells, villages, year)
            values = support_fields.gift(said, place)
        except (BadRow, typed.BadTyped) as bad:
            row["error"] = str(bad)
            continue
        row["said"] = asdict(said) | {"due": said.due.isoformat() if said.due else None}
        row["amount"] = values["amount"]
        mark = (
            values["giver"], values["village"], values["kind"], values["amount"],
            values["quantity"], values["purpose"],
        )  # fmt: skip
        if mark in there:
            row["error"] = "Đã có một đăng ký giống hệt của người này."
        there.add(mark)
    return rows


def pledge_said(cells: Mapping[str, str], villages: Villages, year: int) -> PledgeSaid:
    """A line of pledges as typed. Raises ``BadRow``, ``BadTyped``."""
    labels = {fold(kind.label): kind.value for kind in Pledge.KINDS}
    labels |= {fold(kind.label.split(" – ")[-1]): kind.value for kind in Pledge.KINDS}
    labels |= {fold("tiền"): SourceKind.PEOPLE_CASH.value}
    kind = labels.get(fold(cells.get("kind", "")))
    if kind is None:
        raise BadRow(f"Loại “{cells.get('kind', '')[:40]}” không có trong danh sách.", "kind")
    return PledgeSaid(
        giver=cells.get("giver", ""),
        kind=kind,
        amount=typed.amount(cells.get("amount", "")),
        quantity=quantity(cells.get("quantity", "")),
        unit=cells.get("unit", ""),
        price=typed.amount(cells.get("price", "")),
        village=villages.named(cells.get("village", "")),
        purpose=cells.get("purpose", ""),
        due=typed.day(cells.get("due", ""), year),
        note=cells.get("note", ""),
        is_public=fold(cells.get("is_public", "")) not in ("khong", "k", "0"),
    )


def _row(line: support_sheets.Line, name: str, known: set[str]) -> Row:
    return {
        "number": line.number, "key": line.key, "name": line.cells.get(name, "")[:160],
        "said": None, "error": "", "old": line.key in known,
    }  # fmt: skip


def _known(
    model: type[Beneficiary] | type[Pledge], keys: Sequence[str], place: Unit
) -> set[str]:  # fmt: skip
    wanted = []
    for key in keys:
        try:
            wanted.append(UUID(key))
        except ValueError:
            continue
    path = getattr(model, "place_field", "place")
    rows = model.objects.filter(key__in=wanted, **{path: place}).values_list("key", flat=True)
    return {str(key) for key in rows}


def write(user: User, import_id: UUID) -> SupportImport:
    """Write the good lines, all or none; done once. Raises ``AccessDenied``, ``BadRow``.

    What stood in the lines is not kept any longer than that.
    """
    with transaction.atomic():
        found: SupportImport = (
            SupportImport.objects.select_for_update(of=("self",))
            .select_related("place", "policy")
            .get(pk=import_id)
        )
        require(user, Action.EDIT, found.place)
        if found.done_at is not None:
            return found
        good = [row for row in found.rows if row["said"] and not row["error"]]
        if found.policy is not None:
            made = _write_list(user, found, good)
        else:
            made = _write_pledges(user, found, good)
        found.written, found.done_at = made, timezone.now()
        found.rows = [
            row | {"said": None, "name": row["name"] if row["error"] else ""} for row in found.rows
        ]
        found.save(update_fields=["written", "done_at", "rows"])
        return found


def _write_list(user: User, found: SupportImport, good: Sequence[Row]) -> int:
    assert found.policy_id is not None
    lines = [
        beneficiaries.Line(BeneficiarySaid(**row["said"]), uuid5(found.pk, str(row["number"])))
        for row in good
    ]
    return len(beneficiaries.add_all(user, found.place, found.policy_id, lines))


def _write_pledges(user: User, found: SupportImport, good: Sequence[Row]) -> int:
    lines = []
    for row in good:
        due = row["said"]["due"]
        said = PledgeSaid(**(row["said"] | {"due": date.fromisoformat(due) if due else None}))
        lines.append(contributions.PledgeLine(said, uuid5(found.pk, str(row["number"]))))
    return len(contributions.add_pledges(user, found.place, found.year, lines))
