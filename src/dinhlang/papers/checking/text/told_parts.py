"""Which parts of a paper tell what was, and which say what is to be done."""

from __future__ import annotations

import re
from functools import lru_cache

from dinhlang.vietnamese import fold

_WAS = re.compile(
    r"thuc trang|hien trang|ket qua (?:thuc hien|xay dung|dat|ra soat|nam)|dac diem|tinh hinh"
    r"|su can thiet|danh gia (?:chung|ket qua|thuc trang)|ton tai|uu diem"
)
_TO_DO = re.compile(
    r"muc tieu|nhiem vu|giai phap|lo trinh|noi dung (?:thuc hien|cong viec|ke hoach|trien khai)"
    r"|phuong huong|phan dau|ke hoach (?:nam|thuc hien)|to chuc thuc hien|phan cong|viec phai lam"
    r"|nhung viec|cong viec"
)
_GOALS = re.compile(r"\b(?:muc tieu|chi tieu)\b")
_BEGINS = 60  # letters of a heading that say what it is about


@lru_cache(maxsize=4096)
def _says(heading: str) -> tuple[bool, bool]:
    words = fold(heading[:_BEGINS])
    return _WAS.search(words) is not None, _TO_DO.search(words) is not None


@lru_cache(maxsize=4096)
def names_goals(heading: str) -> bool:
    """Whether a heading is one of goals or of indicators."""
    return _GOALS.search(fold(heading)) is not None


@lru_cache(maxsize=4096)
def tells_what_was(above: tuple[str, ...]) -> bool:
    """Whether the nearest heading that says so tells what was: “Thực trạng”, no “mục tiêu”.

    A heading of both (“Thực trạng và mục tiêu”) leaves it to those below and above it.
    """
    for heading in reversed(above):
        was, to_do = _says(heading)
        if was != to_do:
            return was
    return False
