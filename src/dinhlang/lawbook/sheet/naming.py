"""The ids of loaded documents."""

from __future__ import annotations

import re

from dinhlang.law.sets import Territory
from dinhlang.vietnamese import fold

from .decision import About

_FILES = {
    "ntm": "ntm", "advanced": "nang-cao", "model": "kieu-mau", "modern": "hien-dai",
    "smart-village": "thong-minh", "model-village": "kieu-mau", "village": "ntm",
    "model-garden": "vuon-mau", "field": "linh-vuc", "recognition": "cong-nhan",
    "province": "hoan-thanh",
}  # fmt: skip
_SUBJECTS = {
    "commune": "xa", "village": "thon", "household": "ho", "district": "huyen", "province": "tinh",
}  # fmt: skip


def new_id(about: About, territory: Territory | None, file: str = "") -> str:
    """The id of a loaded document: its number, its province (numbers repeat), and what it is for.

    “07/2026/QĐ-UBND” of Phú Thọ: ``qd-07-2026-qd-ubnd-25/xa-ntm``.
    """
    plain = "-".join(part for part in re.split(r"[^a-z0-9]+", fold(about.number)) if part)
    folder = f"qd-{plain}" + (f"-{territory.code.lower()}" if territory else "")
    file = file or f"{_SUBJECTS[about.subject]}-{_FILES[about.level]}"
    if about.level == "field" and about.mode == "new":
        file += "-" + "-".join(re.findall(r"[a-z0-9]+", fold(about.short)))[:40].strip("-")
    return f"{folder}/{file}"
