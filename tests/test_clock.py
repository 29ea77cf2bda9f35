"""The clock calls everything that was registered, whatever else fails."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from dinhlang import clock

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock with nothing registered."""
    monkeypatch.setattr(clock, "_LOOKS", {})


def test_every_registered_look_is_made_with_the_same_time() -> None:
    seen: list[tuple[str, datetime]] = []
    clock.regularly("first", lambda now: seen.append(("first", now)))
    clock.regularly("second", lambda now: seen.append(("second", now)))
    clock.tick(NOW)
    assert seen == [("first", NOW), ("second", NOW)]


@pytest.mark.parametrize("error", [OperationalError("locked"), ValueError("hỏng")])
def test_a_look_that_fails_does_not_keep_the_others_back(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[datetime] = []

    def fails(_now: datetime) -> None:
        raise error

    clock.regularly("bad", fails)
    clock.regularly("good", seen.append)
    clock.tick(NOW)
    assert seen == [NOW]
    assert "bad" in caplog.text


def test_the_same_name_again_replaces_the_look() -> None:
    seen: list[str] = []
    clock.regularly("one", lambda _now: seen.append("old"))
    clock.regularly("one", lambda _now: seen.append("new"))
    clock.tick(NOW)
    assert seen == ["new"]


@pytest.mark.django_db(transaction=True)
def test_the_ticking_clock_looks_at_once_and_stops_with_its_block() -> None:
    looked = threading.Event()
    clock.regularly("one", lambda _now: looked.set())
    with clock.ticking(every=3600):
        assert looked.wait(timeout=30)
    assert not [thread for thread in threading.enumerate() if thread.name == "clock"]
