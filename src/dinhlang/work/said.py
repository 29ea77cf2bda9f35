"""What a person may say of a task: its fields, their names, and how they are kept and cleaned.

Values come in two shapes: as Python has them (days are dates) and *plain*, as JSON has them
(days are ISO texts, unknown is None). History and merging work on the plain ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from dinhlang.people.offices import office_key
from dinhlang.vietnamese import clean_spaces, nfc

Plain = dict[str, Any]

LONGEST_TEXT = 4000
LONGEST = {
    "text": LONGEST_TEXT, "product": 300, "remarks": 10_000, "criterion_set": 120,
    "criterion": 20, "indicator": 20, "target": 300, "measure": 80,
}  # fmt: skip
MANY_LINES = frozenset({"text", "remarks"})
DAYS = ("start", "end")
OFFICES = ("lead", "partners")
NUMBERS = ("villages", "after")
LABELS = {
    "text": "Việc", "product": "Sản phẩm", "remarks": "Ghi chú", "criterion_set": "Bộ tiêu chí",
    "criterion": "Tiêu chí", "indicator": "Chỉ tiêu", "target": "Mục tiêu",
    "measure": "Số liệu ghi khi nghiệm thu", "start": "Bắt đầu", "end": "Hạn",
    "cost": "Kinh phí", "lead": "Chủ trì", "partners": "Phối hợp", "villages": "Thôn",
    "after": "Làm sau việc", "state": "Trạng thái", "waiting_for": "Chờ",
    "reason": "Lý do", "removed": "Xóa", "parent": "Thuộc việc", "done_on": "Ngày xong",
}  # fmt: skip
"""What each field is called on screens; the last ones are not for ``change``."""
MOST_OFFICES = 30
MOST_COST = 10**15


class BadTask(ValueError):
    """What was said of a task cannot be; the message is for the user.

    ``field`` names the field at fault, where it is one.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything a person may set of a task.

    ``start`` and ``end`` are included, ``cost`` is in đồng, ``lead`` and ``partners`` are names
    of offices, ``villages`` numbers of units, ``after`` numbers of the tasks that come first.
    """

    text: str = ""
    product: str = ""
    remarks: str = ""
    criterion_set: str = ""
    criterion: str = ""
    indicator: str = ""
    target: str = ""
    measure: str = ""
    start: date | None = None
    end: date | None = None
    cost: int | None = None
    lead: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    villages: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    def plain(self) -> Plain:
        """All fields cleaned, plain. Raises ``BadTask``."""
        return cleaned({each.name: getattr(self, each.name) for each in fields(self)})


FIELDS = tuple(each.name for each in fields(Said))


def cleaned(values: Mapping[str, Any]) -> Plain:
    """These fields as they are kept, plain. Raises ``BadTask`` for what cannot be."""
    return {name: _clean(name, value) for name, value in values.items()}


def _clean(name: str, value: Any) -> Any:
    if name in LONGEST:
        return _text(name, str(value or ""))
    if name in DAYS:
        return _day(name, value)
    if name == "cost":
        return _cost(value)
    if name in OFFICES:
        return offices(value or ())
    if name in NUMBERS:
        return sorted({int(each) for each in value or ()})
    raise BadTask("Việc không có mục này.", name)


def _text(name: str, value: str) -> str:
    text = nfc(value).replace("\r\n", "\n").replace("\x00", "")
    if name in MANY_LINES:
        text = "\n".join(clean_spaces(line) for line in text.split("\n")).strip()
    else:
        text = clean_spaces(text)
    if name == "text" and not text:
        raise BadTask("Hãy ghi việc phải làm.", "text")
    if len(text) > LONGEST[name]:
        raise BadTask(f"{LABELS[name]} dài quá {LONGEST[name]} ký tự. Hãy rút gọn.", name)
    return text


def _day(name: str, value: Any) -> str | None:
    if value in (None, ""):
        return None
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise BadTask(f"{LABELS[name]}: không có ngày “{value}”.", name) from None
    if not 1990 <= day.year <= 2100:
        raise BadTask(f"{LABELS[name]}: năm {day.year} không thể đúng.", name)
    return day.isoformat()


def _cost(value: Any) -> int | None:
    if value in (None, ""):
        return None
    cost = int(value)
    if not 0 <= cost <= MOST_COST:
        raise BadTask("Kinh phí phải từ 0 đồng và không quá một triệu tỷ đồng.", "cost")
    return cost


def offices(names: Iterable[str]) -> list[str]:
    """The names cleaned, each office once, in their order. Raises ``BadTask``."""
    found: dict[str, str] = {}
    for name in names:
        text = clean_spaces(nfc(str(name))).strip(" ;,.")
        if len(text) > 300:
            raise BadTask("Tên cơ quan dài quá 300 ký tự.", "lead")
        if key := office_key(text):
            found.setdefault(key, text)
    if len(found) > MOST_OFFICES:
        raise BadTask(f"Một việc ghi tối đa {MOST_OFFICES} cơ quan.", "lead")
    return list(found.values())


def check_together(plain: Plain) -> None:
    """Raises ``BadTask`` where fields that are each right do not go together."""
    start, end = plain.get("start"), plain.get("end")
    if start and end and end < start:
        raise BadTask(
            f"Hạn ({shown_day(end)}) không thể trước ngày bắt đầu ({shown_day(start)}).", "end"
        )


def shown_day(iso: str | None) -> str:
    """``2026-06-30`` → ``30/06/2026``; empty for None."""
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""
