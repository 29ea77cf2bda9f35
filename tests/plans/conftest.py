"""Papers to send, readings in each state, and a stand-in for the reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dinhlang.papers.serial import to_json
from dinhlang.plans import running
from dinhlang.plans.extraction import Extracted
from dinhlang.plans.models import Reading
from dinhlang.plans.trial import services, store
from tests.plans.papers import small_plan
from tests.world import forget_attempts, world

__all__ = ["forget_attempts", "world"]

PAPER = "KẾ HOẠCH\nXây dựng nông thôn mới năm 2030\n\nI. MỤC TIÊU\n- Trồng 1.200 m hàng rào."


@pytest.fixture(autouse=True)
def private_folder(tmp_path: Path, settings: object) -> Path:
    """Each test has its own data folder; returns where uploaded bytes lie."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return store.uploads.folder()


@pytest.fixture
def upload() -> Callable[..., SimpleUploadedFile]:
    """``upload(name, text)`` is a file as Django hands it over."""

    def make(name: str = "ke-hoach.txt", text: str = PAPER) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, text.encode())

    return make


@pytest.fixture
def queued(db: None, upload: Callable[..., SimpleUploadedFile]) -> Reading:
    """A reading of owner ``a`` that waits for the worker."""
    return services.start_readings("a", uuid4(), [upload()])[0]


@pytest.fixture
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader replaced by one that always finds the same small plan."""
    text = json.dumps(to_json(small_plan()), ensure_ascii=False, indent=2)

    def extract(path: Path, name: str, progress: Callable[[float, str], None]) -> Extracted:
        assert path.read_bytes()
        progress(0.5, "Đang đọc")
        return Extracted(text=text, title="Xây dựng nông thôn mới", errors=1, warnings=0)

    monkeypatch.setattr(running, "extract", extract)


@pytest.fixture
def done(client: Client, quick_reader: None, db: None) -> Reading:
    """A finished reading that belongs to ``client``."""
    answer = client.post(
        "/doc-thu/gui", {"tep": SimpleUploadedFile("kế hoạch.txt", PAPER.encode())}
    )
    assert answer.status_code == 302
    reading = Reading.objects.get()
    services.run_reading(reading.pk)
    reading.refresh_from_db()
    return reading
