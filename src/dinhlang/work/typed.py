"""A task's fields as forms send them: “30/6”, “17,5 tỷ”, offices line by line, ticked villages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from dinhlang.vietnamese import clean_spaces, format_money, nfc, parse_money

from .days import BadDay, read_day
from .said import LABELS, BadTask

SMALLEST = 1000
"""đồng; less was surely meant in millions."""
_UNMARKED = (
    (r"t[yỷỉ]", "tỷ"), (r"trieu|tr(?!iệu|đ)", "triệu"), ("nghin|ngan", "nghìn"), ("dong", "đồng"),
)  # fmt: skip


def cost(words: str) -> int | None:
    """Whole đồng; None for nothing. Raises ``BadTask``."""
    words = clean_spaces(nfc(words))
    if not words:
        return None
    for bare, marked in _UNMARKED:
        words = re.sub(rf"(?<=[\d\s])(?:{bare})\b", marked, words, flags=re.IGNORECASE)
    found = parse_money(words)
    if found is None or found < 0:
        raise BadTask("Số tiền ghi như “17,5 tỷ”, “350 triệu” hoặc “2.000.000”.", "cost")
    if 0 < found < SMALLEST:
        raise BadTask(f"Hãy ghi cả đơn vị tiền, ví dụ “{words} triệu”.", "cost")
    return found


def cost_box(value: int | None) -> str:
    """An amount as it stands in a box: “17,5 tỷ”; empty for None."""
    return "" if value is None else format_money(value).removesuffix(" đồng")


def day(name: str, words: str | None, today: date) -> date | None:
    """A day as typed. Raises ``BadTask``."""
    try:
        return read_day(words, today)
    except BadDay as bad:
        raise BadTask(f"{LABELS[name]}: {bad}", name) from None


def numbers(values: Sequence[str]) -> list[int]:
    """The whole numbers among what ticked boxes sent."""
    return [int(each) for each in values if each.isascii() and each.isdigit() and len(each) < 15]


def offices(values: Sequence[str]) -> list[str]:
    """Names of offices, one a box or several in one, separated by semicolons or lines."""
    return [name for value in values for name in re.split(r"[;\n]", value) if name.strip()]


def _criterion(sent: QueryDict) -> dict[str, Any]:
    """``set|criterion|indicator`` of the one choice, and the goal in words."""
    set_id, criterion, indicator = ((sent.get("tieu-chi") or "") + "||").split("|")[:3]
    return {
        "criterion_set": set_id,
        "criterion": criterion,
        "indicator": indicator,
        "target": sent.get("muc-tieu") or "",
    }


GROUPS: Mapping[str, Callable[[QueryDict, date], dict[str, Any]]] = {
    "viec": lambda sent, on: {"text": sent.get("viec") or ""},
    "thoi-gian": lambda sent, on: {
        "start": day("start", sent.get("bat-dau"), on),
        "end": day("end", sent.get("han"), on),
    },
    "co-quan": lambda sent, on: {
        "lead": offices(sent.getlist("chu-tri")),
        "partners": offices(sent.getlist("phoi-hop")),
    },
    "thon": lambda sent, on: {"villages": numbers(sent.getlist("thon"))},
    "san-pham": lambda sent, on: {"product": sent.get("san-pham") or ""},
    "tieu-chi": lambda sent, on: _criterion(sent),
    "so-lieu": lambda sent, on: {"measure": sent.get("so-lieu") or ""},
    "kinh-phi": lambda sent, on: {"cost": cost(sent.get("kinh-phi") or "")},
    "lam-sau": lambda sent, on: {"after": numbers(sent.getlist("lam-sau"))},
    "ghi-chu": lambda sent, on: {"remarks": sent.get("ghi-chu") or ""},
}
"""The parts of a task that are edited together, by their name in the address."""


def group(name: str, sent: QueryDict, on: date) -> dict[str, Any]:
    """The fields of a group as sent. Raises ``BadTask``; ``KeyError`` for no such group."""
    return GROUPS[name](sent, on)
