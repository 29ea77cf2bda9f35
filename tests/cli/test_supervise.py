"""Children are kept alive, given up when hopeless, and stopped together."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from dinhlang.cli import _supervise
from dinhlang.cli._supervise import Child, Supervisor

FOREVER = [sys.executable, "-c", "import signal; signal.pause()"]


@pytest.fixture(autouse=True)
def _signals_as_before() -> object:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_stops_every_child_and_is_a_success() -> None:
    children = [Child("một", FOREVER), Child("hai", FOREVER)]

    def announce() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    assert Supervisor(children, os.environ, lambda: True, announce).run() == 0
    assert all(child.died() for child in children)


def test_a_child_that_dies_is_started_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mark = tmp_path / "đã chạy một lần"
    once = "import pathlib, signal, sys; p = pathlib.Path(sys.argv[1])\n"
    once += "signal.pause() if p.exists() else (p.touch(), sys.exit(3))"
    child = Child("Việc", [sys.executable, "-c", once, str(mark)])

    def ready() -> bool:
        return child.quick_deaths == 1

    def announce() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    assert Supervisor([child], os.environ, ready, announce).run() == 0
    assert "Việc vừa dừng (mã 3); đã khởi động lại" in capfd.readouterr().err


def test_a_child_that_cannot_live_stops_the_whole_with_an_error(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_supervise, "LOOK_EVERY", 0.01)
    other = Child("Khác", FOREVER)
    hopeless = Child("Hỏng", [sys.executable, "-S", "-c", "raise SystemExit(7)"])
    assert Supervisor([other, hopeless], os.environ, lambda: False, lambda: None).run() == 1
    assert "Hỏng không khởi động được (mã 7)" in capfd.readouterr().err
    assert other.died()


def test_a_child_that_will_not_stop_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_supervise, "STOP_WITHIN", 0.2)
    mark = tmp_path / "đã bịt tai"
    deaf = "import pathlib, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    deaf += "pathlib.Path(sys.argv[1]).touch()\nwhile True: signal.pause()"
    child = Child("Điếc", [sys.executable, "-c", deaf, str(mark)])

    def announce() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    assert Supervisor([child], os.environ, mark.exists, announce).run() == 0
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL
