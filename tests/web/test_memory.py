"""A server's memory is arranged once: what never goes away is not walked over again."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from gunicorn.workers.gthread import ThreadWorker

from dinhlang.web import memory, server

ASK = """
import gc, json
import django
django.setup()
from django.template import engines
from dinhlang.web import memory
memory.arrange()
gc.collect()
class Ring:
    pass
one, other = Ring(), Ring()
one.other, other.other = other, one
del one, other
dropped = gc.collect()
loader = engines["django"].engine.template_loaders[0]
print(json.dumps({
    "set apart": gc.get_freeze_count(), "thresholds": gc.get_threshold(), "dropped": dropped,
    "enabled": gc.isenabled(), "templates": len(loader.get_template_cache),
}))
"""


def test_what_is_there_before_the_first_page_is_set_apart_and_garbage_is_still_found() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=os.environ | {
            "DJANGO_SETTINGS_MODULE": "dinhlang.web.settings",
            "DINHLANG_SECRET_KEY": "q8Zt3-vXn1_Kp5wLr7YbCd9Ef2GhJm4s",
        },
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["set apart"] > 100_000
    assert found["templates"] > 100
    assert found["enabled"]
    assert found["dropped"] >= 2
    assert found["thresholds"] == [25_000, 20, 20]


def test_the_server_arranges_its_memory_before_it_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(ThreadWorker, "load_wsgi", lambda self: told.append("site"))
    monkeypatch.setattr(memory, "arrange", lambda: told.append("memory"))
    server.Worker.load_wsgi(server.Worker.__new__(server.Worker))
    assert told == ["site", "memory"]
