"""The small country with the small law, and a browser in which the leader is signed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from dinhlang.lawbook import selectors as lawbook
from tests.assessment.small_law import enter_all, small_law
from tests.world import World, forget_attempts, world

__all__ = ["forget_attempts", "world"]


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small law in place of the shipped one."""
    monkeypatch.setattr(lawbook, "library", small_law)


@pytest.fixture
def filled(world: World, law: None) -> World:
    """Commune A with numbers for 2030: all is met but the roads."""
    places = world.places
    enter_all(world.people["officer"], places["a"], [places["a1"], places["a2"]])
    return world


@pytest.fixture
def leader(world: World, client: Client) -> Client:
    """A browser in which the leader of commune A is signed in."""
    client.force_login(world.people["leader"])
    return client


@pytest.fixture
def private_folder(tmp_path: Path, settings: object) -> Path:
    """A data folder of the test's own, for papers that are uploaded."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path
