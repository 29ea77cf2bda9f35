"""``dinhlang backup``: one archive with everything, made while the program runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from dinhlang.cli._django import explained, local_environment


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "backup", help="sao lưu cơ sở dữ liệu và tệp vào một tệp, đọc lại để chắc chắn"
    )
    parser.add_argument(
        "--to", metavar="THƯ-MỤC", help="ghi vào thư mục này (mặc định var/sao-luu)"
    )
    parser.add_argument("--check", metavar="TỆP", help="chỉ đọc lại một bản sao lưu đã có")


def run(args: argparse.Namespace) -> int:
    """Makes an archive, or with ``--check`` reads one back; 1 where that fails."""

    def work() -> int:
        local_environment()
        import django

        django.setup()
        from dinhlang.web.backup.errors import BackupError

        try:
            return _check(Path(args.check)) if args.check else _make(args.to)
        except BackupError as error:
            print(error, file=sys.stderr)
            return 1

    return explained(work)


def _make(to: str | None) -> int:
    from django.utils import timezone

    from dinhlang.web.backup.selectors import megabytes
    from dinhlang.web.backup.services import Kind, back_up

    folder = Path(to).expanduser().resolve() if to else None
    if folder and not folder.is_dir():
        print(f"Không có thư mục {folder}. Hãy tạo thư mục rồi chạy lại.", file=sys.stderr)
        return 1
    made = back_up(Kind.ASKED, timezone.now(), folder)
    manifest = made.manifest
    print(f"Đã sao lưu và đọc lại: {made.path}")
    print(
        f"{len(manifest.tables)} bảng, {manifest.rows} dòng, {len(manifest.files)} tệp, "
        f"{megabytes(made.size)}."
    )
    return 0


def _check(path: Path) -> int:
    from django.utils import timezone

    from dinhlang.web.backup.archive import verify

    manifest = verify(path)
    moment = timezone.localtime(manifest.moment)
    print(f"{path.name} nguyên vẹn, sao lưu lúc {moment:%H:%M ngày %d/%m/%Y}.")
    for label, table in manifest.tables.items():
        print(f"  {label:<40} {table.rows:>9} dòng")
    print(f"  {'tệp':<40} {len(manifest.files):>9}")
    return 0
