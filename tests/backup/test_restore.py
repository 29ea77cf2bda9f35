"""What was backed up comes back, whichever database it came from and goes to."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from dinhlang.people import audit
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.web.backup import archive, restoring
from dinhlang.web.backup.errors import BackupError
from dinhlang.web.backup.services import Kind, back_up, restore

from .conftest import NOW, a_unit

Run = Callable[..., subprocess.CompletedProcess[str]]


def prints(manifest: archive.Manifest) -> dict[str, tuple[int, str]]:
    """Rows and checksum by table, but for the log, in which a restore leaves a line."""
    return {
        label: (table.rows, table.checksum)
        for label, table in manifest.tables.items()
        if not label.startswith("people.audit")
    }


def test_a_restore_brings_back_rows_and_files_and_keeps_what_it_replaced(commune: Path) -> None:
    made = back_up(Kind.ASKED, NOW)
    Unit.objects.filter(name="Chợ").delete()
    later = a_unit("Mới", "village", "thôn")
    User.objects.filter(username="hoa").update(full_name="Khác")
    (commune / "media" / "anh.jpg").write_bytes(b"khac")
    (commune / "media" / "giay" / "ab" / "ab12").unlink()

    done = restore(made.path, NOW)

    assert set(Unit.objects.values_list("name", flat=True)) == {
        *("Làng Mẫu", "Đình", "Bến", "Soi", "Chợ")
    }
    assert User.objects.get(username="hoa").full_name == "Lê Thị Hoa"
    assert prints(back_up(Kind.ASKED, NOW).manifest) == prints(made.manifest)
    assert back_up(Kind.ASKED, NOW).manifest.files == made.manifest.files
    assert done.before is not None
    before = archive.verify(done.before)
    assert before.tables["places.unit"].rows == 5
    assert a_unit("Sau", "village", "thôn").pk >= later.pk - 1, "numbers go on after the restore"


def test_the_chain_of_the_log_holds_after_a_restore_which_has_its_own_line(commune: Path) -> None:
    made = back_up(Kind.ASKED, NOW)
    restore(made.path, NOW)
    verdict = audit.verify()
    assert verdict.is_whole, verdict.troubles
    assert verdict.count == 3


def test_an_archive_travels_to_another_database_and_back(commune: Path, elsewhere: Run) -> None:
    made = back_up(Kind.ASKED, NOW)
    there = elsewhere("restore", str(made.path), "--yes")
    assert there.returncode == 0, there.stderr
    assert "đọc lại từng bảng và từng tệp đều khớp" in there.stdout
    assert elsewhere("backup", "--to", str(commune.parent)).returncode == 0
    (returned,) = commune.parent.glob("dinhlang-*.zip")
    assert prints(archive.verify(returned)) == prints(made.manifest)
    assert archive.read_manifest(returned).database == "sqlite"
    Unit.objects.filter(level="village").delete()
    restore(returned, NOW)
    assert prints(back_up(Kind.ASKED, NOW).manifest) == prints(made.manifest)
    assert Unit.objects.get(name="Bến").parent == Unit.objects.get(name="Làng Mẫu")


def test_a_database_of_an_earlier_version_is_restored_and_brought_forward(
    commune: Path, elsewhere: Run
) -> None:
    assert elsewhere("migrate").returncode == 0
    assert elsewhere("manage", "migrate", "plans", "0001").returncode == 0
    old = elsewhere("backup", "--to", str(commune.parent))
    assert old.returncode == 0, old.stderr
    (path,) = commune.parent.glob("dinhlang-*.zip")
    assert ("plans", "0002_job") not in archive.read_manifest(path).migrations
    restore(path, NOW)
    assert not Unit.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM django_migrations WHERE name = '0002_job'")
        assert cursor.fetchone()[0] == 1


def test_an_archive_of_a_newer_version_is_refused_before_anything_is_touched(
    commune: Path, tmp_path: Path
) -> None:
    made = back_up(Kind.ASKED, NOW)
    newer = tmp_path / "moi.zip"
    with zipfile.ZipFile(made.path) as source, zipfile.ZipFile(newer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == archive.MANIFEST:
                data = json.loads(content)
                data["migrations"].append(["places", "9999_of_the_future"])
                content = json.dumps(data).encode()
            target.writestr(name, content)
    with pytest.raises(BackupError, match="phiên bản mới hơn"):
        restore(newer, NOW)
    assert Unit.objects.count() == 5


def test_a_restore_that_fails_half_way_leaves_the_database_as_it_was(
    commune: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(Kind.ASKED, NOW)
    a_unit("Mới", "village", "thôn")

    def differs(*_: object) -> None:
        raise BackupError("không khớp")

    monkeypatch.setattr(restoring, "_compare", differs)
    with pytest.raises(BackupError, match="không khớp"):
        restore(made.path, NOW)
    assert Unit.objects.filter(name="Mới").exists()
    assert Unit.objects.count() == 6
    assert not list(commune.rglob("*.part*"))


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [("không\n", 1, "Chưa thay đổi gì"), ("", 1, "Chưa thay đổi gì"), ("Phục hồi\n", 0, "Đã phục")],
)
def test_the_command_asks_before_it_replaces_data(
    commune: Path, elsewhere: Run, typed: str, status: int, words: str
) -> None:
    path = str(back_up(Kind.ASKED, NOW).path)
    assert elsewhere("restore", path, "--yes").returncode == 0
    again = elsewhere("restore", path, input=typed)
    assert (again.returncode, words in again.stdout) == (status, True), again.stdout + again.stderr


def test_the_commands_say_what_is_wrong_with_a_file(elsewhere: Run, tmp_path: Path) -> None:
    bad = tmp_path / "hong.zip"
    bad.write_bytes(b"x")
    for arguments in (("restore", str(bad)), ("backup", "--check", str(bad))):
        done = elsewhere(*arguments)
        assert done.returncode == 1
        assert "không phải bản sao lưu của Đình Làng" in done.stderr
        assert "Traceback" not in done.stderr


def test_an_upgrade_of_a_database_in_use_begins_with_a_backup(
    elsewhere: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere" / "sao-luu"
    assert elsewhere("prepare").returncode == 0
    assert elsewhere("prepare").returncode == 0
    assert not folder.exists(), "there was nothing to lose yet"
    assert elsewhere("demo", "load").returncode == 0
    assert elsewhere("manage", "migrate", "backup", "zero").returncode == 0
    upgraded = elsewhere("prepare")
    assert upgraded.returncode == 0, upgraded.stderr
    (path,) = folder.glob("dinhlang-*-truoc-nang-cap.zip")
    assert str(path) in upgraded.stdout
    assert archive.verify(path).tables["people.user"].rows > 0
    assert elsewhere("prepare").stdout == ""
