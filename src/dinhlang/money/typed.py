"""Amounts, days and shares as people type them: “17,5 tỷ”, “2.000.000”, “30/6”, “15 %”. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from dinhlang.vietnamese import clean_spaces, format_money, nfc, parse_money, parse_number

LARGEST = 10**14
"""100.000 tỷ đồng; sums of it stay exact in a column of whole numbers."""
SMALLEST = 1000
"""đồng; less was surely meant in millions."""
_UNMARKED = (
    (r"t[yỷỉ]", "tỷ"), (r"trieu|tr(?!iệu|đ)", "triệu"), ("nghin|ngan", "nghìn"), ("dong", "đồng"),
)  # fmt: skip
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class BadTyped(ValueError):
    """What was typed cannot be taken; the message is for the user."""


def amount(words: str, *, negative: bool = False) -> int | None:
    """Whole đồng; None for nothing. Raises ``BadTyped``."""
    words = clean_spaces(nfc(words))
    if not words:
        return None
    for bare, marked in _UNMARKED:
        words = re.sub(rf"(?<=[\d\s])(?:{bare})\b", marked, words, flags=re.IGNORECASE)
    found = parse_money(words)
    if found is None:
        raise BadTyped("Số tiền ghi như “17,5 tỷ”, “350 triệu” hoặc “2.000.000”.")
    if found and abs(found) < SMALLEST:
        raise BadTyped(f"Hãy ghi cả đơn vị, ví dụ “{words} triệu”.")
    if abs(found) > LARGEST or (found < 0 and not negative):
        raise BadTyped("Số tiền từ 0 đến 100.000 tỷ đồng.")
    return found


def shown(value: int | None) -> str:
    """An amount as it stands in a box: “17,5 tỷ”, “350.123.456”; empty for None."""
    return "" if value is None else format_money(value).removesuffix(" đồng")


def day(words: str, year: int) -> date | None:
    """“30/6” of that year, “30/6/2027”; None for nothing. Raises ``BadTyped``."""
    words = clean_spaces(words)
    if not words:
        return None
    iso = _ISO.fullmatch(words)
    found = _DAY.fullmatch(words)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if found:
            given = int(found[3] or year)
            return date(given + 2000 if given < 100 else given, int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise BadTyped(f"Ngày ghi như “30/6” hoặc “30/6/{year}”.")


def percent(words: str) -> Decimal | None:
    """“15”, “15 %”, “12,5%”; None for nothing. Raises ``BadTyped``."""
    words = clean_spaces(words).removesuffix("%").strip()
    if not words:
        return None
    found = parse_number(words)
    if found is None or not 0 < found <= 100 or found != round(found, 4):
        raise BadTyped("Tỷ lệ ghi như “15” hoặc “12,5 %”, từ 0 đến 100.")
    return found
