"""Starting, running, stopping, deleting and purging readings."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dinhlang.papers.errors import Damaged
from dinhlang.plans import jobs, running
from dinhlang.plans.models import Reading, State
from dinhlang.plans.trial import samples, selectors, services, store

pytestmark = pytest.mark.django_db


def jobs_of(name: str) -> QuerySet[DBTaskResult]:
    """The queued jobs of this name."""
    return DBTaskResult.objects.filter(task_path=f"dinhlang.plans.jobs.{name}")


def test_each_file_of_a_submission_becomes_one_queued_reading_with_one_job(
    upload: Callable[..., Any], private_folder: Path
) -> None:
    readings = services.start_readings("a", uuid4(), [upload("một.txt"), upload("hai.txt")])
    assert [(r.filename, r.state, r.position) for r in readings] == [
        ("một.txt", State.QUEUED, 0),
        ("hai.txt", State.QUEUED, 1),
    ]
    assert jobs_of("read_paper").count() == 2
    assert len(list(private_folder.iterdir())) == 2


def test_uploaded_bytes_are_readable_by_this_account_only(
    queued: Reading, private_folder: Path
) -> None:
    assert stat.S_IMODE(os.stat(private_folder).st_mode) == 0o700
    assert stat.S_IMODE(os.stat(store.uploads.path_of(queued.stored)).st_mode) == 0o600


def test_the_same_submission_again_gives_the_same_readings(
    upload: Callable[..., Any], private_folder: Path
) -> None:
    submission = uuid4()
    first = services.start_readings("a", submission, [upload()])
    again = services.start_readings("a", submission, [upload()])
    assert [r.pk for r in again] == [r.pk for r in first]
    assert jobs_of("read_paper").count() == 1
    assert len(list(private_folder.iterdir())) == 1


def test_an_old_submission_number_with_another_file_makes_a_new_reading(
    upload: Callable[..., Any],
) -> None:
    submission = uuid4()
    first = services.start_readings("a", submission, [upload("cũ.txt")])
    other = services.start_readings("a", submission, [upload("mới.txt")])
    assert other[0].pk != first[0].pk
    assert other[0].filename == "mới.txt"


def test_of_two_clicks_at_the_same_moment_the_slower_gets_the_readings_of_the_quicker(
    upload: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, private_folder: Path
) -> None:
    submission = uuid4()
    first = services.start_readings("a", submission, [upload()])
    answers = iter([[], first])
    monkeypatch.setattr(selectors, "readings_of_submission", lambda *_: next(answers))
    again = services.start_readings("a", submission, [upload()])
    assert again == first
    assert Reading.objects.count() == 1
    assert len(list(private_folder.iterdir())) == 1


def test_the_database_itself_refuses_a_second_reading_of_one_submission(queued: Reading) -> None:
    twin = Reading.objects.get(pk=queued.pk)
    twin.pk = uuid4()
    with pytest.raises(IntegrityError):
        twin.save(force_insert=True)


@pytest.mark.parametrize(("count", "words"), [(0, "Chưa chọn tệp"), (11, "nhiều nhất 10 tệp")])
def test_no_file_or_too_many_files_are_refused_with_words(
    upload: Callable[..., Any], count: int, words: str
) -> None:
    with pytest.raises(services.NotAccepted, match=words):
        services.start_readings("a", uuid4(), [upload() for _ in range(count)])
    assert not Reading.objects.exists()


def test_a_session_that_waits_for_many_papers_is_asked_to_wait(upload: Callable[..., Any]) -> None:
    for _ in range(2):
        services.start_readings("a", uuid4(), [upload() for _ in range(10)])
    with pytest.raises(services.NotAccepted, match="20 văn bản chờ đọc"):
        services.start_readings("a", uuid4(), [upload()])
    assert services.start_readings("another session", uuid4(), [upload()])


def test_an_empty_file_fails_at_once_and_the_other_files_go_on(
    upload: Callable[..., Any], private_folder: Path
) -> None:
    empty, good = services.start_readings("a", uuid4(), [upload("trống.txt", ""), upload()])
    assert (empty.state, empty.error_code) == (State.FAILED, "empty")
    assert good.state == State.QUEUED
    assert len(list(private_folder.iterdir())) == 1


def test_a_file_over_the_limit_fails_without_being_stored(
    upload: Callable[..., Any], settings: Any, private_folder: Path
) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    [large] = services.start_readings("a", uuid4(), [upload()])
    assert (large.state, large.error_code) == (State.FAILED, "too-large")
    assert not list(private_folder.iterdir())


def test_an_upload_that_breaks_off_leaves_nothing(
    upload: Callable[..., Any], private_folder: Path
) -> None:
    broken = upload()

    def chunks(*_: object) -> Any:
        yield b"first"
        raise ConnectionError

    broken.chunks = chunks
    with pytest.raises(ConnectionError):
        services.start_readings("a", uuid4(), [upload("tốt.txt"), broken])
    assert not Reading.objects.exists()
    assert not list(private_folder.iterdir())


def test_a_run_leaves_the_result_and_no_bytes(
    queued: Reading, quick_reader: None, private_folder: Path
) -> None:
    services.run_reading(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.progress, queued.errors, queued.stored) == (
        State.DONE, 100, 1, "",
    )  # fmt: skip
    assert queued.result.startswith("{")
    assert not list(private_folder.iterdir())


def test_a_job_delivered_twice_reads_once(
    queued: Reading, quick_reader: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.run_reading(queued.pk)
    monkeypatch.setattr(running, "extract", lambda *_: pytest.fail("read again"))
    services.run_reading(queued.pk)
    queued.refresh_from_db()
    assert queued.state == State.DONE


def fail_with(error: Exception) -> Callable[..., Any]:
    """A reader that raises."""

    def extract(*_: object) -> Any:
        raise error

    return extract


def test_a_paper_that_cannot_be_read_says_why_and_leaves_nothing_else(
    queued: Reading, monkeypatch: pytest.MonkeyPatch, private_folder: Path
) -> None:
    monkeypatch.setattr(running, "extract", fail_with(Damaged("Tệp hỏng.", "Gửi lại.")))
    services.run_reading(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.error_code) == (State.FAILED, "damaged")
    assert (queued.error_message, queued.advice) == ("Tệp hỏng.", "Gửi lại.")
    assert queued.result == ""
    assert not list(private_folder.iterdir())


def test_an_error_of_the_program_is_logged_and_the_user_sees_no_traceback(
    queued: Reading,
    monkeypatch: pytest.MonkeyPatch,
    private_folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(running, "extract", fail_with(ZeroDivisionError("secret detail")))
    services.run_reading(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.error_code) == (State.FAILED, "internal")
    assert "secret detail" in caplog.text
    assert "secret detail" not in queued.error_message + queued.advice
    assert not list(private_folder.iterdir())


def test_stopping_a_waiting_reading_deletes_its_bytes_and_its_job_does_nothing(
    queued: Reading, monkeypatch: pytest.MonkeyPatch, private_folder: Path
) -> None:
    services.stop_reading(queued)
    assert not list(private_folder.iterdir())
    monkeypatch.setattr(running, "extract", lambda *_: pytest.fail("read"))
    services.run_reading(queued.pk)
    queued.refresh_from_db()
    assert queued.state == State.STOPPED


def during(act: Callable[[], object]) -> Callable[..., Any]:
    """A reader during whose work something happens, and which then reports progress."""

    def extract(path: Path, name: str, progress: Callable[[float, str], None]) -> Any:
        act()
        progress(0.4, "Đang đọc trang 2")
        pytest.fail("went on reading")

    return extract


def test_stopping_a_running_reading_ends_it_at_its_next_sign_of_progress(
    queued: Reading, monkeypatch: pytest.MonkeyPatch, private_folder: Path
) -> None:
    def stop() -> None:
        services.stop_reading(Reading.objects.get(pk=queued.pk))

    monkeypatch.setattr(running, "extract", during(stop))
    services.run_reading(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.result) == (State.STOPPED, "")
    assert not list(private_folder.iterdir())


def test_a_reading_deleted_while_it_runs_does_not_come_back(
    queued: Reading, monkeypatch: pytest.MonkeyPatch, private_folder: Path
) -> None:
    def delete() -> None:
        services.delete_reading(Reading.objects.get(pk=queued.pk))

    monkeypatch.setattr(running, "extract", during(delete))
    services.run_reading(queued.pk)
    assert not Reading.objects.exists()
    assert not list(private_folder.iterdir())


def test_progress_is_written_but_not_at_every_word(
    queued: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    Reading.objects.update(state=State.RUNNING)
    clock = iter([10.0, 10.1, 10.2, 10.5])
    monkeypatch.setattr(running.time, "monotonic", lambda: next(clock))
    reporter = running.Reporter(Reading, queued.pk)
    seen = []
    for share in (0.1, 0.2, 0.3, 0.4):
        reporter.report(share, "Đang đọc")
        queued.refresh_from_db()
        seen.append(queued.progress)
    assert seen == [10, 10, 10, 40]


def test_what_has_expired_is_purged_with_its_bytes_and_the_rest_is_kept(
    queued: Reading, upload: Callable[..., Any], private_folder: Path
) -> None:
    [fresh] = services.start_readings("a", uuid4(), [upload()])
    Reading.objects.filter(pk=queued.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert services.purge_expired() == 1
    assert list(Reading.objects.all()) == [fresh]
    assert [path.name for path in private_folder.iterdir()] == [fresh.stored]


def test_each_submission_orders_its_own_purge_for_when_it_expires(queued: Reading) -> None:
    [order] = jobs_of("purge_readings")
    assert timedelta(0) < order.run_after - queued.expires_at < timedelta(seconds=2)
    Reading.objects.update(expires_at=timezone.now())
    jobs.purge_readings.call()
    assert not Reading.objects.exists()


def test_bytes_without_a_reading_are_swept_once_they_are_old(private_folder: Path) -> None:
    old, new = private_folder / ("a" * 32), private_folder / ("b" * 32)
    for path in (old, new):
        path.write_bytes(b"x")
    long_ago = time.time() - services.KEPT_FOR.total_seconds() - 5
    os.utime(old, (long_ago, long_ago))
    services.purge_expired()
    assert list(private_folder.iterdir()) == [new]


def test_a_reading_whose_worker_died_is_told_so_and_its_bytes_go(
    queued: Reading, private_folder: Path
) -> None:
    silent = timezone.now() - running.SILENT_FOR - timedelta(seconds=1)
    Reading.objects.update(state=State.RUNNING, beat=silent)
    services.purge_expired()
    queued.refresh_from_db()
    assert (queued.state, queued.error_code, queued.stored) == (State.FAILED, "lost", "")
    assert not list(private_folder.iterdir())


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
def test_a_reading_whose_job_failed_with_its_worker_is_told_so_at_the_next_look(
    queued: Reading, private_folder: Path, state: State
) -> None:
    Reading.objects.update(state=state)
    assert services.fail_lost() == 0
    DBTaskResult.objects.get(pk=queued.job).set_failed(RuntimeError("the worker was killed"))
    assert services.fail_lost() == 1
    queued.refresh_from_db()
    assert (queued.state, queued.error_code) == (State.FAILED, "lost")
    assert not list(private_folder.iterdir())


def test_a_finished_reading_is_never_lost(queued: Reading, quick_reader: None) -> None:
    services.run_reading(queued.pk)
    DBTaskResult.objects.get(pk=queued.job).set_failed(RuntimeError("killed just afterwards"))
    assert services.fail_lost() == 0


def test_a_new_submission_purges_what_has_expired(
    queued: Reading, upload: Callable[..., Any]
) -> None:
    Reading.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    services.start_readings("b", uuid4(), [upload()])
    assert not Reading.objects.filter(pk=queued.pk).exists()


def test_only_the_own_and_unexpired_readings_are_visible(queued: Reading) -> None:
    assert list(selectors.restrict("a")) == [queued]
    assert not selectors.restrict("b").exists()
    assert not selectors.restrict("").exists()
    Reading.objects.update(expires_at=timezone.now())
    assert not selectors.restrict("a").exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ke-hoach.docx", "ke-hoach.docx"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\A\Kế hoạch.docx", "Kế hoạch.docx"),
        ("a\x00b\nc\u202e.txt", "abc.txt"),
        ("Kế hoạch.txt", "Kế hoạch.txt"),
        ("", "van-ban"),
        ("..", "van-ban"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
    ],
)
def test_a_file_name_is_kept_bare_composed_and_short(given: str, kept: str) -> None:
    assert running.clean_filename(given) == kept


@pytest.mark.parametrize("name", ["", "../x", "g" * 32, "a" * 31])
def test_the_private_folder_hands_out_only_its_own_names(name: str) -> None:
    with pytest.raises(ValueError):
        store.uploads.path_of(name)


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.slug)
def test_each_sample_is_there_and_is_read_like_an_upload(sample: samples.Sample) -> None:
    reading = services.read_sample("a", uuid4(), sample)
    services.run_reading(reading.pk)
    reading.refresh_from_db()
    assert (reading.state, reading.error_message) == (State.DONE, "")
    assert reading.filename == sample.filename
