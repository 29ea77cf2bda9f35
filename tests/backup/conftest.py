"""A small commune with files, to be backed up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

NOW = datetime(2026, 3, 9, 3, 30, tzinfo=UTC)
"""10:30 of a Monday in Vietnam."""


@pytest.fixture
def data_dir(tmp_path: Path, settings: Any) -> Path:
    """A data folder of this test's own."""
    folder = tmp_path / "var"
    folder.mkdir()
    settings.DATA_DIR = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.BACKUP_DIR = folder / "sao-luu"
    return folder


@pytest.fixture
def commune(transactional_db: None, data_dir: Path) -> Path:
    """Units, a person, two audit lines and two files; returns the data folder."""
    from dinhlang.people import audit
    from dinhlang.people.models import User
    from dinhlang.places.models import Unit

    with transaction.atomic():
        commune = a_unit("Làng Mẫu", "commune", "xã")
        for name in ("Đình", "Bến", "Soi", "Chợ"):
            a_unit(name, "village", "thôn", parent=commune)
        person = User.objects.create(username="hoa", full_name="Lê Thị Hoa", email="hoa@example.vn")
        audit.record(person, "thêm thôn", commune, commune, {"số": 4, "ngày": "2026-03-01"})
        audit.record(None, "đọc kế hoạch", "kế hoạch năm")
    assert Unit.objects.count() == 5
    paper = data_dir / "media" / "giay" / "ab"
    paper.mkdir(parents=True)
    (paper / "ab12").write_bytes(b"k\xe1\xba\xbf ho\xe1\xba\xa1ch" * 1000)
    (data_dir / "media" / "anh.jpg").write_bytes(os.urandom(3000))
    (data_dir / "secret").write_text("khóa ký không bao giờ vào bản sao lưu")
    (data_dir / "tmp-readings").mkdir()
    (data_dir / "tmp-readings" / "0f").write_text("văn bản đọc thử")
    (data_dir / "static").mkdir()
    (data_dir / "static" / "a.css").write_text("p{}")
    return data_dir


def a_unit(name: str, level: str, kind: str, parent: Any = None) -> Any:
    """A unit as its services would leave it."""
    from dinhlang.places.models import Unit

    unit = Unit(level=level, kind=kind, name=name, parent=parent)
    unit.fill_keys()
    unit.save()
    return unit


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``dinhlang …`` as on another machine: an empty data folder, its own SQLite."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DINHLANG_", "DATABASE_URL", "DJANGO_"))
    } | {"DINHLANG_DATA_DIR": str(tmp_path / "elsewhere")}

    def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "dinhlang", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )

    return run
