"""The files that sets were read from, stored once by the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "bo-tieu-chi"


def put(content: bytes) -> str:
    """Store the bytes, once for each content; returns their SHA-256 in hexadecimal."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = name_of(sha256)
    if not default_storage.exists(name):
        saved = default_storage.save(name, ContentFile(content))
        if saved != name:
            # Somebody stored the same bytes at this very moment: theirs are as good.
            default_storage.delete(saved)
    return sha256


def name_of(sha256: str) -> str:
    """Where the bytes lie in the storage."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def exists(sha256: str) -> bool:
    """Whether the bytes are there."""
    return bool(sha256) and default_storage.exists(name_of(sha256))


def open_stored(sha256: str) -> IO[Any]:
    """The bytes, open for reading. Raises FileNotFoundError where they are gone."""
    return default_storage.open(name_of(sha256), "rb")
