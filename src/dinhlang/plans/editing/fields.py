"""The fields of each kind of item: how a value is shown in a form, read back, and compared.

For every field ``parse(shown(value))`` is the value again; what cannot be read raises
``BadValue`` with words for the person who typed it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dinhlang.vietnamese import find_periods, format_number, nfc, parse_money, parse_number

from ..rendering import words

Choices = tuple[tuple[str, str], ...]


class BadValue(Exception):
    """What was typed cannot be taken; the message says why and what to type."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: where it lies in the item (``deadline.end``), its label and how it is typed.

    ``kind`` chooses parser and widget, ``help`` is an example shown in the empty field, ``empty``
    the value of an empty one.
    """

    name: str
    label: str
    kind: str = "line"
    required: bool = False
    choices: Choices = ()
    help: str = ""
    empty: str | None = None

    @property
    def slug(self) -> str:
        """The name as it stands in a form."""
        return self.name.replace(".", "-")

    @property
    def widget(self) -> str:
        """``textarea``, ``select``, ``checkbox`` or ``input``."""
        return {"text": "textarea", "lines": "textarea", "choice": "select",
                "flag": "checkbox"}.get(self.kind, "input")  # fmt: skip


def read(item: Mapping[str, Any], name: str) -> Any:
    """The value under a dotted name; None where any part of the way is missing."""
    value: Any = item
    for part in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def shown(field: Field, value: Any) -> str:
    """The value as it is typed in a form; empty where there is none."""
    if value is None or value == []:
        return ""
    return _KINDS[field.kind][0](value)


def told(field: Field, value: Any) -> str:
    """The value as it is told in a comparison: choices by their words, flags as có/không."""
    if field.kind == "choice":
        return dict(field.choices).get(str(value or ""), str(value or ""))
    if field.kind == "flag":
        return "có" if value else "không"
    return shown(field, value)


def parse(field: Field, typed: str) -> Any:
    """The value of what was typed. Raises ``BadValue``."""
    text = nfc(typed).replace("\r\n", "\n").strip()
    if field.kind == "flag":
        return bool(text)
    if not text:
        if field.required:
            raise BadValue(f"Hãy ghi {field.label.lower()}.")
        return [] if field.kind in ("words", "whole numbers", "lines") else field.empty
    if field.kind == "choice":
        if text not in dict(field.choices):
            raise BadValue(f"{field.label}: hãy chọn một mục trong danh sách.")
        return text
    return _KINDS[field.kind][1](text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise BadValue(f"“{text}” không phải số nguyên. Hãy ghi bằng chữ số, ví dụ 12.")
    return int(text)


def _decimal(text: str) -> str:
    value = parse_number(text)
    if value is None or abs(value) >= 10**15:
        raise BadValue(f"“{text}” không phải một số. Hãy ghi như 3.200 hoặc 17,5.")
    return format(value.normalize(), "f")


def _money(text: str) -> int:
    amount = parse_money(text)
    if amount is None or abs(amount) >= 10**18:
        raise BadValue(f"“{text}” không phải số tiền. Hãy ghi như 17,5 tỷ đồng hoặc 350.000.")
    return amount


def _show_money(value: int) -> str:
    return f"{format_number(value)} đồng"


_DATE = re.compile(r"(?:(?:([0-9]{1,2})[/.-])?([0-9]{1,2})[/.-])?([0-9]{4})")


def _date(text: str) -> str:
    match = _DATE.fullmatch(text.removeprefix("ngày ").removeprefix("tháng ").removeprefix("năm "))
    try:
        if not match:
            raise ValueError
        day, month, year = (int(part) if part else None for part in match.groups())
        date(year or 0, month or 1, day or 1)
    except ValueError:
        raise BadValue(
            f"“{text}” không phải ngày. Hãy ghi như 30/6/2024, 6/2024 hoặc 2024."
        ) from None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _show_date(value: str) -> str:
    return "/".join(reversed(value.split("-")))


def _day(text: str) -> str:
    found = _date(text)
    if len(found) != 10:
        raise BadValue(f"“{text}” thiếu ngày hoặc tháng. Hãy ghi đủ, ví dụ 30/6/2024.")
    return found


def _period(text: str) -> str:
    found = [p for p in find_periods(text) if p.start == 0 and p.end == len(text)]
    match = re.fullmatch(r"(?:tháng\s)?([0-9]{1,2})/([0-9]{4})|([0-9]{4})", text.lower())
    if match and match[3]:
        return match[3]
    if match and 1 <= int(match[1]) <= 12:
        return f"{match[2]}-{int(match[1]):02}"
    half = re.fullmatch(r"6 tháng (đầu|cuối) năm ([0-9]{4})", text.lower())
    if half:
        return f"{half[2]}-H{1 if half[1] == 'đầu' else 2}"
    if found and found[0].years and found[0].kind in ("quarter", "month", "year"):
        only = found[0]
        if only.kind == "quarter" and len(only.quarters) == 1:
            return f"{only.years[0]}-Q{only.quarters[0]}"
        if only.kind == "month" and len(only.months) == 1:
            return f"{only.years[0]}-{only.months[0]:02}"
        if only.kind == "year":
            return str(only.years[0])
    raise BadValue(f"“{text}” không phải kỳ. Hãy ghi như Quý II/2024, Tháng 5/2024 hoặc 2024.")


def _show_period(value: str) -> str:
    told = words.period(value)
    return told.removeprefix("Năm ") if re.fullmatch(r"Năm [0-9]{4}", told) else told


def _time(text: str) -> str:
    match = re.fullmatch(r"([0-9]{1,2})\s*(?:[:hg]|giờ)\s*([0-9]{2})?", text.lower())
    if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise BadValue(f"“{text}” không phải giờ. Hãy ghi như 14:30.")
    return f"{int(match[1]):02}:{int(match[2] or 0):02}"


def _words(text: str) -> list[str]:
    return [part for part in (_line(part) for part in re.split(r"[;\n]", text)) if part]


def _numbers(text: str) -> list[int]:
    return [_whole(part) for part in re.split(r"[\s,;]+", text) if part]


def _lines(text: str) -> list[str]:
    return [part for part in (_line(part) for part in text.split("\n")) if part]


def _at(text: str) -> list[int]:
    match = re.fullmatch(r"([0-9]{1,5})(?:\s*[-–]\s*([0-9]{1,5}))?", text.removeprefix("dòng "))
    if not match:
        raise BadValue(f"“{text}” không phải số dòng. Hãy ghi như 57 hoặc 57–60.")
    first = int(match[1])
    last = int(match[2] or first)
    if not 1 <= first <= last:
        raise BadValue("Dòng cuối phải từ dòng đầu trở đi.")
    return [first, last]


def _show_at(value: list[int]) -> str:
    return words.lines((value[0], value[1])).removeprefix("dòng ")


def _join(value: list[Any]) -> str:
    return "; ".join(map(str, value))


_KINDS: dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    "line": (str, _line),
    "text": (str, _line),
    "whole": (str, _whole),
    "decimal": (words.number, _decimal),
    "money": (_show_money, _money),
    "date": (_show_date, _date),
    "day": (_show_date, _day),
    "period": (_show_period, _period),
    "time": (str, _time),
    "words": (_join, _words),
    "whole numbers": (lambda value: ", ".join(map(str, value)), _numbers),
    "lines": ("\n".join, _lines),
    "at": (_show_at, _at),
    "choice": (str, str),
    "flag": (lambda value: "1" if value else "", bool),
}
