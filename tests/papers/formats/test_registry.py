"""Choosing a reader: content first, the name second; files on disk; progress."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dinhlang.papers.errors import PaperError, Stopped, TooLarge, UnknownFormat
from dinhlang.papers.reading import read
from dinhlang.papers.reading.formats import Limits, Reader, read_source, readers, register
from dinhlang.papers.reading.formats import registry as module
from dinhlang.papers.reading.source import Progress, SourceLine, SourceText
from tests.papers.formats.makers import typst_pdf
from tests.papers.formats.word import p, word


class ShoutReader:
    """A reader of a format of our own."""

    name = "shout"
    label = "thử"

    def score(self, head: bytes, name: str) -> float:
        return 1.0 if head.startswith(b"SHOUT") else 0.0

    def read(self, data: bytes, name: str, progress: Progress, limits: Limits) -> SourceText:
        return SourceText(name, self.name, "", [SourceLine(data[5:].decode().upper())])


@pytest.fixture
def own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(module, "_readers", list(readers()))
    yield


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (word(p("chữ")), "ke-hoach.docx", "docx"),
        (word(p("chữ")), "ke-hoach.pdf", "docx"),
        (word(p("chữ")), "", "docx"),
        (typst_pdf("chữ trong tệp"), "ke-hoach.docx", "pdf"),
        ("chữ".encode(), "ke-hoach.docx", "text"),
        ("chữ".encode(), "ke-hoach.md", "text"),
        ("chữ".encode(), "ke-hoach", "text"),
    ],
)
def test_content_goes_before_the_name(data: bytes, name: str, reader: str) -> None:
    assert read_source(data, name).reader == reader


def test_a_new_format_is_one_object(own_registry: None) -> None:
    reader: Reader = ShoutReader()
    register(reader)
    assert read_source(b"SHOUTxin", "a.txt").text == ["XIN"]


def test_a_reader_of_the_same_name_takes_the_place_of_the_old_one(own_registry: None) -> None:
    count = len(readers())
    register(ShoutReader())
    register(ShoutReader())
    assert [reader.name for reader in readers()].count("shout") == 1
    assert len(readers()) == count + 1


def test_every_reader_has_a_vietnamese_label() -> None:
    assert all(reader.label for reader in readers())
    assert [reader.name for reader in readers()] == ["docx", "pdf", "office", "image", "text"]


def test_a_file_on_disk_is_read_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "Kế hoạch.txt"
    path.write_text("một\nhai\n", encoding="utf-8")
    source = read_source(path)
    assert (source.name, source.text) == ("Kế hoạch.txt", ["một", "hai"])


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="Không tìm thấy tệp"):
        read_source(tmp_path / "không có.txt")
    with pytest.raises(UnknownFormat, match="không phải là một tệp"):
        read_source(tmp_path)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "to.txt"
    path.write_bytes(b"a" * 2048)
    with pytest.raises(TooLarge, match="giới hạn"):
        read_source(path, limits=Limits(max_file=1024))


def test_progress_grows_from_nothing_to_all_and_speaks_of_pages() -> None:
    data = typst_pdf("một #pagebreak() hai #pagebreak() ba")
    told: list[tuple[float, str]] = []
    read_source(data, "a.pdf", lambda share, words: told.append((share, words)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert "Đang đọc trang 2/3" in [words for _, words in told]


@pytest.mark.parametrize("data", [word(p("chữ")), typst_pdf("chữ"), "chữ".encode()])
def test_stopping_comes_through_and_leaves_the_reader_usable(data: bytes) -> None:
    def stop(share: float, words: str) -> None:
        if share > 0:
            raise Stopped("Đã dừng theo yêu cầu.")

    with pytest.raises(Stopped):
        read_source(data, "", stop)
    assert read_source(data).text == ["chữ"]


def test_a_path_may_be_given_as_words(tmp_path: Path) -> None:
    (tmp_path / "ke-hoach.txt").write_text("KẾ HOẠCH\nXây dựng nông thôn mới năm 2025\n")
    assert read(str(tmp_path / "ke-hoach.txt")) == read(tmp_path / "ke-hoach.txt")
