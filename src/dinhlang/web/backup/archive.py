"""The archive: written from a snapshot, read back before anybody relies on it.

A zip file with ``manifest.json`` (format ``dinhlang.backup/1``), one ``tables/<label>.jsonl`` a
table (the first line names the columns, each further line is a row) and the files below
``files/``.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.db import connections
from django.db.models import Model

from dinhlang import __version__

from . import files
from .database import Node, applied, models_at, snapshot
from .errors import BadArchive
from .rows import Fingerprint, fields_of, lines_of

FORMAT = "dinhlang.backup/1"
MANIFEST = "manifest.json"
PIECE = 1 << 20
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(KeyError, TypeError, ValueError, RuntimeError),
)
"""What reading a damaged zip file of JSON may raise."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, how many rows, and their checksum (see ``Fingerprint``)."""

    columns: list[str]
    rows: int
    checksum: str


@dataclass(frozen=True, slots=True)
class File:
    """One file: bytes and SHA-256."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What an archive holds. ``made_at`` is an ISO time with its zone; tables are by label."""

    kind: str
    made_at: str
    version: str
    database: str
    migrations: list[Node]
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When the snapshot was taken."""
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(table.rows for table in self.tables.values())


def write(path: Path, kind: str, now: datetime) -> Manifest:
    """Writes an archive of the database as it is now and of the files; returns its manifest.

    The program may go on meanwhile. Files are taken after the rows that name them, and a file
    once stored is not changed, so each file that a row names is there. Raises OSError.
    """
    with (
        _private(path) as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle,
        snapshot() as alias,
    ):
        nodes = applied(connections[alias])
        manifest = Manifest(
            kind, now.isoformat(), __version__, connections[alias].vendor, migrations=nodes
        )
        for label, model in sorted(models_at(nodes).items()):
            manifest.tables[label] = _write_table(bundle, label, model, alias)
        for name, source in files.kept_files():
            written = _write_file(bundle, name, source)
            if written:
                manifest.files[name] = written
        text = json.dumps({"format": FORMAT} | asdict(manifest), ensure_ascii=False, indent=1)
        bundle.writestr(MANIFEST, text)
    return manifest


def _private(path: Path) -> IO[bytes]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "w+b")


def _write_table(bundle: zipfile.ZipFile, label: str, model: type[Model], alias: str) -> Table:
    columns = [field.attname for field in fields_of(model)]
    found = Fingerprint()
    with bundle.open(f"tables/{label}.jsonl", "w", force_zip64=True) as raw:
        raw.write(json.dumps(columns).encode() + b"\n")
        for line in lines_of(model, alias):
            found.add(line)
            raw.write(line.encode() + b"\n")
    return Table(columns, found.rows, found.checksum)


def _write_file(bundle: zipfile.ZipFile, name: str, source: Path) -> File | None:
    digest, size = hashlib.sha256(), 0
    try:
        opened = source.open("rb")
    except FileNotFoundError:
        # Gone between listing and opening: a file that was being replaced or tidied away.
        return None
    with opened, bundle.open(f"files/{name}", "w", force_zip64=True) as raw:
        while piece := opened.read(PIECE):
            digest.update(piece)
            size += len(piece)
            raw.write(piece)
    return File(size, digest.hexdigest())


def read_manifest(path: Path) -> Manifest:
    """The manifest of an archive. Raises ``BadArchive`` where there is none to be understood."""
    try:
        with zipfile.ZipFile(path) as bundle:
            data = json.loads(bundle.read(MANIFEST))
        if data.pop("format") != FORMAT:
            raise BadArchive(f"{path.name}: định dạng lạ, phiên bản này không đọc được.")
        data["migrations"] = [(app, name) for app, name in data["migrations"]]
        data["tables"] = {label: Table(**table) for label, table in data["tables"].items()}
        data["files"] = {name: File(**entry) for name, entry in data["files"].items()}
        return Manifest(**data)
    except FileNotFoundError:
        raise BadArchive(f"Không có tệp {path}. Hãy kiểm tra lại đường dẫn.") from None
    except DAMAGE as error:
        raise BadArchive(
            f"{path.name} không phải bản sao lưu của Đình Làng, hoặc đã hỏng. "
            "Hãy dùng một bản sao lưu khác."
        ) from error


def verify(path: Path) -> Manifest:
    """Reads the whole archive back and compares it with its manifest, which it returns.

    Every row is parsed and counted, every file hashed. Raises ``BadArchive`` naming the first
    table or file that differs.
    """
    manifest = read_manifest(path)
    try:
        with zipfile.ZipFile(path) as bundle:
            _compare_names(path, bundle, manifest)
            for label, table in manifest.tables.items():
                _verify_table(path, bundle, label, table)
            for name, entry in manifest.files.items():
                _verify_file(path, bundle, name, entry)
    except DAMAGE as error:
        raise BadArchive(_differs(path, str(error))) from error
    return manifest


def _compare_names(path: Path, bundle: zipfile.ZipFile, manifest: Manifest) -> None:
    wanted = {MANIFEST, *(f"tables/{label}.jsonl" for label in manifest.tables)}
    wanted |= {f"files/{name}" for name in manifest.files}
    if wrong := wanted ^ set(bundle.namelist()):
        raise BadArchive(_differs(path, ", ".join(sorted(wrong)[:3])))


def _verify_table(path: Path, bundle: zipfile.ZipFile, label: str, table: Table) -> None:
    found = Fingerprint()
    for line in rows_in(bundle, label, table):
        found.add(line)
    if (found.rows, found.checksum) != (table.rows, table.checksum):
        raise BadArchive(_differs(path, f"bảng {label}"))


def _verify_file(path: Path, bundle: zipfile.ZipFile, name: str, entry: File) -> None:
    digest, size = hashlib.sha256(), 0
    with bundle.open(f"files/{name}") as raw:
        while piece := raw.read(PIECE):
            digest.update(piece)
            size += len(piece)
    if (size, digest.hexdigest()) != (entry.size, entry.sha256):
        raise BadArchive(_differs(path, f"tệp {name}"))
    try:
        files.place_of(name)
    except ValueError:
        raise BadArchive(_differs(path, f"tệp {name} chỉ ra ngoài thư mục dữ liệu")) from None


def rows_in(bundle: zipfile.ZipFile, label: str, table: Table) -> Iterator[str]:
    """The lines of a table in an archive. Raises ValueError where its columns are others."""
    with bundle.open(f"tables/{label}.jsonl") as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
        columns: Any = json.loads(next(lines, "null"))
        if columns != table.columns:
            raise ValueError(f"bảng {label}")
        for line in lines:
            yield line.rstrip("\n")


def _differs(path: Path, where: str) -> str:
    return (
        f"{path.name} không còn nguyên vẹn ({where}): đọc lại không khớp với bảng kê bên trong. "
        "Hãy dùng một bản sao lưu khác."
    )
