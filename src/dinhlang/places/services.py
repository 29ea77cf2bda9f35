"""What can be done with places: add, rename, move, merge and split units.

Each verb checks the permission, changes, and writes the audit line, in one transaction. ``user``
is ``None`` where the program's operator acts from the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from dinhlang.vietnamese import clean_spaces, nfc, tone_key

from . import gate, tree
from .kinds import VILLAGE_KINDS, split_kind
from .models import (
    BEFORE_RECORDS,
    Closure,
    Extent,
    Level,
    Succession,
    SuccessionKind,
    SuccessionPart,
    Unit,
    UnitName,
    UnitParent,
)

MANAGE = "manage"
COUNTRY_CODE = "VN"


class NotAllowedHere(Exception):
    """A change that makes no sense as asked; the message is for the user."""


class AlreadyThere(NotAllowedHere):
    """The commune has a village of that very name."""


def ensure_country() -> Unit:
    """The root of the tree, made on the first call."""
    found = Unit.objects.filter(level=Level.COUNTRY).first()
    if found:
        return found
    return add_unit(Level.COUNTRY, "nước", "Việt Nam", None, code=COUNTRY_CODE)


def add_unit(
    level: Level,
    kind: str,
    name: str,
    parent: Unit | None,
    *,
    code: str = "",
    first_day: date = BEFORE_RECORDS,
) -> Unit:
    """Write a unit with its name, its parent and its rows of the closure. Checks nothing."""
    with transaction.atomic():
        unit = Unit(
            level=level,
            kind=kind,
            name=clean_spaces(nfc(name)),
            parent=parent,
            code=code,
            valid_from=first_day,
        )
        unit.fill_keys()
        unit.save()
        _note_name(unit, first_day)
        if parent is not None:
            UnitParent.objects.create(unit=unit, parent=parent, valid_from=first_day)
        tree.add([unit])
    return unit


def _note_name(unit: Unit, first_day: date) -> None:
    UnitName.objects.create(
        unit=unit,
        kind=unit.kind,
        name=unit.name,
        search_key=unit.search_key,
        valid_from=first_day,
    )


def create_village(
    user: Any, commune: Unit, kind: str, name: str, *, first_day: date | None = None
) -> Unit:
    """Add a village to a commune; without ``first_day`` as one that was always there.

    Raises ``AccessDenied``, and ``NotAllowedHere`` for a wrong kind, an empty name, a name the
    commune has already, or a commune that is no more.
    """
    kind, name = _village_name(kind, name)
    _needs_commune(commune)
    _needs_free_name(commune, kind, name)
    with transaction.atomic():
        gate.require(user, MANAGE, commune)
        village = add_unit(
            Level.VILLAGE,
            kind,
            name,
            commune,
            first_day=max(first_day or BEFORE_RECORDS, commune.valid_from),
        )
        gate.record(user, "thêm thôn", village, commune, {"ten": village.full_name})
    return village


def rename_unit(
    user: Any, unit: Unit, kind: str, name: str, day: date, *, correction: bool = False
) -> Unit:
    """Give a unit another name or kind from ``day`` on; the earlier one is kept with its time.

    With ``correction`` the name was written wrongly from the start, and nothing of it is kept.
    Raises ``AccessDenied`` and ``NotAllowedHere``.
    """
    if unit.level == Level.VILLAGE:
        kind, name = _village_name(kind, name)
    else:
        kind, name = clean_spaces(nfc(kind)).lower(), clean_spaces(nfc(name))
    before = unit.full_name
    with transaction.atomic():
        gate.require(user, MANAGE, _keeper(unit))
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        _needs_running(unit)
        if not name or not kind:
            raise NotAllowedHere("Chưa có tên. Hãy ghi loại và tên của đơn vị.")
        if (unit.kind, unit.name) == (kind, name):
            return unit
        if unit.level == Level.VILLAGE and unit.parent is not None:
            _needs_free_name(unit.parent, kind, name, but=[unit])
        change_name(unit, kind, name, None if correction else day)
        verb = "sửa tên đơn vị" if correction else "đổi tên đơn vị"
        details = {"truoc": before, "sau": unit.full_name, "ngay": day}
        gate.record(user, verb, unit, _keeper(unit), details)
    return unit


def change_name(unit: Unit, kind: str, name: str, day: date | None) -> None:
    """Write the name, from ``day`` on or (``None``) in place of the last one. Checks no rights.

    Raises ``NotAllowedHere`` where a later name is known already.
    """
    last = unit.names.order_by("valid_from").last()
    unit.kind, unit.name = kind, name
    unit.fill_keys()
    unit.save(update_fields=["kind", "name", "search_key", "tone_key", "sort_key"])
    if last is None:
        _note_name(unit, unit.valid_from)
    elif day is None or day == last.valid_from:
        last.kind, last.name, last.search_key = kind, name, unit.search_key
        last.save(update_fields=["kind", "name", "search_key"])
    elif day < last.valid_from:
        raise NotAllowedHere(
            f"Đã có tên từ ngày {last.valid_from:%d/%m/%Y}. Ngày đổi tên phải sau ngày đó."
        )
    else:
        last.valid_to = day
        last.save(update_fields=["valid_to"])
        _note_name(unit, day)


def transfer_unit(user: Any, unit: Unit, parent: Unit, day: date) -> Unit:
    """Move a unit, with all below it, under another parent from ``day`` on.

    Raises ``AccessDenied`` (both sides must be the person's), ``NotAllowedHere``.
    """
    with transaction.atomic():
        gate.require(user, MANAGE, _keeper(unit))
        gate.require(user, MANAGE, parent)
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        _needs_running(unit)
        before = unit.parent
        if before == parent:
            return unit
        if Closure.objects.filter(ancestor=unit, descendant=parent).exists():
            raise NotAllowedHere("Không chuyển được một đơn vị vào chính nó hoặc cấp dưới của nó.")
        if unit.level == Level.VILLAGE:
            _needs_commune(parent)
            _needs_free_name(parent, unit.kind, unit.name)
        change_parent(unit, parent, day)
        details = {"tu": str(before or ""), "den": str(parent), "ngay": day}
        gate.record(user, "chuyển đơn vị", unit, parent, details)
    return unit


def change_parent(unit: Unit, parent: Unit, day: date) -> None:
    """Write the parent from ``day`` on, and the closure. Checks no rights."""
    last = unit.parents.order_by("valid_from").last()
    if last is not None and day < last.valid_from:
        raise NotAllowedHere(
            f"Đơn vị đã thuộc cấp trên hiện nay từ ngày {last.valid_from:%d/%m/%Y}. "
            "Ngày chuyển phải sau ngày đó."
        )
    if last is not None and last.valid_from == day:
        last.parent = parent
        last.save(update_fields=["parent"])
    else:
        unit.parents.filter(valid_to=None).update(valid_to=day)
        UnitParent.objects.create(unit=unit, parent=parent, valid_from=day)
    unit.parent = parent
    unit.save(update_fields=["parent"])
    tree.move(unit)


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be made by a merger or a split."""

    kind: str
    name: str
    code: str = ""


def merge_units(
    user: Any, olds: Sequence[Unit], new: NewUnit, day: date, *, basis: str = ""
) -> Unit:
    """End several units of one level and parent, and begin the one they become.

    What was below them goes to the new one. Raises ``AccessDenied`` and ``NotAllowedHere``.
    """
    if len({unit.pk for unit in olds}) < 2:
        raise NotAllowedHere("Hãy chọn từ hai đơn vị trở lên để nhập.")
    with transaction.atomic():
        locked = _lock_siblings(user, olds)
        made = _begin(locked[0], new, day, but=locked)
        for unit in locked:
            for child in list(unit.children.current()):
                change_parent(child, made, day)
            _end(unit, day)
        _succeed(locked, [made], day, SuccessionKind.MERGE, basis, Extent.WHOLE)
        details = {"tu": [unit.full_name for unit in locked], "ngay": day, "can_cu": basis}
        gate.record(user, "nhập đơn vị", made, _keeper(made), details)
    return made


def split_unit(
    user: Any, old: Unit, news: Sequence[NewUnit], day: date, *, basis: str = ""
) -> list[Unit]:
    """End a unit that has nothing below it, and begin the several it becomes.

    Raises ``AccessDenied`` and ``NotAllowedHere``.
    """
    if len(news) < 2:
        raise NotAllowedHere("Hãy ghi tên ít nhất hai đơn vị mới.")
    with transaction.atomic():
        (locked,) = _lock_siblings(user, [old])
        if locked.children.current().exists():
            raise NotAllowedHere(
                f"{locked.title} còn có đơn vị bên dưới. Hãy chuyển các đơn vị ấy đi trước."
            )
        made: list[Unit] = []
        for new in news:
            made.append(_begin(locked, new, day, but=[locked]))
        _end(locked, day)
        _succeed([locked], made, day, SuccessionKind.SPLIT, basis, Extent.PART)
        details = {"thanh": [unit.full_name for unit in made], "ngay": day, "can_cu": basis}
        gate.record(user, "chia đơn vị", locked, _keeper(locked), details)
    return made


def end_unit(user: Any, unit: Unit, day: date, *, reason: str = "") -> Unit:
    """End a unit that nothing succeeds (a village dissolved, a district abolished).

    Raises ``AccessDenied`` and ``NotAllowedHere``.
    """
    with transaction.atomic():
        gate.require(user, MANAGE, _keeper(unit))
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        _needs_running(unit)
        if unit.children.current().exists():
            raise NotAllowedHere(f"{unit.title} còn có đơn vị bên dưới, chưa kết thúc được.")
        _end(unit, day)
        gate.record(user, "kết thúc đơn vị", unit, _keeper(unit), {"ngay": day, "ly_do": reason})
    return unit


def remove_village(user: Any, village: Unit) -> None:
    """Take back a village entered by mistake, of which nothing is known yet.

    Raises ``AccessDenied``; ``NotAllowedHere`` where something stands on it already.
    """
    from django.db.models import ProtectedError

    commune = _keeper(village)
    with transaction.atomic():
        gate.require(user, MANAGE, commune)
        if village.level != Level.VILLAGE:
            raise NotAllowedHere("Chỉ bỏ được thôn, khu nhập nhầm.")
        try:
            with transaction.atomic():
                village.delete()
        except ProtectedError:
            raise NotAllowedHere(
                f"{village.title} đã có số liệu hoặc lịch sử, không bỏ được. "
                "Nếu thôn không còn, hãy ghi ngày kết thúc."
            ) from None
        gate.record(user, "bỏ thôn nhập nhầm", village.full_name, commune)


def _keeper(unit: Unit) -> Unit:
    """Whose consent a change of the unit needs: a village's commune, otherwise its parent."""
    return unit.parent or unit


def _village_name(kind: str, name: str) -> tuple[str, str]:
    name = clean_spaces(nfc(name))
    kind = clean_spaces(nfc(kind)).lower()
    said, bare = split_kind(name)
    # “Thôn Tân Thịnh” typed in full; but “Làng Mẫu” may well be the name of a thôn.
    if said in VILLAGE_KINDS and kind in ("", said):
        kind, name = said, bare
    if kind not in VILLAGE_KINDS:
        known = ", ".join(VILLAGE_KINDS)
        raise NotAllowedHere(f"Không có loại “{kind}”. Hãy chọn một trong: {known}.")
    if not name:
        raise NotAllowedHere("Chưa có tên thôn. Hãy ghi tên, ví dụ: Tân Thịnh.")
    if len(name) > 120:
        raise NotAllowedHere("Tên thôn dài quá 120 chữ. Hãy ghi ngắn lại.")
    return kind, name


def _needs_commune(unit: Unit) -> None:
    if unit.level != Level.COMMUNE:
        raise NotAllowedHere(f"{unit.title} không phải cấp xã; thôn, khu chỉ thuộc xã, phường.")
    _needs_running(unit)


def _needs_running(unit: Unit) -> None:
    if unit.valid_to is not None:
        raise NotAllowedHere(
            f"{unit.title} đã kết thúc từ ngày {unit.valid_to:%d/%m/%Y}, không sửa được nữa."
        )


def _needs_free_name(parent: Unit, kind: str, name: str, but: Iterable[Unit] = ()) -> None:
    same = parent.children.current().filter(kind=kind, tone_key=tone_key(name))
    if same.exclude(pk__in=[unit.pk for unit in but]).exists():
        raise AlreadyThere(
            f"{parent.title} đã có {kind} {name}. Hãy ghi tên khác, "
            f"ví dụ thêm tên xã cũ: {name} (Hòa Bình cũ)."
        )


def _lock_siblings(user: Any, units: Sequence[Unit]) -> list[Unit]:
    wanted = {unit.pk for unit in units}
    locked = list(Unit.objects.select_for_update().filter(pk__in=wanted).order_by("sort_key"))
    if len({(unit.level, unit.parent_id) for unit in locked}) != 1 or len(locked) != len(wanted):
        raise NotAllowedHere("Chỉ nhập được các đơn vị cùng cấp và cùng thuộc một cấp trên.")
    for unit in locked:
        gate.require(user, MANAGE, _keeper(unit))
        _needs_running(unit)
    return locked


def _begin(like: Unit, new: NewUnit, day: date, but: Iterable[Unit]) -> Unit:
    """A new unit of the level and parent of another one."""
    kind, name = new.kind, new.name
    if like.level == Level.VILLAGE:
        kind, name = _village_name(kind, name)
    if like.parent is not None:
        _needs_free_name(like.parent, kind, name, but)
    return add_unit(Level(like.level), kind, name, like.parent, code=new.code, first_day=day)


def _end(unit: Unit, day: date) -> None:
    if day <= unit.valid_from:
        raise NotAllowedHere(
            f"{unit.title} có từ ngày {unit.valid_from:%d/%m/%Y}; ngày này phải sau đó."
        )
    close_units([unit], day)


def close_units(units: Sequence[Unit], day: date) -> None:
    """Write the end of units, of their names and of their parents. Checks nothing."""
    numbers = [unit.pk for unit in units]
    for unit in units:
        unit.valid_to = day
    Unit.objects.filter(pk__in=numbers).update(valid_to=day)
    UnitName.objects.filter(unit__in=numbers, valid_to=None).update(valid_to=day)
    UnitParent.objects.filter(unit__in=numbers, valid_to=None).update(valid_to=day)


def _succeed(
    olds: Sequence[Unit],
    news: Sequence[Unit],
    day: date,
    kind: SuccessionKind,
    basis: str,
    extent: Extent,
) -> None:
    succession = Succession.objects.create(day=day, kind=kind, basis=basis[:300])
    SuccessionPart.objects.bulk_create(
        SuccessionPart(succession=succession, old=old, new=new, extent=extent)
        for old in olds
        for new in news
    )


def latest_change() -> date | None:
    """The last day on which units succeeded one another."""
    last: date | None = Succession.objects.aggregate(last=Max("day"))["last"]
    return last
