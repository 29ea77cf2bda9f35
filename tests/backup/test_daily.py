"""The daily backup: once a day, by one worker, again after a failure, told in plain words."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dinhlang.clock import ticking
from dinhlang.web.backup import archive, schedule, selectors
from dinhlang.web.backup.errors import BackupError
from dinhlang.web.backup.models import Due
from dinhlang.web.backup.services import Kind, back_up, back_up_daily
from dinhlang.web.jobs import make_worker

from .conftest import NOW


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Vietnam."""
    return datetime(2026, 3, day, hour, minute, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local(9, 1, 59), local(9, 2)),
        (local(9, 2), local(10, 2)),
        (local(9, 23), local(10, 2)),
        (local(31, 12), local(31, 2) + timedelta(days=1)),
        (datetime(2026, 3, 8, 18, 30, tzinfo=UTC), local(9, 2)),
    ],
)
def test_the_next_time_is_the_set_hour_in_vietnam(
    settings: Any, now: datetime, expected: datetime
) -> None:
    settings.BACKUP_TIME = time(2, 0)
    assert schedule.next_time(now) == expected


@pytest.mark.django_db(transaction=True)
def test_many_workers_that_look_at_once_queue_one_backup() -> None:
    Due.objects.create(name=schedule.NAME, at=local(9, 2))
    start, answers = threading.Barrier(4), []

    def look() -> None:
        start.wait()
        answers.append(schedule.tick(local(9, 2, 1)))
        connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, False, False, True]
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_a_machine_that_was_off_at_the_hour_makes_up_for_it_once() -> None:
    Due.objects.create(name=schedule.NAME, at=local(3, 2))
    assert [schedule.tick(local(9, 7, 30)) for _ in range(3)] == [True, False, False]


@pytest.mark.django_db
def test_a_backup_that_was_cut_off_is_due_again_within_the_hour() -> None:
    Due.objects.create(name=schedule.NAME, at=local(9, 2))
    assert schedule.tick(local(9, 2))
    assert not schedule.tick(local(9, 2, 59))
    assert schedule.tick(local(9, 3, 1))


@pytest.mark.django_db(transaction=True)
def test_the_clock_beside_the_worker_looks_at_once_and_queues_what_is_due() -> None:
    Due.objects.create(name=schedule.NAME, at=timezone.now() - timedelta(hours=8))
    with ticking():
        pass
    assert DBTaskResult.objects.filter(task_path__contains=".backup.").count() == 1


def test_the_worker_makes_the_queued_backup_and_the_next_is_tomorrow(commune: Path) -> None:
    Due.objects.create(name=schedule.NAME, at=timezone.now())
    assert schedule.tick(timezone.now())
    assert selectors.is_running()
    make_worker(interval=0, batch=True).run()
    (found,) = selectors.archives()
    assert archive.verify(selectors.archive_path(found.name) or Path()).kind == Kind.DAILY
    assert not selectors.is_running()
    assert Due.objects.get().at == schedule.next_time(timezone.now())


def test_the_state_is_told_in_plain_words(commune: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert selectors.status(local(9, 9)).words.startswith("Chưa có bản sao lưu nào.")
    back_up_daily(local(9, 2))
    said = selectors.status(local(9, 9))
    assert said.words.startswith("Sao lưu gần nhất: hôm nay 02:00, đã đọc lại, ")
    assert said.words.endswith("Lần tới: ngày mai 02:00.")
    assert said.is_well
    late = selectors.status(local(12, 9))
    assert "ngày 09/03/2026 02:00" in late.words
    assert "quá hai ngày" in late.words
    assert not late.is_well

    def full(*_: object) -> None:
        raise OSError(28, "hết chỗ", "x.zip")

    monkeypatch.setattr(archive, "_write_file", full)
    with pytest.raises(BackupError):
        back_up_daily(local(10, 2))
    failed = selectors.status(local(10, 9))
    assert (
        "Lần sao lưu hôm nay 02:00 không thành: Không ghi được vào x.zip (hết chỗ)" in failed.words
    )
    assert "hôm qua 02:00" in failed.words
    assert not failed.is_well


def test_only_the_newest_archives_of_each_kind_are_kept(commune: Path, settings: Any) -> None:
    settings.BACKUPS_KEPT = 2
    back_up(Kind.ASKED, NOW)
    for day in range(5):
        back_up_daily(NOW + timedelta(days=day))
    kinds = [found.kind for found in selectors.archives()]
    assert kinds == ["Hằng ngày", "Hằng ngày", "Theo yêu cầu"]
    assert selectors.archives()[0].made_at == NOW + timedelta(days=4)


def test_what_a_killed_backup_left_is_tidied_away_after_a_day(commune: Path) -> None:
    folder = commune / "sao-luu"
    folder.mkdir()
    part = folder / "dinhlang-x.zip.00.part"
    part.write_bytes(b"half")
    back_up_daily(timezone.now())
    assert part.exists()
    back_up_daily(timezone.now() + timedelta(days=2))
    assert not part.exists()


def test_a_file_that_is_no_archive_does_not_disturb_the_list(commune: Path) -> None:
    back_up_daily(NOW)
    (commune / "sao-luu" / "dinhlang-la.zip").write_bytes(b"x")
    assert len(selectors.archives()) == 1
    assert selectors.archive_path("../secret") is None
