"""Drafts and texts in the state a test needs."""

from __future__ import annotations

from uuid import uuid4

from dinhlang.lawbook import services
from dinhlang.lawbook.models import LawText, Loading, Origin
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from tests.lawbook.tables import ABOUT, PASTED

PASTE = services.Given(Origin.PASTE, PASTED.encode())


def a_draft(user: User, place: Unit | None = None, **said: str) -> Loading:
    """A pasted table with everything said of its decision, without a fault."""
    loading = services.load(user, uuid4(), place, PASTE)
    return services.change_about(user, loading.pk, uuid4(), ABOUT | said)


def a_pending(user: User, place: Unit | None = None, **said: str) -> LawText:
    """A text that waits for the second person."""
    loading = a_draft(user, place, **said)
    return services.send(user, loading.pk, loading.revision)


def an_approved(user: User, second: User, place: Unit | None = None, **said: str) -> LawText:
    """A text that is law."""
    return services.approve(second, a_pending(user, place, **said).pk)
