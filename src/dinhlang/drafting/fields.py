"""What is typed into the sheet of a draft, and how it is shown again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from dinhlang.papers.drafting_campaign import plain
from dinhlang.papers.writing.composing.words import WEEKDAYS
from dinhlang.vietnamese import (
    format_date,
    format_money,
    format_number,
    nfc,
    parse_money,
    parse_number,
)
from dinhlang.vietnamese.dates import parse_weekday

Kind = Literal["text", "day", "money", "flag", "amount", "clock", "weekday"]

LARGEST = 10**13
SMALLEST = 1000
"""đồng; less was surely meant in millions."""
_UNMARKED = (("ty", "tỷ"), ("trieu", "triệu"), ("nghin|ngan", "nghìn"), ("dong", "đồng"))
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?")


class BadValue(ValueError):
    """What was typed cannot be taken; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the sheet: its key in the row, its title, and what may stand in it."""

    name: str
    title: str
    kind: Kind = "text"
    longest: int = 600
    missing: str = ""


ROW = (
    Field("wanted", "Đưa vào", "flag"),
    Field("gap", "Còn thiếu", missing="Hãy ghi chỗ còn thiếu."),
    Field("task", "Việc cần làm", missing="Hãy ghi việc cần làm, hoặc bỏ dấu chọn ở dòng này."),
    Field("lead", "Chủ trì", longest=200, missing="Mỗi việc cần một đơn vị chủ trì."),
    Field("partners", "Phối hợp", longest=400),
    Field("due", "Hạn", "day", missing="Hãy ghi hạn hoàn thành."),
    Field("cost", "Kinh phí", "money"),
)
SOURCE = (
    Field("text", "Nguồn vốn", longest=200),
    Field("amount", "Số tiền", "money"),
    Field("conditional", "Chỉ có sau khi được công nhận", "flag"),
)
WAVE = (
    Field("start", "Từ ngày", "day", missing="Hãy ghi ngày bắt đầu."),
    Field("end", "Đến ngày", "day", missing="Hãy ghi ngày kết thúc."),
)
WORK = (
    Field("text", "Nội dung", longest=300),
    Field("unit", "Đơn vị tính", longest=40),
    Field("whole", "Toàn xã", "amount"),
)
CHOICE = (Field("wanted", "Chọn", "flag"), Field("text", "Lĩnh vực, nội dung", longest=200))
VILLAGE = (
    Field("wanted", "Chọn", "flag"),
    Field("lead", "Chủ trì", longest=200, missing="Mỗi thôn cần một nơi chủ trì."),
    Field("due", "Hạn đạt", "day", missing="Hãy ghi hạn đạt."),
)
REPORT = (
    Field("wanted", "Đưa vào", "flag"),
    Field("sender", "Đơn vị báo cáo", longest=200, missing="Hãy ghi đơn vị báo cáo."),
    Field("receiver", "Nơi nhận", longest=200, missing="Hãy ghi nơi nhận."),
    Field("weekday", "Thứ", "weekday"),
    Field("time", "Trước giờ", "clock"),
)
SHEETS = {"r": ROW, "s": SOURCE, "w": WAVE, "q": WORK, "c": CHOICE, "v": VILLAGE, "b": REPORT}
FIELDS = {sheet: {each.name: each for each in several} for sheet, several in SHEETS.items()}
KEPT_IN = {"w": "waves", "q": "works", "c": "choices", "v": "villages", "b": "reports"}
"""Where the lines of a sheet stand in the details of a draft."""
_PART = re.compile(r"p\d{1,3}")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:giờ|h|:|\.)\s*(\d{2})?", re.IGNORECASE)


def part_of(number: int, title: str) -> Field:
    """The field of a work's amount in the village of that number."""
    return Field(f"p{number}", title, "amount")


def shown(field: Field, value: Any) -> str:
    """The value as it stands in its box; a flag is “1” or empty."""
    match field.kind:
        case "flag":
            return "1" if value else ""
        case "day":
            return format_date(date.fromisoformat(value)) if value else ""
        case "money":
            return format_money(value) if value is not None else ""
        case "amount":
            return format_number(Decimal(value)) if value is not None else ""
        case "weekday":
            return WEEKDAYS[value] if value else ""
    return str(value or "")


def parse(field: Field, typed: str, year: int, until: date) -> Any:
    """The value typed. Raises ``BadValue``."""
    words = " ".join(nfc(typed).split())
    if field.kind == "flag":
        return bool(words)
    if not words:
        if field.missing:
            raise BadValue(field.missing)
        return None if field.kind in ("money", "amount", "weekday") else ""
    match field.kind:
        case "day":
            return _day(words, year, until).isoformat()
        case "money":
            return _money(words)
        case "amount":
            return _amount(words)
        case "clock":
            return _clock(words)
        case "weekday":
            found = parse_weekday(words)
            if found is None:
                raise BadValue("Thứ ghi như “thứ Năm”.")
            return found
    if len(words) > field.longest:
        raise BadValue(f"Dài quá {field.longest} chữ cái, hãy viết gọn lại.")
    return words


def day_of(typed: str, year: int) -> date | None:
    """“30/9”, “30/9/2027” as a day, of that year where none is named; None for anything else."""
    found = _DAY.fullmatch(" ".join(typed.split()))
    if found is None:
        return None
    of_year = int(found[3] or year)
    try:
        return date(of_year + 2000 if of_year < 100 else of_year, int(found[2]), int(found[1]))
    except ValueError:
        return None


def _day(words: str, year: int, until: date) -> date:
    day = day_of(words, year)
    if day is None:
        raise BadValue(f"Hạn ghi như “30/9/{year}”.")
    if day.year != year and until == date(year, 12, 31):
        raise BadValue(f"Ngày phải trong năm {year}.")
    if day > until:
        raise BadValue(f"Hạn phải từ ngày phấn đấu đạt chuẩn ({format_date(until)}) trở về trước.")
    if day.year < year:
        raise BadValue(f"Hạn phải trong năm {year}.")
    return day


def _money(words: str) -> int:
    for bare, marked in _UNMARKED:
        words = re.sub(rf"\b{bare}\b", marked, words, flags=re.IGNORECASE)
    found = parse_money(words)
    if found is None:
        raise BadValue("Số tiền ghi như “350 triệu”, “1,2 tỷ” hoặc “350.000.000”.")
    if found and found < SMALLEST:
        raise BadValue(f"Hãy ghi cả đơn vị, ví dụ “{words} triệu”.")
    if not 0 <= found <= LARGEST:
        raise BadValue("Số tiền từ 0 đến 10.000 tỷ đồng.")
    return found


def _amount(words: str) -> str:
    found = parse_number(words)
    if found is None or not 0 <= found <= LARGEST:
        raise BadValue("Khối lượng ghi bằng số, như “3.200” hoặc “0,7”.")
    return plain(found)


def _clock(words: str) -> str:
    found = _CLOCK.fullmatch(words)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise BadValue("Giờ ghi như “16:30” hoặc “16 giờ 30”.")
    return f"{hour:02d}:{minute:02d}"


def box(name: str) -> tuple[str, int, Field] | None:
    """“r3.cost” as sheet, line and field; None for a name of no box."""
    found = re.fullmatch(r"([rswqcvb])(\d{1,4})\.([a-z]+\d*)", name)
    if found is None:
        return None
    sheet, line, field = found[1], int(found[2]), FIELDS[found[1]].get(found[3])
    if field is None and sheet == "q" and _PART.fullmatch(found[3]):
        field = Field(found[3], "", "amount")
    return (sheet, line, field) if field else None


def boxes(sheet: str, item: Mapping[str, Any]) -> dict[str, str]:
    """Every box of a line by its field's name, as shown."""
    return {each.name: shown(each, item.get(each.name)) for each in SHEETS[sheet]}
