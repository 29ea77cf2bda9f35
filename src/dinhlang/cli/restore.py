"""``dinhlang restore``: puts a backup in the place of what is there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from dinhlang.cli._django import explained, local_environment


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "restore", help="phục hồi từ một bản sao lưu (thay toàn bộ dữ liệu đang có)"
    )
    parser.add_argument("archive", metavar="TỆP", help="bản sao lưu (.zip)")
    parser.add_argument("--yes", action="store_true", help="không hỏi lại")


def run(args: argparse.Namespace) -> int:
    """Asks, restores, and says what was put back; 1 where nothing was."""

    def work() -> int:
        local_environment()
        import django

        django.setup()
        from dinhlang.web.backup.errors import BackupError

        try:
            return _restore(Path(args.archive), asks=not args.yes)
        except BackupError as error:
            print(error, file=sys.stderr)
            return 1

    return explained(work)


def _restore(path: Path, asks: bool) -> int:
    from django.utils import timezone

    from dinhlang.web.backup import archive, services

    manifest = archive.read_manifest(path)
    moment = timezone.localtime(manifest.moment)
    print(
        f"Bản sao lưu lúc {moment:%H:%M ngày %d/%m/%Y}: {manifest.rows} dòng, "
        f"{len(manifest.files)} tệp."
    )
    if asks and services.holds_data():
        print("Dữ liệu đang có sẽ được sao lưu rồi thay toàn bộ bằng bản này.")
        if not confirmed("Gõ “phuc hoi” rồi Enter để tiếp tục: ", "phuc hoi"):
            print("Chưa thay đổi gì.")
            return 1
    done = services.restore(path, timezone.now())
    if done.before:
        print(f"Dữ liệu trước khi phục hồi được giữ ở {done.before}")
    print("Đã phục hồi, đọc lại từng bảng và từng tệp đều khớp. Mọi người cần đăng nhập lại.")
    return 0


def confirmed(question: str, word: str) -> bool:
    """Whether the person at the keyboard types this word; marks and case do not matter."""
    from dinhlang.vietnamese import fold

    try:
        return fold(input(question).strip()) == fold(word)
    except EOFError:
        return False
