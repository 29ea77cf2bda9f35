"""The kinds of units, as Vietnamese papers write them, and the level each stands on.

Luật Tổ chức chính quyền địa phương 72/2025/QH15: province and commune levels, since 1/7/2025;
districts before. Names of villages: Nghị định 59/2012 and local usage.
"""

from __future__ import annotations

from .models import Level

PROVINCE_KINDS = ("tỉnh", "thành phố")
DISTRICT_KINDS = ("huyện", "quận", "thị xã", "thành phố")
COMMUNE_KINDS = ("xã", "phường", "thị trấn", "đặc khu")
VILLAGE_KINDS = (
    "thôn",
    "khu",
    "xóm",
    "bản",
    "ấp",
    "buôn",
    "làng",
    "bon",
    "phum",
    "sóc",
    "khu dân cư",
    "khu phố",
    "khóm",
    "tiểu khu",
    "tổ dân phố",
)
ALL_KINDS = tuple(dict.fromkeys(PROVINCE_KINDS + DISTRICT_KINDS + COMMUNE_KINDS + VILLAGE_KINDS))

_LONGEST_FIRST = sorted(ALL_KINDS, key=len, reverse=True)

CODE_WIDTH = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
"""Digits of the official code; spreadsheets like to drop its leading zeros."""


def split_kind(name: str) -> tuple[str, str]:
    """“Xã Phúc Hòa” → (“xã”, “Phúc Hòa”); without a kind in front (“”, name).

    A kind needs a name after it: “Khu” alone is a name, and so is “Làng Mẫu” within “xã Làng Mẫu”.
    """
    low = name.lower()
    for kind in _LONGEST_FIRST:
        if low.startswith(kind + " "):
            return kind, name[len(kind) :].strip()
    return "", name


def level_of(kind: str, *, has_parent: bool) -> Level | None:
    """The level of a kind; a “thành phố” with a parent is of the district level."""
    if kind in COMMUNE_KINDS:
        return Level.COMMUNE
    if kind in VILLAGE_KINDS:
        return Level.VILLAGE
    if kind in PROVINCE_KINDS and not has_parent:
        return Level.PROVINCE
    return Level.DISTRICT if kind in DISTRICT_KINDS and has_parent else None
