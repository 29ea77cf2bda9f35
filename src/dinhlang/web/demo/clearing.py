"""Emptying the sample commune, so that a real one can begin."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from dinhlang.people import audit
from dinhlang.web.backup import files
from dinhlang.web.backup.database import all_models_at, applied
from dinhlang.web.backup.services import Kind, back_up

from .models import Demo, DemoAccount

KEPT = frozenset({"contenttypes.contenttype", "auth.permission", "backup.due"})
"""Tables that hold nothing of anybody's."""


class NoDemo(Exception):
    """There are no samples here; the message is for the operator."""

    def __init__(self) -> None:
        super().__init__("Ở đây không có dữ liệu mẫu, nên không có gì để làm trống.")


def is_loaded() -> bool:
    """Whether the data are those of the sample commune."""
    return DemoAccount.objects.exists()


def clear(now: datetime) -> Path:
    """Removes every row and every file, after a backup, whose path it returns.

    Everybody is signed out; the next visitor finds the first page of a new installation.
    Raises ``NoDemo`` where the data are not samples, ``BackupError``; then nothing has changed.
    """
    if not is_loaded():
        raise NoDemo
    loaded = Demo.objects.get(pk=1).loaded
    made = back_up(Kind.BEFORE_CLEARING, now)
    models = all_models_at(applied(connections[DEFAULT_DB_ALIAS]))
    with transaction.atomic():
        for label, model in models.items():
            if label not in KEPT:
                # Past the models' own guards: the log's lines go as well.
                model._base_manager.all()._raw_delete(DEFAULT_DB_ALIAS)
        Demo.objects.create(pk=1, loaded=loaded, cleared=now)
        audit.record(None, "làm trống dữ liệu mẫu", made.path.name)
    for _, path in list(files.kept_files()):
        path.unlink(missing_ok=True)
    return made.path
