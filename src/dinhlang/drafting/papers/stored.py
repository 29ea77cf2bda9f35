"""The bytes of templates, stored once by their SHA-256 behind Django's private storage."""

from __future__ import annotations

import hashlib
import re
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "mau-van-ban"


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
    """Where the bytes lie in the storage. Raises ValueError for anything but a SHA-256."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(sha256)
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def open_stored(sha256: str) -> IO[Any]:
    """The bytes, open for reading. Raises FileNotFoundError where they are gone."""
    return default_storage.open(name_of(sha256), "rb")
