"""The worker does what waits, and owns up for a worker that died."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from dinhlang.web.jobs import fail_abandoned, make_worker, worker_id


@task()
def double(number: int) -> int:
    return 2 * number


@task()
def fall() -> None:
    raise ValueError("ngã")


def a_dead_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    return process.pid


def claimed_by(name: str) -> DBTaskResult:
    """A job that a worker of this name has begun."""
    result = DBTaskResult.objects.get(id=double.enqueue(21).id)
    result.claim(name)
    return result


@pytest.mark.django_db(transaction=True)
def test_a_worker_in_batch_mode_does_all_that_waits_and_ends() -> None:
    results = [double.enqueue(number) for number in (1, 2, 3)]
    make_worker(interval=0, batch=True).run()
    for result in results:
        result.refresh()
    assert [result.return_value for result in results] == [2, 4, 6]


def test_the_worker_as_a_process_of_its_own_does_the_jobs_of_the_site(
    worker_environment: dict[str, str],
) -> None:
    result = double.enqueue(21)
    subprocess.run(
        [sys.executable, "-m", "dinhlang", "worker", "--batch"], env=worker_environment, check=True
    )
    result.refresh()
    assert result.return_value == 42


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_does_not_take_the_worker_with_it() -> None:
    bad, good = fall.enqueue(), double.enqueue(4)
    make_worker(interval=0, batch=True).run()
    bad.refresh()
    good.refresh()
    assert bad.status == TaskResultStatus.FAILED
    assert good.return_value == 8


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_dead_worker_of_this_machine_fails_with_the_reason() -> None:
    result = claimed_by(worker_id(a_dead_process()))
    assert fail_abandoned() == 1
    result.refresh_from_db()
    assert result.status == TaskResultStatus.FAILED
    assert "WorkerDied" in result.exception_class_path


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(worker_id(os.getppid()), id="a live process of this machine"),
        pytest.param("may-khac:1:abc", id="another machine"),
        pytest.param("khong-theo-mau", id="a name of another pattern"),
    ],
)
def test_a_job_that_may_still_be_running_is_left_alone(name: str) -> None:
    result = claimed_by(name)
    assert fail_abandoned() == 0
    result.refresh_from_db()
    assert result.status == TaskResultStatus.RUNNING


def test_a_workers_name_fits_its_column_and_never_repeats() -> None:
    names = {worker_id(4_194_304) for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) <= 64 for name in names)
    assert all(name.startswith(socket.gethostname()[:30]) for name in names)
