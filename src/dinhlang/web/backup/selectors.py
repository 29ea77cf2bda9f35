"""Questions about backups, answered from the folder of archives."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from . import files, schedule
from .archive import Manifest, read_manifest
from .errors import BackupError
from .services import LAST_FAILURE, Kind, is_running

TOO_OLD = timedelta(hours=50)
"""A last backup older than two days and a bit is a reason to look."""


@dataclass(frozen=True, slots=True)
class Archive:
    """One finished archive: it has its name only since it was read back."""

    name: str
    size: int
    manifest: Manifest
    kind: str

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return self.manifest.rows

    @property
    def files(self) -> int:
        """How many files are inside."""
        return len(self.manifest.files)

    @property
    def made_at(self) -> datetime:
        """When the snapshot was taken."""
        return self.manifest.moment

    @property
    def size_in_words(self) -> str:
        """As in “12,4 MB”."""
        return megabytes(self.size)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of backups in plain words; ``is_well`` unless somebody should look."""

    words: str
    is_well: bool
    is_running: bool


def archives() -> list[Archive]:
    """The finished archives, the newest first; what is not one of ours is passed over."""
    found = []
    for path in files.backup_dir().glob("dinhlang-*.zip"):
        try:
            manifest = read_manifest(path)
            found.append(Archive(path.name, path.stat().st_size, manifest, _kind(manifest.kind)))
        except (BackupError, OSError):
            continue
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def archive_path(name: str) -> Path | None:
    """Where the archive of this name lies; None for any other name."""
    return next((p for p in files.backup_dir().glob("dinhlang-*.zip") if p.name == name), None)


def status(now: datetime, found: list[Archive] | None = None) -> Status:
    """What the administration page says first."""
    found = archives() if found is None else found
    running = is_running()
    sentences = []
    if found:
        last = found[0]
        sentences.append(
            f"Sao lưu gần nhất: {moment_in_words(last.made_at, now)}, đã đọc lại, "
            f"{last.size_in_words}."
        )
    else:
        sentences.append("Chưa có bản sao lưu nào.")
    failure = last_failure()
    if failure:
        at, message = failure
        sentences.append(f"Lần sao lưu {moment_in_words(at, now)} không thành: {message}")
    if running:
        sentences.append("Đang sao lưu…")
    else:
        next_one = moment_in_words(schedule.due_at(now), now)
        sentences.append(f"Lần tới: {next_one}.")
    old = bool(found) and found[0].made_at < now - TOO_OLD
    if old:
        sentences.append(
            "Đã quá hai ngày chưa có bản mới: hãy kiểm tra tiến trình xử lý có đang chạy không."
        )
    return Status(" ".join(sentences), is_well=not failure and not old, is_running=running)


def last_failure() -> tuple[datetime, str] | None:
    """When and why the last attempt failed; None after a success."""
    try:
        note = json.loads((files.backup_dir() / LAST_FAILURE).read_text(encoding="utf-8"))
        return datetime.fromisoformat(note["at"]), str(note["message"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def moment_in_words(moment: datetime, now: datetime) -> str:
    """As in “hôm nay 02:00”, “hôm qua 14:30”, “ngày 03/11/2026 02:00”; Vietnam's time."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    days = (local.date() - today).days
    names = {0: "hôm nay", -1: "hôm qua", 1: "ngày mai"}
    return f"{names.get(days, f'ngày {local:%d/%m/%Y}')} {local:%H:%M}"


def megabytes(size: int) -> str:
    """A number of bytes as in “12,4 MB”, “310 KB”."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def _kind(value: str) -> str:
    return Kind(value).label if value in set(Kind) else value
