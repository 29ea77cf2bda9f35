"""The verbs: make a backup, put one back, tidy away old ones."""

from __future__ import annotations

import json
import logging
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User

from . import archive, files, jobs, restoring, schedule
from .archive import Manifest
from .database import applied, is_behind, models_at, require_known
from .errors import BackupError

logger = logging.getLogger(__name__)

LAST_FAILURE = "loi-gan-nhat.json"
"""In the folder of archives: when and why the last attempt failed; absent after a success."""

UNFINISHED_FOR = timedelta(days=1)
"""An archive that was begun so long ago and has no end was cut off."""


class Kind(StrEnum):
    """Why a backup was made; the value is part of the archive's name."""

    DAILY = "hang-ngay"
    ASKED = "theo-yeu-cau"
    BEFORE_RESTORE = "truoc-phuc-hoi"
    BEFORE_UPGRADE = "truoc-nang-cap"
    BEFORE_CLEARING = "truoc-khi-lam-trong"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]


_LABELS = {
    Kind.DAILY: "Hằng ngày",
    Kind.ASKED: "Theo yêu cầu",
    Kind.BEFORE_RESTORE: "Trước khi phục hồi",
    Kind.BEFORE_UPGRADE: "Trước khi nâng cấp",
    Kind.BEFORE_CLEARING: "Trước khi làm trống",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and read back."""

    path: Path
    size: int
    manifest: Manifest


def back_up(kind: Kind, now: datetime, folder: Path | None = None) -> Made:
    """Makes an archive in ``folder`` (the folder of archives), reads it back, and only then
    gives it its name.

    Raises ``BackupError``, which is also noted for the administration page; no half archive
    stays behind.
    """
    try:
        made = _back_up(kind, now, folder)
    except (BackupError, OSError) as error:
        words = str(error) if isinstance(error, BackupError) else _in_words(error)
        _note_failure(kind, now, words)
        raise BackupError(words) from error
    if folder is None:
        (files.backup_dir() / LAST_FAILURE).unlink(missing_ok=True)
        _tidy(kind, now)
    return made


def _back_up(kind: Kind, now: datetime, folder: Path | None) -> Made:
    target = folder or files.backup_dir()
    moment = timezone.localtime(now)
    stem = f"dinhlang-{moment:%Y-%m-%d-%H%M%S}-{kind}"
    path = target / f"{stem}.zip"
    if path.exists():
        path = target / f"{stem}-{secrets.token_hex(2)}.zip"
    part = target / f"{path.name}.{secrets.token_hex(6)}.part"
    try:
        written = archive.write(part, kind, now)
        if archive.verify(part) != written:
            raise BackupError("Bản sao lưu đọc lại không khớp với dữ liệu. Hãy kiểm tra ổ đĩa.")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return Made(path, path.stat().st_size, written)


def ask(user: User) -> bool:
    """Queues a backup for the worker; returns False where one waits or is being made.

    Raises ``AccessDenied`` for all but administrators of everything.
    """
    require(user, Action.MANAGE, None)
    with transaction.atomic():
        # The two clicks of a double click queue here.
        audit.lock()
        if is_running():
            return False
        jobs.asked_backup.enqueue(user.pk)
    return True


def is_running() -> bool:
    """Whether a backup waits or is being made."""
    paths = [jobs.daily_backup.module_path, jobs.asked_backup.module_path]
    rows = DBTaskResult.objects.filter(task_path__in=paths)
    return rows.filter(status__in=["READY", "RUNNING"]).exists()


def back_up_on_request(user: User, now: datetime) -> Made:
    """A backup that an administrator asked for, with its line in the audit log.

    Raises ``AccessDenied`` for anybody else, ``BackupError`` where it fails.
    """
    require(user, Action.MANAGE, None)
    made = back_up(Kind.ASKED, now)
    with transaction.atomic():
        audit.record(user, "sao lưu dữ liệu", made.path.name, details=_figures(made.manifest))
    return made


def back_up_daily(now: datetime) -> Made:
    """The backup nobody asks for; the next one is due tomorrow. A failed one is due in an hour."""
    made = back_up(Kind.DAILY, now)
    schedule.done(now)
    return made


def back_up_before_upgrade(now: datetime) -> Made | None:
    """A backup of a database whose form this version is about to change; None where it is not,
    or where there is nothing to lose. Raises ``BackupError``.
    """
    if not holds_data() or not is_behind():
        return None
    return back_up(Kind.BEFORE_UPGRADE, now)


def note_download(user: User, name: str) -> None:
    """Writes down who took an archive away. Raises ``AccessDenied``."""
    require(user, Action.MANAGE, None)
    with transaction.atomic():
        audit.record(user, "tải bản sao lưu", name)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the backup of what was there before (None where nothing was)."""

    manifest: Manifest
    before: Path | None


def restore(path: Path, now: datetime) -> Restored:
    """Puts an archive in the place of database and files; see ``restoring.put_back``.

    The archive is read through first, and what is there is backed up first. Raises
    ``BackupError``; then the database is as it was.
    """
    manifest = archive.verify(path)
    require_known(manifest.migrations)
    before = back_up(Kind.BEFORE_RESTORE, now).path if holds_data() else None
    try:
        restoring.put_back(path, manifest)
    except OSError as error:
        raise BackupError(_in_words(error)) from error
    with transaction.atomic():
        details = _figures(manifest) | {"made_at": manifest.made_at}
        audit.record(None, "phục hồi dữ liệu từ bản sao lưu", path.name, details=details)
    return Restored(manifest, before)


def holds_data() -> bool:
    """Whether the database has any row that a backup would hold."""
    own = connections[DEFAULT_DB_ALIAS]
    if own.vendor == "sqlite" and not Path(str(own.settings_dict["NAME"])).exists():
        return False
    there = set(own.introspection.table_names())
    return any(
        model._meta.db_table in there and model._base_manager.exists()
        for model in models_at(applied(own)).values()
    )


def _figures(manifest: Manifest) -> dict[str, object]:
    return {"tables": len(manifest.tables), "rows": manifest.rows, "files": len(manifest.files)}


def _in_words(error: OSError) -> str:
    folder = Path(settings.BACKUP_DIR)
    return (
        f"Không ghi được vào {error.filename or folder} ({error.strerror or error}). "
        "Hãy kiểm tra chỗ trống và quyền ghi của ổ đĩa."
    )


def _note_failure(kind: Kind, now: datetime, words: str) -> None:
    logger.error("backup failed: %s", words)
    note = {"at": now.isoformat(), "kind": kind, "message": words}
    try:
        target = files.backup_dir() / LAST_FAILURE
        beside = target.with_suffix(f".{secrets.token_hex(4)}.part")
        beside.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        beside.replace(target)
    except OSError:
        # The very disk that is full; the log line above has to do.
        logger.exception("the failure could not be noted")


def _tidy(kind: Kind, now: datetime) -> None:
    """Removes the oldest archives of this kind beyond those kept, and what was cut off."""
    archives = sorted(files.backup_dir().glob(f"dinhlang-*-{kind}*.zip"))
    for old in archives[: -max(1, settings.BACKUPS_KEPT)]:
        old.unlink(missing_ok=True)
    for part in files.backup_dir().glob("*.part"):
        if part.stat().st_mtime < (now - UNFINISHED_FOR).timestamp():
            part.unlink(missing_ok=True)
