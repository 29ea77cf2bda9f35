"""Putting an archive in the place of what is there: all of it, or nothing."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.db.models.sql import InsertQuery

from . import files
from .archive import PIECE, File, Manifest, Table, rows_in
from .database import (
    all_models_at,
    applied,
    connection_beside,
    last_of_each_app,
    models_at,
    require_known,
)
from .errors import BackupError
from .rows import fields_of, fingerprint, row_from

ROWS_AT_ONCE = 500


def put_back(path: Path, manifest: Manifest) -> None:
    """Replaces database and files by those of a verified archive, and compares what is there then.

    The database is filled as the archive's version of the program had it, compared row for row,
    and only then takes the place of the old one, in one step; a stop at any moment before leaves
    the old one. Missing migrations are applied last. Files come first: one that no row names
    does no harm. Raises ``BackupError``, and nothing of the database has changed then.
    """
    require_known(manifest.migrations)
    with zipfile.ZipFile(path) as bundle:
        for name, entry in manifest.files.items():
            _put_file(bundle, name, entry)
        own = connections[DEFAULT_DB_ALIAS]
        if own.vendor == "sqlite":
            _replace_sqlite(bundle, manifest, Path(str(own.settings_dict["NAME"])))
        else:
            _replace_in_transaction(bundle, manifest, own)
    connections.close_all()
    call_command("migrate", interactive=False, verbosity=0)


def _put_file(bundle: zipfile.ZipFile, name: str, entry: File) -> None:
    target = files.place_of(name)
    if target.is_file() and _sha256(target) == entry.sha256:
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out, bundle.open(f"files/{name}") as raw:
            while piece := raw.read(PIECE):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if _sha256(beside) != entry.sha256:
            raise BackupError(f"Ghi tệp {name} xong đọc lại không khớp. Hãy kiểm tra ổ đĩa.")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace_sqlite(bundle: zipfile.ZipFile, manifest: Manifest, live: Path) -> None:
    """Builds the database in a file beside, then copies it over the live one.

    SQLite's backup interface writes the copy as one transaction: the running program sees the
    old rows, then the new ones, and a killed copy is rolled back at the next opening.
    """
    live.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = live.with_name(f"{live.name}.{secrets.token_hex(6)}.part")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        # Under the usual alias: migrations of packages may name none, and so mean that one.
        with connection_beside(DEFAULT_DB_ALIAS, NAME=str(beside)) as connection:
            _migrate(connection, manifest)
            with transaction.atomic(using=connection.alias):
                _fill(bundle, manifest, connection)
            _compare(manifest, connection.alias)
        with closing(sqlite3.connect(beside)) as new, closing(sqlite3.connect(live)) as old:
            old.execute("PRAGMA busy_timeout=20000")
            new.backup(old)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{beside}{ending}").unlink(missing_ok=True)


def _replace_in_transaction(
    bundle: zipfile.ZipFile, manifest: Manifest, own: BaseDatabaseWrapper
) -> None:
    """Drops, makes and fills the tables in one transaction, which PostgreSQL can."""
    with transaction.atomic():
        _drop_tables(own)
        _migrate(own, manifest)
        _fill(bundle, manifest, own)
        _settle(own)
        _compare(manifest, own.alias)


def _drop_tables(connection: BaseDatabaseWrapper) -> None:
    there = set(connection.introspection.table_names())
    ours = {model._meta.db_table for model in all_models_at(applied(connection)).values()}
    names = sorted((ours | {"django_migrations"}) & there)
    with connection.cursor() as cursor:
        # A session in the middle of something may hold a table for a moment, not for ever.
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        for name in names:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")


def _migrate(connection: BaseDatabaseWrapper, manifest: Manifest) -> None:
    def after_each(action: str, *_: Any) -> None:
        # PostgreSQL alters no table whose rows still wait for their constraints to be checked.
        if action == "apply_success" and connection.in_atomic_block:
            _settle(connection)

    executor = MigrationExecutor(connection, after_each)
    executor.migrate(last_of_each_app(manifest.migrations))


def _settle(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _fill(bundle: zipfile.ZipFile, manifest: Manifest, connection: BaseDatabaseWrapper) -> None:
    models = models_at(manifest.migrations)
    if set(models) != set(manifest.tables):
        wrong = ", ".join(sorted(set(models) ^ set(manifest.tables)))
        raise BackupError(f"Bản sao lưu không khớp với chương trình ở các bảng: {wrong}.")
    for model in models.values():
        # Migrations may have put rows of their own there.
        model._base_manager.using(connection.alias).all()._raw_delete(connection.alias)
    for label, model in models.items():
        for rows in _chunks(rows_in(bundle, label, manifest.tables[label])):
            _insert(model, rows, connection)
    statements = connection.ops.sequence_reset_sql(no_style(), list(models.values()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _insert(model: type[Model], lines: list[str], connection: BaseDatabaseWrapper) -> None:
    fields = fields_of(model)
    rows = [model(**row_from(line, fields)) for line in lines]
    size = max(1, connection.ops.bulk_batch_size(fields, rows))
    for start in range(0, len(rows), size):
        # raw: a date that Django sets by itself when a row is saved must stay as it was.
        query = InsertQuery(model)
        query.insert_values(fields, rows[start : start + size], raw=True)
        query.get_compiler(using=connection.alias).execute_sql(None)


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(lines, ROWS_AT_ONCE)):
        yield chunk


def _compare(manifest: Manifest, alias: str) -> None:
    for label, model in models_at(manifest.migrations).items():
        wanted: Table = manifest.tables[label]
        found = fingerprint(model, alias)
        if (found.rows, found.checksum) != (wanted.rows, wanted.checksum):
            raise BackupError(
                f"Đọc lại bảng {label} sau khi ghi không khớp với bản sao lưu ({found.rows} dòng, "
                f"cần {wanted.rows}). Chưa có gì thay đổi; dữ liệu cũ còn nguyên."
            )
