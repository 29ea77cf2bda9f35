"""One way in for all kinds of lists: check a file, then write what was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from .. import gate
from ..models import Import
from . import package
from .boundaries import CheckedBoundaries, check_boundaries, write_boundaries
from .successions import COLUMNS as SUCCESSION_COLUMNS
from .successions import CheckedSuccessions, check_successions, write_successions
from .tables import ImportRefused, Progress, Trouble, no_progress, read_table
from .units import COLUMNS as UNIT_COLUMNS
from .units import CheckedUnits, check_units, write_units

Checked = CheckedUnits | CheckedSuccessions | CheckedBoundaries
Kind = Import.Kind


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about a list besides the file.

    ``first_day``: for units the day from which they exist, for successions the day they took
    place. ``end_day``, ``replaces``: see ``check_units``.
    """

    first_day: date | None = None
    end_day: date | None = None
    replaces: bool = False


def check_file(
    kind: str, path: Path, name: str, options: Options, progress: Progress = no_progress
) -> Checked:
    """Check a file against what is known; writes nothing. Raises ``ImportRefused``."""
    if kind == Kind.BOUNDARIES:
        return check_boundaries(path, progress=progress)
    progress(0.0, "Đang mở tệp")
    if kind == Kind.SUCCESSIONS:
        table = read_table(path, name, SUCCESSION_COLUMNS)
        return check_successions(table, day=options.first_day, progress=progress)
    if options.replaces and options.first_day is None:
        raise ImportRefused(
            "Chưa biết danh sách mới thay danh sách cũ từ ngày nào.", "Hãy chọn ngày bắt đầu."
        )
    table = read_table(path, name, UNIT_COLUMNS)
    return check_units(
        table,
        first_day=options.first_day,
        end_day=options.end_day,
        replaces=options.replaces,
        progress=progress,
    )


def write_checked(
    user: Any, checked: Checked, name: str, progress: Progress = no_progress
) -> dict[str, int]:
    """Write what was checked, with its audit line, all or nothing; returns the numbers."""
    with transaction.atomic():
        if isinstance(checked, CheckedUnits):
            verb, summary = "nhập danh sách đơn vị", write_units(checked, progress)
        elif isinstance(checked, CheckedSuccessions):
            verb, summary = "nhập danh sách sắp xếp", write_successions(checked, progress)
        else:
            verb, summary = "nhập ranh giới", write_boundaries(checked, progress)
        skipped = len(checked.troubles)
        gate.record(user, verb, name, None, summary | {"skipped": skipped})
    return summary | {"skipped": skipped}


def import_package(user: Any, folder: Path | None = None) -> dict[str, int]:
    """Write the whole country before and after 1/7/2025 from the optional package.

    All or nothing. Raises ``ImportRefused`` where it is not installed, or a row of it is wrong.
    """
    country = package.read_package(folder)
    name = package.NAME
    with transaction.atomic():
        before = check_units(country.before, end_day=package.DAY)
        _needs_clean(before.troubles)
        first = write_checked(user, before, name)
        after = check_units(country.after, first_day=package.DAY)
        _needs_clean(after.troubles)
        second = write_checked(user, after, name)
        arrows = check_successions(country.successions, day=package.DAY)
        _needs_clean(arrows.troubles)
        third = write_checked(user, arrows, name)
    return {
        "new": first["new"] + second["new"],
        "same": first["same"] + second["same"],
        "successions": third["new"],
    }


def _needs_clean(troubles: list[Trouble]) -> None:
    if troubles:
        raise ImportRefused(f"Dữ liệu của gói không khớp: {troubles[0]}", "Chưa nhập gì.")
