"""What an archive holds, and that no damage to it goes unseen."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections, transaction

from dinhlang.web.backup import archive
from dinhlang.web.backup.database import SHORT_LIVED
from dinhlang.web.backup.errors import BackupError
from dinhlang.web.backup.services import Kind, back_up

from .conftest import NOW, a_unit


def rewritten(source: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """A copy of the archive with each member passed through ``change``; None leaves it out."""
    target = source.with_name("sua.zip")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if kept := change(name, old.read(name)):
                new.writestr(*kept)
    return target


def test_an_archive_holds_all_rows_and_files_and_nothing_secret_or_short_lived(
    commune: Path,
) -> None:
    made = back_up(Kind.ASKED, NOW)
    manifest = archive.verify(made.path)
    assert manifest.tables["places.unit"].rows == 5
    assert manifest.tables["people.user"].rows == 1
    assert manifest.tables["people.auditline"].rows == 2
    assert set(manifest.files) == {"media/giay/ab/ab12", "media/anh.jpg"}
    assert not SHORT_LIVED & set(manifest.tables)
    assert oct(made.path.stat().st_mode & 0o777) == "0o600"
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    with zipfile.ZipFile(made.path) as bundle:
        assert "Lê Thị Hoa" in bundle.read("tables/people.user.jsonl").decode()


def test_what_is_left_out_are_tables_that_exist() -> None:
    labels = {model._meta.label_lower for model in apps.get_models()}
    assert labels >= SHORT_LIVED


def test_every_table_of_the_program_is_in_an_archive_or_left_out_by_name(commune: Path) -> None:
    labels = {
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    manifest = back_up(Kind.ASKED, NOW).manifest
    assert set(manifest.tables) | SHORT_LIVED == labels


def test_an_archive_is_of_one_moment_while_others_write(commune: Path) -> None:
    """Pairs of rows are written together; no archive may hold one without the other."""
    from dinhlang.places.models import Unit

    stop, written = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with transaction.atomic():
                a_unit(f"Trên {number}", "commune", "xã")
                a_unit(f"Dưới {number}", "commune", "xã")
            written.release()
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(3):
            assert written.acquire(timeout=20)
            made = back_up(Kind.ASKED, NOW)
            assert (made.manifest.tables["places.unit"].rows - 5) % 2 == 0
        assert written.acquire(timeout=20), "the writer was kept waiting"
    finally:
        stop.set()
        thread.join()
    assert Unit.objects.count() > 11


def test_a_flipped_byte_is_noticed_unless_it_is_of_no_account(commune: Path) -> None:
    path = back_up(Kind.ASKED, NOW).path
    whole, manifest = path.read_bytes(), archive.read_manifest(path)
    with zipfile.ZipFile(path) as bundle:
        member = bundle.getinfo("tables/people.user.jsonl")
    in_data = member.header_offset + 30 + len(member.filename) + 40
    places = [in_data, *(len(whole) * share // 20 for share in range(1, 20))]
    noticed = set()
    for at in places:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            # A date or an attribute in the headers: all that the manifest promises is there.
            assert archive.verify(path) == manifest
        except archive.BadArchive:
            noticed.add(at)
    assert in_data in noticed
    assert len(noticed) > 3
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(archive.BadArchive, match="hỏng"):
        archive.verify(path)


def without_a_village(name: str, content: bytes) -> tuple[str, bytes]:
    if name == "tables/places.unit.jsonl":
        content = b"".join(content.splitlines(keepends=True)[:-1])
    return name, content


def with_another_name(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content.replace(b"Hoa", "Huệ".encode()) if "user" in name else content


def with_another_picture(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content[:-1] + b"!" if name == "files/media/anh.jpg" else content


def without_a_file(name: str, content: bytes) -> tuple[str, bytes] | None:
    return None if name == "files/media/anh.jpg" else (name, content)


def with_a_way_out(name: str, content: bytes) -> tuple[str, bytes]:
    return name.replace("media/anh.jpg", "media/../../anh.jpg"), content.replace(
        b"media/anh.jpg", b"media/../../anh.jpg"
    )


def with_a_new_secret(name: str, content: bytes) -> tuple[str, bytes]:
    return name.replace("media/anh.jpg", "secret"), content.replace(b"media/anh.jpg", b"secret")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_a_village, "bảng places.unit"),
        (with_another_name, "bảng people.user"),
        (with_another_picture, "tệp media/anh.jpg"),
        (without_a_file, "files/media/anh.jpg"),
        (with_a_way_out, "ngoài thư mục dữ liệu"),
        (with_a_new_secret, "ngoài thư mục dữ liệu"),
    ],
)
def test_an_archive_that_was_changed_is_refused_and_says_where(
    commune: Path, change: Callable[[str, bytes], tuple[str, bytes] | None], words: str
) -> None:
    changed = rewritten(back_up(Kind.ASKED, NOW).path, change)
    with pytest.raises(archive.BadArchive, match=words):
        archive.verify(changed)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", None])
def test_what_is_no_archive_of_ours_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "la.zip"
    if content is None:
        with zipfile.ZipFile(path, "w") as bundle:
            bundle.writestr(archive.MANIFEST, json.dumps({"format": "khác/1"}))
    else:
        path.write_bytes(content)
    with pytest.raises(archive.BadArchive):
        archive.read_manifest(path)


def test_a_disk_that_takes_no_more_leaves_a_sentence_and_no_half_archive(
    commune: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "sao-luu/x.zip")

    monkeypatch.setattr(archive, "_write_file", full)
    with pytest.raises(BackupError, match="chỗ trống"):
        back_up(Kind.DAILY, NOW)
    assert [path.name for path in (commune / "sao-luu").iterdir()] == ["loi-gan-nhat.json"]
    monkeypatch.undo()
    made = back_up(Kind.DAILY, NOW)
    assert [path.name for path in (commune / "sao-luu").iterdir()] == [made.path.name]
