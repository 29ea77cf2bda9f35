"""Keeps a few child processes running until told to stop."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

STOP_WITHIN = 15.0
"""Seconds a child has to finish what it is doing before it is killed."""
QUICK_DEATH, QUICK_DEATHS_ALLOWED = 5.0, 4
"""A child that dies this often (in a row), each time within so many seconds, is given up."""
LOOK_EVERY = 0.1
PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Child:
    """One program that must run: its name for people, and its command line."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self, environment: Mapping[str, str]) -> None:
        """Starts the program, apart from the terminal so that Ctrl-C reaches the parent only."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=dict(environment), start_new_session=True, preexec_fn=_die_with_parent
        )

    def died(self) -> bool:
        """Whether the program has ended by itself."""
        return self.process is not None and self.process.poll() is not None


@dataclass(slots=True)
class Supervisor:
    """Starts the children, restarts those that die, stops all of them together.

    ``ready`` is asked until it answers yes once, then ``announce`` is called.
    """

    children: list[Child]
    environment: Mapping[str, str]
    ready: Callable[[], bool]
    announce: Callable[[], None]
    stopping: bool = field(default=False, init=False)

    def run(self) -> int:
        """Runs until a signal (status 0) or until a child cannot be kept alive (status 1)."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        announced = False
        try:
            for child in self.children:
                child.start(self.environment)
            while not self.stopping:
                if not announced and self.ready():
                    announced = True
                    self.announce()
                if not all(self._kept_alive(child) for child in self.children):
                    return 1
                time.sleep(LOOK_EVERY)
        finally:
            self._stop_children()
        return 0

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _kept_alive(self, child: Child) -> bool:
        if not child.died() or self.stopping:
            return True
        assert child.process is not None
        quick = time.monotonic() - child.started < QUICK_DEATH
        child.quick_deaths = child.quick_deaths + 1 if quick else 0
        code = child.process.returncode
        if child.quick_deaths > QUICK_DEATHS_ALLOWED:
            print(f"{child.name} không khởi động được (mã {code}); dừng lại.", file=sys.stderr)
            return False
        child.start(self.environment)
        print(f"{child.name} vừa dừng (mã {code}); đã khởi động lại.", file=sys.stderr)
        return True

    def _stop_children(self) -> None:
        running = [child.process for child in self.children if child.process and not child.died()]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _die_with_parent() -> None:
    """Asks Linux to end this child when its parent is killed: no orphan keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == 1:
            os._exit(1)
