"""Bytes kept for good, each content once, behind Django's private storage."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage


def digest(content: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Kept:
    """A folder of the storage in which every file is named by the SHA-256 of its bytes."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def put(self, content: bytes | Iterable[bytes]) -> str:
        """Store the bytes, whole or in chunks, once; returns their SHA-256 in hexadecimal."""
        found = hashlib.sha256()
        with tempfile.SpooledTemporaryFile(max_size=1 << 20) as held:
            for chunk in (content,) if isinstance(content, bytes) else content:
                found.update(chunk)
                held.write(chunk)
            name = self.name_of(found.hexdigest())
            if not default_storage.exists(name):
                held.seek(0)
                saved = default_storage.save(name, File(held))
                if saved != name:
                    # Somebody stored the same bytes at this very moment: theirs are as good.
                    default_storage.delete(saved)
        return found.hexdigest()

    def name_of(self, sha256: str) -> str:
        """Where the bytes lie in the storage. Raises ValueError for anything but a SHA-256."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(sha256)
        return f"{self.folder}/{sha256[:2]}/{sha256}"

    def exists(self, sha256: str) -> bool:
        """Whether the bytes are there."""
        return bool(sha256) and default_storage.exists(self.name_of(sha256))

    def open_stored(self, sha256: str) -> IO[Any]:
        """The bytes, open for reading. Raises FileNotFoundError where they are gone."""
        return default_storage.open(self.name_of(sha256), "rb")

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """A path of this machine where the bytes can be read, for as long as the block runs."""
        with self.open_stored(sha256) as stored, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / sha256
            with path.open("wb") as out:
                shutil.copyfileobj(stored, out)
            yield path
