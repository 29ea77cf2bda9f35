"""The private folder where a file lies between its check and its writing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """The folder, created for this account only (0700)."""
    path = Path(settings.DATA_DIR) / "tmp-imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def put(chunks: Iterable[bytes]) -> str:
    """Store bytes under a random name, readable by this account only; returns the name."""
    name = secrets.token_hex(16)
    target = folder() / name
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                out.write(chunk)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return name


def path_of(name: str) -> Path:
    """Where the bytes called ``name`` lie. Raises ValueError for anything but our own names."""
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        raise ValueError(name)
    return folder() / name


def drop(name: str) -> None:
    """Delete the bytes called ``name``; nothing happens where they are gone already."""
    if name:
        path_of(name).unlink(missing_ok=True)
