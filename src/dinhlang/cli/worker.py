"""``dinhlang worker``: does the jobs that pages ask for (reading a paper)."""

from __future__ import annotations

import argparse
from typing import Any

from dinhlang.cli._django import explained, local_environment


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("worker", help="xử lý các việc chạy nền (đọc văn bản)")
    parser.add_argument(
        "--interval", type=float, default=0.3, help="số giây giữa hai lần xem có việc mới"
    )
    parser.add_argument("--batch", action="store_true", help="làm hết việc đang chờ rồi thoát")


def run(args: argparse.Namespace) -> int:
    """Works until Ctrl-C or TERM, or with ``--batch`` until nothing waits."""

    def serve() -> int:
        local_environment()
        import django

        django.setup()
        from dinhlang.web.jobs import work

        work(interval=args.interval, batch=args.batch)
        return 0

    return explained(serve)
