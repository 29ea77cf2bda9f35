"""What the program does by itself: each room says what is to be looked at, one clock looks.

A room registers in its ``AppConfig.ready``. What it registers must bear being called by several
workers at once and at any time: it looks whether something is due, claims it, and does it or
queues it as a job.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, connections
from django.utils import timezone

logger = logging.getLogger(__name__)

LOOK_EVERY = 30.0
"""Seconds between two looks at the clock."""

Look = Callable[[datetime], object]
_LOOKS: dict[str, Look] = {}


def regularly(name: str, look: Look) -> None:
    """Has ``look`` called with the time now and then; the same name again replaces it."""
    _LOOKS[name] = look


def tick(now: datetime) -> None:
    """Calls everything that was registered; what fails is logged and keeps nothing else back."""
    for name, look in list(_LOOKS.items()):
        try:
            look(now)
        except DatabaseError:
            logger.warning("no look at the clock (%s): the database does not answer", name)
        except Exception:
            logger.exception("no look at the clock (%s)", name)


@contextmanager
def ticking(every: float = LOOK_EVERY) -> Iterator[None]:
    """Calls ``tick`` now and then, in a thread of its own, for as long as the block runs."""
    stop = threading.Event()

    def loop() -> None:
        while True:
            try:
                tick(timezone.now())
            finally:
                connections.close_all()
            if stop.wait(every):
                return

    thread = threading.Thread(target=loop, name="clock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)
