"""A worker, an import, a backup and a restore killed in the middle."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dinhlang.people.models import User
from dinhlang.places.models import Closure, Unit
from dinhlang.plans.models import State
from dinhlang.plans.services import uploads
from dinhlang.web.backup import schedule, selectors, services

from .test_saves import PAPER

Run = Callable[..., int]
KILLED = -signal.SIGKILL


def test_a_paper_whose_reader_was_killed_says_so_and_is_read_again(
    sample: User, run: Run, data_dir: Path
) -> None:
    DBTaskResult.objects.all().delete()
    given = SimpleUploadedFile("moi.txt", PAPER.encode())
    (review,) = uploads.upload(sample, Unit.objects.get(name="Làng Mẫu"), uuid4(), [given])
    # The second change of the row is its end: the paper is read, and nothing of it is kept yet.
    assert run("worker", "--batch", dies_at=('UPDATE "plans_review"', 2)) == KILLED
    review.refresh_from_db()
    assert (review.state, review.data) == (State.RUNNING, "")
    assert run("worker", "--batch") == 0
    assert uploads.fail_lost() == 1
    review.refresh_from_db()
    assert review.state == State.FAILED
    assert "Đọc lại" in review.advice
    uploads.read_again(sample, review)
    assert run("worker", "--batch") == 0
    review.refresh_from_db()
    assert review.state == State.DONE
    assert review.document["tasks"]


def a_list_of_villages(names: list[str]) -> bytes:
    """A workbook as an office would send it: one unit a row, under the commune's code."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Mã", "Tên", "Loại", "Mã cấp trên"])
        for row, name in enumerate(names, start=1):
            sheet.write_row(row, 0, ["", name, "thôn", "00001"])
    return out.getvalue()


@pytest.mark.parametrize(
    "dies_at",
    [('INSERT INTO "places_unit"', 1), ('INSERT INTO "places_closure"', 1), ("audit", 1)],
)
def test_an_import_killed_in_the_middle_leaves_nothing_and_is_made_again(
    sample: User, run: Run, data_dir: Path, dies_at: tuple[str, int]
) -> None:
    Unit.objects.filter(name="Làng Mẫu").update(code="00001")
    path = data_dir / "thon.xlsx"
    path.write_bytes(a_list_of_villages([f"Mới {number}" for number in range(30)]))
    units, below = Unit.objects.count(), Closure.objects.count()
    command = ("units", "import", "units", str(path))
    assert run(*command, dies_at=dies_at) == KILLED
    assert (Unit.objects.count(), Closure.objects.count()) == (units, below)
    assert run(*command) == 0
    assert Unit.objects.count() == units + 30


def test_a_backup_killed_in_the_middle_leaves_no_archive_and_is_made_within_the_hour(
    sample: User, run: Run, data_dir: Path
) -> None:
    DBTaskResult.objects.all().delete()
    now = timezone.now()
    schedule.Due.objects.create(name=schedule.NAME, at=now - timedelta(minutes=1))
    assert schedule.tick(now)
    assert run("worker", "--batch", dies_at=('FROM "plans_planitem"', 1)) == KILLED
    assert selectors.archives() == []
    assert list((data_dir / "sao-luu").glob("*.part"))
    assert run("worker", "--batch") == 0
    assert schedule.tick(now + timedelta(minutes=61))
    assert run("worker", "--batch") == 0
    assert len(selectors.archives()) == 1


@pytest.mark.parametrize(
    "dies_at",
    [
        ('INSERT INTO "people_user"', 1),
        ('INSERT INTO "plans_planitem"', 1),
        ("CREATE TABLE", 12),
    ],
)
def test_a_restore_killed_in_the_middle_leaves_the_database_as_it_was(
    sample: User, run: Run, data_dir: Path, dies_at: tuple[str, int]
) -> None:
    made = services.back_up(services.Kind.ASKED, timezone.now())
    User.objects.filter(pk=sample.pk).update(full_name="Tên Mới")
    before = services.back_up(services.Kind.ASKED, timezone.now()).manifest.tables
    assert run("restore", str(made.path), "--yes", dies_at=dies_at) == KILLED
    assert services.back_up(services.Kind.ASKED, timezone.now()).manifest.tables == before
    assert run("restore", str(made.path), "--yes") == 0
    assert User.objects.get(pk=sample.pk).full_name == "Lê Thị Mận"
