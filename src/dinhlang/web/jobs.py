"""The job worker: the loop of ``django_tasks_db``, plus what a dead worker leaves behind."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import nullcontext

from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.compat import task_backends, task_finished
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from dinhlang.clock import ticking

BACKEND = "default"


class WorkerDied(Exception):
    """The process that did the job ended before the job did."""


def work(*, interval: float, batch: bool = False) -> None:
    """Takes jobs one after another until Ctrl-C or TERM; with ``batch`` until none waits.

    ``interval`` is in seconds. First fails the jobs of workers of this machine that are gone.
    """
    fail_abandoned()
    worker = make_worker(interval=interval, batch=batch)
    worker.configure_signals()
    with nullcontext() if batch else ticking():
        worker.run()


def make_worker(*, interval: float, batch: bool = False) -> Worker:
    """A worker for all queues. ``run()`` works until its attribute ``running`` is false."""
    return Worker(
        queue_names=["*"],
        interval=interval,
        batch=batch,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id(os.getpid()),
        excluded_queue_names=[],
    )


def worker_id(pid: int) -> str:
    """A worker's name: machine, process, and a part that no later process repeats."""
    return f"{socket.gethostname()[:30]}:{pid}:{secrets.token_hex(6)}"


def fail_abandoned() -> int:
    """Fails the running jobs whose worker, a process of this machine, is no more.

    They are not tried again: a paper that brought a worker down would bring down the next one.
    Returns how many there were.
    """
    count = 0
    backend = task_backends[BACKEND]
    assert isinstance(backend, DatabaseBackend)
    for result in DBTaskResult.objects.running().filter(backend_name=BACKEND):
        if result.worker_ids and _is_gone(result.worker_ids[-1]):
            result.set_failed(WorkerDied("Tiến trình xử lý dừng giữa chừng."))
            task_finished.send(sender=type(backend), task_result=result.task_result)
            count += 1
    return count


def _is_gone(name: str) -> bool:
    machine, _, rest = name.partition(":")
    pid = rest.partition(":")[0]
    if machine != socket.gethostname()[:30] or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
