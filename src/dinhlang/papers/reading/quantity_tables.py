"""Tables of quantities: items down and villages across, or villages down and items across."""

from __future__ import annotations

import re
from decimal import Decimal

from dinhlang.papers.plan import Quantity
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.papers.reading.tables import Table, cell, find_cell
from dinhlang.vietnamese import parse_number

UNITS = (
    r"km2|km²|m2|m²|m3|m³|km|ha|hécta|mét|m(?!\w)|hộ dân|hộ gia đình|hộ|cái|chiếc|công trình|"
    r"vườn hộ|vườn|tuyến đường|"
    r"tuyến|ngôi nhà|nhà văn hóa|nhà(?! trường| nước| dân)|hố|bể|mô hình|cây|lô|tấn|kg|con|lớp|"
    r"buổi|sản phẩm|biển báo|"
    r"biển|bóng đèn|bóng|đèn|bộ|"
    r"thùng rác|thùng|hệ thống|điểm|trường|câu lạc bộ|hợp tác xã|HTX|tổ hợp tác|tổ|ngày công|"
    r"lượt người|lượt|cuộc|camera|giếng|"
    r"cống|cầu|đoạn|khu dân cư|KDC|khu|thôn|bản|ấp|buôn|khóm|người|lao động|chuồng trại|chuồng|"
    r"nắp|tin bài|bài viết|bài|"
    r"hạng mục|phòng học|phòng|cụm loa|máy tính|hầm|đập|cửa hàng|pin|bồn hoa|bức tranh|bức|ghế|"
    r"bi|pa nô|pano|"
    r"panô|băng rôn|cột|loa|máy|xe|quyển|suất|khẩu|phần quà|mã|mắt camera|cụm pa nô|"
    r"giỏ đựng rác|giỏ|gờ giảm tốc|gờ|bếp ăn|bếp|sân bóng chuyền|sân bóng|sân chơi|cổng chào|"
    r"trụ|tủ|chậu|bồn|tờ rơi|bảng tin|lá cờ"
)

_VILLAGE_HEAD = compile_vi(
    r"^(?:thôn|khu|bản|ấp|buôn|xóm|khóm|tổ dân phố|KDC|địa bàn|đơn vị)", re.I
)
_HEAD_UNIT = compile_vi(rf"\(\s*(?:ĐVT\s*:\s*)?(?P<unit>{UNITS}|%)\s*\)|,\s*(?P<unit2>{UNITS})$")
_TOTAL = compile_vi(r"^(?:tổng|cộng|toàn xã|tổng cộng)", re.I)
_WHOLE = re.compile(r"tong|khoi luong|so luong|toan xa|ke hoach|chi tieu|cong\b|^nam")


def plain_decimal(value: Decimal) -> str:
    """A decimal string with no needless zeros: ``3200``, ``0.7``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def table_quantities(table: Table) -> list[Quantity]:
    """Every number of a table of quantities, with its village where it has one."""
    villages = [at for at, h in enumerate(table.header.cells) if _VILLAGE_HEAD.match(h) and at > 0]
    unit = table.unit
    if unit == 0 or (unit > 0 and _are_villages(table, unit)):
        unit = -1
    if unit >= 0:
        return _items_down(table, unit)
    first = next(
        (at for at, h in enumerate(table.header.cells[:2]) if _VILLAGE_HEAD.match(h)), None
    )
    if first is not None:
        return _villages_down(table, first)
    return _items_down(table, -1) if len(villages) >= 2 else []


_AMOUNT = compile_vi(r"(?P<n>\d+(?:[.,]\d+)*)\s*(?P<unit>[^\W\d_][^\d;]{0,24})")


def costed_quantities(table: Table) -> list[Quantity]:
    """The column of amounts of work in a table of costs: ``Đường thôn | 9,6 km | 11.520``."""
    at, name = table.column(r"khoi luong|quy mo"), table.what
    name = name if name >= 0 else min(1, len(table.head) - 1)
    out: list[Quantity] = []
    for row in table.rows if at >= 0 and at != name else []:
        amount = _AMOUNT.fullmatch(cell(row, at))
        value = parse_number(amount["n"]) if amount else None
        if amount and value is not None and cell(row, name):
            out.append(
                Quantity(
                    text=cell(row, name), value=plain_decimal(value), unit=amount["unit"].strip(),
                    place=None, lines=row.lines, spans=row.spans(*find_cell(row, at)),
                )
            )  # fmt: skip
    return out


def _are_villages(table: Table, at: int) -> bool:
    return any(_VILLAGE_HEAD.match(cell(row, at)) for row in table.rows)


def _quantity(
    row: Block, at: int, text: str, unit: str | None, place: str | None
) -> Quantity | None:
    value = parse_number(cell(row, at))
    if value is None or not text:
        return None
    return Quantity(
        text=text, value=plain_decimal(value), unit=unit or None, place=place, lines=row.lines,
        spans=row.spans(*find_cell(row, at)),
    )  # fmt: skip


def _items_down(table: Table, unit: int) -> list[Quantity]:
    name = table.column(r"noi dung|hang muc|cong viec|chi tieu|^ten|\bviec\b")
    name = name if name >= 0 else min(1, len(table.head) - 1)
    out: list[Quantity] = []
    for row in table.rows:
        for at in range(1 if name else 0, min(len(row.cells), len(table.head))):
            if at in (name, unit) or table.head[at] in ("stt", "tt", "ghi chu"):
                continue
            whole = bool(_WHOLE.search(table.head[at]))
            place = None if whole else table.header.cells[at]
            found = _quantity(row, at, cell(row, name), cell(row, unit), place)
            if found:
                out.append(found)
    return out


def _villages_down(table: Table, first: int) -> list[Quantity]:
    out: list[Quantity] = []
    for row in table.rows:
        if len(row.cells) != len(table.head):
            continue
        total = any(_TOTAL.match(c) for c in row.cells[: first + 1])
        for at in range(first + 1, len(table.head)):
            head = table.header.cells[at]
            unit = _HEAD_UNIT.search(head)
            words = _HEAD_UNIT.sub("", head).strip()
            found = _quantity(
                row, at, words, (unit["unit"] or unit["unit2"]) if unit else None,
                None if total else cell(row, first),
            )  # fmt: skip
            if found:
                out.append(found)
    return out
