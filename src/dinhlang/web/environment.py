"""What the operator may set: environment variables, read and checked in one place.

Every setting is described for operators in ``docs/settings.md``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_SECRET = 32
KNOWN_SECRETS = ("django-insecure", "change-me", "changeme", "doi-khoa-nay", "secret", "default")
TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings as read from a mapping of environment variables."""

    values: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding blanks, or ``default``."""
        return self.values.get(name, default).strip()

    def flag(self, name: str, default: bool) -> bool:
        """A yes or no. Raises ``ImproperlyConfigured`` for any other word."""
        if name not in self.values:
            return default
        word = self.text(name).lower()
        if word in TRUE:
            return True
        if word in FALSE:
            return False
        raise ImproperlyConfigured(f"{name}={word!r} không hợp lệ. Hãy đặt 1 (bật) hoặc 0 (tắt).")

    def whole(self, name: str, default: int) -> int:
        """A whole number of at least 0. Raises ``ImproperlyConfigured`` otherwise."""
        word = self.text(name)
        if not word:
            return default
        if not word.isascii() or not word.isdigit():
            raise ImproperlyConfigured(
                f"{name}={word!r} không hợp lệ. Hãy đặt một số nguyên không âm."
            )
        return int(word)

    def folder(self, name: str, default: Path) -> Path:
        """A folder's absolute path, or ``default``."""
        given = self.text(name)
        return Path(given).expanduser().resolve() if given else default

    def clock(self, name: str, default: time) -> time:
        """A time of day written like ``02:00``. Raises ``ImproperlyConfigured`` otherwise."""
        word = self.text(name)
        if not word:
            return default
        try:
            return datetime.strptime(word, "%H:%M").time()
        except ValueError:
            raise ImproperlyConfigured(
                f"{name}={word!r} không hợp lệ. Hãy viết giờ và phút, ví dụ 02:00."
            ) from None

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """The comma-separated parts, blanks dropped."""
        if name not in self.values:
            return list(default)
        return [part.strip() for part in self.values[name].split(",") if part.strip()]

    def secret(self) -> str:
        """The signing key. Raises ``ImproperlyConfigured`` where it is missing or guessable."""
        secret = self.text("DINHLANG_SECRET_KEY")
        if not secret:
            raise ImproperlyConfigured(
                "Chưa đặt DINHLANG_SECRET_KEY. Máy chủ chỉ khởi động khi có khóa bí mật riêng; "
                "hãy tạo một chuỗi ngẫu nhiên dài ít nhất 32 ký tự. Chạy thử trên máy mình thì "
                "dùng “make run” hoặc “dinhlang run”: khóa được tạo và giữ lại tự động."
            )
        looks_default = secret.lower().startswith(KNOWN_SECRETS) or len(set(secret)) < 8
        if len(secret) < SHORTEST_SECRET or looks_default:
            raise ImproperlyConfigured(
                "DINHLANG_SECRET_KEY quá ngắn hoặc là khóa mặc định, ai cũng đoán được. "
                "Hãy thay bằng một chuỗi ngẫu nhiên dài ít nhất 32 ký tự."
            )
        return secret

    def data_dir(self, checkout: Path) -> Path:
        """The folder of everything the program keeps; ``var/`` of a checkout by default."""
        given = self.text("DINHLANG_DATA_DIR")
        if given:
            return Path(given).expanduser().resolve()
        base = checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()
        return base / "var"

    def database(self, data_dir: Path) -> dict[str, Any]:
        """Django's description of the database named by ``DATABASE_URL``; SQLite by default."""
        url = self.text("DATABASE_URL")
        return database_from_url(url) if url else sqlite(data_dir / "dinhlang.sqlite3")


def current() -> Environment:
    """The environment of this process."""
    return Environment(os.environ)


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite that a web server and a job worker may write at the same time.

    A write transaction takes its lock at the start (IMMEDIATE) and waits up to 20 s for it,
    so that two writers queue instead of failing midway.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def database_from_url(url: str) -> dict[str, Any]:
    """Django's description of ``sqlite:///path`` or ``postgresql://user:password@host:port/name``.

    A PostgreSQL socket folder goes into the query: ``postgresql://user@/name?host=/run/pg``.
    Raises ``ImproperlyConfigured`` for anything else; the message never repeats the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL sai: không đọc được máy chủ hoặc cổng.") from error
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL thiếu tên cơ sở dữ liệu ở cuối địa chỉ.")
    if parts.scheme == "sqlite":
        return sqlite(Path(name))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL bắt đầu bằng “{parts.scheme}:” nhưng Đình Làng chỉ dùng được "
            "sqlite:///đường-dẫn hoặc postgresql://người-dùng:mật-khẩu@máy-chủ/tên."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    port_option = options.pop("port", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port_option or (str(port) if port else ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def email_from_url(url: str) -> dict[str, Any]:
    """Django's mail settings for ``smtp://user:password@host:587?tls=1`` or ``smtps://host:465``.

    Raises ``ImproperlyConfigured`` for anything else; the message never repeats the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("DINHLANG_EMAIL_URL sai: không đọc được cổng.") from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "DINHLANG_EMAIL_URL không hợp lệ. Hãy viết "
            "smtp://người-dùng:mật-khẩu@máy-chủ:587?tls=1 "
            "hoặc smtps://người-dùng:mật-khẩu@máy-chủ:465."
        )
    is_wrapped = parts.scheme == "smtps"
    wants_tls = dict(parse_qsl(parts.query)).get("tls", "0").lower() in TRUE
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if is_wrapped else 587 if wants_tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_wrapped,
        "EMAIL_USE_TLS": wants_tls and not is_wrapped,
    }
