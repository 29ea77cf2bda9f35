"""How periods and units are written on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from dinhlang.vietnamese import format_date, format_number

from ..models import BEFORE_RECORDS, Import, ImportState
from ..selectors import day_before

register = template.Library()

COUNTS = {
    "province": "cấp tỉnh",
    "district": "cấp huyện",
    "commune": "cấp xã",
    "village": "thôn, khu",
    "new": "dòng thêm mới",
    "same": "dòng đã có, giữ nguyên",
    "renamed": "đổi tên",
    "moved": "chuyển cấp trên",
    "ended": "kết thúc",
    "changed": "thay hình cũ",
    "whole": "chuyển toàn bộ",
    "part": "chuyển một phần",
    "above": "suy ra cho cấp tỉnh",
    "villages_moved": "thôn theo xã sang xã mới",
    "villages_left": "thôn cần chọn xã mới",
    "skipped": "dòng lỗi đã bỏ qua",
}


@register.filter
def period(row: Any) -> str:
    """“từ 01/07/2025”, “đến hết 30/06/2025”; empty for what was always there and still is.

    ``row`` has ``valid_from`` and ``valid_to``.
    """
    words = []
    if row.valid_from > BEFORE_RECORDS:
        words.append(f"từ {format_date(row.valid_from)}")
    if row.valid_to:
        words.append(f"đến hết {format_date(day_before(row.valid_to))}")
    return " ".join(words)


@register.filter
def state_class(found: Import) -> str:
    """The colour of an import's state."""
    return {
        ImportState.DONE: "ok",
        ImportState.FAILED: "no",
        ImportState.STOPPED: "na",
    }.get(ImportState(found.state), "wait")


@register.filter
def counts(numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """The numbers of an import that are not zero, as (“3.321”, “cấp xã”)."""
    return [(format_number(numbers[key]), COUNTS[key]) for key in COUNTS if numbers.get(key)]
