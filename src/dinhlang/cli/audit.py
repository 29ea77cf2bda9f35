"""``dinhlang audit verify``: whether the audit log is as it was written."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from dinhlang.cli._django import explained, local_environment


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("audit", help="nhật ký việc đã làm")
    actions = parser.add_subparsers(dest="action", metavar="VIỆC", required=True)
    verify = actions.add_parser(
        "verify", help="kiểm tra xem có dòng nào bị sửa, xóa hay chèn thêm không"
    )
    verify.add_argument(
        "--expect",
        metavar="DẤU",
        help="dấu niêm đã ghi lại lần trước: nhật ký phải còn chứa đúng dòng mang dấu ấy",
    )


def run(args: argparse.Namespace) -> int:
    """Prints the verdict and the last digest. Returns 0 where the log is whole, else 1."""

    def check() -> int:
        local_environment()
        import django

        django.setup()
        return _verify(args.expect)

    return explained(check)


def _verify(expected: str | None) -> int:
    from dinhlang.people.audit import verify
    from dinhlang.people.models import AuditLine

    verdict = verify()
    troubles = list(verdict.troubles)
    if expected and not AuditLine.objects.filter(digest=expected).exists():
        troubles.append("Không còn dòng mang dấu niêm đã ghi lại: nhật ký đã bị thay.")
    if troubles:
        print("Nhật ký KHÔNG nguyên vẹn:", file=sys.stderr)
        for trouble in troubles:
            print(f"- {trouble}", file=sys.stderr)
        return 1
    print(f"Nhật ký nguyên vẹn: {verdict.count} dòng.")
    print(f"Dấu niêm: {verdict.digest}")
    return 0
