"""The sample commune, loaded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from dinhlang.people.access import Role
from dinhlang.people.models import Grant, User
from dinhlang.web.demo.models import DemoAccount


@pytest.fixture
def data_dir(tmp_path: Path, settings: Any) -> Path:
    """A data folder of this test's own, and a quick way to hash passwords."""
    folder = tmp_path / "var"
    folder.mkdir()
    settings.DATA_DIR = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.BACKUP_DIR = folder / "sao-luu"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMO = True
    return folder


@pytest.fixture
def now() -> datetime:
    """Today, as the database's own clock will note it."""
    return timezone.now()


@pytest.fixture
def sample(transactional_db: None, data_dir: Path, now: datetime) -> None:
    """The sample commune."""
    from dinhlang.web.demo.loading import load

    load(now)


@pytest.fixture
def account(db: None, settings: Any) -> DemoAccount:
    """One account of the sample commune, an administrator's, without the rest."""
    settings.DEMO = True
    user = User.objects.create(username="mau", full_name="Người Mẫu")
    Grant.objects.create(user=user, role=Role.ADMIN.value)
    return DemoAccount.objects.create(user=user, position=0, role="Quản trị", password="x")
