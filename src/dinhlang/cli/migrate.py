"""``dinhlang migrate``: brings the database to this version's form."""

from __future__ import annotations

import argparse
from typing import Any

from dinhlang.cli._django import management


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    subparsers.add_parser("migrate", help="đưa cơ sở dữ liệu về đúng phiên bản này")


def run(args: argparse.Namespace) -> int:
    """Applies the migrations that are missing; changes no data where none is."""
    return management("migrate", "--no-input")
