"""Commune A with its numbers under the law with choices."""

from __future__ import annotations

import pytest

from dinhlang.lawbook import selectors as lawbook
from tests.assessment.planning.choice_law import choice_law, enter_choices
from tests.world import World


@pytest.fixture
def chosen(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world with the law with choices in place of the shipped one, and numbers of 2030."""
    monkeypatch.setattr(lawbook, "library", choice_law)
    enter_choices(world)
    return world
