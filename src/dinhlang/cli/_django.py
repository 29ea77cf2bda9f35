"""Starting Django from a command, with what a person's own machine needs."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

SETTINGS = "dinhlang.web.settings"


def local_environment() -> None:
    """Fills in what a server's operator would set: a secret of this machine, plain http.

    Nothing already set is changed. The secret is made once and kept in the data folder; what
    this process writes is for its owner's eyes only.
    """
    from dinhlang.web.environment import current

    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.setdefault("DINHLANG_HTTPS", "0")
    if not os.environ.get("DINHLANG_SECRET_KEY"):
        data_dir = current().data_dir(Path(__file__).resolve().parents[3])
        os.environ["DINHLANG_SECRET_KEY"] = kept_secret(data_dir)


def kept_secret(data_dir: Path) -> str:
    """The secret kept in ``data_dir``; made on the first call."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = data_dir / "secret"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret


def management(*arguments: str) -> int:
    """Runs one of Django's management commands with the local environment."""

    def execute() -> int:
        local_environment()
        from django.core.management import execute_from_command_line

        execute_from_command_line(["dinhlang", *arguments])
        return 0

    return explained(execute)


def explained(work: Callable[[], int]) -> int:
    """What ``work`` returns; 2 and a sentence instead of a traceback where the set-up is wrong."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        return work()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
    except OperationalError as error:
        print(
            f"Không dùng được cơ sở dữ liệu: {str(error).strip()}\n"
            "Hãy kiểm tra DATABASE_URL và xem máy chủ cơ sở dữ liệu đã chạy chưa.",
            file=sys.stderr,
        )
    except PermissionError as error:
        print(
            f"Không được phép ghi vào {error.filename}. Hãy đổi quyền của thư mục này, "
            "hoặc đặt DINHLANG_DATA_DIR sang thư mục khác.",
            file=sys.stderr,
        )
    return 2
