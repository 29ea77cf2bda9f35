"""A real server and real workers on the test's database, to be killed."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from dinhlang.people.models import User

CSRF = "a" * 32


@dataclass
class Server:
    """A running gunicorn, which starts its one worker again whenever that is killed."""

    port: int
    session: str

    def post(self, path: str, data: dict[str, str], die_at: str = "", body: Any = None) -> int:
        """Posts as the signed-in person; the status, or 0 where the server died over it."""
        content, kind = body or (
            urllib.parse.urlencode(data).encode(),
            "application/x-www-form-urlencoded",
        )
        headers = {
            "Content-Type": kind,
            "Cookie": f"{django_settings.SESSION_COOKIE_NAME}={self.session}; "
            f"{django_settings.CSRF_COOKIE_NAME}={CSRF}",
            "X-CSRFToken": CSRF,
        }
        if die_at:
            headers["X-Die-At"] = die_at
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", path, content, headers)
            return connection.getresponse().status
        except (http.client.HTTPException, ConnectionError):
            return 0
        finally:
            connection.close()


@pytest.fixture
def data_dir(tmp_path: Path, settings: Any) -> Path:
    """A data folder of this test's own, shared with the processes it starts."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_DIR = tmp_path / "sao-luu"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path


@pytest.fixture
def sample(transactional_db: None, data_dir: Path) -> User:
    """The sample commune; returns its coordinator."""
    from dinhlang.web.demo.loading import load

    load(timezone.now())
    return User.objects.get(username="dieuphoi")


@pytest.fixture
def environment(sample: User, data_dir: Path, worker_environment: dict[str, str]) -> dict[str, str]:
    """What the other processes are started with."""
    return worker_environment | {
        "DJANGO_SETTINGS_MODULE": "tests.crash.settings",
        "DINHLANG_DATA_DIR": str(data_dir),
    }


@pytest.fixture
def server(sample: User, environment: dict[str, str]) -> Iterator[Server]:
    """A server in which the coordinator is signed in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    # --preload: the next worker is there at once, with the program loaded already.
    command = [
        *(sys.executable, "-m", "gunicorn", "tests.crash.dying:application", "--preload"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--worker-class", "sync"),
        *("--log-level", "critical", "--no-control-socket"),
    ]
    process = subprocess.Popen(command, env=environment)
    client = Client()
    client.force_login(sample)
    try:
        _await(port, process)
        yield Server(port, client.session.session_key or "")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"the server ended with {process.wait(timeout=0.1)}")


@pytest.fixture
def run(environment: dict[str, str]) -> Callable[..., int]:
    """``run("worker", dies_at=("INSERT", 3))``: the command's exit status, -9 where killed."""

    def start(*arguments: str, dies_at: tuple[str, int] | None = None) -> int:
        dying = ["tests.crash.dying", dies_at[0], str(dies_at[1])] if dies_at else ["dinhlang"]
        command = [sys.executable, "-m", *dying, *arguments]
        return subprocess.run(command, env=environment, check=False).returncode

    return start
