"""A server started without care stays shut, or at least safe."""

from __future__ import annotations

import json
import os
import subprocess
import sys

ASK = """
import json
from dinhlang.web import settings as s
names = "DEBUG ALLOWED_HOSTS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT"
names += " SECURE_HSTS_SECONDS SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE"
print(json.dumps({name: getattr(s, name) for name in names.split()}))
"""


def start(**settings: str) -> subprocess.CompletedProcess[str]:
    """Loads the settings in a process of their own, with nothing set but ``settings``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DINHLANG_", "DATABASE_URL", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env=kept | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_without_a_secret_does_not_start_and_says_why() -> None:
    done = start()
    assert done.returncode != 0
    assert "Chưa đặt DINHLANG_SECRET_KEY" in done.stderr


def test_a_server_with_a_default_secret_does_not_start() -> None:
    done = start(DINHLANG_SECRET_KEY="django-insecure-0123456789abcdefghijklmnop")
    assert done.returncode != 0
    assert "khóa mặc định" in done.stderr


def test_a_server_is_safe_by_default() -> None:
    done = start(DINHLANG_SECRET_KEY="q8Zt3-vXn1_Kp5wLr7YbCd9Ef2GhJm4s")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }
