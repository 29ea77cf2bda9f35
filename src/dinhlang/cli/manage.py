"""``dinhlang manage …``: Django's own management commands."""

from __future__ import annotations

import argparse
from typing import Any

from dinhlang.cli._django import management


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("manage", help="lệnh quản trị của Django (dành cho kỹ thuật)")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…")


def run(args: argparse.Namespace) -> int:
    """Passes everything on to Django."""
    return management(*args.arguments)
