"""The forms of support and contributions: boxes with what is typed in them, and reading them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import format_date, parse_number

from . import typed
from .models import Pledge
from .selectors.support import quantity_words
from .services.support_fields import LABELS
from .services.support_importing import quantity
from .services.trouble import BadRow, Difference

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box of a form. ``shape``: text, lines, choice, tick. ``offers``: words to choose from."""

    name: str
    label: str
    shape: str = "text"
    hint: str = ""
    choices: Choices = ()
    offers: Sequence[str] = ()
    required: bool = False
    wide: bool = False
    value: str = ""
    error: str = ""


@dataclass(slots=True)
class Read:
    """What a form brought: values that could be taken, what was typed, what is wrong by box."""

    values: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


Parser = Callable[[str, int], Any]


def _text(words: str, year: int) -> str:
    return words


def _amount(words: str, year: int) -> int | None:
    return typed.amount(words)


def _whole(words: str, year: int) -> int | None:
    if not words.strip():
        return None
    number = parse_number(words.strip())
    if number is None or number != int(number) or number < 0:
        raise BadRow("Hãy ghi một số nguyên.")
    return int(number)


def _year(words: str, year: int) -> int | None:
    """A year is written without separators."""
    words = words.strip()
    if words and not (words.isascii() and words.isdecimal() and len(words) == 4):
        raise BadRow("Năm ghi bốn chữ số, ví dụ 2026.")
    return int(words) if words else None


def _row(words: str, year: int) -> int | None:
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else None


def _lines(words: str, year: int) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _tick(words: str, year: int) -> bool:
    return words == "1"


def _quantity(words: str, year: int) -> int | None:
    return quantity(words)


PARSERS: dict[str, Parser] = {
    "amount": _amount, "total": _amount, "price": _amount, "most": _whole, "year": _year,
    "last_year": _year, "source": _row, "village": _row, "pledge": _row, "groups": _lines,
    "is_public": _tick, "quantity": _quantity, "due": typed.day, "day": typed.day,
}  # fmt: skip


def read(post: Mapping[str, str], names: Sequence[str], year: int) -> Read:
    """The boxes of these names, as typed and as values."""
    found = Read()
    for name in names:
        words = str(post.get(name, ""))
        found.typed[name] = words
        try:
            found.values[name] = PARSERS.get(name, _text)(words, year)
        except (BadRow, typed.BadTyped) as bad:
            found.errors[name] = str(bad)
    return found


def shown(name: str, value: Any) -> str:
    """A value as it stands in its box."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if name in ("amount", "total", "price"):
        return typed.shown(value)
    if name == "quantity":
        return quantity_words(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, list | tuple):
        return "\n".join(value)
    return str(value)


def filled(boxes: Sequence[Box], values: Mapping[str, Any]) -> list[Box]:
    """The boxes with these values in them."""
    return [_with(box, shown(box.name, values.get(box.name)), "") for box in boxes]


def typed_in(boxes: Sequence[Box], sent: Read) -> list[Box]:
    """The boxes as a form brought them, each with what is wrong."""
    return [
        _with(box, sent.typed.get(box.name, ""), sent.errors.get(box.name, "")) for box in boxes
    ]


def _with(box: Box, value: str, error: str) -> Box:
    names = ("name", "label", "shape", "hint", "choices", "offers", "required", "wide")
    kept = {name: getattr(box, name) for name in names}
    return Box(**kept, value=value, error=error)


@dataclass(frozen=True, slots=True)
class Choice:
    """A field two people changed, in words, for the page that asks whose stands."""

    field: str
    label: str
    seen: str
    theirs: str
    mine: str


def choices_of(differences: Sequence[Difference], place: Unit) -> list[Choice]:
    """The differences in words."""
    villages = {str(pk): name for pk, name in village_choices(place)}
    return [
        Choice(
            each.field, each.label,
            *(_words(each.field, value, villages) for value in (each.seen, each.theirs, each.mine)),
        )
        for each in differences
    ]  # fmt: skip


def _words(name: str, value: Any, villages: Mapping[str, str]) -> str:
    if name == "village":
        return villages.get(str(value or ""), "") or "(không ghi)"
    if name == "is_public":
        return "Có" if value else "Không"
    if name == "kind":
        return dict((kind.value, kind.label) for kind in Pledge.KINDS).get(value, str(value))
    return shown(name, value) or "(trống)"


# --- The forms ------------------------------------------------------------------------------------


GONE = " (không còn)"
"""After the name of a village that is no more."""


def village_choices(place: Unit) -> list[tuple[str, str]]:
    """The place's villages by pk, those of today first; rows of earlier ones keep theirs."""
    rows = sorted(
        Unit.objects.filter(parent=place, level=Level.VILLAGE),
        key=lambda row: (row.valid_to is not None, row.sort_key),
    )
    names = [(str(row.pk), row.title + ("" if row.is_current else GONE)) for row in rows]
    return [("", "– không ghi –"), *names]


def source_choices(rows: Any) -> list[tuple[str, str]]:
    """Sources of money, by pk."""
    return [("", "– chưa chọn –"), *((str(row.pk), row.text) for row in rows)]


GROUPS = (
    "hộ nghèo", "hộ cận nghèo", "hộ mới thoát nghèo", "gia đình thương binh, liệt sĩ",
    "người có công", "gia đình có người khuyết tật", "hộ dân tộc thiểu số",
    "hộ có hoàn cảnh khó khăn",
)  # fmt: skip
KINDS = (
    "xử lý nước thải hộ gia đình", "nhà tiêu hợp vệ sinh", "nhà ở", "xi măng làm đường",
    "cải tạo vườn hộ", "giống, vật tư sản xuất", "di dời chuồng trại", "thiết bị tập thể dục",
)  # fmt: skip


def policy_boxes(sources: Any) -> list[Box]:
    """The form of a policy."""
    return [
        Box(name="name", label="Tên chính sách", required=True, wide=True),
        Box(name="kind", label="Hỗ trợ việc gì", offers=KINDS,
            hint="Hai chính sách cùng việc, cùng năm thì một hộ chỉ nhận một lần."),
        Box(name="basis", label="Văn bản quy định", required=True,
            hint="Số, ngày, cơ quan ban hành."),
        Box(name="amount", label="Mức hỗ trợ", required=True, hint="Ví dụ: 1 triệu."),
        Box(name="per", label="Tính theo", offers=("hộ", "công trình", "m2", "m3", "m", "tấn")),
        Box(name="year", label="Từ năm", required=True),
        Box(name="last_year", label="Đến năm", hint="Bỏ trống nếu chỉ trong một năm."),
        Box(name="groups", label="Đối tượng được hỗ trợ", shape="lines",
            hint="Mỗi dòng một đối tượng; bỏ trống là mọi hộ."),
        Box(name="technical", label="Điều kiện kỹ thuật", shape="lines",
            hint="Có điều kiện thì phải ghi ngày kiểm tra đạt mới chi được."),
        Box(name="most", label="Số lượng tối đa", hint="Bỏ trống nếu văn bản không ghi."),
        Box(name="total", label="Tổng tiền tối đa", hint="Bỏ trống nếu văn bản không ghi."),
        Box(name="source", label="Nguồn vốn", shape="choice", choices=source_choices(sources),
            wide=True),
    ]  # fmt: skip


POLICY_NAMES = (
    "name", "kind", "basis", "amount", "per", "year", "last_year", "groups", "technical", "most",
    "total", "source",
)  # fmt: skip


def beneficiary_boxes(place: Unit, groups: Sequence[str], per: str) -> list[Box]:
    """The form of a household or a work."""
    return [
        Box(name="name", label="Họ và tên chủ hộ hoặc tên công trình", required=True, wide=True),
        Box(name="village", label="Thôn", shape="choice", choices=village_choices(place)),
        Box(name="identity", label=LABELS["identity"], hint="12 chữ số."),
        Box(name="address", label="Địa chỉ"),
        Box(name="group", label="Đối tượng", offers=groups or GROUPS),
        Box(name="quantity", label=f"Số lượng ({per})"),
        Box(name="note", label="Ghi chú"),
        Box(name="double_reason", label="Lý do nhận trùng", wide=True,
            hint="Chỉ ghi khi chương trình báo trùng mà vẫn đúng đối tượng."),
    ]  # fmt: skip


BENEFICIARY_NAMES = (
    "name", "village", "identity", "address", "group", "quantity", "note", "double_reason",
)  # fmt: skip


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of contributions."""
    return [(kind.value, kind.label) for kind in Pledge.KINDS]


def pledge_boxes(place: Unit) -> list[Box]:
    """The form of a pledge."""
    return [
        Box(name="giver", label="Người đóng góp", required=True,
            hint="Hộ gia đình, người con xa quê, doanh nghiệp."),
        Box(name="village", label="Thôn", shape="choice", choices=village_choices(place)),
        Box(name="kind", label="Loại", shape="choice", choices=kind_choices(), required=True),
        *_what_boxes(),
        Box(name="purpose", label="Mục đích", wide=True, hint="Ví dụ: làm đường ngõ xóm 3."),
        Box(name="due", label="Hẹn đến ngày", hint="Ví dụ: 30/6."),
        Box(name="note", label="Ghi chú"),
        Box(name="is_public", label="Nêu tên khi công khai", shape="tick"),
    ]  # fmt: skip


def _what_boxes() -> list[Box]:
    return [
        Box(name="amount", label="Số tiền", hint="Với tiền mặt. Ví dụ: 2 triệu."),
        Box(name="quantity", label="Số lượng", hint="Với ngày công, đất, vật tư."),
        Box(name="unit", label="Đơn vị", offers=("ngày công", "m2", "tấn", "m3", "cây", "bao")),
        Box(name="price", label="Đơn giá quy đổi", hint="Ví dụ: 250.000 cho một ngày công."),
    ]


PLEDGE_NAMES = (
    "giver", "village", "kind", "amount", "quantity", "unit", "price", "purpose", "due", "note",
    "is_public",
)  # fmt: skip


def receipt_boxes(place: Unit, sources: Any) -> list[Box]:
    """The form of a receipt."""
    return [
        Box(name="giver", label="Người đóng góp", required=True),
        Box(name="village", label="Thôn", shape="choice", choices=village_choices(place)),
        Box(name="kind", label="Loại", shape="choice", choices=kind_choices(), required=True),
        Box(name="day", label="Ngày nhận", required=True),
        *_what_boxes(),
        Box(name="purpose", label="Mục đích", wide=True),
        Box(name="source", label="Tính vào nguồn vốn", shape="choice",
            choices=source_choices(sources),
            hint="Bỏ trống thì chương trình tự chọn nếu chỉ có một nguồn cùng loại."),
        Box(name="is_public", label="Nêu tên khi công khai", shape="tick"),
    ]  # fmt: skip


RECEIPT_NAMES = (
    "giver", "village", "kind", "day", "amount", "quantity", "unit", "price", "purpose", "source",
    "is_public",
)  # fmt: skip
