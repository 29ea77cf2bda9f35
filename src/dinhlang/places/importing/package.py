"""The data files of the optional package ``vietnamadminunits``, where it is installed.

Two of its files are read, by path: the tables before and after 1/7/2025, and which unit became
which. Its code is never imported, and nothing of it is copied. What comes out are three tables
of the same form as an office's own files, checked and written the same way.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from . import successions, units
from .tables import Column, ImportRefused, Row, Table

NAME = "vietnamadminunits"
DAY = date(2025, 7, 1)
"""The day of its change: from two levels above the commune to one (Nghị quyết 202/2025/QH15)."""


@dataclass(frozen=True, slots=True)
class Country:
    """The lists of the package: units before the day, units from it on, and successions."""

    before: Table
    after: Table
    successions: Table


def is_installed() -> bool:
    """Whether the package's data can be read."""
    return _folder() is not None


def _folder() -> Path | None:
    try:
        found = Path(str(distribution(NAME).locate_file(f"{NAME}/data")))
    except PackageNotFoundError:
        return None
    return found if (found / "dataset.db").is_file() else None


def read_package(folder: Path | None = None) -> Country:
    """The lists in the package's folder ``data``. Raises ``ImportRefused``."""
    folder = folder or _folder()
    if folder is None:
        raise ImportRefused(
            f"Chưa cài gói {NAME}.",
            f"Cài bằng: pip install --no-deps {NAME}, hoặc nhập từ tệp Excel của cơ quan.",
        )
    try:
        address = f"file:{(folder / 'dataset.db').as_posix()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as database:
            old = database.execute(_BEFORE).fetchall()
            new = database.execute(_AFTER).fetchall()
        arrows = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
        return Country(
            _table(units.COLUMNS, _before(old)),
            _table(units.COLUMNS, _after(new)),
            _table(successions.COLUMNS, _successions(old, new, arrows)),
        )
    except (sqlite3.Error, OSError, KeyError, TypeError, ValueError) as error:
        raise ImportRefused(
            f"Dữ liệu của gói {NAME} không đúng dạng đã biết.", "Hãy nhập từ tệp Excel."
        ) from error


_BEFORE = (
    "SELECT provinceKey, districtKey, wardKey, province, district, ward,"
    " provinceCode, districtCode, wardCode FROM admin_units_legacy"
)
_AFTER = "SELECT provinceKey, wardKey, province, ward, provinceCode, wardCode FROM admin_units"


def _table(columns: Iterable[Column], cells: Iterable[dict[str, str]]) -> Table:
    headings = {column.key: column.headings[0] for column in columns}
    return Table(headings, [Row(number, each) for number, each in enumerate(cells, 1)])


def _before(rows: Iterable[Any]) -> Iterator[dict[str, str]]:
    seen: set[str] = set()
    for _, _, _, province, district, ward, high, middle, low in rows:
        for name, code, parent in (
            (province, high, ""),
            (district, middle, high),
            (ward, low, middle),
        ):
            if name and code and code not in seen:
                seen.add(code)
                yield {"code": code, "name": name, "parent_code": parent}


def _after(rows: Iterable[Any]) -> Iterator[dict[str, str]]:
    seen: set[str] = set()
    for _, _, province, ward, high, low in rows:
        for name, code, parent in ((province, high, ""), (ward, low, high)):
            if name and code and code not in seen:
                seen.add(code)
                yield {"code": code, "name": name, "parent_code": parent}


def _successions(old: Iterable[Any], new: Iterable[Any], arrows: Any) -> Iterator[dict[str, str]]:
    # A district without communes (an island) stands for itself, with an empty last part.
    olds = {
        f"{high}_{middle}_{low or ''}": low_code or middle_code
        for high, middle, low, *_, middle_code, low_code in old
    }
    news = {(high, low): code for high, low, *_, code in new}
    for high, wards in arrows["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for low, froms in wards.items():
            for key in froms:
                yield {"old": olds[key], "new": news[high, low], "extent": "whole"}
    for high, wards in arrows["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in wards.items():
            for part in parts:
                main = "main" if part["isDefaultNewWard"] else ""
                to = news[high, part["newWardKey"]]
                yield {"old": olds[key], "new": to, "extent": "part", "main": main}
