"""An import from upload to end: shown before it is written, stopped, lost, confirmed twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dinhlang.people.access import AccessDenied, Role
from dinhlang.places.importing import runs, store
from dinhlang.places.importing.lists import Options
from dinhlang.places.importing.tables import MOST_BYTES
from dinhlang.places.models import Import, ImportState, Unit
from dinhlang.places.services import NotAllowedHere

from .conftest import Country

pytestmark = pytest.mark.django_db
Person = Callable[..., Any]
GOOD = "code,name,kind,parent_code\n91,Mẫu Mới,Tỉnh,\n"
BAD = GOOD + "92,,Tỉnh,\n"


def start(user: Any, text: str = GOOD, submission: uuid.UUID | None = None) -> Import:
    """An import of this text, waiting for its check."""
    data = text.encode()
    given = runs.Given("a.csv", len(data), [data])
    return runs.start_import(user, submission or uuid.uuid4(), "units", given, Options())


def checked(user: Any, text: str = GOOD) -> Import:
    """An import that was checked."""
    found = start(user, text)
    runs.run_check(found.pk)
    found.refresh_from_db()
    return found


def kept_files() -> int:
    return sum(1 for _ in store.uploads.folder().iterdir())


def test_a_good_list_is_shown_and_then_written(person: Person) -> None:
    admin = person(Role.ADMIN)
    files = kept_files()
    found = checked(admin)
    assert found.state == ImportState.CHECKED
    assert found.preview["counts"]["new"] == 1
    assert not Unit.objects.filter(code="91").exists()
    runs.confirm_import(admin, found)
    runs.run_write(found.pk, admin.pk)
    found.refresh_from_db()
    assert (found.state, found.summary["new"], found.stored) == (ImportState.DONE, 1, "")
    assert Unit.objects.filter(code="91").exists()
    assert kept_files() == files


def test_a_list_with_a_wrong_row_is_written_only_without_it_and_only_when_asked(
    person: Person,
) -> None:
    admin = person(Role.ADMIN)
    found = checked(admin, BAD)
    assert found.preview["troubles"][0]["row"] == 3
    with pytest.raises(NotAllowedHere, match="còn dòng lỗi"):
        runs.confirm_import(admin, found)
    runs.confirm_import(admin, found, skip_errors=True)
    runs.run_write(found.pk, admin.pk)
    found.refresh_from_db()
    assert (found.state, found.summary["skipped"]) == (ImportState.DONE, 1)


def test_what_changed_since_the_check_stops_the_writing(person: Person, country: Country) -> None:
    admin = person(Role.ADMIN)
    text = "code,name,kind,parent_code\n90005,Mới,Xã,90\n"
    found = checked(admin, text)
    runs.confirm_import(admin, found)
    Unit.objects.filter(pk=country.province.pk).update(code="95")
    runs.run_write(found.pk, admin.pk)
    found.refresh_from_db()
    assert found.state == ImportState.FAILED
    assert "đã thay đổi từ lúc soát" in found.message
    assert not Unit.objects.filter(code="90005").exists()


def test_two_clicks_are_one_import_and_one_writing(person: Person) -> None:
    admin, submission = person(Role.ADMIN), uuid.uuid4()
    found = start(admin, submission=submission)
    assert start(admin, submission=submission) == found
    runs.run_check(found.pk)
    found.refresh_from_db()
    first = runs.confirm_import(admin, found).job
    assert runs.confirm_import(admin, found).job == first
    runs.run_write(found.pk, admin.pk)
    runs.run_write(found.pk, admin.pk)
    assert Unit.objects.filter(code="91").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_but_an_administrator_brings_lists_in(
    country: Country, person: Person, role: Role
) -> None:
    user = person(role, country.root)
    with pytest.raises(AccessDenied):
        start(user)
    found = checked(person(Role.ADMIN))
    for work in (runs.confirm_import, runs.stop_import):
        with pytest.raises(AccessDenied):
            work(user, found)


def test_who_lost_the_right_in_between_writes_nothing(person: Person) -> None:
    admin = person(Role.ADMIN)
    found = checked(admin)
    runs.confirm_import(admin, found)
    admin.grants.all().delete()
    runs.run_write(found.pk, admin.pk)
    found.refresh_from_db()
    assert found.state == ImportState.FAILED
    assert not Unit.objects.filter(code="91").exists()


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
def test_an_empty_or_huge_file_is_refused_before_it_is_kept(person: Person, size: int) -> None:
    admin, files = person(Role.ADMIN), kept_files()
    with pytest.raises(NotAllowedHere):
        runs.start_import(admin, uuid.uuid4(), "units", runs.Given("a.csv", size, [b""]), Options())
    assert kept_files() == files


def test_what_waits_for_a_person_is_dropped_at_once(person: Person) -> None:
    admin = person(Role.ADMIN)
    found = checked(admin)
    runs.stop_import(admin, found)
    found.refresh_from_db()
    assert (found.state, found.stored) == (ImportState.STOPPED, "")


def test_a_running_check_stops_at_its_next_step(person: Person) -> None:
    admin = person(Role.ADMIN)
    found = start(admin)
    runs.stop_import(admin, found)
    runs.run_check(found.pk)
    found.refresh_from_db()
    assert (found.state, found.stored) == (ImportState.STOPPED, "")


def test_a_stop_during_the_writing_leaves_nothing_written(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = person(Role.ADMIN)
    found = checked(admin)
    runs.confirm_import(admin, found)
    write = runs.write_checked

    def stop_meanwhile(*args: Any) -> dict[str, int]:
        summary = write(*args)
        Import.objects.filter(pk=found.pk).update(stop_requested=True)
        return summary

    monkeypatch.setattr(runs, "write_checked", stop_meanwhile)
    runs.run_write(found.pk, admin.pk)
    found.refresh_from_db()
    assert found.state == ImportState.STOPPED
    assert not Unit.objects.filter(code="91").exists()


def test_a_file_that_is_no_list_fails_with_words(person: Person) -> None:
    found = checked(person(Role.ADMIN), "một\nhai\n")
    assert found.state == ImportState.FAILED
    assert "Không thấy cột" in found.message
    assert found.advice


def test_an_import_whose_worker_died_says_so(person: Person) -> None:
    found = start(person(Role.ADMIN))
    assert runs.fail_lost() == 0
    assert runs.fail_lost(timezone.now() + runs.SILENT_FOR + timedelta(seconds=1)) == 1
    found.refresh_from_db()
    assert (found.state, found.stored) == (ImportState.FAILED, "")
    assert "Chưa nhập gì" in found.message


def test_what_nobody_confirms_is_forgotten(person: Person) -> None:
    found = checked(person(Role.ADMIN))
    runs.purge_old(timezone.now() + runs.KEPT_FOR + timedelta(seconds=1))
    found.refresh_from_db()
    assert (found.state, found.stored) == (ImportState.STOPPED, "")
