"""The files a backup holds: all of the data folder but what is made anew or stays secret."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

LEFT_OUT = ("static", "secret", "tmp-*", "dinhlang-*.zip", "*.part", "*.lock", "*.sock", "*.pid")
"""Names at the top of the data folder: built files, the signing key, other backups, what lives
for minutes."""


def data_dir() -> Path:
    """The folder of everything the program keeps."""
    return Path(settings.DATA_DIR)


def backup_dir() -> Path:
    """The folder of the archives, made for this account only."""
    path = Path(settings.BACKUP_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def kept_files() -> Iterator[tuple[str, Path]]:
    """Each file a backup holds: its path within the data folder, with slashes, and where it is."""
    root = data_dir()
    for folder, names, files in os.walk(root):
        here = Path(folder)
        names[:] = sorted(name for name in names if _belongs(here / name, root))
        for name in sorted(files):
            path = here / name
            if not path.is_symlink() and _belongs(path, root):
                yield path.relative_to(root).as_posix(), path


def place_of(name: str) -> Path:
    """Where a file of an archive goes. Raises ValueError for a path that leads elsewhere."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in name:
        raise ValueError(name)
    target = data_dir() / path
    if not _belongs(target, data_dir()):
        raise ValueError(name)
    return target


def _belongs(path: Path, root: Path) -> bool:
    if path == Path(settings.BACKUP_DIR) or path in _database_files():
        return False
    at_top = path.parent == root
    return not (at_top and any(fnmatch(path.name, pattern) for pattern in LEFT_OUT))


def _database_files() -> set[Path]:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "sqlite":
        return set()
    name = str(connection.settings_dict["NAME"])
    return {Path(name + ending) for ending in ("", "-wal", "-shm", "-journal")}
