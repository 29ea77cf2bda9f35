"""The secret of a machine of one's own."""

from __future__ import annotations

import stat
from pathlib import Path

from dinhlang.cli._django import kept_secret
from dinhlang.web.environment import Environment


def test_a_secret_is_made_once_kept_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    first = kept_secret(folder)
    assert kept_secret(folder) == first
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_machines_have_two_secrets_and_both_are_accepted(tmp_path: Path) -> None:
    secrets = {kept_secret(tmp_path / name) for name in ("a", "b")}
    assert len(secrets) == 2
    for secret in secrets:
        assert Environment({"DINHLANG_SECRET_KEY": secret}).secret() == secret
