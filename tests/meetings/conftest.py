"""The small country, and a data folder of each test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import forget_attempts, world

__all__ = ["forget_attempts", "world"]


@pytest.fixture(autouse=True)
def private_folder(tmp_path: Path, settings: object) -> Path:
    """Each test has its own data folder."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path
