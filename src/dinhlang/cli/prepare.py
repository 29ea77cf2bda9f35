"""``dinhlang prepare``: everything a start needs, and nothing where it is there already."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from dinhlang.cli._django import explained, local_environment, management


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    subparsers.add_parser(
        "prepare", help="chuẩn bị cơ sở dữ liệu và tệp giao diện trước khi khởi động"
    )


def run(args: argparse.Namespace) -> int:
    """Applies missing migrations (after a backup) and collects the static files."""
    status = explained(_back_up) or management("migrate", "--no-input", "--verbosity=0")
    return status or management("collectstatic", "--no-input", "--verbosity=0")


def _back_up() -> int:
    local_environment()
    import django

    django.setup()
    from django.utils import timezone

    from dinhlang.web.backup.errors import BackupError
    from dinhlang.web.backup.services import back_up_before_upgrade

    try:
        made = back_up_before_upgrade(timezone.now())
    except BackupError as error:
        print(f"Chưa nâng cấp cơ sở dữ liệu vì không sao lưu được. {error}", file=sys.stderr)
        return 1
    if made:
        print(f"Đã sao lưu trước khi nâng cấp: {made.path}")
    return 0
