"""``dinhlang demo``: the sample commune, loaded into an empty database or emptied again."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from dinhlang.cli._django import explained, local_environment
from dinhlang.cli.restore import confirmed


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("demo", help="dữ liệu mẫu: nạp, xem tài khoản, làm trống")
    parser.add_argument(
        "action",
        choices=("load", "accounts", "clear"),
        help="load: nạp xã mẫu; accounts: in tài khoản; clear: làm trống để dùng thật",
    )
    parser.add_argument("--if-new", action="store_true", help="chỉ nạp khi chưa ai dùng bao giờ")
    parser.add_argument("--yes", action="store_true", help="không hỏi lại khi làm trống")


def run(args: argparse.Namespace) -> int:
    """Does it, and says what was done; 1 where it could not be."""

    def work() -> int:
        local_environment()
        import django

        django.setup()
        from dinhlang.web.backup.errors import BackupError
        from dinhlang.web.demo.clearing import NoDemo
        from dinhlang.web.demo.loading import NotEmpty

        actions = {"load": _load, "accounts": _accounts, "clear": _clear}
        try:
            return actions[args.action](args)
        except (BackupError, NoDemo, NotEmpty) as error:
            print(error, file=sys.stderr)
            return 1

    return explained(work)


def _load(args: argparse.Namespace) -> int:
    from django.utils import timezone

    from dinhlang.web.demo.clearing import is_loaded
    from dinhlang.web.demo.loading import is_new, load

    if not is_loaded() and not (args.if_new and not is_new()):
        print("Đang nạp xã mẫu…", flush=True)
        load(timezone.now())
    return _accounts(args)


def _accounts(args: argparse.Namespace) -> int:
    from dinhlang.web.demo.models import DemoAccount

    accounts = list(DemoAccount.objects.select_related("user"))
    if not accounts:
        return 0
    print("Dữ liệu mẫu: xã Làng Mẫu (không có thật). Tài khoản để xem thử:")
    for account in accounts:
        print(f"  {account.user.username:<12} {account.password:<22} {account.role}")
    print("Làm trống để dùng thật: .venv/bin/dinhlang demo clear")
    return 0


def _clear(args: argparse.Namespace) -> int:
    from django.utils import timezone

    from dinhlang.web.demo import clearing

    if not clearing.is_loaded():
        raise clearing.NoDemo
    if not args.yes:
        print("Mọi thứ trong cơ sở dữ liệu mẫu sẽ bị xóa, kể cả những gì bạn đã thêm vào.")
        print("Một bản sao lưu được giữ lại trước khi xóa.")
        if not confirmed("Gõ “lam trong” rồi Enter để tiếp tục: ", "lam trong"):
            print("Chưa thay đổi gì.")
            return 1
    path = clearing.clear(timezone.now())
    print(f"Đã làm trống. Bản sao lưu của dữ liệu mẫu: {path}")
    print("Mở lại trang để tạo người quản trị và bắt đầu dùng thật.")
    return 0
