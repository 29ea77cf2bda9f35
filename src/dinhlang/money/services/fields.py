"""The fields of needs and sources that a person may set, and how they are kept in the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from ..models import Need, Source, SourceKind
from ..programme import component
from ..recognising import share_amount
from ..typed import LARGEST
from .trouble import BadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSaid:
    """Everything a person may say of a need; ``amount`` in đồng, ``village`` and ``task`` by pk."""

    text: str
    amount: int
    criterion: str = ""
    criterion_name: str = ""
    component: str = ""
    village: int | None = None
    task: int | None = None
    due: date | None = None
    is_works: bool = False
    note: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSaid:
    """Everything a person may say of a source; amounts in đồng, ``share_percent`` in %."""

    text: str
    kind: str = SourceKind.OTHER.value
    amount: int | None = None
    share_percent: Decimal | None = None
    share_of: int | None = None
    condition: str = ""
    condition_is_work: bool = False
    expected: date | None = None
    asked_of: str = ""
    carried_from: int | None = None
    note: str = ""
    paper: str = ""


LABELS = {
    "text": "Nội dung", "amount": "Số tiền", "criterion": "Tiêu chí",
    "criterion_name": "Tên tiêu chí", "component": "Nội dung thành phần", "village": "Thôn",
    "task": "Việc", "due": "Cần trước ngày", "is_works": "Công trình xây dựng",
    "note": "Ghi chú", "paper": "Văn bản", "kind": "Loại nguồn",
    "share_percent": "Tỷ lệ để lại", "share_of": "Tổng tiền đấu giá", "condition": "Điều kiện",
    "condition_is_work": "Điều kiện là việc có ngày", "expected": "Dự kiến có ngày",
    "asked_of": "Đề nghị với", "carried_from": "Chuyển nguồn từ năm",
    "condition_met_on": "Ngày đạt điều kiện", "year": "Năm",
}  # fmt: skip
FOREIGN = ("village", "task")
LONGEST = {
    "text": 500,
    "criterion": 20,
    "criterion_name": 300,
    "paper": 200,
    "condition": 300,
    "asked_of": 200,
    "note": 4000,
}


def said_of(row: Need | Source) -> dict[str, Any]:
    """The row's fields as ``NeedSaid`` or ``SourceSaid`` has them."""
    names = NeedSaid.__slots__ if isinstance(row, Need) else SourceSaid.__slots__
    return {name: getattr(row, attribute(name)) for name in names}


def attribute(name: str) -> str:
    """The row's attribute that holds a field."""
    return f"{name}_id" if name in FOREIGN else name


def kept(value: Any) -> Any:
    """The value as the history and the origin's words keep it: JSON."""
    if isinstance(value, date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def revived(name: str, value: Any) -> Any:
    """The value that ``kept`` wrote."""
    if value is None:
        return None
    if name in ("due", "expected", "condition_met_on"):
        return date.fromisoformat(value)
    return Decimal(value) if name == "share_percent" else value


def checked(said: NeedSaid | SourceSaid, place: models.Model) -> dict[str, Any]:
    """The fields as they are written. Raises ``BadRow``."""
    found = asdict(said)
    for name, longest in LONGEST.items():
        if name in found:
            found[name] = " ".join(found[name].split()) if name != "note" else found[name].strip()
            if len(found[name]) > longest:
                raise BadRow(f"{LABELS[name]} dài quá {longest} chữ cái, hãy viết gọn.", name)
    if not found["text"]:
        raise BadRow("Hãy ghi nội dung.", "text")
    if isinstance(said, SourceSaid):
        _source(found)
    else:
        _need(found, place)
    value = found["amount"]
    if value is not None and not 0 <= value <= LARGEST:
        raise BadRow("Số tiền từ 0 đến 100.000 tỷ đồng.", "amount")
    return found


def _need(found: dict[str, Any], place: models.Model) -> None:
    from dinhlang.places.models import Unit
    from dinhlang.work.models import Task

    if found["component"] and component(found["component"]) is None:
        raise BadRow("Không có nội dung thành phần này.", "component")
    village = found["village"]
    if village is not None and not Unit.objects.filter(pk=village, parent=place.pk).exists():
        raise BadRow("Thôn này không thuộc xã.", "village")
    task = found["task"]
    if task is not None and not Task.objects.filter(pk=task, place=place.pk).exists():
        raise BadRow("Việc này không thuộc xã.", "task")


def _source(found: dict[str, Any]) -> None:
    if found["kind"] not in SourceKind.values:
        raise BadRow("Hãy chọn loại nguồn.", "kind")
    percent, whole = found["share_percent"], found["share_of"]
    if percent is not None and whole is not None:
        due = share_amount(percent, whole)
        if found["amount"] is None:
            found["amount"] = due
        elif abs(found["amount"] - due) * 100 > due:
            raise BadRow(
                "Số tiền không khớp với tỷ lệ của tổng tiền đấu giá. Hãy sửa một trong ba ô.",
                "amount",
            )
    if found["condition_is_work"] and not found["condition"]:
        raise BadRow("Hãy ghi điều kiện (ví dụ “đấu giá xong”).", "condition")


def merged(row: Need | Source, changes: Mapping[str, Any]) -> NeedSaid | SourceSaid:
    """What the row says with these changes. Raises ``BadRow`` for a field that cannot be set."""
    known = said_of(row)
    if unknown := set(changes) - set(known):
        raise BadRow(f"Không sửa được: {', '.join(sorted(unknown))}.")
    return (NeedSaid if isinstance(row, Need) else SourceSaid)(**(known | dict(changes)))
