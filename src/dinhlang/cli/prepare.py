"""``dinhlang prepare``: everything a start needs, and nothing where it is there already."""

from __future__ import annotations

import argparse
from typing import Any

from dinhlang.cli._django import management


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    subparsers.add_parser(
        "prepare", help="chuẩn bị cơ sở dữ liệu và tệp giao diện trước khi khởi động"
    )


def run(args: argparse.Namespace) -> int:
    """Applies missing migrations and collects the static files under hashed names."""
    status = management("migrate", "--no-input", "--verbosity=0")
    return status or management("collectstatic", "--no-input", "--verbosity=0")
