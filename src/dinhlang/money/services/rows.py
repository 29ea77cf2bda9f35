"""Needs and sources: add, change with merging, remove and restore. Each change is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, format_money

from ..models import Movement, Need, RowChange, Source, Step
from .fields import (
    LABELS,
    NeedSaid,
    SourceSaid,
    attribute,
    checked,
    kept,
    merged,
    revived,
    said_of,
)
from .trouble import BadRow, Conflict, Difference

Any_Row = TypeVar("Any_Row", Need, Source)
NAMES: dict[type[Need] | type[Source], str] = {Need: "nhu cầu", Source: "nguồn vốn"}


def add_need(
    user: User | None, place: Unit, year: int, said: NeedSaid, key: UUID, *,
    origin_ref: str = "", origin_text: str = "",
) -> Need:  # fmt: skip
    """A need of the place's year; sent again with the same key it is the need of the first time.

    ``user`` is None for the program itself. Raises ``AccessDenied``, ``BadRow``.
    """
    return _add(user, Need, place, year, said, key, origin_ref, origin_text)


def add_source(
    user: User | None, place: Unit, year: int, said: SourceSaid, key: UUID, *,
    origin_ref: str = "", origin_text: str = "",
) -> Source:  # fmt: skip
    """A source of the place's year. Raises as ``add_need`` does."""
    return _add(user, Source, place, year, said, key, origin_ref, origin_text)


def _add(
    user: User | None, model: type[Any_Row], place: Unit, year: int, said: NeedSaid | SourceSaid,
    key: UUID, origin_ref: str, origin_text: str,
) -> Any_Row:  # fmt: skip
    values = checked(said, place)
    if not 2000 <= year <= 2100:
        raise BadRow("Năm từ 2000 đến 2100.", "year")
    with transaction.atomic():
        if user is not None:
            require(user, Action.EDIT, place)
        lock(place)
        before: Any_Row | None = model.objects.filter(key=key).first()
        if before is not None:
            if before.place_id != place.pk:
                raise BadRow("Biểu mẫu này đã dùng ở nơi khác. Hãy tải lại trang.")
            return before
        row = model(
            key=key, place=place, year=year, origin_ref=origin_ref, origin_text=origin_text[:300],
            by=user, at=timezone.now(),
            **{attribute(name): value for name, value in values.items()},
        )  # fmt: skip
        if origin_ref:
            row.given = {name: kept(value) for name, value in said_of(row).items()}
        _write(row)
        changes = {name: [None, kept(value)] for name, value in values.items() if value}
        told(row, key, f"thêm {NAMES[model]}", changes, user)
        return row


def lock(place: Unit) -> None:
    """Whoever else writes the place's money waits: sums that are checked stay true."""
    Unit.objects.select_for_update(no_key=True).get(pk=place.pk)


def _write(row: Need | Source) -> None:
    parts = [row.text, row.note, row.paper, row.origin_text]
    parts += [row.asked_of, row.condition] if isinstance(row, Source) else []
    row.search_key = fold(" ".join(parts))
    row.save()


def told(
    row: Need | Source, key: UUID, verb: str, changes: Mapping[str, list[Any]], user: User | None
) -> None:
    """Keeps the change in the row's history and in the audit log."""
    RowChange.objects.create(
        key=key, place=row.place, need=row if isinstance(row, Need) else None,
        source=row if isinstance(row, Source) else None, verb=verb, revision=row.revision,
        changes=dict(changes), by=user, at=timezone.now(),
    )  # fmt: skip
    audit.record(user, verb, row, row.place, {"year": row.year, "changes": changes})


def change_need(
    user: User, need_id: int, key: UUID, seen_revision: int, changes: Mapping[str, Any],
    decided: Mapping[str, int] | None = None,
) -> Need:  # fmt: skip
    """Change fields of a need; what others changed since ``seen_revision`` and this person left
    alone is kept.

    ``changes`` may hold all fields of a form. ``decided`` names the fields of an earlier conflict
    with the revision at which the person chose. Raises ``AccessDenied``, ``BadRow``, and
    ``Conflict`` where both changed the same field; then nothing is written.
    """
    return _change(user, Need, need_id, key, seen_revision, changes, decided or {})


def change_source(
    user: User, source_id: int, key: UUID, seen_revision: int, changes: Mapping[str, Any],
    decided: Mapping[str, int] | None = None,
) -> Source:  # fmt: skip
    """Change fields of a source, as ``change_need`` does."""
    return _change(user, Source, source_id, key, seen_revision, changes, decided or {})


def _change(
    user: User, model: type[Any_Row], pk: int, key: UUID, seen: int, changes: Mapping[str, Any],
    decided: Mapping[str, int],
) -> Any_Row:  # fmt: skip
    with transaction.atomic():
        row = locked(user, model, pk)
        if RowChange.objects.filter(key=key).exists():
            return row
        if row.removed_at is not None:
            raise BadRow("Dòng này đã bị xóa. Hãy khôi phục rồi sửa.")
        wanted = _mine(row, seen, changes, decided)
        if wanted.get("criterion", said_of(row).get("criterion")) != said_of(row).get("criterion"):
            # The old number's name does not go with the new one.
            wanted.setdefault("criterion_name", "")
        values = checked(merged(row, wanted), row.place)
        before = said_of(row)
        new = {name: value for name, value in values.items() if value != before[name]}
        if not new:
            return row
        refuse_less_than_allocated(row, new)
        for name, value in new.items():
            setattr(row, attribute(name), value)
            row.offered.pop(name, None)
        row.revision += 1
        row.by, row.at = user, timezone.now()
        _write(row)
        pairs = {name: [kept(before[name]), kept(value)] for name, value in new.items()}
        told(row, key, f"sửa {NAMES[model]}", pairs, user)
        return row


def allocated(source: Source) -> int:
    """What the source has given to needs, đồng."""
    rows = Movement.objects.filter(source=source, step=Step.ALLOCATED)
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


def refuse_less_than_allocated(row: Need | Source, new: Mapping[str, Any]) -> None:
    """A source does not become smaller than what was allocated from it. Raises ``BadRow``."""
    amount = new.get("amount")
    if not isinstance(row, Source) or amount is None:
        return
    given = allocated(row)
    if amount < given and (row.amount is None or amount < row.amount):
        raise BadRow(
            f"Nguồn này đã phân bổ {format_money(given)}. Hãy rút bớt phân bổ trước.", "amount"
        )


def locked(user: User, model: type[Any_Row], pk: int) -> Any_Row:
    """The row, while nobody else changes money of its place. Raises ``AccessDenied``."""
    place = Unit.objects.get(pk=model.objects.values_list("place", flat=True).get(pk=pk))
    require(user, Action.EDIT, place)
    lock(place)
    # The models' managers are untyped on purpose: a query set of either row.
    return cast(Any_Row, model.objects.select_related("place").get(pk=pk))


def _mine(
    row: Need | Source, seen: int, changes: Mapping[str, Any], decided: Mapping[str, int]
) -> dict[str, Any]:
    """The changes that are this person's own, against what they saw. Raises ``Conflict``."""
    since = list(row.history.filter(revision__gt=seen).select_related("by").order_by("pk"))
    was: dict[str, Any] = {}
    for each in since:
        for name, (before, _) in each.changes.items():
            if each.revision > decided.get(name, seen):
                was.setdefault(name, revived(name, before))
    now = said_of(row)
    mine, both = {}, []
    for name, value in changes.items():
        if name in was and name in now and now[name] != value:
            if value == was[name]:
                continue
            both.append(Difference(name, LABELS[name], was[name], now[name], value))
        mine[name] = value
    if both:
        raise Conflict(both, row.revision, str(since[-1].by or ""))
    return mine


def meet_condition(
    user: User, source_id: int, key: UUID, day: date | None, paper: str = ""
) -> Source:
    """The source's condition is met, or its request granted, on a day; None takes that back.

    ``paper``: what says so. Raises ``AccessDenied``, ``BadRow``.
    """
    with transaction.atomic():
        row = locked(user, Source, source_id)
        if RowChange.objects.filter(key=key).exists():
            return row
        if not (row.condition or row.asked_of):
            raise BadRow("Nguồn này không có điều kiện.")
        paper = " ".join(paper.split())[:200]
        if day is not None and not paper:
            raise BadRow("Hãy ghi văn bản cho biết điều kiện đã đạt.", "paper")
        if day is not None and day > timezone.localdate():
            raise BadRow("Ngày đạt điều kiện không thể ở sau hôm nay.", "day")
        if row.condition_met_on == day:
            return row
        pairs: dict[str, list[Any]] = {"condition_met_on": [kept(row.condition_met_on), kept(day)]}
        if paper and paper != row.paper:
            pairs["paper"] = [row.paper, paper]
            row.paper = paper
        row.condition_met_on = day
        row.revision += 1
        row.by, row.at = user, timezone.now()
        _write(row)
        told(row, key, "ghi điều kiện đã đạt" if day else "bỏ điều kiện đã đạt", pairs, user)
        return row


def remove(user: User, model: type[Any_Row], pk: int, key: UUID) -> Any_Row:
    """Remove a need or a source; ``restore`` brings it back.

    One with money written to it stays: that is undone first. Raises ``AccessDenied``, ``BadRow``.
    """
    with transaction.atomic():
        row = locked(user, model, pk)
        if row.removed_at is not None:
            return row
        name = "need" if isinstance(row, Need) else "source"
        sums = Movement.objects.filter(**{name: row}).values("step").order_by()
        if any(each["sum"] for each in sums.annotate(sum=Sum("amount"))):
            raise BadRow(
                f"“{row.text[:80]}” đã có khoản ghi sổ. Hãy hủy các khoản ấy trong Sổ phát sinh "
                "rồi xóa."
            )
        row.removed_at, row.removed_by = timezone.now(), user
        row.revision += 1
        row.save(update_fields=["removed_at", "removed_by", "revision"])
        told(row, key, f"xóa {NAMES[model]}", {}, user)
        return row


def restore(user: User, model: type[Any_Row], pk: int, key: UUID) -> Any_Row:
    """Bring a removed need or source back as it was. Raises ``AccessDenied``."""
    with transaction.atomic():
        row = locked(user, model, pk)
        if row.removed_at is None:
            return row
        row.removed_at = row.removed_by = None
        row.revision += 1
        row.save(update_fields=["removed_at", "removed_by", "revision"])
        told(row, key, f"khôi phục {NAMES[model]}", {}, user)
        return row


def settle(
    user: User, model: type[Any_Row], pk: int, key: UUID, take: Mapping[str, bool]
) -> Any_Row:
    """Decide on what a newer version of the paper says: take it over (True) or keep ours.

    Raises ``AccessDenied``, ``BadRow``.
    """
    with transaction.atomic():
        row = locked(user, model, pk)
        if RowChange.objects.filter(key=key).exists():
            return row
        before, pairs = said_of(row), {}
        for name, taken in take.items():
            if name not in row.offered:
                continue
            value = row.offered.pop(name)
            row.given[name] = value
            if taken:
                refuse_less_than_allocated(row, {name: value})
                pairs[name] = [kept(before[name]), value]
                setattr(row, attribute(name), revived(name, value))
        row.revision += 1
        row.by, row.at = user, timezone.now()
        _write(row)
        told(row, key, "xử lý khác biệt với văn bản", pairs, user)
        return row
