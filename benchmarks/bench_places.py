"""How long the country takes to come in: units before and after 1/7/2025, successions, shapes.

Prints seconds for checking and for writing each list into a fresh SQLite file, and what a place
page's questions take afterwards. The last column is a ratio that travels between machines: the
whole divided by the time that reading the same file's rows takes.
"""

from __future__ import annotations

import csv
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("DINHLANG_DATA") or ROOT.parent / "shared" / "data")
DAY = date(2025, 7, 1)
COLUMNS = "{:<28}{:>8}{:>9}{:>9}{:>9}{:>9}"

T = TypeVar("T")


def main() -> int:
    """Prints the table; 1 where the data are not there."""
    if not (DATA / "units-2026.csv").is_file():
        print(f"no data in {DATA}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        measure()
    return 0


def set_up(folder: str) -> None:
    """A Django of its own on an empty database."""
    os.environ |= {
        "DINHLANG_DATA_DIR": folder,
        "DINHLANG_SECRET_KEY": secrets.token_urlsafe(48),
        "DJANGO_SETTINGS_MODULE": "dinhlang.web.settings",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def measure() -> None:
    """The four files, in order, and the questions afterwards."""
    from dinhlang.places.importing.lists import Options

    print("seconds; ratio to reading the rows alone")
    print(COLUMNS.format("file", "rows", "check", "write", "whole", "ratio"))
    steps = (
        ("units", "units-before-2025-07.csv", Options(end_day=DAY)),
        ("units", "units-2026.csv", Options(first_day=DAY)),
        ("successions", "succession-2025-07.csv", Options(first_day=DAY)),
        ("boundaries", "communes-2026.geojson", Options()),
    )
    total = sum(one_file(kind, DATA / name, options) for kind, name, options in steps)
    print(COLUMNS.format("together", "", "", "", f"{total:.1f}", ""))
    questions()


def one_file(kind: str, path: Path, options: object) -> float:
    """Imports one file, prints its row, returns its seconds."""
    from dinhlang.places.importing.lists import Options, check_file, write_checked

    assert isinstance(options, Options)
    rows, reading = timed(lambda: plain_rows(path))
    checked, checking = timed(lambda: check_file(kind, path, path.name, options))
    _, writing = timed(lambda: write_checked(None, checked, path.name))
    whole = checking + writing
    figures = (f"{checking:.2f}", f"{writing:.2f}", f"{whole:.2f}", f"{whole / reading:.0f}×")
    print(COLUMNS.format(path.name, rows, *figures))
    for trouble in checked.troubles[:3]:
        print(f"    {trouble}")
    return whole


def questions() -> None:
    """What a person asks of the whole country, in ms."""
    from dinhlang.places import selectors

    unit = selectors.find("Phúc Hoà, Tân Yên")[0]
    asked: dict[str, Callable[[], object]] = {
        "find by name": lambda: list(selectors.find("phuc hoa")[:50]),
        "find within": lambda: list(selectors.find("Phúc Hòa, Tân Yên")[:50]),
        "history of a commune": lambda: selectors.history(unit, DAY),
    }
    for name, ask in asked.items():
        print(f"{name:<28}{min(timed(ask)[1] for _ in range(5)) * 1000:>8.1f} ms")


def plain_rows(path: Path) -> int:
    """How many rows or shapes the file has, read without understanding them."""
    if path.suffix == ".geojson":
        return len(json.loads(path.read_text(encoding="utf-8"))["features"])
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and its seconds."""
    started = perf_counter()
    result = work()
    return result, perf_counter() - started


if __name__ == "__main__":
    raise SystemExit(main())
