"""The small country with the small law; commune A with gaps, and a draft from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from dinhlang.drafting.models import Draft
from dinhlang.lawbook import selectors as lawbook
from tests.assessment.small_law import small_law
from tests.drafting.drafts import a_draft, enter_gaps
from tests.world import World, forget_attempts, world

__all__ = ["forget_attempts", "world"]


@pytest.fixture(autouse=True)
def private_folder(tmp_path: Path, settings: object) -> Path:
    """A data folder of the test's own, for papers that are filed."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def gaps(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Commune A under the small law: roads not met, electricity not known, income met."""
    monkeypatch.setattr(lawbook, "library", small_law)
    enter_gaps(world)
    return world


@pytest.fixture
def draft(gaps: World) -> Draft:
    """A draft begun by the officer of commune A."""
    return a_draft(gaps)


@pytest.fixture
def officer(world: World, client: Client) -> Client:
    """A browser in which the officer of commune A is signed in."""
    client.force_login(world.people["officer"])
    return client
