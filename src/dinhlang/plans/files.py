"""The original papers, stored once by the SHA-256 of their bytes behind Django's storage."""

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

FOLDER = "ban-goc"


def put(chunks: Iterable[bytes]) -> str:
    """Store the bytes, once for each content; returns their SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with tempfile.TemporaryFile() as held:
        for chunk in chunks:
            digest.update(chunk)
            held.write(chunk)
        name = name_of(digest.hexdigest())
        if not default_storage.exists(name):
            held.seek(0)
            saved = default_storage.save(name, File(held))
            if saved != name:
                # Somebody stored the same bytes at this very moment: theirs are as good.
                default_storage.delete(saved)
    return digest.hexdigest()


def name_of(sha256: str) -> str:
    """Where the bytes lie in the storage. Raises ValueError for anything but a SHA-256."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(sha256)
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def exists(sha256: str) -> bool:
    """Whether the bytes are there."""
    return bool(sha256) and default_storage.exists(name_of(sha256))


def open_stored(sha256: str) -> IO[Any]:
    """The bytes, open for reading. Raises FileNotFoundError where they are gone."""
    return default_storage.open(name_of(sha256), "rb")


@contextmanager
def local(sha256: str) -> Iterator[Path]:
    """A path of this machine where the bytes can be read, for as long as the block runs."""
    with open_stored(sha256) as stored, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / sha256
        with path.open("wb") as out:
            shutil.copyfileobj(stored, out)
        yield path
