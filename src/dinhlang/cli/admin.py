"""``dinhlang admin``: an administrator's account, made or let in again at the server itself."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from dinhlang.cli._django import explained, local_environment


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "admin", help="tạo người quản trị, hoặc cấp lại liên kết đặt mật khẩu"
    )
    parser.add_argument("username", metavar="TÊN", help="tên đăng nhập, ví dụ quantri")
    parser.add_argument("--name", help="họ và tên, khi tạo tài khoản mới")
    parser.add_argument(
        "--address", default="http://127.0.0.1:8000", help="địa chỉ trang (mặc định %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Prints a one-time link for the account. Returns 0, or 2 where there is none to make."""

    def make() -> int:
        local_environment()
        import django

        django.setup()
        return _link(args)

    return explained(make)


def _link(args: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.urls import reverse

    from dinhlang.people import services
    from dinhlang.people.models import User
    from dinhlang.people.roles import Role

    found = User.objects.filter(username=args.username.lower()).first()
    try:
        if found is not None:
            secret = services.renew_link(None, found)
        elif args.name:
            _, secret = services.invite(
                None, username=args.username, full_name=args.name, role=Role.ADMIN, place=None
            )
        else:
            print(
                f"Chưa có tài khoản “{args.username}”. Để tạo người quản trị mới, hãy thêm "
                '--name "Họ và tên".',
                file=sys.stderr,
            )
            return 2
    except ValidationError as error:
        print(" ".join(error.messages), file=sys.stderr)
        return 2
    print("Mở liên kết này để đặt mật khẩu (dùng một lần, trong 7 ngày):")
    print(args.address.rstrip("/") + reverse("people:invitation", args=[secret]))
    return 0
