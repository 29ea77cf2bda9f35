"""``dinhlang run``: the site and its job worker on this machine."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from typing import Any

from dinhlang.cli._django import local_environment
from dinhlang.cli._supervise import Child, Supervisor

LOOPBACK = "127.0.0.1"
LOOPBACKS = (LOOPBACK, "localhost", "::1")


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("run", help="chạy Đình Làng trên máy này")
    parser.add_argument("--host", default=LOOPBACK, help="địa chỉ mở ra (mặc định %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định %(default)s)")
    parser.add_argument("--sample", action="store_true", help="lần đầu thì nạp xã mẫu để xem thử")
    parser.add_argument("--threads", type=int, default=8, help="số luồng phục vụ trang")


def run(args: argparse.Namespace) -> int:
    """Prepares, starts both processes, prints the address, and stays until Ctrl-C or TERM."""
    if port_is_taken(args.host, args.port):
        print(
            f"Cổng {args.port} đang có chương trình khác dùng. Hãy đóng chương trình đó, hoặc chạy "
            f"ở cổng khác: make run PORT={args.port + 1}",
            file=sys.stderr,
        )
        return 1
    dinhlang = [sys.executable, "-m", "dinhlang"]
    prepared = subprocess.run([*dinhlang, "prepare"], check=False)
    if prepared.returncode:
        print("Đình Làng chưa khởi động được; xem lý do ở trên.", file=sys.stderr)
        return prepared.returncode
    if args.sample and args.host in LOOPBACKS:
        loaded = subprocess.run([*dinhlang, "demo", "load", "--if-new"], check=False)
        if loaded.returncode:
            return loaded.returncode
    local_environment()
    # Sample data are marked as such; the way in without a password asks for more than this.
    os.environ.setdefault("DINHLANG_DEMO", "1")
    web = Child("Máy chủ trang", gunicorn_command(args.host, args.port, args.threads))
    worker = Child("Tiến trình xử lý văn bản", [*dinhlang, "worker"])
    address = f"http://{args.host}:{args.port}"
    return Supervisor(
        [web, worker],
        os.environ,
        ready=lambda: answers(args.host, args.port),
        announce=lambda: print(
            f"Đình Làng đang chạy tại {address} (nhấn Ctrl-C để dừng)", flush=True
        ),
    ).run()


def gunicorn_command(host: str, port: int, threads: int) -> list[str]:
    """The command line of the web server: one process, threads sharing it."""
    return [
        *(sys.executable, "-m", "gunicorn", "dinhlang.web.wsgi:application"),
        *("--bind", f"{host}:{port}"),
        *("--worker-class", "dinhlang.web.server.Worker"),
        *("--workers", "1", "--threads", str(threads)),
        *("--timeout", "120", "--graceful-timeout", "10"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def port_is_taken(host: str, port: int) -> bool:
    """Whether another program listens there already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def answers(host: str, port: int) -> bool:
    """Whether the web server accepts connections."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
