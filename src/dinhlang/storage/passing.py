"""Bytes that lie for a short while in a folder of this account only, under random names."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


class Passing:
    """A folder of the data directory, from upload to the end of the work on it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def folder(self) -> Path:
        """The folder, created for this account only (0700)."""
        path = Path(settings.DATA_DIR) / self.name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def put(self, chunks: Iterable[bytes]) -> str:
        """Store bytes under a random name, readable by this account only; returns the name."""
        name = secrets.token_hex(16)
        target = self.folder() / name
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in chunks:
                    out.write(chunk)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return name

    def path_of(self, name: str) -> Path:
        """Where the bytes called ``name`` lie. Raises ValueError for anything but our own names."""
        if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
            raise ValueError(name)
        return self.folder() / name

    def drop(self, name: str) -> None:
        """Delete the bytes called ``name``; nothing happens where they are gone already."""
        if name:
            self.path_of(name).unlink(missing_ok=True)

    def sweep(self, older_than: float, keep: set[str]) -> int:
        """Delete files last written before ``older_than`` (seconds since the epoch), but ``keep``.

        Returns how many were deleted. It catches what a killed process left behind.
        """
        gone = 0
        for entry in self.folder().iterdir():
            if entry.name not in keep and entry.stat().st_mtime < older_than:
                entry.unlink(missing_ok=True)
                gone += 1
        return gone
