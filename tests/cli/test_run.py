"""``dinhlang run`` from a person's point of view: start, look, break, stop."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from email.message import Message
from pathlib import Path

import pytest

from dinhlang.cli.run import port_is_taken


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(port: int) -> list[str]:
    return [sys.executable, "-u", "-m", "dinhlang", "run", "--port", str(port)]


def environment(data_dir: Path) -> dict[str, str]:
    """This process's environment without settings, so that ``dinhlang run`` finds its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DINHLANG_", "DATABASE_URL", "DJANGO_"))
    }
    return kept | {"DINHLANG_DATA_DIR": str(data_dir)}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Closes at the end what a test keeps open."""
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def running(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A started site and its port, from the line that announces it on."""
    port = free_port()
    process = subprocess.Popen(
        command(port),
        env=environment(data_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        lines = until(process, "Đình Làng đang chạy tại")
        assert f"http://127.0.0.1:{port}" in lines[-1]
        yield process, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def until(process: subprocess.Popen[str], words: str) -> list[str]:
    """The lines printed up to and with the first that has these words."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError(f"“{words}” never came:\n" + "".join(lines))


def children(pid: int) -> dict[str, int]:
    """The process numbers of the children, by what they run."""
    numbers = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    found = {}
    for number in map(int, numbers):
        line = Path(f"/proc/{number}/cmdline").read_text(encoding="utf-8")
        found["gunicorn" if "gunicorn" in line else "worker"] = number
    return found


def headers_of_first_style(port: int, page: str) -> Message:
    """The headers of a style sheet named by the page; its name must carry a hash."""
    found = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert found, "no hashed style sheet in the page"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{found[1]}", timeout=20) as answer:
        return answer.headers


def test_the_site_answers_survives_its_worker_and_stops_cleanly(
    running: tuple[subprocess.Popen[str], int], data_dir: Path
) -> None:
    process, port = running
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        assert answer.status == 200
        page = answer.read().decode()
    assert 'lang="vi"' in page
    assert "max-age=315360000" in headers_of_first_style(port, page)["Cache-Control"]
    assert oct((data_dir / "dinhlang.sqlite3").stat().st_mode & 0o777) == "0o600"

    first = children(process.pid)
    os.kill(first["worker"], signal.SIGKILL)
    until(process, "đã khởi động lại")
    second = children(process.pid)
    assert second["worker"] != first["worker"]
    assert second["gunicorn"] == first["gunicorn"]

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert not port_is_taken("127.0.0.1", port)
    assert not any(Path(f"/proc/{number}").exists() for number in second.values())


def test_clients_that_do_not_hang_up_keep_nobody_waiting(
    running: tuple[subprocess.Popen[str], int], stack: ExitStack
) -> None:
    _, port = running
    address = f"http://127.0.0.1:{port}/doc-thu/huong-dan"
    urllib.request.urlopen(address, timeout=20).close()
    ask = b"GET /doc-thu/huong-dan HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    for _ in range(6):
        client = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        client.sendall(ask)
    # gunicorn alone would wait 2 seconds for each of them in turn.
    with urllib.request.urlopen(address, timeout=6) as answer:
        assert answer.status == 200


def test_a_taken_port_is_said_before_anything_is_touched(data_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        done = subprocess.run(
            command(port), env=environment(data_dir), capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert f"Cổng {port} đang có chương trình khác dùng" in done.stderr
    assert not data_dir.exists()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DATABASE_URL": "mysql://a:b@c/d"}, "chỉ dùng được"),
        ({"DINHLANG_SECRET_KEY": "ngắn"}, "quá ngắn"),
        ({"DINHLANG_DEBUG": "có"}, "DINHLANG_DEBUG"),
        ({"DATABASE_URL": "postgresql://a@127.0.0.1:1/d"}, "Không dùng được cơ sở dữ liệu"),
    ],
)
def test_a_wrong_setting_is_a_sentence_not_a_traceback(
    settings: dict[str, str], words: str, data_dir: Path
) -> None:
    done = subprocess.run(
        command(free_port()),
        env=environment(data_dir) | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert "chưa khởi động được" in done.stderr
    assert "Traceback" not in done.stderr
